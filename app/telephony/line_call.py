"""A call and a further leg as the telephony process holds them."""

from dataclasses import dataclass, field

from app.desk.events import CallKept, LegChanged
from app.domain.call import NO_CALL, CallId, Direction, LegPurpose, LegStage


@dataclass(slots=True)
class LineCall:
    """A call. Times are Unix seconds, 0 = not yet; `ended_by` is set when we know better than the network why it ends."""

    id: CallId
    line: str
    number: str
    direction: Direction
    rang_at: float
    display: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    answered_at: float = 0.0
    is_held: bool = False
    is_answering: bool = False
    ended_by: str = ""

    @property
    def is_ringing(self) -> bool:
        return self.direction is Direction.INCOMING and not self.answered_at and not self.is_answering

    @property
    def can_speak(self) -> bool:
        """Whether the headset may be wired to it: answered, or dialled by us (its ringing tone is heard)."""
        return not self.is_held and (self.answered_at > 0 or self.direction is Direction.OUTGOING or self.is_answering)

    def kept(self) -> CallKept:
        return CallKept(
            self.id, self.number, self.display, self.headers, self.direction, self.rang_at, self.answered_at, self.is_held
        )


@dataclass(slots=True)
class Attempt:
    """One way tried for a leg."""

    route: str
    target: str
    has_answer: bool = False
    is_ringing: bool = False
    at: float = 0.0  # monotonic
    account: str = ""


@dataclass(slots=True)
class Leg:
    """A third party on a call. Attempts run side by side until one is answered; `voice` is the one that is heard."""

    id: CallId
    call: CallId
    purpose: LegPurpose
    line: str
    waiting: list[tuple[str, str]]
    patience_s: float
    headers: dict[str, str]
    at: float
    pressed_at: float = 0.0
    attempts: dict[CallId, Attempt] = field(default_factory=dict)
    voice: CallId = NO_CALL
    stage: LegStage = LegStage.DIALLING
    route: str = ""
    target: str = ""
    reason: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    answer_s: float = 0.0
    rounds: int = 1
    round: int = 1
    is_pausing: bool = False
    awaits_place: bool = False
    hands_over: bool = False
    undo_s: float = 3.0

    @property
    def is_over(self) -> bool:
        return self.stage in (LegStage.ENDED, LegStage.FAILED)

    @property
    def is_up(self) -> bool:
        return self.stage is LegStage.TALKING

    def changed(self) -> LegChanged:
        return LegChanged(
            self.call,
            self.id,
            self.purpose,
            self.line,
            self.target,
            self.route,
            self.stage,
            self.reason,
            self.at,
            self.pressed_at,
        )
