"""Trouble with the centre: the agent goes on working, is told what is wrong, and every ticket arrives once it is over."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.wire import PROTOCOL, Health
from tests.end_to_end.hall import tickets_at
from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, codes
from tests.integration.centre.places import SITE_TOKEN, CentreProcess, copied, make_template
from tests.unit.sync.odd_centre import odd_centre
from tests.waiting import wait_for

pytestmark = [pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.timeout(240)]

QUIET = {"practice.is_on": False, "speech.is_listening": False, "centre.token": SITE_TOKEN}


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A database that was brought up once."""
    folder = make_template()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def centre(template: Path, free_port: int) -> Iterator[CentreProcess]:
    """Not started yet; whatever runs of it ends with the test."""
    folder = copied(template)
    centre = CentreProcess(folder, free_port)
    yield centre
    if centre.is_started:
        centre.stop()
    shutil.rmtree(folder, ignore_errors=True)


def health(protocol: int, version: str) -> bytes:
    return msgspec.json.encode(Health("hall", protocol, version))


def test_whatever_answers_in_the_place_of_the_centre_is_named_and_the_true_one_gets_everything(
    own_home: Path, screen: Screen, centre: CentreProcess
) -> None:
    home = own_home / "desk"
    with KeptStore(home) as store:
        store.lease(1, 100)
    with Workplace(home, screen, {**QUIET, "centre.address": centre.address}) as desk:
        with odd_centre(body=b"<html>It works!</html>", port=centre.port) as odd:
            desk.says("centre_garbage", "不是中心")
            desk.note("water is off")
            odd.body = health(PROTOCOL + 1, "9.0")
            desk.says("centre_newer", "9.0", "高于")
            desk.is_silent_about("centre_garbage")
            odd.body = health(PROTOCOL - 1, "0.0.1")
            desk.says("centre_older", "0.0.1", "低于")
            odd.is_hanging = True
            desk.says("centre_slow", "响应缓慢", timeout_s=30)
            number = desk.save()
        desk.says("centre_down", "无法连接中心", timeout_s=30)
        assert desk.state()["sync"]["waiting"] > 0

        centre.start()
        desk.is_silent_about("centre_down", 30)
        desk.shows(lambda state: state["sync"]["is_online"] and state["sync"]["waiting"] == 0, "everything sent")

        assert [row["number"] for row in tickets_at(centre.folder)] == [number]


def test_two_consoles_with_one_identity_are_told_apart_and_lose_no_ticket(
    own_home: Path, screen: Screen, centre: CentreProcess
) -> None:
    centre.start()
    settings = {**QUIET, "centre.address": centre.address}
    with Workplace(own_home / "desk", screen, settings) as desk:
        desk.shows(lambda state: state["sync"]["numbers_left"] > 0, "leased numbers", 30)
        desk.stop()
        shutil.copytree(own_home / "desk", own_home / "copy")
        desk.forget_state()
        desk.start()
        desk.shows(lambda state: state["sync"]["is_online"], "the centre", 30)
        with Screen() as other, Workplace(own_home / "copy", other, settings) as twin:
            both = (desk, twin)
            (refused,) = wait_for(
                lambda: [one for one in both if "identity_in_use" in codes(one.state())], "one is refused", 30
            )
            refused.says("identity_in_use", "身份")
            desk.note("street light broken")
            twin.note("lift is stuck")
            for place in both:
                place.screen.key("ctrl+s")
            refused.is_silent_about("identity_in_use", 60)
            numbers = {place.shows(lambda state: state["draft"]["ticket"]["number"], "a number", 30) for place in both}
            wait_for(lambda: len(tickets_at(centre.folder)) == 2, "both tickets", 30)
            wait_for(lambda: all(row["number"] for row in tickets_at(centre.folder)), "both with their numbers", 30)

    kept = {msgspec.json.decode(row["body"])["content"]: row["number"] for row in tickets_at(centre.folder)}
    assert kept.keys() == {"lift is stuck", "street light broken"}
    assert set(kept.values()) == numbers and len(numbers) == 2
