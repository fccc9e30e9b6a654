"""What the store and the centre tell about the words of calls. One of the parts of `app.desk.events`."""

from enum import StrEnum

import msgspec

from app.desk.line_events import Event
from app.domain.call import CallId
from app.domain.transcript import Utterance


class Sought(StrEnum):
    """How it stands with words that another console may have kept."""

    ASKED = "asked"
    AWAY = "away"  # the centre is not there: they come when it is back
    NONE = "none"  # it has none, or none that are newer


class WordsFound(Event, frozen=True, tag=True):
    """The words that are kept here of a call, for the case that asked; and the calls they were said in, as Case.earlier has
    them. `kept_at`: when these words were told to the centre, or came from there; 0 = neither. `is_fetched`: they have just
    come from there."""

    case: CallId
    utterances: tuple[Utterance, ...]
    calls: tuple[tuple[CallId, float], ...] = ()
    kept_at: float = 0.0
    is_fetched: bool = False


class WordsFetched(Event, frozen=True, tag=True):
    """What another console kept of the words of a call came from the centre: lines as `app.desk.heard_lines` writes them."""

    case: CallId
    call: CallId
    by: str
    at: float
    lines: tuple[msgspec.Raw, ...]


class WordsSought(Event, frozen=True, tag=True):
    """The words that a case asked of the centre have not come."""

    case: CallId
    sought: Sought


class WordsExported(Event, frozen=True, tag=True):
    """The file is on the disk."""

    target: str


class WordsNotExported(Event, frozen=True, tag=True):
    """The file could not be written: "exists", "full", "denied", "gone", "ending", or what the system said."""

    target: str
    reason: str


TranscriptEvent = WordsFound | WordsFetched | WordsSought | WordsExported | WordsNotExported
