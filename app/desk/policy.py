"""What the desk is told at its birth: who sits here, which way leads where, what the city's rules allow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.desk.commands import AudioChoice, LineAccount
from app.domain.ticket import RequestKind, TicketId, Urgency
from app.domain.transcript import Evidence, Transcript

Proposal = Mapping[str, tuple[str | RequestKind | Urgency, tuple[Evidence, ...]]]
"""Fields that the words of the call suggest, each with the words it came from."""

Targets = tuple[tuple[str, str], ...]
"""Ways to one party in the order they are tried: (route, number or SIP address)."""


@dataclass(frozen=True, slots=True)
class Danger:
    """An emergency line that words suggest, and those words."""

    line: str
    because: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Plain values and pure functions. `emergency_targets` maps "110", "119", "120", "122" to their routes."""

    agent: str
    accounts: tuple[LineAccount, ...] = ()
    audio: AudioChoice = field(default_factory=AudioChoice)
    local_address: str = "127.0.0.1"
    local_port: int = 0
    emergency_targets: Mapping[str, Targets] = field(default_factory=dict)
    emergency_patience_ms: int = 250
    undo_s: float = 3.0
    dial_line: str = "pbx"
    models: tuple[str, ...] = ()
    models_folder: str = ""
    is_listening: bool = True
    voice: str = ""
    may_decline: bool = False
    practice_target: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the field that the desk applies: pure functions, given from outside so that a test can name its own."""

    hear_danger: Callable[[str], Danger | None]
    propose: Callable[[Transcript], Proposal]
    spoken_number: Callable[[str], str]
    new_ticket_id: Callable[[], TicketId]
    new_call_id: Callable[[], str]
    clock: Callable[[], float]
