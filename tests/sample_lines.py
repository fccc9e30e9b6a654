"""States of the main window with several parties on the line: a consult, all joined, callers who are parked."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.events import Bonds, ParkedAway
from app.desk.state import CallView, DeskState
from app.domain.call import CallId, CallStage, Direction
from tests.sample_state import CALL, NOW, talking

COLLEAGUE = CallId("d" * 32)
LATER = CallId("e" * 32)
AWAY = CallId("f" * 32)


def _colleague() -> CallView:
    return CallView(COLLEAGUE, "8002", "", Direction.OUTGOING, CallStage.TALKING, NOW - 20, NOW - 12, raw_number="8002")


def consulting() -> DeskState:
    """The caller waits while a colleague is asked."""
    state = talking()
    held = replace(state.calls[0], stage=CallStage.HELD)
    bonds = Bonds(consults=((COLLEAGUE, CALL),))
    return replace(state, calls=(held, _colleague()), voiced=COLLEAGUE, bonds=bonds, last_dialled="8002")


def joined() -> DeskState:
    """All three hear each other, and somebody else rings."""
    state = talking()
    ringing = CallView(LATER, "13900139000", "", Direction.INCOMING, CallStage.RINGING, NOW - 5, raw_number="13900139000")
    bonds = Bonds(consults=((COLLEAGUE, CALL),), rooms=((CALL, COLLEAGUE),))
    return replace(state, calls=(state.calls[0], _colleague(), ringing), bonds=bonds)


def parked() -> DeskState:
    """One caller is parked at the exchange, one here; nobody may disturb."""
    state = talking()
    later = CallView(LATER, "13900139000", "", Direction.INCOMING, CallStage.HELD, NOW - 90, NOW - 80, raw_number="13900139000")
    away = ParkedAway(AWAY, "13700137000", "", "701", NOW - 60)
    bonds = Bonds(parked=(LATER,), away=(away,))
    return replace(state, calls=(state.calls[0], later), bonds=bonds, is_undisturbed=True)


LINE_SCENES: dict[str, Callable[[], DeskState]] = {"consulting": consulting, "joined": joined, "parked": parked}
"""By name, for the gallery."""
