"""Callers who object to being written down: remembered here, so that a window started anew in mid-call cannot forget it."""

import threading
from collections import OrderedDict

from app.desk.speech_commands import ListenTo, StopListening
from app.desk.speech_events import ListeningTold
from app.domain.call import NO_CALL, CallId

_KEPT = 64


class Refusals:
    """`told` may be asked by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: OrderedDict[CallId, None] = OrderedDict()
        self._listened = NO_CALL

    def lets(self, wish: ListenTo) -> bool:
        """Whether this call may be listened to; a refused one only where the caller was asked anew."""
        with self._lock:
            if wish.is_from_now:
                self._refused.pop(wish.call, None)
            if wish.call in self._refused:
                return False
            self._listened = wish.call
        return True

    def stop(self, wish: StopListening) -> None:
        with self._lock:
            if wish.is_refused:
                self._refused[wish.call] = None
                while len(self._refused) > _KEPT:
                    self._refused.popitem(last=False)
            if self._listened == wish.call:
                self._listened = NO_CALL

    def told(self) -> ListeningTold:
        with self._lock:
            return ListeningTold(self._listened, tuple(self._refused))
