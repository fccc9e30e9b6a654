"""The way from the agent's mouth to the caller's ear and back, through a virtual headset."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.desk.commands import AnswerCall, AudioChoice, ChooseHeadset, MuteMicrophone, PlayVoice
from app.desk.events import CallRang, HeadsetChanged, MicrophoneMuted
from app.voice_file import to_alaw
from tests.headset import EARPIECE, MICROPHONE, SPEAKER, VirtualHeadset, tone, why_not
from tests.integration.telephony.seat import Seat, agent_voice, level
from tests.trunk import Caller, Talk

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@pytest.fixture
def headset() -> Iterator[VirtualHeadset]:
    with VirtualHeadset() as headset:
        yield headset


@pytest.fixture
def worn(headset: VirtualHeadset, tmp_path: Path) -> Iterator[Seat]:
    """A seat whose agent wears the headset and is called over the speaker."""
    seat = Seat(tmp_path, headset.environment)
    try:
        seat.attach()
        seat.wait(HeadsetChanged, lambda event: event.is_working)
        seat.send(ChooseHeadset(AudioChoice(MICROPHONE, EARPIECE, SPEAKER)))
        seat.wait(HeadsetChanged, lambda event: event.earpiece == EARPIECE)
        seat.set_up()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


def take(seat: Seat, citizen: Caller) -> tuple[CallRang, Talk]:
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang, talk


def test_a_call_rings_on_the_ringer_until_it_is_answered(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    citizen.call(worn.sip, "agent")
    rang = worn.wait_ring()

    ringing = headset.listen(2.0, "speaker")

    worn.send(AnswerCall(rang.call))
    worn.wait_answered(rang.call)
    time.sleep(0.3)
    after = headset.listen(0.8, "speaker")
    assert np.abs(np.frombuffer(ringing, "<i2").astype(int)).max() > 1000
    assert np.abs(np.frombuffer(after, "<i2").astype(int)).max() < 50


def test_agent_and_caller_hear_each_other(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    _, talk = take(worn, citizen)
    speaking = headset.say(tone(1000, 5))

    in_ear = headset.listen(1.5)
    frames = worn.listen(1.2)

    assert level(in_ear, 700) > -35
    assert level(in_ear, 1000) < -60
    assert level(citizen.heard(talk), 1000, 8000) > -35
    assert level(agent_voice(frames), 1000) > -35
    assert level(agent_voice(frames), 700) < -60
    speaking.wait(10)


def test_a_muted_microphone_reaches_neither_caller_nor_tap(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    _, talk = take(worn, citizen)
    speaking = headset.say(tone(1000, 5))

    worn.send(MuteMicrophone(True))

    worn.wait(MicrophoneMuted)
    time.sleep(0.4)
    frames = worn.listen(1.2)
    assert level(citizen.heard(talk), 1000, 8000) < -60
    assert level(agent_voice(frames), 1000) < -60
    speaking.wait(10)


def test_a_switch_of_the_earpiece_in_mid_call_carries_on(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    take(worn, citizen)

    worn.send(ChooseHeadset(AudioChoice(MICROPHONE, SPEAKER, SPEAKER)))

    worn.wait(HeadsetChanged, lambda event: event.is_working and event.earpiece == SPEAKER)
    assert level(headset.listen(1.2, "speaker"), 700) > -35


def test_a_pulled_earpiece_is_said_and_another_takes_its_place(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    take(worn, citizen)
    since = worn.count

    headset.pull()

    gone = worn.wait(HeadsetChanged, lambda event: not event.is_working, since=since)
    again = worn.wait(HeadsetChanged, lambda event: event.is_working, since=since)
    assert gone.earpiece == ""
    assert again.earpiece not in ("", EARPIECE)
    assert level(headset.listen(1.2, "speaker"), 700) > -35


def test_no_device_wanted_leaves_the_call_up_in_silence(worn: Seat, headset: VirtualHeadset, citizen: Caller) -> None:
    _, talk = take(worn, citizen)
    since = worn.count

    worn.send(ChooseHeadset(AudioChoice("none", "none", "none")))

    assert not worn.wait(HeadsetChanged, lambda event: event.earpiece == "", since=since).is_working
    assert worn.listen(0.5)
    assert not talk.is_over


def test_without_a_sound_library_calls_go_on(tmp_path: Path, citizen: Caller) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    seat = Seat(tmp_path, {"PYTHONPATH": str(tmp_path)})
    seat.attach()
    seat.set_up()

    take(seat, citizen)

    told = seat.wait(HeadsetChanged)
    frames = seat.listen(0.5)
    code = seat.end()
    assert (told.is_working, told.devices_in) == (False, ())
    assert frames
    assert "PortAudio library not found" in seat.log
    assert code == 0


def test_a_sentence_of_a_recording_reaches_the_agents_ear_and_never_the_caller(
    worn: Seat, headset: VirtualHeadset, citizen: Caller
) -> None:
    _, talk = take(worn, citizen)
    worn.send(PlayVoice(to_alaw(tone(1300, 4))))

    in_ear = headset.listen(1.5)

    time.sleep(0.5)
    assert level(in_ear, 1300) > -35
    assert level(citizen.heard(talk, 2.0), 1300, 8000) < -60
    worn.send(PlayVoice(b""))
    time.sleep(0.5)
    assert level(headset.listen(1.0), 1300) < -60
