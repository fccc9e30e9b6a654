"""Weights learnt from texts: kept in a file, asked by spelling and by sound, and able to say which words spoke."""

import pytest

from app.domain.linear_text import LinearText, SoundGrams, Weights
from app.speech.sound import sound_of
from tests.linear_training import Example, Mishearing, learn

FIRE = ["厨房着火了", "楼上着火了快来", "车子着火了", "仓库着火了"]
CALM = ["社保怎么交", "医保卡丢了", "路灯不亮", "物业费太贵"]
GRAMS = SoundGrams(sound_of)


@pytest.fixture(scope="module")
def weights() -> Weights:
    examples = [Example(text, frozenset({"fire"})) for text in FIRE] + [Example(text, frozenset()) for text in CALM]
    return learn(examples, ["fire"], GRAMS)


def test_texts_like_the_learnt_ones_score_above_others(weights: Weights) -> None:
    linear = LinearText(weights, GRAMS)

    assert linear.scores("宿舍着火了")["fire"] > 0 > linear.scores("医保怎么交")["fire"]


def test_words_are_known_by_their_sound(weights: Weights) -> None:
    linear = LinearText(weights, GRAMS)

    assert linear.scores("宿舍找伙了")["fire"] > linear.scores("宿舍天冷了")["fire"]


def test_the_words_that_spoke_are_named(weights: Weights) -> None:
    text = "喂你好 我们宿舍着 火了"
    start, end = LinearText(weights, GRAMS).because(text, "fire", 6)

    assert "火" in text[start:end]
    assert end - start <= 6


def test_weights_come_back_from_their_file_and_the_same_texts_give_the_same_file(weights: Weights) -> None:
    data = weights.to_bytes(["written by a test"])

    assert Weights.from_bytes(data) == weights
    assert weights.to_bytes(["written by a test"]) == data


@pytest.mark.parametrize(
    "spoil",
    [lambda d: b"", lambda d: d[:-9], lambda d: d[:60], lambda d: b"x" + d, lambda d: d.replace(b'"crc": ', b'"crc": 1')],
)
def test_a_spoilt_file_is_refused(weights: Weights, spoil) -> None:  # type: ignore[no-untyped-def]
    data = weights.to_bytes(["written by a test"])

    with pytest.raises(ValueError):
        Weights.from_bytes(spoil(data))


@pytest.mark.parametrize("text", ["", " \n", "。。", "😀", "\ud800", "1" * 4000, "ﷺ"])
def test_any_text_has_scores(weights: Weights, text: str) -> None:
    linear = LinearText(weights, GRAMS)

    assert set(linear.scores(text)) == {"fire"}
    assert linear.because(text, "fire") >= (0, 0)


def test_a_mishearing_is_the_same_each_time_and_sounds_the_same() -> None:
    mishearing = Mishearing([*FIRE, "找伙货或活"], sound_of)
    heard = mishearing.of("着火了着火了", 0.9)

    assert heard == mishearing.of("着火了着火了", 0.9)
    assert heard != "着火了着火了"
    assert sound_of(heard) == sound_of("着火了着火了")
