"""What the shield asks of the store: one port method, one frozen wish each; answers come as events."""

from dataclasses import dataclass

from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.shield import ShieldStep


@dataclass(frozen=True, slots=True)
class KeepStep:
    """A step: into the journal and to the centre in one transaction. `tells_lead` False keeps it here."""

    call: CallId
    step: ShieldStep
    tells_lead: bool


@dataclass(frozen=True, slots=True)
class AskCaller:
    """What is known of this number, and which steps this call has seen already: CallerKnown."""

    call: CallId
    number: str
    since: float


@dataclass(frozen=True, slots=True)
class KeepMark:
    """A lead's word on a number, here and at every console of the team."""

    mark: NumberMark


@dataclass(frozen=True, slots=True)
class KeepSeen:
    """A number rang: when, whether anybody spoke, how many notices were played. Kept here and told to the team."""

    number: str
    seen: PastCall


@dataclass(frozen=True, slots=True)
class SealEvidence:
    """Seals what is kept of a call; the audio follows in a pack of its own where it is not whole yet: EvidenceSealed."""

    call: CallId
    by: str
    at: float
    number: str = ""
    ticket: str = ""
    answered_at: float = 0.0


@dataclass(frozen=True, slots=True)
class CompleteEvidence:
    """The recording may be whole by now: seals it for the packs of this call that lack it. EvidenceSealed, or nothing; with
    `is_final` a recording that is not there is sealed as missing."""

    call: CallId
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class ResumeEvidence:
    """Which calls have packs that wait for their recording, from a window before this one: EvidenceWaits."""


@dataclass(frozen=True, slots=True)
class AskEvidence:
    """Which packs there are: EvidenceListed."""


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """Whether a pack is as it was sealed: EvidenceChecked."""

    name: str


@dataclass(frozen=True, slots=True)
class ExportEvidence:
    """An open copy for the police or a court; who took it, when and whereto is written down (R98): EvidenceExported."""

    name: str
    target: str
    by: str
    at: float


ShieldWish = (
    KeepStep
    | AskCaller
    | KeepMark
    | KeepSeen
    | SealEvidence
    | CompleteEvidence
    | ResumeEvidence
    | AskEvidence
    | CheckEvidence
    | ExportEvidence
)
