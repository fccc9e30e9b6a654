"""Notices that the agent speaks into a microphone that gives nothing, before the caller has hung up over it."""

import time
from collections.abc import Callable
from enum import StrEnum

import numpy as np

SILENT_S = 2.0
_WIRED_S = 0.3
_EVERY = 5
"""One frame in five is looked into: this runs on the media clock."""
_STILL = 3
"""A microphone that is alive has noise of its own; less than this between its lowest and highest sample is digital silence."""
_BELOW_FLOOR = 10 ** (-12 / 20)
_LEAST_FLOOR = 32768 * 10 ** (-75 / 20)


class Sound(StrEnum):
    """How the microphone stands: HEARD also while nobody is to hear it."""

    HEARD = "heard"
    SILENT = "silent"
    CUT_OFF = "cut_off"
    """It was heard in this call and went silent from one frame to the next: as with the headset's own mute switch."""


class MicrophoneGuard:
    """`sent` runs on the media clock with what goes out to the caller; `look` says how it stands, on another thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.floor = 0.0
        """The microphone's own noise as the pre-shift check found it (RMS of 16 bit samples); 0 = not known."""
        self._sent_at = self._alive_at = 0.0
        self._has_been_heard = False
        self._frames = 0
        self._sound = Sound.HEARD

    def sent(self, frame: bytes | None) -> None:
        now = self._clock()
        if now - self._sent_at > _WIRED_S:  # wired anew: a new call, or no longer muted or on hold
            self._alive_at, self._has_been_heard = now, False
        self._sent_at = now
        self._frames += 1
        if self._frames % _EVERY == 0 and frame is not None and not self._is_dead(frame):
            self._alive_at, self._has_been_heard = now, True

    def look(self) -> Sound:
        now = self._clock()
        if now - self._sent_at > _WIRED_S or now - self._alive_at < SILENT_S:
            self._sound = Sound.HEARD
        elif self._sound is Sound.HEARD:
            self._sound = Sound.CUT_OFF if self._has_been_heard else Sound.SILENT
        return self._sound

    def _is_dead(self, frame: bytes) -> bool:
        samples = np.frombuffer(frame, "<i2")
        if int(samples.max()) - int(samples.min()) <= _STILL:
            return True
        if self.floor < _LEAST_FLOOR:
            return False
        loud = samples.astype(np.float32)
        return float(np.dot(loud, loud)) / len(loud) < (self.floor * _BELOW_FLOOR) ** 2
