"""Finals told while no window was attached: a window that was started anew is told them as soon as it knows the call."""

import threading
import time
from collections import deque
from collections.abc import Callable

from app.desk.events import Heard
from app.domain.call import CallId

_KEPT = 256
_JUST_S = 1.0
"""What was told so shortly before the window was found gone may have been lost with it."""


class Unattended:
    """Any thread. A final that comes twice replaces itself in the transcript."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: deque[tuple[float, bool, Heard]] = deque(maxlen=_KEPT)

    def note(self, heard: Heard, is_attended: bool) -> None:
        if heard.utterance.final:
            with self._lock:
                self._kept.append((self._clock(), is_attended, heard))

    def of(self, call: CallId) -> list[Heard]:
        """What nobody was told of this call, once."""
        with self._lock:
            alone = [at for at, is_attended, heard in self._kept if not is_attended and heard.call == call]
            since = min(alone, default=float("inf")) - _JUST_S
            missed = [heard for at, _, heard in self._kept if heard.call == call and at >= since]
            self._kept = deque((kept for kept in self._kept if kept[2].call != call), maxlen=_KEPT)
        return missed
