"""What the recordings of the pre-shift check say: level, noise, clipping, echo and delay, each as a verdict with its figure."""

import math
import threading
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.desk.events import ShiftFinding
from app.telephony.devices import RATE

Samples = Any
_FRAME = RATE // 50
_QUIETEST = -90.0

LEVEL_LOW, LEVEL_FAIR, LEVEL_HIGH = -42.0, -34.0, -9.0
"""Speech in dBFS: below the first the caller strains, above the last it will clip."""
SPEECH_OVER_NOISE = 8.0
NOISE_FAIR, NOISE_BAD = -52.0, -42.0
CLIPPED_FAIR, CLIPPED_BAD = 0.1, 1.0
"""Per cent of the frames of the sentence that touch full scale."""
ECHO_FAIR, ECHO_BAD = -35.0, -20.0
"""What comes back into the microphone of what is played, in dB: above the last the caller hears himself."""
DELAY_FAIR, DELAY_BAD = 150.0, 300.0
"""Milliseconds from our ear ring to our microphone ring through the device."""
_ABOVE_CHANCE = 13.0
"""How far an echo stands above the median of the matched filter: the best of 13,000 places of noise often reaches 8."""


def _chirp() -> Samples:
    """300 → 3400 Hz in a quarter of a second, with soft edges."""
    seconds, low, high = 0.25, 300.0, 3400.0
    clock = np.arange(int(seconds * RATE)) / RATE
    rate = math.log(high / low) / seconds
    sound = np.sin(2 * np.pi * low * (np.exp(rate * clock) - 1) / rate)
    edge = np.minimum(1.0, np.minimum(clock, seconds - clock) / 0.01)
    return sound * edge * 32768 * 10 ** (-20 / 20)


CHIRP = _chirp()
CHIRP_EVERY_S = 0.8
CHIRPS = 3


def chirps() -> bytes:
    gap = np.zeros(int(CHIRP_EVERY_S * RATE) - len(CHIRP))
    return bytes(np.concatenate([part for _ in range(CHIRPS) for part in (CHIRP, gap)]).astype("<i2").tobytes())


class Recording:
    """What was heard in one step, and when, by the monotonic clock. Written and read on different threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: list[bytes] = []
        self._ended_at = 0.0
        self.played_at = 0.0

    def add(self, samples: bytes) -> None:
        with self._lock:
            self._parts.append(samples)
            self._ended_at = time.monotonic()

    def play_began(self) -> None:
        self.played_at = time.monotonic()

    def samples(self) -> Samples:
        with self._lock:
            return np.frombuffer(b"".join(self._parts), "<i2").astype(np.float64)

    @property
    def began_at(self) -> float:
        with self._lock:
            return self._ended_at - sum(map(len, self._parts)) / 2 / RATE

    def level(self) -> float:
        """Of the last fifth of a second, for the meter."""
        with self._lock:
            late = b"".join(self._parts[-10:])[-RATE * 2 // 5 :]
        return dbfs(rms(np.frombuffer(late, "<i2").astype(np.float64)))


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples * samples))) if len(samples) else 0.0


def dbfs(amplitude: float) -> float:
    return max(_QUIETEST, 20 * math.log10(amplitude / 32768)) if amplitude > 0 else _QUIETEST


def findings(recordings: Mapping[str, Recording], ringer_heard: bool | None) -> tuple[ShiftFinding, ...]:
    """`ringer_heard` None: the agent gave no answer."""
    silence, sentence, echo = (recordings[name].samples() for name in ("silence", "sentence", "echo"))
    noise = dbfs(float(np.percentile(_frames(silence), 20))) if len(silence) else _QUIETEST
    ringer = {None: ("unknown", "none"), True: ("good", ""), False: ("bad", "none")}[ringer_heard]
    return (
        _level(sentence, noise),
        _noise(noise, len(silence) > 0),
        _clipping(sentence),
        *_echo(echo, recordings["echo"]),
        ShiftFinding("ringer", *ringer),
    )


def _frames(samples: Samples) -> Samples:
    """RMS of each 20 ms."""
    whole = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.sqrt((whole * whole).mean(axis=1)) if len(whole) else np.zeros(1)


def _level(sentence: Samples, noise: float) -> ShiftFinding:
    """The louder fifth of the frames is speech, if it stands out of the noise."""
    level = dbfs(float(np.percentile(_frames(sentence), 85))) if len(sentence) else _QUIETEST
    if level < max(noise + SPEECH_OVER_NOISE, -60.0):
        return ShiftFinding("level", "bad", "none", round(level, 1))
    if level > LEVEL_HIGH:
        return ShiftFinding("level", "bad", "high", round(level, 1))
    verdict = "bad" if level < LEVEL_LOW else "fair" if level < LEVEL_FAIR else "good"
    return ShiftFinding("level", verdict, "" if verdict == "good" else "low", round(level, 1))


def _noise(noise: float, was_heard: bool) -> ShiftFinding:
    if not was_heard:
        return ShiftFinding("noise", "unknown")
    return ShiftFinding("noise", _graded(noise, NOISE_FAIR, NOISE_BAD), "", round(noise, 1))


def _clipping(sentence: Samples) -> ShiftFinding:
    whole = np.abs(sentence[: len(sentence) // _FRAME * _FRAME].reshape(-1, _FRAME))
    share = 100 * float((whole.max(axis=1) >= 32_600).mean()) if len(whole) else 0.0
    return ShiftFinding("clipping", _graded(share, CLIPPED_FAIR, CLIPPED_BAD), "", round(share, 1))


def _echo(heard: Samples, recording: Recording) -> tuple[ShiftFinding, ShiftFinding]:
    """A matched filter finds the chirps in what the microphone heard, all of them at the same distance."""
    if len(heard) < len(CHIRP) * 2 or not recording.played_at:
        return ShiftFinding("echo", "unknown"), ShiftFinding("latency", "unknown")
    size = 1 << (len(heard) + len(CHIRP)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(CHIRP, size))
    matched = np.abs(np.fft.irfft(spectrum, size)[: len(heard)]) / float(np.dot(CHIRP, CHIRP))
    every = int(CHIRP_EVERY_S * RATE)
    folds = min(CHIRPS, len(matched) // every)
    folded = np.min(matched[: folds * every].reshape(folds, every), axis=0) if folds >= 2 else matched
    peak, place = float(folded.max()), int(folded.argmax())
    coupling = max(_QUIETEST, 20 * math.log10(peak)) if peak > 0 else _QUIETEST
    if peak < _ABOVE_CHANCE * float(np.median(folded)) or coupling < -60:
        return ShiftFinding("echo", "good", "none", round(min(coupling, -60.0), 1)), ShiftFinding("latency", "unknown")
    delay = ((place / RATE + recording.began_at - recording.played_at) % CHIRP_EVERY_S) * 1000
    verdict = _graded(coupling, ECHO_FAIR, ECHO_BAD)
    return ShiftFinding("echo", verdict, "", round(coupling, 1)), ShiftFinding(
        "latency", _graded(delay, DELAY_FAIR, DELAY_BAD), "", round(delay)
    )


def _graded(value: float, fair: float, bad: float) -> str:
    return "bad" if value >= bad else "fair" if value >= fair else "good"
