"""What happens around the abuse shield. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.evidence import PackFacts
from app.domain.shield import ShieldStep


class CallerSpoke(Event, frozen=True, tag=True):
    """Telephony heard a voice from the caller for the first time since the answer."""

    call: CallId
    at: float


class CallerKnown(Event, frozen=True, tag=True):
    """Earlier calls of a number, leads' marks on it, and the steps of this very call (after a restart of the window)."""

    call: CallId
    number: str
    past: tuple[PastCall, ...]
    marks: tuple[NumberMark, ...]
    steps: tuple[ShieldStep, ...]


class ShieldTold(Event, frozen=True, tag=True):
    """A colleague's shield came one step on; leads are told."""

    agent: str
    call: CallId
    step: ShieldStep


class NumberMarked(Event, frozen=True, tag=True):
    """A lead wrote something beside a number, here or elsewhere."""

    mark: NumberMark


class EvidenceSealed(Event, frozen=True, tag=True):
    facts: PackFacts


class EvidenceWaits(Event, frozen=True, tag=True):
    """Calls whose packs still lack their recording."""

    calls: tuple[CallId, ...]


class EvidenceListed(Event, frozen=True, tag=True):
    packs: tuple[PackFacts, ...]


class EvidenceChecked(Event, frozen=True, tag=True):
    """`flaws` are values of domain.evidence.Flaw, each with what it is about after a colon; none = whole."""

    name: str
    flaws: tuple[str, ...]


class EvidenceExported(Event, frozen=True, tag=True):
    name: str
    target: str


class EvidenceFailed(Event, frozen=True, tag=True):
    """A pack could not be sealed, read or exported."""

    call: CallId
    reason: str


ShieldEvent = (
    CallerSpoke
    | CallerKnown
    | ShieldTold
    | NumberMarked
    | EvidenceSealed
    | EvidenceWaits
    | EvidenceListed
    | EvidenceChecked
    | EvidenceExported
    | EvidenceFailed
)
