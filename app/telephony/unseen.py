"""Calls that ended and that no window has written down yet: kept until one says that it has."""

from collections.abc import Callable

from msgspec.structs import replace

from app.desk.events import CallAnswered, CallDialled, CallEnded, CallEndedUnseen, CallHeld, CallKept, CallRang, DeskEvent
from app.domain.call import CallId, Direction

KEPT = 500
"""A seat without a window for a whole night; of more than these the oldest are given up."""


class Unseen:
    """Stands between the switchboard and the link. Lives on the SIP thread.

    It follows the calls by the events that pass, so that what a window is told of a call that ended is what another window
    would have seen. The window acknowledges with ForgetEnded once the call's record is durable, so a window that died between
    hearing of an end and writing it down loses nothing.
    """

    def __init__(self, emit: Callable[[DeskEvent], None]) -> None:
        self._emit = emit
        self._open: dict[CallId, CallKept] = {}
        self._ended: dict[CallId, CallEndedUnseen] = {}

    def pass_on(self, event: DeskEvent) -> None:
        """Emits `event`, and remembers what it says of calls."""
        self._follow(event)
        self._emit(event)

    def tell(self) -> None:
        """A window has heard of the calls that are up: now it hears of those that ended unseen, oldest first."""
        for ended in list(self._ended.values()):
            self._emit(ended)

    def forget(self, calls: tuple[CallId, ...]) -> None:
        for call in calls:
            self._ended.pop(call, None)

    def _follow(self, event: DeskEvent) -> None:
        match event:
            case CallRang(call, number, display, headers, at):
                self._open[call] = CallKept(call, number, display, headers, Direction.INCOMING, at, 0.0, False)
            case CallDialled(call, number, at):
                self._open[call] = CallKept(call, number, "", {}, Direction.OUTGOING, at, 0.0, False)
            case CallAnswered(call, at) if call in self._open:
                self._open[call] = replace(self._open[call], answered_at=at)
            case CallHeld(call, is_held) if call in self._open:
                self._open[call] = replace(self._open[call], is_held=is_held)
            case CallEnded(call) if call in self._open:
                self._ended[call] = CallEndedUnseen(self._open.pop(call), event)
                while len(self._ended) > KEPT:
                    del self._ended[next(iter(self._ended))]
