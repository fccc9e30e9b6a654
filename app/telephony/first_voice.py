"""Hears whether a caller ever says anything: the first voice after the answer is told once, silence is told by nobody."""

import threading
import time
from collections.abc import Callable

import numpy as np

from app.desk.shield_events import CallerSpoke
from app.domain.call import CallId

VOICE_DBFS = -44.0
"""Quieter than a whisper into the handset, louder than the noise of a line."""
ENOUGH_FRAMES = 15
"""300 ms in all within WITHIN_FRAMES: a click or a knock is no voice."""
WITHIN_FRAMES = 75

_LEVEL = (10 ** (VOICE_DBFS / 20) * 32768.0) ** 2


class FirstVoice:
    """`hear` runs on the media clock and never waits; `tell` is given to whoever sends, one call of it a voice."""

    def __init__(self, tell: Callable[[CallerSpoke], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._recent: dict[CallId, list[bool]] = {}
        self._spoke: dict[CallId, float] = {}

    def hear(self, call: CallId, frame: bytes) -> None:
        """One frame of the caller's side, 16 bit mono."""
        if call in self._spoke:
            return
        samples = np.frombuffer(frame, "<i2").astype(np.float32)
        recent = self._recent.setdefault(call, [])
        recent.append(bool(samples.size) and float((samples * samples).mean()) > _LEVEL)
        del recent[:-WITHIN_FRAMES]
        if sum(recent) < ENOUGH_FRAMES:
            return
        with self._lock:
            self._spoke[call] = time.time()
            self._recent.pop(call, None)
        self._tell(CallerSpoke(call, self._spoke[call]))

    def tell_again(self) -> None:
        """A new window hears who has spoken already."""
        with self._lock:
            spoke = dict(self._spoke)
        for call, at in spoke.items():
            self._tell(CallerSpoke(call, at))

    def forget(self, call: CallId) -> None:
        with self._lock:
            self._spoke.pop(call, None)
            self._recent.pop(call, None)
