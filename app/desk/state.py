"""What is true on the desk now: one frozen value that every widget shows."""

from dataclasses import dataclass, field, replace

from app.desk.events import ScenarioKept
from app.domain.agent import AgentState
from app.domain.call import NO_CALL, CallId, CallStage, Direction, LegPurpose, LegStage
from app.domain.dispatch import UnitAdvice
from app.domain.figures import Figures
from app.domain.knowledge import Answer
from app.domain.notice import Notice
from app.domain.ticket import Ticket
from app.domain.transcript import NOTHING_SAID, Transcript


@dataclass(frozen=True, slots=True)
class Leg:
    """A further party on a call: an emergency line or somebody else."""

    leg: CallId
    purpose: LegPurpose
    line: str
    route: str
    stage: LegStage
    reason: str = ""
    since: float = 0.0

    @property
    def is_alive(self) -> bool:
        return self.stage not in (LegStage.ENDED, LegStage.FAILED)


@dataclass(frozen=True, slots=True)
class CallView:
    """One call. Times are Unix seconds, 0 = not yet."""

    call: CallId
    number: str  # cleaned; "" where the network gave none that is a number
    display: str
    direction: Direction
    stage: CallStage
    rang_at: float
    answered_at: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    legs: tuple[Leg, ...] = ()
    digits: str = ""
    raw_number: str = ""

    @property
    def living_legs(self) -> tuple[Leg, ...]:
        """Parties that are still on, or being called; they may outlive the caller."""
        return tuple(leg for leg in self.legs if leg.is_alive)


@dataclass(frozen=True, slots=True)
class Draft:
    """The ticket being written. `own_fields` were typed or confirmed by the agent: words of the call never overwrite them.

    `unsure` are filled from words and want a confirmation before dispatch.
    """

    ticket: Ticket
    own_fields: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.own_fields and not self.unsure


@dataclass(frozen=True, slots=True)
class LineState:
    is_up: bool
    code: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SyncState:
    is_online: bool = False
    waiting: int = 0
    last_at: float = 0.0
    numbers_left: int = 0
    console: str = ""


@dataclass(frozen=True, slots=True)
class HeadsetState:
    microphone: str = ""
    earpiece: str = ""
    is_working: bool = False
    is_muted: bool = False
    devices_in: tuple[str, ...] = ()
    devices_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechState:
    """engine "" = nothing listens."""

    engine: str = ""
    model: str = ""
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyState:
    """Which line the words suggest, and why; which line was pressed last and until when that can be undone."""

    suggested: str = ""  # "110", "119", "120", "122" or ""
    because: str = ""  # the words that suggest it
    undo_until: float = 0.0
    pressed: str = ""


NO_EMERGENCY = EmergencyState()


@dataclass(frozen=True, slots=True)
class PracticeState:
    scenarios: tuple[ScenarioKept, ...] = ()
    scenario: str = ""
    step: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeskState:
    """Everything the window shows. `focus` is the call the agent works on: it stays after the call ended, until the
    ticket is saved or another call is taken, so nothing on the screen goes away by itself."""

    agent: str = ""
    agent_state: AgentState = AgentState.OFFLINE
    state_since: float = 0.0
    state_reason: str = ""
    calls: tuple[CallView, ...] = ()
    focus: CallId = NO_CALL
    voiced: CallId = NO_CALL  # the call the headset is wired to
    draft: Draft | None = None
    transcript: Transcript = NOTHING_SAID
    history: tuple[Ticket, ...] = ()
    query: str = ""
    answers: tuple[Answer, ...] = ()
    advice: tuple[UnitAdvice, ...] = ()
    emergency: EmergencyState = NO_EMERGENCY
    lines: dict[str, LineState] = field(default_factory=dict)
    sync: SyncState = SyncState()
    headset: HeadsetState = HeadsetState()
    speech: SpeechState = SpeechState()
    practice: PracticeState = PracticeState()
    notices: tuple[Notice, ...] = ()
    tickets: tuple[Ticket, ...] = ()  # of the ticket table: kept here or arrived from elsewhere, newest first
    ticket_query: str = ""
    figures: Figures | None = None
    now: float = 0.0

    def call(self, call: CallId) -> CallView | None:
        return next((view for view in self.calls if view.call == call), None)

    @property
    def focused(self) -> CallView | None:
        """The call the agent works on; its stage is ENDED during wrap-up."""
        return self.call(self.focus)

    @property
    def ringing(self) -> CallView | None:
        """The call that has rung longest."""
        return next((view for view in self.calls if view.stage is CallStage.RINGING), None)

    def with_call(self, changed: CallView) -> "DeskState":
        """The same state with `changed` in the place of the call of that id, or appended."""
        if self.call(changed.call) is None:
            return replace(self, calls=(*self.calls, changed))
        return replace(self, calls=tuple(changed if view.call == changed.call else view for view in self.calls))
