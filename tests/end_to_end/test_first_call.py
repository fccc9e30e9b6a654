"""The first call, from a ringing line to a ticket at the centre, on real parts: Asterisk, two voices, Whisper, PostgreSQL,
a window under Xvfb that is driven by keys and mouse."""

import threading
import wave
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.end_to_end.hall import Hall
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, codes, legs, stages, words
from tests.habits.needs import shared_folder
from tests.headset import VirtualHeadset
from tests.waiting import wait_for

pytestmark = [pytest.mark.pbx, pytest.mark.speech, pytest.mark.shared, pytest.mark.programs("Xvfb", "xdotool"),
              pytest.mark.timeout(300)]  # fmt: skip

SAID = "我家住幸福路123号3单元502室已经停水3天了整个单元都没有水老人做饭都成问题能不能快点修"
"""What the citizen of water_outage says, with its numbers as Whisper writes them."""


GREETING = "您好这里是12345热线请问有什么可以帮您"


def share_heard(said: str, shown: str) -> float:
    """The share of `said` that is shown, in order: a recogniser errs here and there, and differently each time."""
    blocks = SequenceMatcher(None, said, shown, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(said)


@pytest.fixture
def hall(own_home: Path, free_port: int) -> Iterator[Hall]:
    with Hall(own_home, free_port) as around:
        yield around


@pytest.fixture
def desk(hall: Hall, own_home: Path, screen: Screen, headset: VirtualHeadset) -> Iterator[Workplace]:
    with Workplace(own_home / "desk", screen, hall.settings(), environment=headset.environment) as place:
        place.shows(lambda state: state["headset"]["is_working"], "a headset that works")
        place.shows(lambda state: state["lines"]["pbx"]["is_up"], "the registration at the exchange", 60)
        place.shows(lambda state: state["sync"]["numbers_left"] > 0, "leased ticket numbers", 30)
        place.shows(lambda state: state["speech"]["engine"], "a recogniser", 60)
        yield place


def calls() -> Path:
    folder = shared_folder()
    assert folder is not None
    return folder / "speech" / "calls"


def spoken(call: str, turn: str) -> bytes:
    """The samples of one turn of a recorded call."""
    with wave.open(str(calls() / call / turn)) as sound:
        samples: bytes = sound.readframes(sound.getnframes())
        return samples


def wait_a_second_of_typing() -> None:
    """The promise is that a kill loses at most one second of typing: what is older must be there."""
    threading.Event().wait(1.0)


def answer(hall: Hall, desk: Workplace, key: str) -> None:
    hall.citizen_calls(key, calls())
    desk.shows(lambda state: "ringing" in stages(state), "a ringing call", 90)
    desk.screen.key("F2")
    desk.shows(lambda state: "talking" in stages(state), "a call that talks")


def test_a_call_from_the_exchange_becomes_words_a_ticket_at_the_centre_and_a_figure_on_the_wallboard(
    hall: Hall, desk: Workplace, headset: VirtualHeadset
) -> None:
    answer(hall, desk, "water_outage")
    greeting = headset.say(spoken("water_outage", "00_agent.wav"))
    desk.shows(lambda state: share_heard(GREETING, words(state, "agent")) > 0.4, "the agent's own words", 120)
    greeting.wait(20)
    desk.shows(lambda state: share_heard(SAID, words(state)) > 0.6, "the caller's words", 120)
    desk.shows(lambda state: state["draft"]["ticket"]["content"], "a draft filled from the words")
    desk.screen.key("ctrl+s")
    number = desk.shows(lambda state: state["draft"]["ticket"]["number"], "a ticket number")
    wait_for(lambda: len(hall.tickets()) == 1, "the ticket in PostgreSQL")
    desk.screen.key("F3")
    desk.shows(lambda state: state["agent_state"] == "wrap_up", "the wrap-up")
    desk.screen.key("ctrl+b")
    figures = desk.shows(lambda state: state["figures"] if state["figures"]["answered"] else None, "the wallboard's figures")

    assert (figures["offered"], figures["answered_within_15_s"], figures["tickets"]) == (1, 1, 1)
    assert [row["number"] for row in hall.tickets()] == [number]
    desk.shows(lambda state: state["sync"]["waiting"] == 0, "all synced")


def test_with_centre_and_exchange_dead_in_mid_call_the_ticket_gets_its_number_and_119_is_reached(
    hall: Hall, desk: Workplace
) -> None:
    answer(hall, desk, "fire_upstairs")
    desk.shows(lambda state: state["emergency"]["suggested"] == "119", "the lit button", 120)

    hall.centre.kill()
    hall.exchange.kill()
    desk.shows(lambda state: not state["lines"]["pbx"]["is_up"], "the loss of the exchange")
    desk.screen.key("F10")
    desk.shows(lambda state: ("119", "talking") in legs(state), "119 on the line", 20)
    desk.screen.key("ctrl+s")
    number = desk.shows(lambda state: state["draft"]["ticket"]["number"], "a number without the centre")
    assert desk.state()["sync"]["waiting"] > 0 and not desk.state()["sync"]["is_online"]
    reached = wait_for(hall.emergency_calls, "the trainer's own record")
    assert reached[0]["line"] == "119"

    hall.exchange.start()
    hall.centre.start()
    desk.shows(lambda state: state["sync"]["is_online"] and state["sync"]["waiting"] == 0, "everything synced", 60)
    assert [row["number"] for row in hall.tickets()] == [number]
    desk.shows(lambda state: state["lines"]["pbx"]["is_up"], "registered again", 60)


def test_119_through_the_exchange_is_three_way_by_one_click_and_written_down(hall: Hall, desk: Workplace) -> None:
    answer(hall, desk, "chest_pain")

    desk.click("120")
    desk.shows(lambda state: ("120", "talking") in legs(state), "120 on the line")
    record = wait_for(hall.emergency_calls, "the trainer's own record")[0]

    assert record["line"] == "120" and "talking" in stages(desk.state())
    desk.screen.key("F3")
    desk.shows(lambda state: "emergency_still_on" in codes(state), "the question whether to cut the caller off from 120")
    assert "talking" in stages(desk.state())
    desk.screen.key("F3")
    desk.shows(lambda state: stages(state) == ["ended"], "the end of the call")


def test_a_killed_window_comes_back_on_the_same_call_with_the_draft_as_it_was_typed(hall: Hall, desk: Workplace) -> None:
    answer(hall, desk, "noise_complaint")
    call = desk.state()["focus"]
    desk.screen.key("alt+t")
    desk.screen.type("barbecue noise")
    desk.shows(lambda state: "barbecue noise" in state["draft"]["ticket"]["content"], "what was typed")
    first = desk.process("window")
    wait_a_second_of_typing()

    first.kill()
    desk.forget_state()
    desk.shows(lambda state: state["focus"] == call and "talking" in stages(state), "the same call in a new window", 30)

    desk.shows(lambda state: "barbecue noise" in state["draft"]["ticket"]["content"], "the draft as it was")
    assert desk.process("window").pid != first.pid
    assert "draft_restored" in codes(desk.state())


def test_a_ticket_saved_at_one_console_stands_at_the_other_before_long(hall: Hall, own_home: Path, screen: Screen) -> None:
    second_screen = Screen()
    with (
        second_screen,
        Workplace(own_home / "one", screen, hall.settings("1001")) as one,
        Workplace(own_home / "two", second_screen, hall.settings("1002")) as two,
    ):
        for desk in (one, two):
            desk.shows(lambda state: state["sync"]["numbers_left"] > 0, "leased ticket numbers", 30)
        screen.key("ctrl+n", "alt+t")
        screen.type("street lamp is dark")
        one.shows(lambda state: "dark" in state["draft"]["ticket"]["content"], "what was typed")

        screen.key("ctrl+s")

        number = one.shows(lambda state: state["draft"]["ticket"]["number"], "a number")
        two.shows(lambda state: [ticket["number"] for ticket in state["tickets"]] == [number], "it at the other console", 3)
