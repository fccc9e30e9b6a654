"""What the store tells about the words of calls. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.call import CallId
from app.domain.transcript import Utterance


class WordsFound(Event, frozen=True, tag=True):
    """The words that are kept of a call, for the case that asked; and the calls they were said in, as Case.earlier has them."""

    case: CallId
    utterances: tuple[Utterance, ...]
    calls: tuple[tuple[CallId, float], ...] = ()


class WordsExported(Event, frozen=True, tag=True):
    """The file is on the disk."""

    target: str


class WordsNotExported(Event, frozen=True, tag=True):
    """The file could not be written: "exists", "full", "denied", "gone", "ending", or what the system said."""

    target: str
    reason: str


TranscriptEvent = WordsFound | WordsExported | WordsNotExported
