"""What the desk asks of the store about the words of calls: one port method, one frozen wish each; answers come as events."""

from dataclasses import dataclass

import msgspec

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


@dataclass(frozen=True, slots=True)
class KeepWords:
    """The words of `call` as another console left them at `at`, in lines as `app.desk.heard_lines` writes them: kept here from
    now on, but for sentences that were corrected here since. Answered with WordsFound for the case `case`."""

    case: CallId
    call: CallId
    by: str
    at: float
    lines: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class KeepUndoneRepairs:
    """What agents of this seat never want repaired again: what was heard, and what was written in its place. Replaces all."""

    pairs: tuple[tuple[str, str], ...]


TranscriptWish = FindWords | ExportWords | TellWords | KeepWords | KeepUndoneRepairs


@dataclass(frozen=True, slots=True)
class AskWords:
    """Of the centre, not of the store: the words of `call`, of which `ticket` was made, where they are newer than `since`."""

    case: CallId
    ticket: str
    call: CallId
    since: float
