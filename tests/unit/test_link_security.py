"""Nobody but the user's own processes gets into a link, and strangers at the door keep nobody waiting."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client, answer_challenge
from pathlib import Path
from typing import Any

import pytest

from app.desk.commands import StopSound, TelephonyCommand
from app.desk.events import DeskEvent, Ticked
from app.link import PROVING, LinkServer, SteadyLink
from app.places import Places, new_key
from tests.waiting import wait_for

KEY = bytes.fromhex(new_key())
STRANGER = 65534
"""The user "nobody"."""

needs_two_users = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0,
    reason="only root can be another user for a moment, and only Linux says who calls",
)

KNOCK = """
import hashlib, hmac, os, sys  # before the libraries are out of reach
from multiprocessing.connection import Client
os.setgid({user}); os.setuid({user})
try:
    link = Client(sys.argv[1], authkey=bytes.fromhex({key!r}))
    link.send_bytes(b"hello")
    print("in")
except Exception as wrong:
    print(type(wrong).__name__)
"""


class Served:
    def __init__(self, path: Path) -> None:
        self.heard: list[Any] = []
        self.attached: list[int] = []
        self.address = str(path)
        self.server = LinkServer(self.address, KEY, TelephonyCommand, self.heard.append, lambda: self.attached.append(1))

    def window(self) -> tuple[SteadyLink, list[Any]]:
        events: list[Any] = []
        return SteadyLink(self.address, KEY, DeskEvent, events.append), events


@pytest.fixture
def served() -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="jl") as folder:
        served = Served(Path(folder) / "l")
        yield served
        served.server.close()


def knock_as(user: int, address: str) -> str:
    code = KNOCK.format(user=user, key=KEY.hex())
    said = subprocess.run([sys.executable, "-I", "-c", code, address], capture_output=True, text=True, timeout=30)
    return said.stdout.strip()


@needs_two_users
def test_another_user_does_not_even_reach_the_link(served: Served) -> None:
    assert knock_as(STRANGER, served.address) == "PermissionError"
    assert served.attached == []


@needs_two_users
@pytest.mark.expects_log("a process of another user called at the link and was turned away")
@pytest.mark.allows_log("could not be read")
def test_another_user_is_turned_away_even_with_the_key_and_open_folders(served: Served) -> None:
    folder = Path(served.address).parent
    folder.chmod(0o777)
    Path(served.address).chmod(0o777)

    said = knock_as(STRANGER, served.address)

    assert said in ("EOFError", "ConnectionResetError", "BrokenPipeError")
    assert served.attached == [] and served.heard == []
    assert knock_as(os.getuid(), served.address) == "in"  # the same program of the right user


def test_the_socket_is_the_users_own(served: Served) -> None:
    assert Path(served.address).stat().st_mode & 0o777 == 0o600


@pytest.mark.expects_log("a process that does not know the key called")
def test_a_wrong_key_and_garbage_get_nothing_and_are_written_down_without_what_they_sent(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Client(served.address)
    with pytest.raises(Exception):  # noqa: B017 - whatever the library makes of being turned away
        answer_challenge(wrong, b"secret of the stranger")
    odd = Client(served.address)
    odd.send_bytes(b"\xff" * 100)
    wait_for(lambda: "does not know the key" in caplog.text, "a line in the log")

    assert "secret" not in caplog.text and KEY.hex() not in caplog.text
    assert served.attached == [] and served.heard == []
    wrong.close()
    odd.close()


def test_a_window_gets_in_while_strangers_who_say_nothing_hold_the_door(served: Served) -> None:
    strangers = [socket.socket(socket.AF_UNIX) for _ in range(2 * PROVING)]
    for stranger in strangers:
        stranger.connect(served.address)

    link, events = served.window()
    wait_for(lambda: served.attached, "the window", 2)

    assert wait_for(lambda: link.send(StopSound()), "the way in") and wait_for(lambda: served.heard, "the command")
    served.server.send(Ticked(1.0))
    wait_for(lambda: events == [Ticked(1.0)], "an event")
    link.close()
    for stranger in strangers:
        stranger.close()


@pytest.mark.allows_log("a process that does not know the key called")
def test_a_window_gets_in_while_strangers_flood_the_door(served: Served) -> None:
    is_over = threading.Event()

    def flood() -> None:
        while not is_over.is_set():
            with socket.socket(socket.AF_UNIX) as stranger:
                stranger.settimeout(1)
                try:
                    stranger.connect(served.address)
                    stranger.sendall(os.urandom(64))
                except OSError:
                    continue

    floods = [threading.Thread(target=flood, daemon=True) for _ in range(3)]
    for thread in floods:
        thread.start()
    link, _ = served.window()

    wait_for(lambda: served.attached, "the window", 5)
    wait_for(lambda: link.send(StopSound()), "the way in")
    wait_for(lambda: served.heard, "the command", 5)

    is_over.set()
    for thread in floods:
        thread.join(5)
    link.close()


def test_no_stranger_drops_the_window_that_is_attached(served: Served) -> None:
    link, events = served.window()
    wait_for(lambda: served.attached, "the window")
    strangers = [Client(served.address) for _ in range(3)]

    served.server.send(Ticked(2.0))

    wait_for(lambda: events == [Ticked(2.0)], "an event")
    for stranger in strangers:
        stranger.close()
    link.close()


def test_the_key_is_handed_down_in_the_environment_only() -> None:
    places = Places("/home/a", "/run/a", new_key(), "/models")

    assert places.to_env()["JIESU_LINK_KEY"] == places.key and len(places.link_key) == 32
    assert places.key not in places.link("telephony") and places.key not in str(places.taps)
