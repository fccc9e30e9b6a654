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
    """

    call: CallId
    since: float = 0.0


class StopListening(Command, frozen=True, tag=True):
    """Finish what was begun of this call and forget it."""

    call: CallId


class Say(Command, frozen=True, tag=True):
    """Speak a sentence into a WAV file; `voice` as in VoiceReady, "" = the best there is. Announcements are kept."""

    request: str
    text: str
    voice: str = ""
    speed: float = 1.0
    is_announcement: bool = False
    volume: float = 1.0  # 0…1


SpeechCommand = LoadEars | LearnWords | ListenTo | StopListening | Say | EndProcess
