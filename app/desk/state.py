"""What is true on the desk now: one frozen value that every widget shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.desk.events import Bonds, LineChanged, ScenarioKept, ShiftCheckChanged
from app.desk.filling import Offer
from app.desk.queue_state import QueueView
from app.desk.shield_state import ShieldState
from app.desk.speech_events import VoiceDetail
from app.desk.transcript_events import Sought
from app.desk.voice_state import NO_VOICE, VoiceView
from app.domain.agent import AgentState
from app.domain.alert import Alert
from app.domain.call import NO_CALL, CallId, CallStage, Direction, LegPurpose, LegStage
from app.domain.directory import Contact, ContactProblem
from app.domain.dispatch import UnitAdvice
from app.domain.figures import Figures
from app.domain.handoff import HandOffCard
from app.domain.knowledge import Answer
from app.domain.missed import MissedCall
from app.domain.notice import Notice
from app.domain.quality import LineQuality, Trouble
from app.domain.recognition import RecognitionStage
from app.domain.recording import RecordingStage
from app.domain.ticket import Ticket
from app.domain.transcript import NOTHING_SAID, Evidence, Speaker, Transcript
from app.domain.word_search import FoundWords


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
    round: int = 1  # how often all ways were tried
    again_at: float = 0.0  # when they are tried again; 0 = one is being called
    hands_over: bool = False  # the caller is left to the line as soon as it answers
    handed_at: float = 0.0  # since when the two talk without the agent
    case_number: str = ""

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
    ended_at: float = 0.0
    is_lost: bool = False  # the network lost it while it was talked on: ringing back is offered
    continues: CallId = NO_CALL  # the call whose case goes on here

    @property
    def is_handed(self) -> bool:
        """Whether the caller was left to a line and the agent is out."""
        return any(leg.handed_at for leg in self.living_legs)

    @property
    def living_legs(self) -> tuple[Leg, ...]:
        """Parties that are still on, or being called; they may outlive the caller."""
        return tuple(leg for leg in self.legs if leg.is_alive)


@dataclass(frozen=True, slots=True)
class Draft:
    """The ticket being written. `own_fields` were typed or confirmed by the agent: words of the call never overwrite them.

    `unsure` are filled from words and want a confirmation before dispatch. `offered` was heard for a field that holds something
    else, and stands beside it.
    """

    ticket: Ticket
    own_fields: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    offered: Mapping[str, Offer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineState:
    is_up: bool
    code: int = 0
    reason: str = ""
    server: str = ""
    is_home: bool = True

    @staticmethod
    def of(event: LineChanged) -> "LineState":
        return LineState(event.is_up, event.code, event.reason, event.server, event.is_home)


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
    engine: str = ""
    keys: str = ""  # the headset whose keys and lamps are served
    check: ShiftCheckChanged | None = None  # the pre-shift check that runs, or the last word of the last one
    last_check: ShiftCheckChanged | None = None  # the last that came to its end


@dataclass(frozen=True, slots=True)
class SpeechState:
    """engine "" = nothing listens."""

    engine: str = ""
    model: str = ""
    voices: tuple[str, ...] = ()
    voice_details: tuple[VoiceDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class SilentState:
    """The last silent alert: its channel, and how far it came ("sending", "done" or "failed")."""

    call: CallId
    line: str
    channel: str
    step: str
    at: float


@dataclass(frozen=True, slots=True)
class EmergencyState:
    """Which line the words suggest, and why; which line was pressed last and until when that can be undone."""

    suggested: str = ""  # "110", "119", "120", "122" or ""
    because: str = ""  # the words that suggest it
    undo_until: float = 0.0
    pressed: str = ""
    card: HandOffCard | None = None  # what the operator must know, as it stands now
    pushed: str = ""  # how the card stands with the emergency desk: "", "sending", "sent" or why it is not
    is_spoken: bool = False  # the card is being read to the operator
    silent: SilentState | None = None
    matter: str = ""  # of what is suggested: "suicide", "mass", "social" or "" (R42-R44)


NO_EMERGENCY = EmergencyState()


@dataclass(frozen=True, slots=True)
class PracticeState:
    scenarios: tuple[ScenarioKept, ...] = ()
    scenario: str = ""
    step: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """How many contacts there are, and which lines of the site's file were left out."""

    size: int = 0
    problems: tuple[ContactProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """How the line of a call does: looks of its own, the last look at each further party, what is said of it in words."""

    looks: tuple[LineQuality, ...] = ()
    legs: Mapping[CallId, LineQuality] = field(default_factory=dict)
    trouble: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class RecordingView:
    stage: RecordingStage
    since: float


@dataclass(frozen=True, slots=True)
class Playing:
    """A sentence that is played to the agent; `until` 0 = it is being looked for."""

    call: CallId
    request: str
    speaker: Speaker
    number: int
    until: float = 0.0
    evidence: tuple[Evidence, ...] = ()  # just these words


NO_BONDS = Bonds()


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
    wanting: tuple[str, ...] = ()  # fields that this kind of request wants and that are empty: pointed out, never demanded
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
    bonds: Bonds = NO_BONDS
    last_dialled: str = ""
    is_undisturbed: bool = False  # new callers are refused
    figures: Figures | None = None
    qualities: Mapping[CallId, LineView] = field(default_factory=dict)
    recordings: Mapping[CallId, RecordingView] = field(default_factory=dict)
    recognitions: Mapping[CallId, RecognitionStage] = field(default_factory=dict)
    voice: VoiceView = NO_VOICE
    playing: Playing | None = None
    queue: QueueView = field(default_factory=QueueView)
    shield: ShieldState = field(default_factory=ShieldState)
    alerts: tuple[Alert, ...] = ()  # silent alerts of the team, newest first
    missed: tuple[MissedCall, ...] = ()  # whom to call back, the more urgent first; then those reached lately
    contacts: tuple[Contact, ...] = ()  # of the directory, as far as they fit `contacts_query`
    contacts_query: str = ""
    directory: DirectoryState = DirectoryState()
    words_sought: Mapping[CallId, Sought] = field(default_factory=dict)  # by the case of a ticket that was opened again
    words_query: str = ""  # what is searched in the transcript
    words_found: tuple[FoundWords, ...] = ()
    now: float = 0.0

    def call(self, call: CallId) -> CallView | None:
        return next((view for view in self.calls if view.call == call), None)

    @property
    def focused(self) -> CallView | None:
        """The call the agent works on; its stage is ENDED during wrap-up."""
        return self.call(self.focus)

    @property
    def lost(self) -> CallView | None:
        """The call that was lost last and may be rung back; the one that is worked on before any other."""
        lost = [view for view in self.calls if view.is_lost]
        return max(lost, key=lambda view: (view.call == self.focus, view.ended_at), default=None)

    @property
    def ringing(self) -> CallView | None:
        """The call that has rung longest."""
        return next((view for view in self.calls if view.stage is CallStage.RINGING), None)

    def with_call(self, changed: CallView) -> "DeskState":
        """The same state with `changed` in the place of the call of that id, or appended."""
        if self.call(changed.call) is None:
            return replace(self, calls=(*self.calls, changed))
        return replace(self, calls=tuple(changed if view.call == changed.call else view for view in self.calls))
