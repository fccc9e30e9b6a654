"""What happened: the frozen facts that workers tell the desk, and that processes send each other.

Every event is a tagged msgspec struct, so one decoder reads a whole stream of them (`DeskEvent`). Times named `at` are Unix
seconds; names ending in `_s` or `_ms` carry their unit.
"""

import msgspec

from app.domain.agent import AgentState
from app.domain.call import CallId, CallRecord, Direction, EmergencyRecord, LegPurpose, LegStage
from app.domain.dispatch import UnitAdvice
from app.domain.figures import Figures
from app.domain.knowledge import Answer
from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import Ticket
from app.domain.transcript import Utterance


class Event(msgspec.Struct, frozen=True, tag=True):
    """Root of all events."""


# --- telephony -----------------------------------------------------------------------------------------------------------


class CallRang(Event, frozen=True, tag=True):
    """A caller rings. `number` is as the network said it (P-Asserted-Identity before From); `headers` hold X-Call-ID,
    User-to-User, P-Asserted-Identity, Call-Info where the INVITE had them."""

    call: CallId
    number: str
    display: str
    headers: dict[str, str]
    at: float


class CallDialled(Event, frozen=True, tag=True):
    """We call somebody."""

    call: CallId
    number: str
    at: float


class CallAnswered(Event, frozen=True, tag=True):
    """Both sides can speak. Word and tap times count from here."""

    call: CallId
    at: float


class CallHeld(Event, frozen=True, tag=True):
    call: CallId
    is_held: bool


class CallFocused(Event, frozen=True, tag=True):
    """The headset is now wired to this call; "" to none."""

    call: CallId


class CallEnded(Event, frozen=True, tag=True):
    """`by` is "caller", "agent", "network" (the exchange or gateway was lost) or "transfer"."""

    call: CallId
    code: int
    reason: str
    by: str
    at: float


class LegChanged(Event, frozen=True, tag=True):
    """A further leg of a call (emergency line or third party) came one step on."""

    call: CallId
    leg: CallId
    purpose: LegPurpose
    line: str  # "119", or the number of the third party
    target: str
    route: str  # "pbx" or "gateway"
    stage: LegStage
    reason: str
    at: float
    pressed_at: float = 0.0  # as AddLeg said it


class TransferEnded(Event, frozen=True, tag=True):
    call: CallId
    target: str
    is_done: bool
    reason: str


class DigitHeard(Event, frozen=True, tag=True):
    call: CallId
    digit: str


class MicrophoneMuted(Event, frozen=True, tag=True):
    is_muted: bool


class LineChanged(Event, frozen=True, tag=True):
    """State of a way into the telephone network: `line` is "pbx", "gateway" or "practice"."""

    line: str
    is_up: bool
    code: int
    reason: str


class HeadsetChanged(Event, frozen=True, tag=True):
    """The devices that carry the voice; "" where there is none."""

    microphone: str
    earpiece: str
    is_working: bool
    devices_in: tuple[str, ...] = ()
    devices_out: tuple[str, ...] = ()


class CallKept(msgspec.Struct, frozen=True):
    """A call as the telephony process holds it."""

    call: CallId
    number: str
    display: str
    headers: dict[str, str]
    direction: Direction
    rang_at: float
    answered_at: float
    is_held: bool


class LineAttached(Event, frozen=True, tag=True):
    """The first thing a window hears from telephony after it attached: all that goes on there."""

    calls: tuple[CallKept, ...]
    legs: tuple[LegChanged, ...]
    focus: CallId
    is_muted: bool


# --- any process ---------------------------------------------------------------------------------------------------------


class ProcessLost(Event, frozen=True, tag=True):
    """The link to a process broke; `process` is "telephony", "speech" or "practice". The launcher starts it again."""

    process: str


class ProcessFound(Event, frozen=True, tag=True):
    """The link to a process stands (again): whatever it must be told at its start is to be told now."""

    process: str


class Noticed(Event, frozen=True, tag=True):
    """Something the status area must say."""

    notice: Notice


class NoticeCleared(Event, frozen=True, tag=True):
    """The cause of a standing notice is gone."""

    code: NoticeCode


# --- speech --------------------------------------------------------------------------------------------------------------


class EarsReady(Event, frozen=True, tag=True):
    """Which engine and model listen."""

    engine: str
    model: str


class VoiceReady(Event, frozen=True, tag=True):
    """Which voices can speak, e.g. ("kokoro:zf_xiaobei", "pyttsx3:cmn")."""

    voices: tuple[str, ...]


class Heard(Event, frozen=True, tag=True):
    call: CallId
    utterance: Utterance


class SpeechMade(Event, frozen=True, tag=True):
    """A sentence was spoken into a WAV file (16 bit mono); `request` is the id given with `Say`."""

    request: str
    path: str
    seconds: float


# --- store, sync, knowledge ----------------------------------------------------------------------------------------------


class DraftKept(msgspec.Struct, frozen=True):
    """A draft as the journal holds it, after a crash or a restart."""

    call: CallId
    ticket: Ticket
    own_fields: tuple[str, ...]
    transcript: tuple[Utterance, ...]
    query: str = ""


class StoreOpened(Event, frozen=True, tag=True):
    """The store is open: who we are, what was unfinished, what was kept lately."""

    agent: str
    agent_state: AgentState
    state_since: float
    numbers_left: int
    drafts: tuple[DraftKept, ...]
    recent: tuple[Ticket, ...]


class TicketKept(Event, frozen=True, tag=True):
    """A ticket is durable here, with the number that stays; it is queued for the centre."""

    ticket: Ticket


class TicketNotKept(Event, frozen=True, tag=True):
    """A ticket could not be written; the draft stays as it was."""

    ticket: Ticket
    notice: Notice


class HistoryFound(Event, frozen=True, tag=True):
    """Earlier tickets of a number, open ones first, newest first."""

    call: CallId
    tickets: tuple[Ticket, ...]


class TicketsFound(Event, frozen=True, tag=True):
    """Tickets that match a search of the ticket table."""

    query: str
    tickets: tuple[Ticket, ...]


class AnswersFound(Event, frozen=True, tag=True):
    query: str
    answers: tuple[Answer, ...]


class AdviceFound(Event, frozen=True, tag=True):
    text: str
    units: tuple[UnitAdvice, ...]


class NumbersCounted(Event, frozen=True, tag=True):
    left: int


class SyncChanged(Event, frozen=True, tag=True):
    """How the console stands with the centre. `waiting` counts changes not yet taken by the centre."""

    is_online: bool
    waiting: int
    last_at: float
    console: str = ""


class TicketArrived(Event, frozen=True, tag=True):
    """A ticket came, or came newer, from elsewhere."""

    ticket: Ticket


class FiguresArrived(Event, frozen=True, tag=True):
    """Figures for the wallboard."""

    figures: Figures


# --- practice ------------------------------------------------------------------------------------------------------------


class ScenarioKept(msgspec.Struct, frozen=True):
    """A scripted citizen that can be called up."""

    key: str
    title: str
    description: str


class PracticeReady(Event, frozen=True, tag=True):
    scenarios: tuple[ScenarioKept, ...]


class PracticeChanged(Event, frozen=True, tag=True):
    """A practice call came one step on: "preparing", "calling", "talking", "ended" or "failed"."""

    scenario: str
    step: str
    reason: str = ""


# --- the clock -----------------------------------------------------------------------------------------------------------


class Ticked(Event, frozen=True, tag=True):
    """A second went by on the main thread."""

    at: float


DeskEvent = (
    CallRang
    | CallDialled
    | CallAnswered
    | CallHeld
    | CallFocused
    | CallEnded
    | LegChanged
    | TransferEnded
    | DigitHeard
    | MicrophoneMuted
    | LineChanged
    | HeadsetChanged
    | LineAttached
    | ProcessLost
    | ProcessFound
    | Noticed
    | NoticeCleared
    | EarsReady
    | VoiceReady
    | Heard
    | SpeechMade
    | StoreOpened
    | TicketKept
    | TicketNotKept
    | HistoryFound
    | TicketsFound
    | AnswersFound
    | AdviceFound
    | NumbersCounted
    | SyncChanged
    | TicketArrived
    | FiguresArrived
    | PracticeReady
    | PracticeChanged
    | Ticked
)

__all__ = ["CallRecord", "DeskEvent", "EmergencyRecord"]
