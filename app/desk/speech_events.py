"""What the speech process tells: who listens, what was heard, what was spoken. One of the parts of `app.desk.events`."""

import msgspec

from app.desk.line_events import Event
from app.domain.call import CallId
from app.domain.transcript import Utterance


class EarsReady(Event, frozen=True, tag=True):
    """Which engine and model listen."""

    engine: str
    model: str


class VoiceDetail(msgspec.Struct, frozen=True):
    """One voice: its id, the tag of its language ("zh-CN", "yue", "en-US"), "kokoro" or "pyttsx3", "female", "male" or "", and
    the name that its maker gave it."""

    voice: str
    language: str
    engine: str
    gender: str = ""
    name: str = ""


class VoiceReady(Event, frozen=True, tag=True):
    """Which voices can speak, the best for Mandarin first, e.g. ("kokoro:zf_xiaobei", "pyttsx3:cmn")."""

    voices: tuple[str, ...]
    details: tuple[VoiceDetail, ...] = ()


class ListeningTold(Event, frozen=True, tag=True):
    """Said to a window that attaches: which call is being listened to ("" = none), and whose callers object to it."""

    call: CallId
    refused: tuple[CallId, ...] = ()


class Heard(Event, frozen=True, tag=True):
    call: CallId
    utterance: Utterance


class SpeechMade(Event, frozen=True, tag=True):
    """A sentence was spoken into a WAV file (16 bit mono); `request` is the id given with `Say`."""

    request: str
    path: str
    seconds: float


class SiteWordsRead(Event, frozen=True, tag=True):
    """The words of this site were gathered (again); None where they could not be read: file, line and reason say why."""

    words: tuple[str, ...] | None
    problem: tuple[str, ...] = ()


SpeechEvent = EarsReady | VoiceReady | ListeningTold | Heard | SpeechMade | SiteWordsRead
