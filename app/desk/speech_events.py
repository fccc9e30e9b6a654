"""What the speech process tells: who listens, what was heard, what was spoken. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.call import CallId
from app.domain.transcript import Utterance


class EarsReady(Event, frozen=True, tag=True):
    """Which engine and model listen."""

    engine: str
    model: str


class VoiceReady(Event, frozen=True, tag=True):
    """Which voices can speak, e.g. ("kokoro:zf_xiaobei", "pyttsx3:cmn")."""

    voices: tuple[str, ...]


class Heard(Event, frozen=True, tag=True):
    call: CallId
    utterance: Utterance


class SpeechMade(Event, frozen=True, tag=True):
    """A sentence was spoken into a WAV file (16 bit mono); `request` is the id given with `Say`."""

    request: str
    path: str
    seconds: float


SpeechEvent = EarsReady | VoiceReady | Heard | SpeechMade
