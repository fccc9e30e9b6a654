import math

import numpy as np
import pytest

from app.telephony.limiter import Limiter

RATE = 16_000
FRAME = 640


def tone(pitch: float, seconds: float, peak: float) -> bytes:
    clock = np.arange(int(seconds * RATE)) / RATE
    return bytes((peak * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes())


def through(limiter: Limiter, voice: bytes, size: int = FRAME) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    parts = [limiter.limit(voice[place : place + size]) for place in range(0, len(voice), size)]
    return np.frombuffer(b"".join(parts), "<i2")


def peak_dbfs(samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> float:
    return 20 * math.log10(max(1, int(np.abs(samples.astype(int)).max())) / 32768)


@pytest.mark.parametrize("size", [160, 320, 480, 640, 16_384])
def test_a_full_scale_burst_never_gets_past_the_limit_not_even_its_first_sample(size: int) -> None:
    heard = through(Limiter(-10.0), bytes(3200) + tone(1000, 0.5, 32767) + bytes(3200), size)

    assert peak_dbfs(heard) <= -10.0 + 0.05


def test_a_full_scale_tone_that_stays_is_brought_down_further() -> None:
    heard = through(Limiter(-10.0), tone(1000, 2.0, 32767)).astype(float)

    level = 20 * math.log10(math.sqrt(float(np.mean(heard[RATE:] ** 2))) / 32768)
    assert level == pytest.approx(-19.0, abs=1.0)


def test_a_full_scale_square_burst_of_one_millisecond_is_held_too() -> None:
    click = np.zeros(320, "<i2")
    click[100:116] = 32767

    heard = through(Limiter(-10.0), bytes(FRAME) + click.tobytes() + bytes(FRAME))

    assert 0 < np.abs(heard.astype(int)).max() <= 32767 * 10 ** (-10 / 20) + 1


def test_speech_at_a_usual_level_passes_untouched() -> None:
    voice = tone(300, 0.4, 5000)

    assert through(Limiter(-10.0), voice).tobytes() == voice


def test_after_a_shock_the_voice_is_back_within_half_a_second() -> None:
    limiter = Limiter(-10.0)
    through(limiter, tone(1000, 0.3, 32767))

    heard = through(limiter, tone(300, 1.0, 3000))

    assert np.abs(heard[RATE // 2 :].astype(int)).max() > 2900


def test_another_limit_holds_from_the_next_frame_on() -> None:
    limiter = Limiter(-3.0)
    through(limiter, tone(1000, 0.1, 32767))

    limiter.set_limit(-20.0)

    assert peak_dbfs(through(limiter, tone(1000, 0.2, 32767))) <= -19.9
