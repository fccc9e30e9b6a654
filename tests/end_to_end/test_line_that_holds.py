"""The line that holds, whole: recording, shield and queue; a caller handed over by keys; an exchange killed in a call.

Real Asterisk, PostgreSQL, sound server, voices and recogniser; the windows under Xvfb are driven by keys alone.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.domain.call import CallRecord
from tests.end_to_end.citizen import Citizen, likeness, pitch_level, samples_of, sound_of
from tests.end_to_end.hall import Hall
from tests.end_to_end.hotline import (
    ALIKE,
    LOUD,
    NUMBER,
    OUTSIDE,
    QUIET,
    TENTH,
    WORN,
    announced,
    answer,
    falls_silent,
    hears,
    hotline,
    is_working,
    report,
    spoken,
)
from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, stages
from tests.exchange import SLOT, TRUNK, Exchange, ExchangePlan
from tests.headset import EARPIECE, VirtualHeadset
from tests.headset import RATE as EAR_RATE
from tests.trunk import Gateway, Talk
from tests.waiting import wait_for

pytestmark = [pytest.mark.pbx, pytest.mark.speech, pytest.mark.shared, pytest.mark.programs("Xvfb", "xdotool"),
              pytest.mark.timeout(300)]  # fmt: skip


HOLD_TONE = -50.0
"""dB below full scale that one note of the hold tone reaches at least."""


@pytest.fixture
def hall(own_home: Path, free_port: int) -> Iterator[Hall]:
    with hotline(own_home, free_port) as around:
        yield around


def queue_of(exchange: Exchange, agent: str) -> str:
    """How Asterisk itself has the agent in its queue."""
    return next((line for line in exchange.cli("queue show hotline").splitlines() if f"PJSIP/{agent}" in line), "")


def records_at_the_centre(hall: Hall, call: str) -> list[CallRecord]:
    rows = hall.rows(f"SELECT body FROM change WHERE kind = 'call-ended' AND entity = '{call}'")
    return [msgspec.json.decode(row["body"], type=CallRecord) for row in rows]


def test_a_call_through_the_queue_is_recorded_by_rule_shielded_sealed_uploaded_and_heard_again(
    hall: Hall, citizen: Citizen, own_home: Path, screen: Screen, headset: VirtualHeadset
) -> None:
    home = own_home / "desk"
    with Workplace(home, screen, {**hall.settings(), **WORN}, environment=headset.environment) as desk:
        is_working(desk)
        desk.shows(lambda state: state["headset"]["is_working"], "a headset that works")
        desk.shows(lambda state: state["speech"]["engine"], "a recogniser", 60)
        stands_as_the_agent_says(hall, desk)

        talk = citizen.rings(hall.exchange.address, "12345")
        call = answer(desk)
        told = hears(talk, citizen, announced("recording"), 0)
        report("announcement of the recording, likeness in the caller's ear", told, "of 1")
        falls_silent(talk, citizen)
        desk.shows(lambda state: state["recordings"][call]["stage"] == "running", "the recording runs")
        citizen.say(spoken("water_outage", "03_caller.wav"))
        desk.shows(lambda state: state["transcript"]["utterances"][-1]["final"], "the caller's words", 120)
        desk.screen.key("Pause")
        desk.shows(lambda state: state["recordings"][call]["stage"] == "paused", "the pause")
        desk.screen.key("ctrl+shift+k")
        desk.shows(lambda state: state["recordings"][call]["stage"] == "running", "the recording again")

        since = len(talk.heard)
        desk.screen.key("ctrl+g")
        report("civility notice, likeness in the caller's ear", hears(talk, citizen, announced("civility_1"), since), "of 1")
        assert desk.state()["shield"]["calls"][call]["shield"]["steps"][0]["what"] == "civility_1"
        desk.shows(lambda state: state["draft"]["ticket"]["content"], "a draft filled from the words", 60)
        number = desk.save()
        citizen.hang_up(talk)
        desk.shows(lambda state: state["agent_state"] == "wrap_up", "the wrap-up")
        ended = time.monotonic()

        is_at_the_centre(hall, call, ended)
        is_heard_again(desk, headset)
        is_sealed(desk, number)
    verified = subprocess.run(
        [sys.executable, "-m", "app.storage", "evidence", "verify", "--store", str(home / "store")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert verified.returncode == 0 and "whole, as it was sealed" in verified.stdout, verified.stdout + verified.stderr


def stands_as_the_agent_says(hall: Hall, desk: Workplace) -> None:
    """Ready, busy with a reason by one number key, ready again: Asterisk's own queue follows."""
    desk.screen.key("ctrl+1")
    wait_for(lambda: "1001" in queue_of(hall.exchange, "1001"), "the agent in the queue", 20, 0.1)
    pressed = time.monotonic()
    desk.screen.key("ctrl+2")
    desk.screen.focus("示忙")
    desk.screen.key("3")
    desk.shows(lambda state: (state["agent_state"], state["state_reason"]) == ("busy", "回访"), "busy with a reason")
    wait_for(lambda: "(paused:回访" in queue_of(hall.exchange, "1001"), "the pause with its reason in the queue", 20, 0.1)
    report("key to pause with its reason in Asterisk's queue", time.monotonic() - pressed, "s")
    desk.screen.focus("接诉|Jiesu")
    desk.screen.key("ctrl+1")
    wait_for(lambda: "paused" not in queue_of(hall.exchange, "1001"), "the end of the pause", 20, 0.1)
    desk.shows(lambda state: state["queue"]["standing"] == "in", "the queue's answer on the desk")


def is_at_the_centre(hall: Hall, call: str, ended: float) -> None:
    """The recording arrives whole; the call's record there names it and says how the line did."""
    query = f"SELECT sha256, seconds FROM recording WHERE call = '{call}' AND whole_at > 0"
    archived = wait_for(lambda: hall.rows(query), "the recording at the centre", 60, 0.2)[0]
    report("end of the call to the whole recording at the centre", time.monotonic() - ended, "s")

    def marked() -> list[CallRecord]:
        return [record for record in records_at_the_centre(hall, call) if record.recording is not None]

    record = wait_for(marked, "the call's record with its recording", 20, 0.2)[-1]
    assert record.recording is not None and record.recording.sha256 == archived["sha256"] and record.recording.is_whole
    assert record.number == NUMBER and abs(record.recording.seconds - (record.ended_at - record.answered_at)) < 1.5
    assert record.quality is not None and record.quality.looks >= 5 and record.quality.mos_mean > 1
    report("the call's opinion score at the centre", record.quality.mos_mean, "MOS")


def is_heard_again(desk: Workplace, headset: VirtualHeadset) -> None:
    desk.screen.focus("接诉|Jiesu")
    desk.shows(
        lambda state: (state["headset"]["earpiece"], state["headset"]["is_working"]) == (EARPIECE, True), "the earpiece", 40
    )
    ear = headset.record("ear")
    try:
        desk.screen.key("ctrl+shift+l")
        desk.shows(lambda state: state["playing"] and state["playing"]["until"] > 0, "the sentence that plays")
        assert ear.stdout is not None
        heard = samples_of(ear.stdout.read(EAR_RATE * 2 * 5))
    finally:
        ear.kill()
        ear.wait(5)
        ear.stdout and ear.stdout.close()
    found = likeness(heard, sound_of(spoken("water_outage", "03_caller.wav"), EAR_RATE), EAR_RATE)
    report("the sentence played again, likeness in the agent's ear", found, "of 1")
    assert found > ALIKE


def is_sealed(desk: Workplace, number: str) -> None:
    """By itself after a call with a notice, with its sound; the agent lets it be checked."""
    pack = desk.shows(lambda state: next(one for one in state["shield"]["packs"] if not one["lacks"]), "sealed evidence", 60)
    assert pack["ticket"] == number
    desk.screen.focus("接诉|Jiesu")
    desk.click("通话证据")
    desk.screen.key("Down", "Down", "Return")
    desk.screen.focus("已封存的证据")
    desk.screen.key("Return")
    desk.shows(lambda state: state["shield"]["checked"] == desk.state()["shield"]["packs"][0]["name"], "the check")
    assert desk.state()["shield"]["pack_flaws"] == []


def test_a_caller_is_handed_over_by_keys_and_one_who_is_lost_with_the_exchange_is_rung_back_through_the_other(
    citizen: Citizen, own_home: Path, screen: Screen, headset: VirtualHeadset
) -> None:
    first = ExchangePlan(port=15462, rtp_first=36000, rtp_last=36400, extra={"extensions.conf": OUTSIDE})
    second = ExchangePlan(address=f"127.0.{SLOT}.24", port=15463, rtp_first=36500, rtp_last=36900, name=f"{SLOT}b",
                          extra={"extensions.conf": OUTSIDE})  # fmt: skip
    with KeptStore(own_home / "desk") as store:
        store.lease(1, 100)
    city = Gateway(TRUNK, first.trunk_port)
    settings = {
        **WORN,
        "speech.is_listening": False,
        "practice.is_on": False,
        "telephony.pbx_address": f"{first.address}:{first.port}, {second.address}:{second.port}",
        "telephony.pbx_user": "1001",
        "telephony.pbx_password": "pw1001",
    }
    try:
        with (
            Exchange(first) as exchange,
            Exchange(second) as other,
            Workplace(own_home / "desk", screen, settings, "--no-centre", environment=headset.environment) as desk,
        ):
            desk.shows(lambda state: state["lines"]["pbx"]["server"] == exchange.address, "the first exchange", 60)
            hands_over(desk, citizen, exchange, city)
            loses_and_rings_back(desk, citizen, exchange, other, city)
    finally:
        city.close()


def hands_over(desk: Workplace, citizen: Citizen, exchange: Exchange, city: Gateway) -> None:
    """Shift+F7, the number, Enter, Ctrl+F7: caller and unit speak with each other through the exchange, the desk is free."""
    talk = citizen.rings(exchange.address, "1001")
    call = answer(desk)
    desk.screen.key("shift+F7")
    desk.screen.focus("咨询")
    desk.screen.type("13700000002")
    desk.screen.key("Return")
    unit = city.wait_call("13700000002", 15)
    desk.shows(lambda state: stages(state).count("talking") == 1 and len(state["calls"]) == 2, "the consult call")
    desk.screen.focus("接诉|Jiesu")
    waits_with_the_hold_tone(talk, citizen, city)
    since = len(talk.heard)
    pressed = time.monotonic()
    desk.screen.key("ctrl+F7")

    def hears_unit() -> bool:
        lately = samples_of(citizen.heard_since(talk, since))[-TENTH:]
        return len(lately) == TENTH and pitch_level(lately, city.pitch) > LOUD

    wait_for(hears_unit, "the unit's voice in the caller's ear", 10)
    report("attended transfer: key to the unit's voice at the caller", time.monotonic() - pressed, "s")
    desk.shows(lambda state: "talking" not in stages(state), "a desk that is free")
    assert talk.is_up and not talk.is_over and not unit.is_over
    assert [view["stage"] for view in desk.state()["calls"] if view["call"] == call] in ([], ["ended"])
    citizen.hang_up(talk)
    exchange.hang_up_all()
    wait_for(lambda: unit.is_over, "the end at the unit")
    desk.screen.key("ctrl+1")


def waits_with_the_hold_tone(talk: Talk, citizen: Citizen, city: Gateway) -> None:
    """While the agent asks the unit, the caller hears that the line is alive, and nothing of what is said."""
    since = len(talk.heard)
    wait_for(lambda: len(talk.heard) > since + 200, "four seconds", 8)
    heard = samples_of(citizen.heard_since(talk, since))
    assert max(pitch_level(heard[at : at + TENTH], 392.0) for at in range(0, len(heard), TENTH)) > HOLD_TONE
    assert max(pitch_level(heard[at : at + TENTH], city.pitch) for at in range(0, len(heard), TENTH)) < QUIET


def loses_and_rings_back(desk: Workplace, citizen: Citizen, exchange: Exchange, other: Exchange, city: Gateway) -> None:
    citizen.rings(exchange.address, "1001")
    lost = answer(desk)
    desk.note("smoke in the stairs")
    ticket = desk.state()["draft"]["ticket"]["id"]

    exchange.kill()
    killed = time.monotonic()
    at_home = exchange.address
    desk.shows(lambda state: (state["lines"]["pbx"]["is_up"], state["lines"]["pbx"]["server"]) != (True, at_home), "it is dead")
    report("exchange killed to the desk knowing it", time.monotonic() - killed, "s")
    up = "the registration at the other exchange"
    desk.shows(lambda state: state["lines"]["pbx"]["is_up"] and state["lines"]["pbx"]["server"] == other.address, up)
    report("exchange killed to the registration at the other", time.monotonic() - killed, "s")
    desk.shows(lambda state: next(view for view in state["calls"] if view["is_lost"] and view["call"] == lost), "the loss told")
    report("exchange killed to ring-back offered", time.monotonic() - killed, "s")
    desk.says("pbx_lost_in_call", "回拨")
    assert not desk.state()["lines"]["pbx"]["is_home"]
    desk.screen.focus("接诉|Jiesu")
    pressed = time.monotonic()
    desk.screen.key("ctrl+F5")
    back = city.wait_call(NUMBER, 15)
    again = desk.shows(
        lambda state: next(v for v in state["calls"] if v["continues"] == lost and v["stage"] == "talking"), "him"
    )
    report("Ctrl+F5 to the caller on the line again", time.monotonic() - pressed, "s")
    assert (again["number"], desk.state()["focus"]) == (NUMBER, again["call"])
    desk.note(", fourth floor")
    draft = desk.state()["draft"]["ticket"]
    assert (draft["id"], draft["content"]) == (ticket, "smoke in the stairs, fourth floor")
    desk.save()
    desk.screen.key("F3")
    wait_for(lambda: back.is_over, "the end at the caller's")
