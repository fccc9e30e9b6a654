"""What the desk is told at its birth: who sits here, which way leads where, what the city's rules allow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.desk.commands import AudioChoice, LineAccount
from app.desk.queue_state import QueuePolicy
from app.domain.abuse import Abuse
from app.domain.announcement import Announcement
from app.domain.recognition import RecognitionRules
from app.domain.recording import RecordingRules
from app.domain.shield import AbuseRules
from app.domain.sound import SoundOf
from app.domain.ticket import RequestKind, TicketId, Urgency
from app.domain.transcript import Evidence, Transcript
from app.domain.wanted import WantedFields

Proposal = Mapping[str, tuple[str | bool | RequestKind | Urgency, tuple[Evidence, ...]]]
"""Fields that the words of the call suggest, each with the words it came from: in those, how sure it is and by which rule."""

Targets = tuple[tuple[str, str], ...]
"""Ways to one party in the order they are tried: (route, number or SIP address)."""


@dataclass(frozen=True, slots=True)
class Danger:
    """The emergency line that words suggest, and the words. `matter`: "", "suicide", "mass" (群体性), "social" (涉稳, R42).

    `is_worded`: a known wording names the line; else only its likeness to other texts does."""

    line: str
    because: str
    matter: str = ""
    is_worded: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """Plain values and pure functions. `emergency_targets` maps "110", "119", "120", "122" to their routes."""

    agent: str
    accounts: tuple[LineAccount, ...] = ()
    audio: AudioChoice = field(default_factory=AudioChoice)
    local_address: str = "127.0.0.1"
    local_port: int = 0
    accepts_from: tuple[str, ...] = ()  # who may call beside the servers of `accounts`
    emergency_targets: Mapping[str, Targets] = field(default_factory=dict)
    emergency_patience_ms: int = 250
    emergency_answer_s: float = 10.0  # a way that nobody answers for so long is joined by the next
    emergency_rounds: int = 30
    silent_channels: tuple[str, ...] = ("call", "message", "text")  # in the order they are tried
    silent_line: str = "110"  # where no words suggest another
    lead_target: str = ""  # extension or address of the team lead's telephone; "" = none
    has_emergency_desk: bool = False
    has_text_gateway: bool = False
    undo_s: float = 3.0
    dial_line: str = "pbx"
    queue: QueuePolicy = field(default_factory=QueuePolicy)
    park_extension: str = ""  # "" = callers are parked at this desk
    auto_answer: str = "never"  # "asked": where the exchange asks for it; "always"
    ring_back_lines: tuple[str, ...] = ()  # a lost caller is rung back through the first of these that is up
    models: tuple[str, ...] = ()
    models_folder: str = ""
    is_listening: bool = True
    voice: str = ""
    is_eyes_free: bool = False
    ear_voice: str = ""  # "" = the one that answers fastest
    voice_speed: float = 1.0
    voice_volume: float = 1.0
    recognition: RecognitionRules = field(default_factory=RecognitionRules)
    may_decline: bool = False
    practice_target: str = ""
    recording: RecordingRules = field(default_factory=RecordingRules)
    announcements: Mapping[str, str] = field(default_factory=dict)  # key → absolute path of a WAV
    unspoken: tuple[Announcement, ...] = ()  # their words were changed: the speech process is to make their sound
    sound_s: Mapping[str, float] = field(default_factory=dict)  # key → how many seconds the sound lasts
    announcement_texts: Mapping[str, str] = field(default_factory=dict)  # key → the words, as they are read on the screen
    abuse: AbuseRules = field(default_factory=AbuseRules)
    sure_from: float = 0.85  # a field filled from words with less confidence wants a confirmation before dispatch
    wanted: WantedFields = field(default_factory=WantedFields)
    keeps_undone_repairs: bool = True
    site_words: tuple[str, ...] = ()  # of this site, beside those of catalogue and knowledge: what recognisers must know


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the field that the desk applies: pure functions, given from outside so that a test can name its own."""

    hear_danger: Callable[[str, bool], Danger | None]  # True: the last of it is still being said
    propose: Callable[[Transcript], Proposal]
    spoken_number: Callable[[str], str]
    new_ticket_id: Callable[[], TicketId]
    new_call_id: Callable[[], str]
    clock: Callable[[], float]
    spoken_groups: Callable[[str], str] | None = None  # a number as it is read out; None: it stays as it is
    spoken_contact: Callable[[str], str] | None = None  # a number as a sentence that is read back; None: as spoken_number
    sound_of: SoundOf | None = None  # None: words are searched by their spelling only
    read_ahead: Callable[[Transcript, float], bool] | None = None  # for so many seconds; True: all is read
    hear_abuse: Callable[[str], Abuse | None] | None = None  # None: only the threats of the rule pack are heard
