"""Kill -9 in a live call from a real exchange: the call lives, the window is back on it and its draft, the lost is rung back.

Some kills of each part; `python -m tests.benchmarks.survival` makes a hundred of each.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.hotline import answer
from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import State, Workplace, stages
from tests.exchange import SLOT, TRUNK, Exchange, ExchangePlan
from tests.trunk import Caller
from tests.waiting import wait_for

pytestmark = [pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.pbx, pytest.mark.timeout(240)]

PLAN = ExchangePlan(address=f"127.0.{SLOT}.14", port=15760, rtp_first=34000, rtp_last=34400)
NUMBER = "13800138000"
SETTINGS = {
    "speech.is_listening": True,
    "telephony.pbx_address": f"{PLAN.address}:{PLAN.port}",
    "telephony.pbx_user": "1001",
    "telephony.pbx_password": "pw1001",
}
BACK_S = 40.0
"""No speed is asserted here; what is slower than this is not back."""


@pytest.fixture
def home(own_home: Path) -> Path:
    with KeptStore(own_home / "desk") as store:
        store.lease(1, 100)
    return own_home / "desk"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange(PLAN) as exchange:
        yield exchange


@pytest.fixture
def citizen() -> Iterator[Caller]:
    caller = Caller(TRUNK, 15791)
    yield caller
    caller.close()


def is_on(state: State, call: str, content: str) -> bool:
    is_same = [(view["call"], view["stage"]) for view in state["calls"]] == [(call, "talking")]
    return (
        is_same and state["focus"] == call and state["draft"]["ticket"]["content"] == content and state["lines"]["pbx"]["is_up"]
    )


def kill(desk: Workplace, role: str) -> None:
    """Without a word of warning; returns when the launcher has started it again."""
    victim = desk.process(role)
    victim.kill()

    def is_anew() -> bool:
        try:
            return desk.process(role).pid != victim.pid
        except AssertionError:
            return False

    wait_for(is_anew, f"another {role}", BACK_S, 0.02)


def kill_centre(desk: Workplace) -> None:
    assert desk.launcher is not None
    children = psutil.Process(desk.launcher.pid).children()
    centre = next(child for child in children if "app.centre" in child.cmdline())
    for process in (*centre.children(recursive=True), centre):
        process.kill()


def test_every_part_may_be_killed_in_a_live_call_and_the_call_lives_on_with_its_draft(
    home: Path, screen: Screen, exchange: Exchange, citizen: Caller
) -> None:
    with Workplace(home, screen, SETTINGS) as desk:
        desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration", 60)
        desk.shows(lambda state: state["sync"]["is_online"], "the centre", 60)
        talk = citizen.call(exchange.address, "1001")
        call = answer(desk)
        telephony = desk.process("telephony").pid
        contact = exchange.cli("pjsip show contacts")
        desk.note("smoke in the stairs")
        time.sleep(1)  # what was typed is durable within a second: the store's promise

        for role in ("window", "speech", "practice", "trainer", "window", "trainer2", "speech", "window"):
            heard = len(talk.heard)
            kill(desk, role)
            if role == "window":
                desk.forget_state()
            desk.shows(lambda state: is_on(state, call, "smoke in the stairs"), f"the call after {role}", BACK_S)
            wait_for(lambda heard=heard: len(talk.heard) > heard + 25, "half a second of voice")  # type: ignore[misc]
        kill_centre(desk)
        desk.shows(lambda state: not state["sync"]["is_online"], "the loss of the centre", 30)
        assert is_on(desk.state(), call, "smoke in the stairs")
        desk.shows(lambda state: state["sync"]["is_online"], "another centre", 60)

        assert talk.is_up and not talk.is_over
        assert desk.process("telephony").pid == telephony
        assert exchange.cli("pjsip show contacts").split()[:8] == contact.split()[:8]  # the same contact, never a second one
        assert desk.state()["agent_state"] == "ready"
        desk.screen.focus("接诉|Jiesu")
        number = desk.save()
        citizen.hang_up(talk)
        desk.shows(lambda state: "talking" not in stages(state), "the end")
    with KeptStore(home) as store:
        assert store.ticket(number).content == "smoke in the stairs"
        assert store.ends(call) == [(NUMBER, "caller")]


def test_a_telephony_that_is_killed_is_registered_again_and_the_caller_is_rung_back_into_the_same_case(
    home: Path, screen: Screen, exchange: Exchange, citizen: Caller
) -> None:
    with Workplace(home, screen, {**SETTINGS, "speech.is_listening": False}, "--no-centre") as desk:
        desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration", 60)
        citizen.call(exchange.address, "1001")
        lost = answer(desk)
        desk.note("smoke in the stairs")

        kill(desk, "telephony")
        view = desk.shows(lambda state: next(view for view in state["calls"] if view["is_lost"]), "ring-back", BACK_S)
        assert (view["call"], view["number"]) == (lost, NUMBER)
        desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration", BACK_S)
        ticket = desk.state()["draft"]["ticket"]["id"]
        desk.screen.key("ctrl+F5")
        again = desk.shows(lambda state: next(view for view in state["calls"] if view["continues"] == lost), "ringing back")
        assert again["number"] == NUMBER
        desk.shows(lambda state: next(view for view in state["calls"] if view["is_lost"]), "that nobody answers there", 40)

        citizen.call(exchange.address, "1001")
        call = answer(desk)
        desk.note(", fourth floor")
        draft = desk.state()["draft"]["ticket"]
        assert (draft["id"], draft["content"]) == (ticket, "smoke in the stairs, fourth floor")
        assert [view["call"] for view in desk.state()["calls"]] == [call]
        number = desk.save()
    with KeptStore(home) as store:
        assert store.ticket(number).call == call
        assert store.ends(lost) == [(NUMBER, "network")]


def test_a_call_that_ends_while_no_window_is_there_is_recorded_once_and_wrapped_up(
    home: Path, screen: Screen, exchange: Exchange, citizen: Caller
) -> None:
    with Workplace(home, screen, {**SETTINGS, "speech.is_listening": False}, "--no-centre") as desk:
        desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration", 60)
        desk.shows(lambda state: state["sync"]["numbers_left"] == 100, "an open store", 30)
        talk = citizen.call(exchange.address, "1001")
        call = answer(desk)
        desk.note("smoke")
        time.sleep(2)  # what was typed is durable within a second, and this machine may be busy
        window = desk.process("window")

        window.suspend()  # so that it sees nothing of the end
        citizen.hang_up(talk)
        missed = citizen.call(exchange.address, "1001", '"x" <sip:13900000009@127.0.0.5>')
        wait_for(lambda: 180 in missed.codes, "ringing", 10)
        citizen.cancel(missed)
        wait_for(lambda: 487 in missed.codes, "the end of ringing", 10)
        desk.forget_state()
        window.kill()

        desk.shows(lambda state: state["agent_state"] == "wrap_up", "wrap-up", 30)
        desk.shows(lambda state: state["draft"]["ticket"]["content"] == "smoke", "the draft")
        assert stages(desk.state()) == ["ended"] and desk.state()["focus"] == call
        waiting = desk.shows(lambda state: state["missed"], "a missed call")
        assert [(entry["number"], len(entry["rang_at"])) for entry in waiting] == [("13900000009", 1)]
    with KeptStore(home) as store:
        assert store.ends(call) == [(NUMBER, "caller")]
