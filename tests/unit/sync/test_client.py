"""What the console makes of a centre that is away, slow, of another version, or no centre at all."""

import threading
import time

import msgspec
import pytest

from app.errors import CentreError
from app.sync import client as client_module
from app.sync.client import (
    CentreClient,
    CentreGarbage,
    CentreNewer,
    CentreOlder,
    CentreRefused,
    CentreSlow,
    Fork,
    Gap,
    IdentityInUse,
    NotEnrolled,
)
from app.wire import PROTOCOL, Health, Problem, Push
from tests.unit.sync.odd_centre import odd_centre


def ask(address: str) -> None:
    client = CentreClient(address, "instance", "1.0")
    try:
        client.look()
    finally:
        client.close()


def push(address: str) -> None:
    client = CentreClient(address, "instance", "1.0")
    try:
        client.push(Push("console", "instance", ()))
    finally:
        client.close()


@pytest.mark.parametrize(("protocol", "error"), [(PROTOCOL + 1, CentreNewer), (PROTOCOL - 1, CentreOlder)])
def test_a_centre_of_another_version_is_told_apart_and_both_versions_are_named(protocol: int, error: type[CentreError]) -> None:
    with odd_centre(200, msgspec.json.encode(Health("x", protocol, "9.9"))) as odd, pytest.raises(error) as raised:
        ask(odd.address)

    assert raised.value.values == ("9.9", "1.0")


@pytest.mark.parametrize(
    "body", [b"", b"<html>welcome to the router</html>", b'{"centre": 3}', b"\xff\xfe\x00", b"[" * 100_000]
)
def test_something_else_that_answers_is_called_garbage(body: bytes) -> None:
    with odd_centre(200, body) as odd, pytest.raises(CentreGarbage):
        ask(odd.address)


def test_a_page_that_is_not_found_there_is_garbage_and_a_failing_server_is_down() -> None:
    with odd_centre(404, b"<html>") as odd, pytest.raises(CentreGarbage):
        ask(odd.address)
    with odd_centre(502, b"<html>") as odd, pytest.raises(CentreError) as raised:
        ask(odd.address)
    assert raised.value.code == "centre_down"


def test_an_address_that_is_none_is_garbage_before_anything_is_sent() -> None:
    with pytest.raises(CentreGarbage):
        ask("http://exa mple:port")


def test_a_centre_that_is_not_there_is_down() -> None:
    with odd_centre() as odd:
        address = odd.address

    with pytest.raises(CentreError) as raised:
        ask(address)

    assert raised.value.code == "centre_down"


def test_a_centre_that_does_not_answer_in_time_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ANSWER_S", 0.2)
    with odd_centre(is_hanging=True) as odd, pytest.raises(CentreSlow):
        ask(odd.address)


@pytest.mark.parametrize(
    ("problem", "error"),
    [
        (Problem("gap", expect=5), Gap),
        (Problem("fork"), Fork),
        (Problem("identity-in-use"), IdentityInUse),
        (Problem("unknown-console", "why"), NotEnrolled),
        (Problem("garbage", "why"), CentreRefused),
        (Problem("protocol", protocol=PROTOCOL + 1, version="2"), CentreNewer),
    ],
)
def test_every_problem_has_its_own_error(problem: Problem, error: type[CentreError]) -> None:
    with odd_centre(409, msgspec.json.encode(problem)) as odd, pytest.raises(error) as raised:
        push(odd.address)

    if isinstance(raised.value, Gap):
        assert raised.value.expect == 5


def test_a_request_that_hangs_is_broken_off_from_another_thread() -> None:
    with odd_centre(is_hanging=True) as odd:
        client = CentreClient(odd.address, "instance", "1.0")
        errors: list[CentreError] = []

        def wait() -> None:
            try:
                client.look()
            except CentreError as wrong:
                errors.append(wrong)

        thread = threading.Thread(target=wait)
        thread.start()
        assert odd.asked.wait(5)
        begun = time.monotonic()
        client.interrupt()
        thread.join(5)
        client.close()

    assert time.monotonic() - begun < 1.0
    assert len(errors) == 1
