"""The check before the shift on voices made here: what it finds, and that a call ends it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from app.desk.events import ShiftCheckChanged, ShiftFinding
from app.telephony.check_findings import CHIRP, CHIRP_EVERY_S, CHIRPS, Recording, chirps, findings
from app.telephony.guard import MicrophoneGuard
from app.telephony.shift_check import STEPS, ShiftCheck
from app.telephony.voice_paths import EarpiecePath, MicrophonePath

RATE = 16_000
CHANCE = np.random.default_rng(3)


def noise(seconds: float, dbfs: float) -> Any:
    return CHANCE.normal(0, 32768 * 10 ** (dbfs / 20), int(seconds * RATE))


def voice(seconds: float, dbfs: float) -> Any:
    """Syllables: 4 a second, half of the time."""
    clock = np.arange(int(seconds * RATE)) / RATE
    said = np.sin(2 * np.pi * 180 * clock) + 0.5 * np.sin(2 * np.pi * 900 * clock)
    gate = (np.sin(2 * np.pi * 4 * clock) > 0).astype(float)
    return said * gate * 32768 * 10 ** (dbfs / 20) / 0.79


def raw(samples: Any) -> bytes:
    return bytes(np.clip(samples, -32768, 32767).astype("<i2").tobytes())


def heard(sound: Any) -> Recording:
    recording = Recording()
    recording.add(raw(sound))
    return recording


def found(silence: Any, sentence: Any, echo: Recording | None = None, ringer: bool | None = True) -> dict[str, ShiftFinding]:
    recordings = {"silence": heard(silence), "sentence": heard(sentence), "echo": echo or Recording()}
    return {finding.what: finding for finding in findings(recordings, ringer)}


@pytest.mark.parametrize(
    ("level", "verdict", "why"),
    [(-24.0, "good", ""), (-38.0, "fair", "low"), (-48.0, "bad", "low"), (-5.0, "bad", "high"), (-90.0, "bad", "none")],
)
def test_a_voice_is_judged_by_its_level(level: float, verdict: str, why: str) -> None:
    finding = found(noise(3, -65), voice(7, level) + noise(7, -65))["level"]

    assert (finding.verdict, finding.why) == (verdict, why)


def test_a_voice_that_does_not_stand_out_of_the_noise_was_not_heard() -> None:
    assert found(noise(3, -40), noise(7, -40))["level"].why == "none"


@pytest.mark.parametrize(("level", "verdict"), [(-70.0, "good"), (-48.0, "fair"), (-36.0, "bad")])
def test_the_room_is_judged_by_its_noise(level: float, verdict: str) -> None:
    finding = found(noise(3, level), voice(7, -24))["noise"]

    assert finding.verdict == verdict
    assert finding.value == pytest.approx(level, abs=1.5)


def test_a_microphone_that_gave_nothing_is_not_called_quiet() -> None:
    assert found(np.zeros(0), np.zeros(0))["noise"].verdict == "unknown"


def test_a_voice_cut_off_at_full_scale_is_distorted() -> None:
    assert found(noise(3, -65), voice(7, 3.0))["clipping"].verdict == "bad"
    assert found(noise(3, -65), voice(7, -20.0))["clipping"].verdict == "good"


def echoing(decibels: float, delay_s: float) -> Recording:
    played = np.frombuffer(chirps(), "<i2").astype(float)
    room = noise(3.0, -60)
    start = int(delay_s * RATE)
    length = min(len(played), len(room) - start)
    room[start : start + length] += played[:length] * 10 ** (decibels / 20)
    recording = heard(room)
    recording.played_at = recording.began_at
    return recording


@pytest.mark.parametrize(("decibels", "verdict"), [(-10.0, "bad"), (-28.0, "fair"), (-45.0, "good")])
def test_an_echo_is_found_by_its_strength_and_delay(decibels: float, verdict: str) -> None:
    told = found(noise(3, -65), voice(7, -24), echoing(decibels, 0.120))

    assert told["echo"].verdict == verdict
    assert told["echo"].value == pytest.approx(decibels, abs=1.5)
    assert told["latency"].value == pytest.approx(120, abs=3)


@pytest.mark.parametrize("_attempt", range(20))
def test_without_an_echo_there_is_none_and_no_delay_is_claimed(_attempt: int) -> None:
    recording = heard(noise(3.0, -50))
    recording.played_at = recording.began_at

    told = found(noise(3, -65), voice(7, -24), recording)

    assert (told["echo"].verdict, told["echo"].why, told["latency"].verdict) == ("good", "none", "unknown")


def test_an_earpiece_that_played_nothing_proves_no_silence() -> None:
    told = found(noise(3, -65), voice(7, -24), heard(noise(3.0, -50)))

    assert (told["echo"].verdict, told["latency"].verdict) == ("unknown", "unknown")


@pytest.mark.parametrize(("answer", "verdict"), [(True, "good"), (False, "bad"), (None, "unknown")])
def test_the_ringer_is_what_the_agent_says(answer: bool | None, verdict: str) -> None:
    assert found(noise(3, -65), voice(7, -24), ringer=answer)["ringer"].verdict == verdict


def test_the_chirps_fit_into_their_step() -> None:
    assert dict(STEPS)["echo"] >= CHIRP_EVERY_S * CHIRPS
    assert np.abs(CHIRP).max() < 3400


# --- the course of it ---


@dataclass
class Clock:
    now: float = 50.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Room:
    clock: Clock = field(default_factory=Clock)
    told: list[ShiftCheckChanged] = field(default_factory=list)
    rung: list[bool] = field(default_factory=list)
    microphone: MicrophonePath = field(default_factory=lambda: MicrophonePath(MicrophoneGuard()))
    earpiece: EarpiecePath = field(default_factory=EarpiecePath)

    def __post_init__(self) -> None:
        self.check = ShiftCheck(self.microphone, self.earpiece, self.told.append, self.rung.append, self.clock)  # type: ignore[arg-type]

    def go(self, seconds: float, is_idle: bool = True) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.now += 0.1
            self.microphone.push(raw(noise(0.1, -65)))
            self.check.look(is_idle)


def test_it_goes_through_all_steps_and_keeps_the_noise_of_the_microphone() -> None:
    room = Room()

    room.check.begin("mic", "ear", is_idle=True)
    room.go(13.5)
    room.check.tell_ringer_heard(True)

    assert list(dict.fromkeys(said.step for said in room.told)) == ["silence", "sentence", "echo", "ringer", "done"]
    assert {finding.what for finding in room.told[-1].findings} == {"level", "noise", "clipping", "echo", "latency", "ringer"}
    assert room.rung == [True, False]
    assert room.check.floor is not None
    assert room.check.floor[0] == "mic"
    assert 10 < room.check.floor[1] < 30
    assert [said.progress for said in room.told] == sorted(said.progress for said in room.told)


def test_it_ends_by_itself_after_twenty_seconds_without_an_answer() -> None:
    room = Room()

    room.check.begin("mic", "ear", is_idle=True)
    room.go(20.5)

    assert room.told[-1].step == "done"
    assert room.told[-1].findings[-1] == ShiftFinding("ringer", "unknown", "none")


def test_a_call_has_the_earpiece_back_before_the_audio_thread_looks_again() -> None:
    room = Room()
    room.check.begin("mic", "ear", is_idle=True)
    room.go(10.5)
    was_playing = room.earpiece.make is not None

    room.check.interrupt()

    assert was_playing
    assert (room.earpiece.make, room.microphone.hear) == (None, None)
    room.go(0.1)
    assert room.told[-1].step == "interrupted"
    assert not room.check.is_running


def test_a_call_during_the_ringing_step_goes_on_ringing() -> None:
    room = Room()
    room.check.begin("mic", "ear", is_idle=True)
    room.go(13.5)

    room.check.interrupt()
    room.go(0.1)

    assert room.rung == [True]


@pytest.mark.parametrize(("devices", "is_idle", "step"), [(("mic", "ear"), False, "refused"), (("", "ear"), True, "failed")])
def test_it_does_not_begin_in_a_call_or_without_a_headset(devices: tuple[str, str], is_idle: bool, step: str) -> None:
    room = Room()

    room.check.begin(*devices, is_idle=is_idle)

    assert [said.step for said in room.told] == [step]
    assert not room.check.is_running
