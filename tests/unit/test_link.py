"""Links between processes: attach, attach again, keep strangers out."""

import threading
import time
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from app.desk.commands import StopSound, TelephonyCommand
from app.desk.events import DeskEvent, ProcessLost, Ticked
from app.link import LinkServer, SteadyLink
from tests.waiting import wait_for

KEY = b"k" * 32


class Side:
    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.attached, self.lost = threading.Event(), threading.Event()


def served(path: Path, side: Side) -> LinkServer:
    return LinkServer(str(path), KEY, TelephonyCommand, side.heard.append, side.attached.set)


def attached(path: Path, side: Side) -> SteadyLink:
    return SteadyLink(str(path), KEY, DeskEvent, side.heard.append, side.attached.set, side.lost.set)


def test_commands_and_events_cross_unchanged(tmp_path: Path) -> None:
    there, here = Side(), Side()
    server, link = served(tmp_path / "l", there), attached(tmp_path / "l", here)
    wait_for(there.attached.is_set, "a client to attach")
    wait_for(here.attached.is_set, "the client to know it")

    link.send(StopSound())
    server.send(Ticked(7.5))

    wait_for(lambda: there.heard == [StopSound()] and here.heard == [Ticked(7.5)], "the message")
    link.close()
    server.close()


def test_a_process_that_comes_back_is_found_again(tmp_path: Path) -> None:
    there, here = Side(), Side()
    server, link = served(tmp_path / "l", there), attached(tmp_path / "l", here)
    wait_for(there.attached.is_set, "a client to attach")
    server.close()
    wait_for(here.lost.is_set, "the loss to be noticed")

    again = Side()
    server = served(tmp_path / "l", again)
    wait_for(again.attached.is_set, "the client to come back")

    wait_for(lambda: link.send(StopSound()), "the message")
    wait_for(lambda: again.heard == [StopSound()], "the message")
    link.close()
    server.close()


def test_what_is_said_in_greeting_comes_after_the_attaching_and_can_be_answered_on_the_spot(tmp_path: Path) -> None:
    told: list[Any] = []
    heard, greeted = threading.Event(), threading.Event()

    def attach() -> None:
        greeted.wait(5)
        heard.wait(0.3)  # longer than a greeting takes that is read too early
        told.append("attached")

    def answer(event: Any) -> None:
        told.append(event)
        told.append(link.send(StopSound()))
        heard.set()

    def greet() -> None:
        server.send(Ticked(1.0))
        greeted.set()

    commands: list[Any] = []
    server = LinkServer(str(tmp_path / "l"), KEY, TelephonyCommand, commands.append, greet)
    link = SteadyLink(str(tmp_path / "l"), KEY, DeskEvent, answer, attach)

    wait_for(lambda: commands == [StopSound()], "the answer")
    assert told == ["attached", Ticked(1.0), True]
    link.close()
    server.close()


def test_a_newer_window_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    there, old, new = Side(), Side(), Side()
    server, first = served(tmp_path / "l", there), attached(tmp_path / "l", old)
    wait_for(there.attached.is_set, "a client to attach")
    first.close()
    second = attached(tmp_path / "l", new)
    wait_for(new.attached.is_set, "the newer window")
    wait_for(lambda: server.is_attended, "an attended server")

    def told() -> bool:
        server.send(Ticked(1.0))
        return bool(new.heard)

    wait_for(told, "the message")

    assert old.heard == []
    second.close()
    server.close()


@pytest.mark.expects_log("a process that does not know the key called at the link and was turned away")
def test_nobody_gets_in_without_the_key(tmp_path: Path) -> None:
    there = Side()
    server = served(tmp_path / "l", there)

    with pytest.raises(AuthenticationError):
        Client(str(tmp_path / "l"), authkey=b"x" * 32)

    assert not there.attached.is_set()
    server.close()


def test_a_command_that_nobody_can_take_is_told_to_be_lost(tmp_path: Path) -> None:
    link = attached(tmp_path / "nobody", Side())

    assert not link.send(StopSound())
    link.close()


@pytest.mark.expects_log("could not be written: UnicodeEncodeError")
def test_a_message_that_cannot_be_written_does_not_silence_the_link(tmp_path: Path) -> None:
    there, here = Side(), Side()
    server, link = served(tmp_path / "l", there), attached(tmp_path / "l", here)
    wait_for(there.attached.is_set, "a client to attach")
    wait_for(here.attached.is_set, "the client to know it")

    server.send(ProcessLost("half a sign: \ud83d"))
    server.send(Ticked(7.5))

    wait_for(lambda: here.heard == [Ticked(7.5)], "the message after it")
    link.close()
    server.close()


def test_a_sender_never_waits_for_a_slow_reader_and_the_order_stays(tmp_path: Path) -> None:
    may_read = threading.Event()
    there, here = Side(), Side()
    server = LinkServer(str(tmp_path / "l"), KEY, TelephonyCommand, lambda _: None, there.attached.set)

    def read_late(event: Any) -> None:
        may_read.wait(20)
        here.heard.append(event)

    link = SteadyLink(str(tmp_path / "l"), KEY, DeskEvent, read_late)
    wait_for(there.attached.is_set, "a client to attach")
    long = "long" * 2_000
    events = [ProcessLost(f"{number} {long if number % 3 else ''}") for number in range(300)]

    begun = time.monotonic()
    for event in events:
        server.send(event)
    took_s = time.monotonic() - begun

    assert took_s < 10
    may_read.set()
    wait_for(lambda: len(here.heard) == len(events), "all messages", 20)
    assert here.heard == events
    link.close()
    server.close()
