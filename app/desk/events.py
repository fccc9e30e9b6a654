"""What happened: the frozen facts that workers tell the desk, and that processes send each other.

Every event is a tagged msgspec struct, so one decoder reads a whole stream of them (`DeskEvent`). Times named `at` are Unix
seconds; names ending in `_s` or `_ms` carry their unit.
"""

import msgspec

from app.desk.help_events import HelpEvent
from app.desk.line_events import (
    Bonds,
    CallAnswered,
    CallDialled,
    CallEnded,
    CallEndedUnseen,
    CallFocused,
    CallHeld,
    CallKept,
    CallRang,
    CallRefused,
    CallsBound,
    DigitHeard,
    DisturbChanged,
    Event,
    HandOverChanged,
    HeadsetChanged,
    HeadsetKeysFound,
    HeadsetPressed,
    LegChanged,
    LegTried,
    LineAttached,
    LineChanged,
    MessageAnswered,
    MicrophoneMuted,
    ParkedAway,
    QualityMeasured,
    RecordingChanged,
    ShiftCheckChanged,
    ShiftFinding,
    TransferEnded,
)
from app.desk.queue_events import BeatAnswered, QueueCodeDialled, QueueEvent, SupervisionRefused
from app.desk.shield_events import ShieldEvent
from app.desk.speech_events import EarsReady, Heard, ListeningTold, SiteWordsRead, SpeechEvent, SpeechMade, VoiceReady
from app.desk.transcript_events import TranscriptEvent
from app.desk.voice_events import SoundOver
from app.domain.agent import AgentState
from app.domain.call import CallId
from app.domain.directory import Contact, ContactProblem
from app.domain.dispatch import UnitAdvice
from app.domain.figures import Figures
from app.domain.knowledge import Answer
from app.domain.missed import MissedCall
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


# --- store, sync, knowledge ----------------------------------------------------------------------------------------------


class DraftKept(msgspec.Struct, frozen=True):
    """A draft as the journal holds it, after a crash or a restart."""

    call: CallId
    ticket: Ticket
    own_fields: tuple[str, ...]
    transcript: tuple[Utterance, ...]
    query: str = ""
    earlier: tuple[tuple[CallId, float], ...] = ()  # the calls that this one continues, and when each was answered
    answered_at: float = 0.0  # as the journal has it
    ended_by: str = ""  # as the journal has it; "" = no end was written down


class StoreOpened(Event, frozen=True, tag=True):
    """The store is open: who we are, what was unfinished, what was kept lately."""

    agent: str
    agent_state: AgentState
    state_since: float
    numbers_left: int
    drafts: tuple[DraftKept, ...]
    recent: tuple[Ticket, ...]
    last_dialled: str = ""
    state_reason: str = ""
    undone_repairs: tuple[tuple[str, str], ...] = ()


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


class CallsRecorded(Event, frozen=True, tag=True):
    """The records of these calls are durable here."""

    calls: tuple[CallId, ...]


class MissedFound(Event, frozen=True, tag=True):
    """Who rang in vain: those still to be called back, and those reached lately."""

    missed: tuple[MissedCall, ...]


class DirectoryRead(Event, frozen=True, tag=True):
    """The directory was read (again). `problems` are lines of the site's file that were left out."""

    contacts: tuple[Contact, ...]
    problems: tuple[ContactProblem, ...] = ()


class RecordingReady(Event, frozen=True, tag=True):
    """Calls can be recorded: into `folder`, for whoever has the private half of `public_key` (X25519)."""

    folder: str
    public_key: bytes


class VoiceFound(Event, frozen=True, tag=True):
    """A sentence out of a recording, as telephony plays it (A-law, 16 kHz); "" `reason` = found."""

    call: CallId
    request: str
    voice: bytes
    reason: str = ""


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


class WordsUnread(Event, frozen=True, tag=True):
    """From the desk to itself: more of what was said in a call waits to be read."""

    call: CallId


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
    | CallEndedUnseen
    | LegChanged
    | LegTried
    | HandOverChanged
    | MessageAnswered
    | TransferEnded
    | CallsBound
    | CallRefused
    | DisturbChanged
    | DigitHeard
    | MicrophoneMuted
    | LineChanged
    | HeadsetChanged
    | HeadsetKeysFound
    | HeadsetPressed
    | ShiftCheckChanged
    | QualityMeasured
    | RecordingChanged
    | LineAttached
    | ProcessLost
    | ProcessFound
    | Noticed
    | NoticeCleared
    | SpeechEvent
    | SoundOver
    | StoreOpened
    | TicketKept
    | TicketNotKept
    | HistoryFound
    | TicketsFound
    | AnswersFound
    | AdviceFound
    | CallsRecorded
    | MissedFound
    | DirectoryRead
    | RecordingReady
    | VoiceFound
    | NumbersCounted
    | SyncChanged
    | TicketArrived
    | FiguresArrived
    | PracticeReady
    | PracticeChanged
    | ShieldEvent
    | HelpEvent
    | Ticked
    | WordsUnread
    | QueueEvent
    | TranscriptEvent
)

__all__ = [
    "AdviceFound",
    "AnswersFound",
    "BeatAnswered",
    "Bonds",
    "CallAnswered",
    "CallDialled",
    "CallEnded",
    "CallEndedUnseen",
    "CallFocused",
    "CallHeld",
    "CallKept",
    "CallRang",
    "CallRefused",
    "CallsBound",
    "CallsRecorded",
    "DeskEvent",
    "DigitHeard",
    "DirectoryRead",
    "DisturbChanged",
    "DraftKept",
    "EarsReady",
    "FiguresArrived",
    "HandOverChanged",
    "HeadsetChanged",
    "HeadsetKeysFound",
    "HeadsetPressed",
    "Heard",
    "HistoryFound",
    "LegChanged",
    "LegTried",
    "LineAttached",
    "LineChanged",
    "ListeningTold",
    "MessageAnswered",
    "MicrophoneMuted",
    "MissedFound",
    "NoticeCleared",
    "Noticed",
    "NumbersCounted",
    "ParkedAway",
    "PracticeChanged",
    "PracticeReady",
    "ProcessFound",
    "ProcessLost",
    "QualityMeasured",
    "QueueCodeDialled",
    "QueueEvent",
    "RecordingChanged",
    "RecordingReady",
    "ScenarioKept",
    "ShiftCheckChanged",
    "ShiftFinding",
    "SiteWordsRead",
    "SoundOver",
    "SpeechEvent",
    "SpeechMade",
    "StoreOpened",
    "SupervisionRefused",
    "SyncChanged",
    "Ticked",
    "TicketArrived",
    "TicketKept",
    "TicketNotKept",
    "TicketsFound",
    "TransferEnded",
    "VoiceFound",
    "VoiceReady",
    "WordsUnread",
]
