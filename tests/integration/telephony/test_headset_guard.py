"""The headset guard on real parts: each sound system, plugs, the silent microphone, the shock limit, the check."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.desk.commands import (
    AnswerCall,
    AudioChoice,
    ChooseHeadset,
    MuteMicrophone,
    StartShiftCheck,
    TellRingerHeard,
)
from app.desk.events import CallRang, HeadsetChanged, NoticeCleared, Noticed, ShiftCheckChanged
from app.domain.notice import NoticeCode
from tests.headset import EARPIECE, MICROPHONE, SPEAKER, VirtualHeadset, tone, why_not
from tests.integration.telephony.seat import Seat, level
from tests.trunk import Caller, Talk

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
ENGINES = ("pulse", "qt", "sounddevice")


@pytest.fixture
def headset() -> Iterator[VirtualHeadset]:
    with VirtualHeadset() as headset:
        yield headset


@pytest.fixture
def seat(headset: VirtualHeadset, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path, headset.environment)
    try:
        seat.attach()
        seat.wait(HeadsetChanged, lambda event: event.is_working)
        seat.set_up()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


def wear(seat: Seat, engine: str = "auto", **more: object) -> None:
    since = seat.count
    seat.send(ChooseHeadset(AudioChoice(MICROPHONE, EARPIECE, SPEAKER, engine=engine, **more)))  # type: ignore[arg-type]
    seat.wait(
        HeadsetChanged,
        lambda event: event.earpiece == EARPIECE and event.microphone == MICROPHONE and engine in ("auto", event.engine),
        since=since,
    )


def take(seat: Seat, citizen: Caller) -> tuple[CallRang, Talk]:
    since = seat.count
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang, talk


def seconds_until(
    seat: Seat, kind: type[Any], fits: Callable[[Any], bool], since: int, began: float, patience_s: float = 6.0
) -> float:
    found = seat.wait(kind, fits, patience_s=patience_s, since=since)
    return seat.times[seat.events.index(found, since)] - began


@pytest.mark.parametrize("engine", ENGINES)
def test_each_sound_system_carries_both_voices(seat: Seat, headset: VirtualHeadset, citizen: Caller, engine: str) -> None:
    wear(seat, engine)
    _, talk = take(seat, citizen)
    speaking = headset.say(tone(1000, 5))

    in_ear = headset.listen(1.5)

    assert level(in_ear, 700) > -35
    assert level(in_ear, 1000) < -60
    assert level(citizen.heard(talk), 1000, 8000) > -35
    speaking.wait(10)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_headset_plugged_in_again_in_mid_call_carries_the_call_within_a_second(
    seat: Seat, headset: VirtualHeadset, citizen: Caller, engine: str
) -> None:
    wear(seat, engine)
    take(seat, citizen)
    since, began = seat.count, time.perf_counter()

    headset.pull()
    pulled_s = seconds_until(seat, HeadsetChanged, lambda event: event.is_working and event.earpiece == SPEAKER, since, began)
    meanwhile = headset.listen(1.0, "speaker")
    since, began = seat.count, time.perf_counter()
    headset.plug()
    plugged_s = seconds_until(seat, HeadsetChanged, lambda event: event.earpiece == EARPIECE, since, began)
    again = headset.listen(1.2)

    assert max(pulled_s, plugged_s) < 1.0
    assert level(meanwhile, 700) > -35
    assert level(again, 700) > -35


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sound_server_that_dies_in_mid_call_and_comes_back_carries_the_call_again(
    seat: Seat, headset: VirtualHeadset, citizen: Caller, engine: str
) -> None:
    wear(seat, engine)
    _, talk = take(seat, citizen)
    since = seat.count

    headset.stop()
    seat.wait(HeadsetChanged, lambda event: not event.is_working, patience_s=8, since=since)
    since = seat.count
    headset.start()
    seat.wait(HeadsetChanged, lambda event: event.is_working and event.earpiece == EARPIECE, patience_s=15, since=since)

    assert not talk.is_over
    assert level(headset.listen(1.2), 700) > -35


def test_a_microphone_that_gives_nothing_is_said_within_three_seconds_and_cleared_when_the_voice_is_back(
    seat: Seat, headset: VirtualHeadset, citizen: Caller
) -> None:
    wear(seat)
    since = seat.count
    take(seat, citizen)
    answered = time.perf_counter()

    silent_s = seconds_until(
        seat, Noticed, lambda event: event.notice.code is NoticeCode.MICROPHONE_SILENT, since, answered, patience_s=6
    )
    since = seat.count
    speaking = headset.say(tone(1000, 3))
    seat.wait(NoticeCleared, lambda event: event.code is NoticeCode.MICROPHONE_SILENT, since=since)

    assert silent_s < 3.3
    speaking.wait(10)


def test_a_headset_muted_by_its_own_switch_is_told_from_a_dead_one(
    seat: Seat, headset: VirtualHeadset, citizen: Caller
) -> None:
    wear(seat)
    speaking = headset.say(tone(1000, 8))
    take(seat, citizen)
    time.sleep(1.0)
    since, began = seat.count, time.perf_counter()

    headset.mute_switch(True)

    said_s = seconds_until(seat, Noticed, lambda event: event.notice.code is NoticeCode.HEADSET_MUTED, since, began)
    headset.mute_switch(False)
    seat.wait(NoticeCleared, lambda event: event.code is NoticeCode.HEADSET_MUTED, since=since)
    assert said_s < 3.3
    speaking.terminate()
    speaking.wait(5)


def test_an_agent_who_muted_himself_is_not_warned(seat: Seat, citizen: Caller) -> None:
    wear(seat)
    seat.send(MuteMicrophone(True))
    since = seat.count

    take(seat, citizen)
    time.sleep(3.5)  # longer than the alarm takes

    codes = {event.notice.code for event in seat.events[since:] if isinstance(event, Noticed)}
    assert not codes & {NoticeCode.MICROPHONE_SILENT, NoticeCode.HEADSET_MUTED}


def test_a_shrill_caller_never_gets_past_the_limit_in_the_ear(seat: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    wear(seat, limit_dbfs=-28.0)  # the citizen's tone is at about -20

    take(seat, citizen)
    time.sleep(0.5)
    in_ear = np.abs(np.frombuffer(headset.listen(1.5), "<i2").astype(int)).max()

    assert 100 < in_ear <= 32768 * 10 ** (-28 / 20) * 1.02


def test_the_gain_of_one_device_is_its_own(seat: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    wear(seat)
    take(seat, citizen)
    before = level(headset.listen(1.2), 700)

    wear_again = AudioChoice(MICROPHONE, EARPIECE, SPEAKER, gains=(f"out:{EARPIECE}=0.5", f"in:{EARPIECE}=7"))
    seat.send(ChooseHeadset(wear_again))
    time.sleep(0.3)
    after = level(headset.listen(1.2), 700)

    assert before - after == pytest.approx(6.0, abs=1.0)


def test_a_call_rings_on_in_the_ear_when_the_ringer_is_pulled(seat: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    wear(seat)
    since = seat.count
    seat.send(ChooseHeadset(AudioChoice(MICROPHONE, SPEAKER, EARPIECE)))
    seat.wait(HeadsetChanged, lambda event: event.earpiece == SPEAKER, since=since)
    citizen.call(seat.sip, "agent")
    seat.wait_ring()
    time.sleep(0.5)

    headset.pull()
    time.sleep(0.5)

    assert np.abs(np.frombuffer(headset.listen(2.5, "speaker"), "<i2").astype(int)).max() > 500


def test_the_check_before_the_shift_is_whole_and_a_call_ends_the_next_one_at_once(
    seat: Seat, headset: VirtualHeadset, citizen: Caller
) -> None:
    wear(seat)
    seat.send(StartShiftCheck())
    seat.wait(ShiftCheckChanged, lambda event: event.step == "sentence", patience_s=10)
    speaking = headset.say(tone(300, 6.0, 2500))
    seat.wait(ShiftCheckChanged, lambda event: event.step == "ringer", patience_s=20)
    ringing = headset.listen(1.5, "speaker")
    seat.send(TellRingerHeard(True))
    done = seat.wait(ShiftCheckChanged, lambda event: event.step == "done", patience_s=10)
    speaking.wait(10)

    since = seat.count
    seat.send(StartShiftCheck())
    seat.wait(ShiftCheckChanged, lambda event: event.step == "silence", since=since)
    citizen.call(seat.sip, "agent")
    rang = seat.wait_ring(since)
    ended = seat.wait(ShiftCheckChanged, lambda event: event.step == "interrupted", since=since)

    found = {finding.what: finding for finding in done.findings}
    assert found["level"].verdict in ("good", "fair")
    assert found["ringer"].verdict == "good"
    assert found["echo"].verdict == "good"
    assert np.abs(np.frombuffer(ringing, "<i2").astype(int)).max() > 1000
    assert (done.microphone, done.earpiece) == (MICROPHONE, EARPIECE)
    took = seat.times[seat.events.index(ended, since)] - seat.times[seat.events.index(rang, since)]
    assert took < 0.5


def test_the_next_sound_system_steps_in_where_one_does_not_start(headset: VirtualHeadset, tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    seat = Seat(tmp_path, {**headset.environment, "PYTHONPATH": str(tmp_path)})
    seat.attach()

    seat.send(ChooseHeadset(AudioChoice(MICROPHONE, EARPIECE, engine="sounddevice")))

    told = seat.wait(HeadsetChanged, lambda event: event.earpiece == EARPIECE)
    seat.send(ChooseHeadset(AudioChoice(MICROPHONE, EARPIECE, engine="qt")))
    code = seat.end()
    assert told.engine == "pulse"
    assert told.is_working
    assert code == 0
