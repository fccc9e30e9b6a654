from dataclasses import dataclass

import numpy as np
import pytest

from app.telephony.guard import MicrophoneGuard, Sound

NOISE = np.random.default_rng(1).integers(-20, 20, 320).astype("<i2").tobytes()
STILL = bytes(640)
FAINT = np.random.default_rng(2).integers(-4, 5, 320).astype("<i2").tobytes()


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def send(guard: MicrophoneGuard, clock: Clock, frame: bytes | None, seconds: float) -> None:
    for _ in range(int(seconds * 50)):
        clock.now += 0.02
        guard.sent(frame)


def test_a_microphone_that_never_gives_anything_is_silent_within_three_seconds() -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)

    send(guard, clock, STILL, 1.8)
    early = guard.look()
    send(guard, clock, STILL, 0.9)

    assert (early, guard.look()) == (Sound.HEARD, Sound.SILENT)


@pytest.mark.parametrize("frame", [STILL, None, np.full(320, 7, "<i2").tobytes()])
def test_what_was_heard_and_went_still_was_cut_off(frame: bytes | None) -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)
    send(guard, clock, NOISE, 2.0)

    send(guard, clock, frame, 2.6)

    assert guard.look() is Sound.CUT_OFF


def test_a_quiet_room_is_no_silence() -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)

    send(guard, clock, NOISE, 10.0)

    assert guard.look() is Sound.HEARD


def test_far_below_the_noise_that_the_check_found_is_silence() -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)
    send(guard, clock, FAINT, 3.0)
    before = guard.look()

    guard.floor = 200.0
    send(guard, clock, FAINT, 3.0)

    assert (before, guard.look()) == (Sound.HEARD, Sound.CUT_OFF)


def test_the_alarm_ends_when_the_voice_is_back() -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)
    send(guard, clock, STILL, 3.0)
    before = guard.look()

    send(guard, clock, NOISE, 0.2)

    assert (before, guard.look()) == (Sound.SILENT, Sound.HEARD)


def test_nobody_to_hear_the_agent_is_no_alarm_and_the_next_call_begins_anew() -> None:
    clock = Clock()
    guard = MicrophoneGuard(clock)
    send(guard, clock, STILL, 3.0)
    guard.look()

    clock.now += 5.0  # muted, on hold, or between calls

    idle = guard.look()
    send(guard, clock, STILL, 1.0)
    assert (idle, guard.look()) == (Sound.HEARD, Sound.HEARD)
