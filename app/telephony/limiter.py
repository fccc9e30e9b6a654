"""Keeps loud noises from the ear: acoustic shock (听觉冲击) is an accident at work of telephone agents.

ITU-T P.360 limits what a headset may give in dB of sound pressure, which digital signals cannot know; so the digital peak is
held at a set level, and what stays loud for longer than a syllable (a whistle, a fax, an alarm) is brought down further.
"""

from typing import Any

import numpy as np

from app.telephony.devices import RATE

_STEP = RATE // 1000
"""Gain is set anew every millisecond; it falls at once and rises by 2 % a step: 60 dB in a third of a second."""
_RISE = 1.02
_LONG_S = 0.125
_LONG_BELOW = 10 ** (-9 / 20)
"""What is louder than 9 dB below the peak limit over an eighth of a second (the time weighting "fast") is held there."""
_HIGHEST, _LOWEST = np.maximum.reduce, np.minimum.reduce  # of an array; its own methods go a longer way to the same


class Limiter:
    """One voice, one thread. Quiet sound passes untouched, and costs two looks at the samples."""

    def __init__(self, limit_dbfs: float = -10.0) -> None:
        self._gain = 1.0
        self._long = 0.0  # mean square
        self.set_limit(limit_dbfs)

    def set_limit(self, limit_dbfs: float) -> None:
        self._peak = 32767.0 * 10 ** (limit_dbfs / 20)
        self._most = (self._peak * _LONG_BELOW) ** 2

    def limit(self, voice: bytes) -> bytes:
        """The same length of 16 bit mono, never louder than the limit."""
        samples = np.frombuffer(voice, "<i2").astype(np.float32)
        if not len(samples):
            return voice
        before, energy = self._long, float(np.dot(samples, samples))
        weight = min(1.0, len(samples) / (RATE * _LONG_S))
        self._long += weight * (energy / len(samples) - self._long)
        # where all samples together are below the peak limit, each of them is
        has_peak = energy > self._peak**2 and max(_HIGHEST(samples), -_LOWEST(samples)) > self._peak
        is_loud = has_peak or max(before, self._long) > self._most
        if self._gain == 1.0 and not is_loud:
            return voice
        return self._turned_down(samples)

    def _turned_down(self, samples: Any) -> bytes:
        steady = min(1.0, (self._most / self._long) ** 0.5) if self._long > 0 else 1.0
        steps = -(-len(samples) // _STEP)
        padded = np.zeros(steps * _STEP, np.float32)
        padded[: len(samples)] = samples
        gains = []
        gain = self._gain
        for peak in np.maximum.reduce(np.abs(padded).reshape(steps, _STEP), 1).tolist():
            gain = min(steady, self._peak / peak if peak > self._peak else 1.0, gain * _RISE)
            gains.append(gain)
        self._gain = 1.0 if gain > 0.999 else gain
        if min(gains) == max(gains):
            samples *= gain  # held at one level: nothing changes within these samples
        else:
            samples *= np.array(gains, np.float32).repeat(_STEP)[: len(samples)]
        np.minimum(samples, self._peak, out=samples)
        np.maximum(samples, -self._peak, out=samples)
        return bytes(samples.astype("<i2").tobytes())
