"""What a recogniser is to the rest of the program: an engine that gives an ear for each stretch of speech."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from app.domain.transcript import Word
from app.errors import ModelEngineUnknown

RATE = 16_000
"""Samples a second of everything that engines hear."""

Sound = NDArray[np.int16]


class Ear(Protocol):
    """Hears one utterance; used by one thread only."""

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        """The words of `sound`, the whole utterance so far, with times in seconds since its beginning.

        `is_final` asks for the best there is instead of the quickest, and ends the ear.
        """
        ...


class Engine(Protocol):
    """A loaded model; `open_ear` and its ears are used by one thread at a time."""

    name: str
    is_stream: bool
    """Whether an ear keeps what it heard, so that listening often costs no more than listening once."""

    def open_ear(self) -> Ear: ...


@runtime_checkable
class Learner(Protocol):
    """An engine that can be told which words to expect."""

    def learn(self, words: tuple[str, ...]) -> None:
        """Ears opened from now on expect these words instead of those learnt before; any thread, returns at once.

        Words that the model has no signs for are passed over."""
        ...


def teach(engine: Engine, words: tuple[str, ...]) -> bool:
    """Whether the engine can learn words; where it can, it has."""
    if not isinstance(engine, Learner):
        return False
    engine.learn(words)
    return True


def text_of(words: tuple[Word, ...]) -> str:
    """The words as a sentence is written: Chinese without gaps, a space only between two words of Latin letters."""
    text = ""
    for word in words:
        if text and _is_latin(text[-1]) and _is_latin(word.text[:1]):
            text += " "
        text += word.text
    return text


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _load_whisper(folder: Path, language: str) -> Engine:
    from app.speech.whisper_engine import WhisperEngine

    return WhisperEngine(folder, language)


def _load_vosk(folder: Path, language: str) -> Engine:  # noqa: ARG001  a Vosk model knows one language
    from app.speech.vosk_engine import VoskEngine

    return VoskEngine(folder)


def _load_sherpa(folder: Path, language: str) -> Engine:
    from app.speech.sherpa_engine import load_sherpa

    return load_sherpa(folder, language)


_ENGINES: dict[str, Callable[[Path, str], Engine]] = {"vosk": _load_vosk, "whisper": _load_whisper, "sherpa-onnx": _load_sherpa}


def load_engine(model: str, engine: str, folder: Path, language: str) -> Engine:
    """Loads the model that lies in `folder`; takes seconds.

    Raises ModelEngineUnknown where this program, or this installation of it, lacks the engine's library; what the engine
    itself raises on a model it cannot read comes through.
    """
    if engine not in _ENGINES:
        raise ModelEngineUnknown(model, engine)
    try:
        return _ENGINES[engine](folder, language)
    except ImportError as absent:
        raise ModelEngineUnknown(model, engine) from absent
