"""What the desk asks of the store about the words of calls: one port method, one frozen wish each; answers come as events."""

from dataclasses import dataclass

from app.domain.call import CallId
from app.domain.ticket import Ticket
from app.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class FindWords:
    """The words that are kept of `call`, for the case `case` of the desk: WordsFound."""

    case: CallId
    call: CallId


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Writes the transcript with its ticket into `target`, in the form that its ending names (.txt, .json, .vtt):
    WordsExported or WordsNotExported. A file that is there is left as it is unless the agent said that it `may_replace`."""

    ticket: Ticket
    own_fields: frozenset[str]
    transcript: Transcript
    calls: tuple[tuple[CallId, float], ...]  # the calls it was said in, in order, each with when it was answered
    target: str
    by: str
    at: float
    may_replace: bool = False


@dataclass(frozen=True, slots=True)
class TellWords:
    """The words of a ticket that is saved already were corrected: the centre is told of them anew."""

    ticket: str
    call: CallId
    by: str


TranscriptWish = FindWords | ExportWords | TellWords
