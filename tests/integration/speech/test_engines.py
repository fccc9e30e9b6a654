"""The contract of an engine, held by both with real models; and what Whisper hears of a real sentence."""

import queue
from pathlib import Path

import numpy as np
import pytest

from app.desk.commands import LoadEars
from app.desk.events import EarsReady
from app.domain.notice import Notice, NoticeCode
from app.errors import ModelEngineUnknown
from app.speech.ears import EarsLoader
from app.speech.engine import RATE, Engine, Sound, load_engine, text_of
from app.speech.voice_activity import WINDOW, VoiceActivity
from tests.benchmarks.speech_lag import distance, over_the_telephone, plain
from tests.habits.needs import MODELS
from tests.integration.speech.conftest import SENTENCE

both = pytest.mark.parametrize("named", ["whisper", "vosk"])


@pytest.fixture
def engine(named: str, request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.getfixturevalue(named)
    return made


@both
def test_words_of_speech_lie_in_order_within_the_sound(engine: Engine, spoken: Sound) -> None:
    words = engine.open_ear().listen(spoken, is_final=True)

    assert len(words) >= 3
    assert all(word.text.strip() == word.text != "" for word in words)
    assert all(0 <= word.start_s <= word.end_s <= len(spoken) / RATE + 0.3 for word in words)
    assert [word.start_s for word in words] == sorted(word.start_s for word in words)


@both
def test_a_growing_utterance_may_be_heard_again_and_again_before_its_final(engine: Engine, spoken: Sound) -> None:
    ear = engine.open_ear()
    partial = [ear.listen(spoken[: int(seconds * RATE)], is_final=False) for seconds in (1.2, 2.4, 3.6)]

    final = ear.listen(spoken, is_final=True)

    assert text_of(partial[2]) and len(text_of(final)) >= len(text_of(partial[0]))


@both
def test_two_ears_of_one_engine_do_not_hear_each_other(engine: Engine, spoken: Sound) -> None:
    alone = engine.open_ear().listen(spoken, is_final=True)
    first, second = engine.open_ear(), engine.open_ear()
    first.listen(spoken[: 2 * RATE], is_final=False)

    heard = second.listen(spoken, is_final=True)

    wanted, got = text_of(alone), text_of(heard)
    assert distance(wanted, got) <= len(wanted) * 0.3, (wanted, got)  # Kaldi's ivectors go on learning from ear to ear


@both
def test_silence_has_no_words(engine: Engine) -> None:
    assert engine.open_ear().listen(np.zeros(2 * RATE, np.int16), is_final=True) == ()


@both
def test_a_folder_that_holds_no_model_is_refused_by_the_engine(named: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)model|config|unable|failed"):
        load_engine("m", named, tmp_path, "zh")


def test_an_engine_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelEngineUnknown) as refused:
        load_engine("m", "parrot", tmp_path, "zh")

    assert refused.value.values == ("m", "parrot")


def test_whisper_hears_a_sentence_over_the_telephone(whisper: Engine, spoken: Sound) -> None:
    words = whisper.open_ear().listen(over_the_telephone(spoken), is_final=True)

    assert distance(plain(SENTENCE), plain(text_of(words))) <= len(plain(SENTENCE)) * 0.3, text_of(words)


def test_speech_is_told_from_silence_and_noise(spoken: Sound) -> None:
    whole = len(spoken) // WINDOW * WINDOW
    noise = np.random.default_rng(1).normal(0, 300, 3 * RATE // WINDOW * WINDOW).astype(np.int16)

    of_speech = VoiceActivity().chances(spoken[:whole])
    of_noise = VoiceActivity().chances(noise)

    assert np.mean(np.array(of_speech[16:-16]) > 0.5) > 0.7
    assert np.max(of_noise) < 0.5 and np.max(of_speech[:10]) < 0.5


def test_speech_is_told_the_same_in_small_pieces_as_at_once(spoken: Sound) -> None:
    whole = spoken[: len(spoken) // WINDOW * WINDOW]
    in_pieces = VoiceActivity()

    pieces = [chance for at in range(0, len(whole), WINDOW) for chance in in_pieces.chances(whole[at : at + WINDOW])]

    assert np.allclose(pieces, VoiceActivity().chances(whole), atol=1e-3)


CATALOGUE = """
[[model]]
name = "ghost"
engine = "vosk"
languages = ["zh"]
licence = "MIT"

[[model]]
name = "odd"
engine = "parrot"
languages = ["zh"]
licence = "MIT"

[[model.files]]
path = "a"
size = 0
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

[[model]]
name = "rotten"
engine = "vosk"
languages = ["zh"]
licence = "MIT"

[[model.files]]
path = "a"
size = 1
sha256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
"""


@pytest.mark.parametrize(
    ("models", "code", "values"),
    [
        (("ghost",), NoticeCode.MODEL_MISSING, ("ghost", "is not installed")),
        (("ghost", "odd"), NoticeCode.MODEL_ENGINE_UNKNOWN, ("odd", "parrot")),
        (("ghost", "odd", "rotten"), NoticeCode.MODEL_CORRUPT, ("rotten", "a")),
    ],
)
def test_a_model_that_cannot_be_used_is_said_by_the_gravest_reason(
    tmp_path: Path, models: tuple[str, ...], code: NoticeCode, values: tuple[str, ...]
) -> None:
    catalogue = tmp_path / "models.toml"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    for name, data in (("odd", b""), ("rotten", b"x")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_bytes(data)
    said: queue.Queue[Notice | EarsReady] = queue.Queue()
    loader = EarsLoader(lambda _, ready: said.put(ready), said.put, catalogue)

    loader.load(LoadEars(models, str(tmp_path)))

    told = said.get(timeout=30)
    loader.close()
    assert told == Notice(code, values) and said.empty()


@pytest.mark.speech("whisper-base")
def test_the_first_model_of_the_list_that_is_installed_listens() -> None:
    told: queue.Queue[Notice | EarsReady] = queue.Queue()
    loader = EarsLoader(lambda _, ready: told.put(ready), told.put)

    loader.load(LoadEars(("a-model-nobody-has", "whisper-base"), str(MODELS)))

    first = told.get(timeout=60)
    loader.close()
    assert first == EarsReady("whisper", "whisper-base") and told.empty()
