"""Callers beyond what a seat can take, and strangers: refused before they ring, slowly, so that a flood costs nothing."""

import logging
from collections.abc import Callable

from app.domain.call import CallId

log = logging.getLogger(__name__)

_HELD_S = 2.0
"""A refused call keeps its place in the library so long: what comes meanwhile finds all places taken and is refused by the
library itself, in microseconds and without a socket."""
STRANGER, BUSY = 403, 486


class Crowd:
    """Lives on the SIP thread."""

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], None],
        refuse: Callable[[CallId, int], None],
        places_left: Callable[[], int],
        ringing: Callable[[], list[CallId]],
    ) -> None:
        """`places_left`: for how many calls the library has room now; `ringing`: callers who wait, the last one last."""
        self._later, self._refuse, self._places_left, self._ringing = later, refuse, places_left, ringing
        self.is_peer: Callable[[str], bool] = lambda _source: True
        self._held: dict[CallId, int] = {}

    def lets_in(self, call: CallId, source: str) -> bool:
        """Whether the desk is to hear of this call; one that it may not is refused by us."""
        if not self.is_peer(source):
            code = STRANGER
        elif self._places_left() + len(self._held) < 1:  # the last place is for a call of ours, be it to 119
            code = BUSY
        else:
            return True
        if not self._held:
            log.warning("calls are refused with %d before they ring", code)
        self._held[call] = code
        self._later(_HELD_S, lambda: self._let_go(call))
        return False

    def has_room(self, calls: int) -> bool:
        """Whether so many calls of our own could be made without sending anybody away."""
        return self._places_left() >= calls

    def make_room(self) -> None:
        """A call of our own is about to be made: where all places are taken, it gets that of one that is refused, or else of
        the caller who began to ring last: the exchange's queue takes them to another desk."""
        if self._places_left() > 0:
            return
        if self._held:
            self._let_go(next(iter(self._held)))
        elif waiting := self._ringing():
            log.warning("call %s had to make room for a call of ours", waiting[-1])
            self._refuse(waiting[-1], BUSY)

    def forget(self, call: CallId) -> None:
        self._held.pop(call, None)

    def _let_go(self, call: CallId) -> None:
        code = self._held.pop(call, None)
        if code is not None:
            self._refuse(call, code)
