"""What happened: the frozen facts that workers tell the desk, and that processes send each other.

Every event is a tagged msgspec struct, so one decoder reads a whole stream of them (`DeskEvent`). Times named `at` are Unix
seconds; names ending in `_s` or `_ms` carry their unit.
"""

import msgspec

from app.desk.line_events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallFocused,
    CallHeld,
    CallKept,
    CallRang,
    DigitHeard,
    Event,
    HeadsetChanged,
    LegChanged,
    LineAttached,
    LineChanged,
    MicrophoneMuted,
    TransferEnded,
)
from app.domain.agent import AgentState
from app.domain.call import CallId
from app.domain.dispatch import UnitAdvice
from app.domain.figures import Figures
from app.domain.knowledge import Answer
from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import Ticket
from app.domain.transcript import Utterance

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

__all__ = [
    "AdviceFound",
    "AnswersFound",
    "CallAnswered",
    "CallDialled",
    "CallEnded",
    "CallFocused",
    "CallHeld",
    "CallKept",
    "CallRang",
    "DeskEvent",
    "DigitHeard",
    "DraftKept",
    "EarsReady",
    "FiguresArrived",
    "HeadsetChanged",
    "Heard",
    "HistoryFound",
    "LegChanged",
    "LineAttached",
    "LineChanged",
    "MicrophoneMuted",
    "NoticeCleared",
    "Noticed",
    "NumbersCounted",
    "PracticeChanged",
    "PracticeReady",
    "ProcessFound",
    "ProcessLost",
    "ScenarioKept",
    "SpeechMade",
    "StoreOpened",
    "SyncChanged",
    "Ticked",
    "TicketArrived",
    "TicketKept",
    "TicketNotKept",
    "TicketsFound",
    "TransferEnded",
    "VoiceReady",
]
