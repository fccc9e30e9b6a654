"""The contract of an engine, held by each: Whisper and Vosk with real models, sherpa-onnx with the tone models."""

import queue
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.desk.commands import LoadEars
from app.desk.events import EarsReady
from app.domain.notice import Notice, NoticeCode
from app.domain.transcript import Word
from app.errors import ModelEngineUnknown
from app.speech.bench_data import over_the_telephone
from app.speech.ears import EarsLoader
from app.speech.engine import RATE, Engine, Learner, Sound, load_engine, teach, text_of
from app.speech.error_rate import distance, plain
from app.speech.voice_activity import WINDOW, VoiceActivity
from tests.habits.needs import MODELS, lacking_model
from tests.integration.speech.conftest import SENTENCE, TUNE
from tests.tone_models import KINDS

HEARD = ("whisper", "vosk", *(f"sherpa-onnx {kind}" for kind in KINDS))
each = pytest.mark.parametrize("named", HEARD)
LOOSE = {"whisper": 0.3, "vosk": 0.3}
"""How far two hearings of the same may lie apart: Kaldi's ivectors go on learning from ear to ear."""


@pytest.fixture(scope="module", autouse=True)
def voice_first(request: pytest.FixtureRequest) -> None:
    """Its child lasts as long as the module: it must be there before the first test counts processes."""
    if not lacking_model(("kokoro-82m",)):
        request.getfixturevalue("voice")


@pytest.fixture
def engine(named: str, request: pytest.FixtureRequest) -> Engine:
    name, _, kind = named.partition(" ")
    if kind:
        of_kind: Callable[[str], Engine] = request.getfixturevalue("sherpa")
        return of_kind(kind)
    made: Engine = request.getfixturevalue(name)
    return made


@pytest.fixture
def speech(named: str, request: pytest.FixtureRequest) -> Sound:
    """What this engine's model can hear: a real sentence, or a tune for the tone models."""
    sound: Sound = request.getfixturevalue("tune" if " " in named else "spoken")
    return sound


@pytest.fixture
def long_speech(named: str, request: pytest.FixtureRequest) -> Sound:
    """Twenty seconds, the longest stretch a call is cut into."""
    sound: Sound = request.getfixturevalue("long_tune" if " " in named else "long_spoken")
    return sound


def heard(engine: Engine, sound: Sound) -> tuple[Word, ...]:
    return engine.open_ear().listen(sound, is_final=True)


def lie_within(words: tuple[Word, ...], seconds: float) -> bool:
    begins = [word.start_s for word in words]
    return begins == sorted(begins) and all(0 <= word.start_s <= word.end_s <= seconds + 0.3 for word in words)


def apart(wanted: str, got: str) -> float:
    return distance(wanted, got) / max(1, len(wanted))


@each
def test_words_of_speech_lie_in_order_within_the_sound(engine: Engine, speech: Sound) -> None:
    words = heard(engine, speech)

    assert len(words) >= 3
    assert lie_within(words, len(speech) / RATE)
    assert "".join(word.text for word in words) == "".join(text_of(words).split())
    assert all(word.text.strip() == word.text != "" for word in words)
    assert all(0 < word.confidence <= 1 for word in words)


@each
def test_a_growing_utterance_may_be_heard_again_and_again_before_its_final(named: str, engine: Engine, speech: Sound) -> None:
    ear = engine.open_ear()
    ends = range(RATE, len(speech), 5001)  # no multiple of anything
    partials = [text_of(ear.listen(speech[:end], is_final=False)) for end in ends]

    final = text_of(ear.listen(speech, is_final=True))

    assert partials[-1] and len(final) >= len(partials[0])
    assert apart(text_of(heard(engine, speech)), final) <= LOOSE.get(named, 0)


@each
def test_two_ears_of_one_engine_at_once_do_not_hear_each_other(named: str, engine: Engine, speech: Sound) -> None:
    other = np.concatenate([np.zeros(RATE // 3, np.int16), speech[: len(speech) * 2 // 3]])
    alone = [text_of(heard(engine, sound)) for sound in (speech, other)]
    first, second = engine.open_ear(), engine.open_ear()

    for end in range(RATE // 2, len(speech), RATE // 2):
        first.listen(speech[:end], is_final=False)
        second.listen(other[: min(end, len(other))], is_final=False)
    together = [text_of(first.listen(speech, is_final=True)), text_of(second.listen(other, is_final=True))]

    apart_by = [apart(wanted, got) for wanted, got in zip(alone, together, strict=True)]
    assert max(apart_by) <= LOOSE.get(named, 0), (alone, together)


@each
def test_silence_has_no_words(engine: Engine) -> None:
    assert heard(engine, np.zeros(2 * RATE, np.int16)) == ()


@each
@pytest.mark.parametrize("samples", [0, 1, 7, 159, 161, 399, 3333])
def test_next_to_no_sound_has_no_words_and_breaks_nothing(engine: Engine, samples: int) -> None:
    assert heard(engine, np.zeros(samples, np.int16)) == ()


@each
def test_twenty_seconds_are_heard_to_their_end(engine: Engine, long_speech: Sound) -> None:
    words = heard(engine, long_speech)

    assert len(long_speech) == 20 * RATE and lie_within(words, 20)
    assert max(word.start_s for word in words) > 15


@each
def test_clipped_sound_is_heard_and_breaks_nothing(engine: Engine, speech: Sound) -> None:
    clipped = (speech.astype(np.int32) * 30).clip(-32768, 32767).astype(np.int16)

    words = heard(engine, clipped)

    assert words and lie_within(words, len(clipped) / RATE)


def noise() -> Sound:
    made: Sound = np.random.default_rng(7).normal(0, 2000, 3 * RATE).astype(np.int16)
    return made


def dial_tone() -> Sound:
    at = np.arange(3 * RATE) / RATE
    made: Sound = (np.sin(2 * np.pi * 450 * at) * 9000).astype(np.int16)
    return made


def music() -> Sound:
    """Chords of three notes, two a second, dying away."""
    at = np.arange(RATE // 2) / RATE
    chords = [[262, 330, 392], [349, 440, 523], [392, 494, 587], [262, 330, 392], [220, 262, 330], [349, 440, 523]]
    parts = [sum(np.sin(2 * np.pi * hertz * at) for hertz in chord) * np.exp(-3 * at) for chord in chords]
    made: Sound = (np.concatenate(parts) * 6000).astype(np.int16)
    return made


NO_SPEECH = [(named, made) for named in HEARD for made in (noise, dial_tone, music) if made is noise or " " not in named]
"""A tone is speech to a tone model."""


@pytest.mark.parametrize(("named", "made"), NO_SPEECH)
def test_what_is_no_speech_has_few_words_or_none(engine: Engine, made: Callable[[], Sound]) -> None:
    words = heard(engine, made())

    assert len(words) <= 6 and lie_within(words, 3), text_of(words)  # in a call silence detection lets none of this through


@pytest.mark.parametrize("kind", ["stream-transducer", "transducer"])
def test_a_transducer_prefers_the_words_it_has_learnt_until_others_are(
    sherpa: Callable[[str], Engine], tune: Sound, kind: str
) -> None:
    engine = sherpa(kind)
    before = text_of(heard(engine, tune))

    is_taught = teach(engine, ("着火了", "词表之外的字㊙", "Pudong", "火", ""))
    taught = text_of(heard(engine, tune))
    teach(engine, ())

    assert is_taught and isinstance(engine, Learner)
    assert (before, taught, text_of(heard(engine, tune))) == ("东城区找火了", "东城区着火了", "东城区找火了")


def test_an_ear_that_is_open_keeps_the_words_it_began_with(sherpa: Callable[[str], Engine], tune: Sound) -> None:
    engine = sherpa("stream-transducer")
    ear = engine.open_ear()
    ear.listen(tune[:RATE], is_final=False)

    teach(engine, ("着火了",))
    words = ear.listen(tune, is_final=True)
    teach(engine, ())

    assert text_of(words) == "东城区找火了"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "transducer" not in kind])
def test_engines_that_cannot_learn_say_so(sherpa: Callable[[str], Engine], kind: str) -> None:
    assert not isinstance(sherpa(kind), Learner)
    assert not teach(sherpa(kind), ("着火了",))


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_of_each_kind_writes_what_it_hears_at_its_time(sherpa: Callable[[str], Engine], tune: Sound, kind: str) -> None:
    words = heard(sherpa(kind), tune)

    assert text_of(words) == TUNE
    if "paraformer" not in kind:  # tells no times: its words are spread over the sound
        assert np.allclose([word.start_s for word in words], 0.5 + 0.36 * np.arange(6), atol=0.1)


def test_the_unsure_one_of_two_like_sounding_signs_says_so(sherpa: Callable[[str], Engine], tune: Sound) -> None:
    words = heard(sherpa("stream-transducer"), tune)

    sure = {word.text: word.confidence for word in words}
    assert sure["找"] == min(sure.values()) < 0.7 < sure["火"]


def test_vosk_says_how_sure_it_is(vosk: Engine, spoken: Sound) -> None:
    assert len({word.confidence for word in heard(vosk, spoken)}) > 1


def test_sherpa_and_whisper_and_the_voice_detector_live_in_one_process(
    sherpa: Callable[[str], Engine], whisper: Engine, spoken: Sound, tune: Sound
) -> None:
    """Each brings an ONNX Runtime of its own version, or none."""
    chances = VoiceActivity().chances(spoken[: len(spoken) // WINDOW * WINDOW])

    assert text_of(heard(sherpa("sense-voice"), tune)) == TUNE and heard(whisper, spoken) and max(chances) > 0.5


@pytest.mark.parametrize("name", ["whisper", "vosk", "sherpa-onnx"])
def test_a_folder_that_holds_no_model_is_refused_by_the_engine(name: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)model|config|unable|failed|tokens"):
        load_engine("m", name, tmp_path, "zh")


def test_an_engine_whose_library_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)
    monkeypatch.delitem(sys.modules, "app.speech.sherpa_engine", raising=False)

    with pytest.raises(ModelEngineUnknown) as refused:
        load_engine("m", "sherpa-onnx", tmp_path, "zh")

    assert refused.value.values == ("m", "sherpa-onnx")


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
