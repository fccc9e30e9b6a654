"""A voice is told once; silence, noise and clicks are told by nobody."""

import numpy as np

from app.desk.shield_events import CallerSpoke
from app.telephony.first_voice import FirstVoice
from tests.fakes import FIRST, SECOND

RNG = np.random.default_rng(7)


def frames(level_dbfs: float, count: int) -> list[bytes]:
    """Noise of this loudness, 20 ms a frame."""
    size = 10 ** (level_dbfs / 20) * 32768
    return [(RNG.standard_normal(320) * size).clip(-32768, 32767).astype("<i2").tobytes() for _ in range(count)]


def test_a_voice_is_told_once_within_half_a_second() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)

    for frame in frames(-30, 25):
        ear.hear(FIRST, frame)

    assert [spoke.call for spoke in told] == [FIRST]


def test_a_whisper_is_a_voice() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)

    for frame in frames(-42, 25):
        ear.hear(FIRST, frame)

    assert len(told) == 1


def test_the_noise_of_a_line_is_no_voice() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)

    for frame in frames(-52, 500):
        ear.hear(FIRST, frame)

    assert told == []


def test_clicks_far_apart_are_no_voice() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)

    for _ in range(30):
        for frame in [*frames(-10, 2), *frames(-70, 40)]:
            ear.hear(FIRST, frame)

    assert told == []


def test_each_call_has_its_own_first_voice_and_a_new_window_hears_of_it_again() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)
    for frame in frames(-30, 25):
        ear.hear(FIRST, frame)
        ear.hear(SECOND, bytes(640))

    ear.tell_again()

    assert [spoke.call for spoke in told] == [FIRST, FIRST]


def test_a_call_that_has_ended_is_forgotten() -> None:
    told: list[CallerSpoke] = []
    ear = FirstVoice(told.append)
    for frame in frames(-30, 25):
        ear.hear(FIRST, frame)
    ear.forget(FIRST)

    ear.tell_again()

    assert len(told) == 1
