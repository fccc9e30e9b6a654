"""What the desk asks of the speech process: to listen, to know words, to speak. A part of `app.desk.commands`."""

from app.desk.command import Command, EndProcess
from app.domain.call import CallId


class LoadEars(Command, frozen=True, tag=True):
    """Loads a recogniser. `models`: names of models.toml, the first that is installed is used; `folder`: where they lie."""

    models: tuple[str, ...]
    folder: str
    language: str = "zh"


class LearnWords(Command, frozen=True, tag=True):
    """Words of this site that recognisers do not know: units, streets, places, knowledge titles, its own list.

    Replaces what was learnt before; stays over a change of the engine."""

    words: tuple[str, ...]


class ListenTo(Command, frozen=True, tag=True):
    """Recognise this call from the tap's frames on; stays so until another is named.

    `since`: the Unix time that word times count from (when the call was answered); 0 = the call's first tap frame.
    `is_from_now`: nothing that was said before this command is recognised; it also lifts a refusal.
    """

    call: CallId
    since: float = 0.0
    is_from_now: bool = False


class StopListening(Command, frozen=True, tag=True):
    """Finish what was begun of this call and forget it. `is_refused`: the caller objects, so that no ListenTo of a window that
    does not know of it listens again, unless it says `is_from_now`."""

    call: CallId
    is_refused: bool = False


def number_of_gap(begin: float) -> int:
    """The number of an utterance that marks what nobody heard from this Unix time on: below 0, as those that were heard are
    numbered by tap frames, and another for each gap of a case."""
    return -1 - int(begin * 10) % 2**30


class HearOut(Command, frozen=True, tag=True):
    """A call ended while no speech process was there: hear what the taps still keep of it, and mark the rest as missing.

    `since` as in ListenTo; `lost_at` and `until`: the Unix times from which on nobody listened, and at which the call ended."""

    call: CallId
    since: float
    lost_at: float
    until: float


class Say(Command, frozen=True, tag=True):
    """Speak a sentence into a WAV file; `voice` as in VoiceReady, "" = the best there is. Announcements are kept."""

    request: str
    text: str
    voice: str = ""
    speed: float = 1.0
    is_announcement: bool = False
    volume: float = 1.0  # 0…1
    is_for_ear: bool = False  # the fastest voice, when `voice` is ""; what was asked for so before and is not begun is dropped


SpeechCommand = LoadEars | LearnWords | ListenTo | StopListening | HearOut | Say | EndProcess
