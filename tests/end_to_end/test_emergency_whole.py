"""119 whole: the card in time and with its number, spoken, at the emergency desk; a silent alert that only the lead notices."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.end_to_end.citizen import Citizen, level, samples_of
from tests.end_to_end.emergency_room import CASE_NUMBER, EmergencyRoom
from tests.end_to_end.hall import Hall
from tests.end_to_end.hotline import NUMBER, QUIET, WORN, answer, hotline, is_working, report, spoken
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, legs, stages
from tests.headset import VirtualHeadset
from tests.trunk import Talk
from tests.waiting import wait_for

pytestmark = [pytest.mark.pbx, pytest.mark.speech, pytest.mark.shared, pytest.mark.programs("Xvfb", "xdotool"),
              pytest.mark.timeout(300)]  # fmt: skip


@pytest.fixture
def hall(own_home: Path, free_port: int) -> Iterator[Hall]:
    with hotline(own_home, free_port) as around:
        yield around


def test_119_has_its_card_in_time_hears_it_spoken_and_the_lead_is_alerted_in_silence(
    hall: Hall, citizen: Citizen, own_home: Path, screen: Screen, headset: VirtualHeadset
) -> None:
    with EmergencyRoom("t0ken") as room, Screen() as second:
        at_the_desk = {"emergency.desk_url": room.url, "emergency.desk_token": "t0ken"}
        of_the_lead = {
            "agent.role": "team_lead",
            "speech.is_listening": False,
            "audio.microphone": "none",
            "audio.earpiece": "none",
        }
        with (
            Workplace(own_home / "lead", second, {**hall.settings("1002"), **of_the_lead}) as lead,
            Workplace(
                own_home / "desk", screen, {**hall.settings(), **WORN, **at_the_desk}, environment=headset.environment
            ) as desk,
        ):
            for place in (lead, desk):
                is_working(place)
            desk.shows(lambda state: state["speech"]["engine"], "a recogniser", 60)
            lead.screen.key("ctrl+b")
            talk = citizen.rings(hall.exchange.address, "1001")
            call = answer(desk)
            citizen.say(spoken("fire_upstairs", "01_caller.wav"))
            citizen.say(spoken("fire_upstairs", "03_caller.wav"))
            desk.shows(lambda state: state["emergency"]["suggested"] == "119", "the lit button", 120)

            number = has_its_card(desk)
            desk.shows(lambda state: ("119", "talking") in legs(state), "119 on the line", 20)
            record = wait_for(hall.emergency_calls, "the trainer's own record")[0]
            desk.shows(lambda state: state["emergency"]["pushed"] == "sent", "the card at the emergency desk")
            with_number = wait_for(
                lambda: [one for one in room.cards if one["ticket"] == number], "the number at the emergency desk"
            )
            assert (with_number[0]["ring_back"], with_number[0]["line"]) == (NUMBER, "119") and room.cards[0]["words"]
            assert len(set(room.keys)) == len(room.keys)
            desk.shows(lambda state: state["emergency"]["card"]["case_number"] == CASE_NUMBER, "the desk's own number")
            is_spoken_to_the_operator(hall, desk, record["file"])
            alerts_in_silence(hall, desk, lead, citizen, talk, call)


def has_its_card(desk: Workplace) -> str:
    """119 pressed, the card opened: on the screen with a number that holds, from a store on a disk."""
    pressed = time.monotonic()
    desk.screen.key("F10", "ctrl+F9")
    number: str = desk.shows(lambda state: state["emergency"]["card"]["ticket"], "a card with a ticket number", 3)
    wait_for(lambda: "警情交接卡" in desk.windows(), "the card's window", 3)
    report("119 pressed to the card on the screen with its number", time.monotonic() - pressed, "s")
    card = desk.state()["emergency"]["card"]
    assert (card["line"], card["ring_back"]) == ("119", NUMBER) and card["words"] and card["danger"]
    return number


def is_spoken_to_the_operator(hall: Hall, desk: Workplace, file: str) -> None:
    """Nobody speaks but the voice: what the trainer recorded of it is loud for seconds."""
    wav = hall.folder / "trainer" / file
    desk.screen.focus("接诉|Jiesu")
    pressed = time.monotonic()
    desk.screen.key("ctrl+F10")
    desk.shows(lambda state: state["emergency"]["is_spoken"], "the card being spoken")
    before = seconds_spoken(wav)
    wait_for(lambda: seconds_spoken(wav) > before + 0.3, "a voice at the operator's", 25, 0.1)
    report("key to the first words at the operator's (written twice a second)", time.monotonic() - pressed, "s")
    desk.shows(lambda state: not state["emergency"]["is_spoken"], "the end of the card", 90)
    spoken_s = wait_for(lambda: (s := seconds_spoken(wav) - before) > 4 and s, "the whole card at the operator's")
    report("the card as the operator heard it", spoken_s, "s of voice")


def seconds_spoken(wav: Path) -> float:
    """How much of a recording that is still being written is louder than a quiet line."""
    samples = np.frombuffer(wav.read_bytes()[44:][: (wav.stat().st_size - 44) // 2 * 2], "<i2").astype(np.float32)
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    return float(np.sum(np.sqrt(np.mean(frames**2, axis=1)) > 200)) * 0.02


def alerts_in_silence(hall: Hall, desk: Workplace, lead: Workplace, citizen: Citizen, talk: Talk, call: str) -> None:
    """The lead's wallboard raises it, another line listens, and neither caller nor 119 hears anything of it."""
    since = len(talk.heard)
    pressed = time.monotonic()
    desk.screen.key("ctrl+F12")
    alert = lead.shows(lambda state: next(one for one in state["alerts"] if one["call"] == call), "the alert at the lead's", 10)
    report("silent alert to the lead's console through the centre", time.monotonic() - pressed, "s")
    assert (alert["line"], alert["agent"]) == ("119", "1001") and alert["ticket"]
    assert "大屏" in lead.windows()
    desk.shows(lambda state: state["emergency"]["silent"]["step"] == "done", "the silent line", 10)
    answered = {one["call"]: one["file"] for one in hall.emergency_calls() if one["event"] == "answered"}
    assert len(answered) == 2  # the exchange hands X-Silent on to nobody here: it is the second call to the line
    operator = hall.folder / "trainer" / next(iter(answered.values()))
    spoken_before = seconds_spoken(operator)
    threading.Event().wait(2.0)  # that nothing comes cannot be waited for
    assert level(samples_of(citizen.heard_since(talk, since))) < QUIET
    assert seconds_spoken(operator) == spoken_before
    assert "talking" in stages(desk.state()) and ("119", "talking") in legs(desk.state())
