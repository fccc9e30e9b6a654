"""The words of a site are found by their sound, in their full and their short forms."""

import pytest

from app.speech.lexicon import Lexicon, Match
from app.speech.sound import readings_of, sound_of
from tests.unit.speech.sounds import fuzzy_sounds


def found(words: tuple[str, ...], text: str, with_near: bool = False) -> list[tuple[int, str, int]]:
    matches = Lexicon(words, readings_of).matches(text, fuzzy_sounds(text), with_near)
    return [(match.start, match.entry.word, match.odd) for match in matches]


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("公积金", "攻击金"),
        ("海淀区", "海电区"),
        ("三里屯街道", "山里屯街道"),
        ("景山街道", "金山街道"),
        ("南锣鼓巷", "兰锣鼓巷"),
        ("着火了", "找火了"),
    ],
)
def test_a_word_is_found_by_its_sound(word: str, heard: str) -> None:
    assert (1, word, -1) in found((word,), f"在{heard}那里")


def test_one_sign_of_another_sound_is_found_only_when_asked_for() -> None:
    assert found(("居住证",), "机注证") == []
    assert (0, "居住证", 0) in found(("居住证",), "机注证", with_near=True)


def test_what_is_spelt_right_is_no_match_but_a_known_span() -> None:
    lexicon = Lexicon(("学院路街道",), readings_of)

    assert lexicon.spans("在学院路街道住") == [(1, 6)]
    assert list(lexicon.matches("学院路街道", fuzzy_sounds("学院路街道"), with_near=True)) == []


def test_short_forms_are_known_too() -> None:
    lexicon = Lexicon(("和平里街道", "市水务局", "望京街道"), readings_of)

    assert [lexicon.spans(text) for text in ("和平里", "水务局", "望京")] == [[(0, 3)], [(0, 3)], [(0, 2)]]


def test_a_name_of_two_signs_asks_for_a_context() -> None:
    (match,) = Lexicon(("望京街道",), readings_of).matches("忘经", fuzzy_sounds("忘经"), with_near=True)

    assert isinstance(match, Match) and match.entry.needs_context


def test_a_title_is_known_by_its_parts_and_signs_without_a_sound_are_left_out() -> None:
    lexicon = Lexicon(("住房公积金提取和贷款额度、缴存比例的说明", "WiFi热线", "啊", ""), readings_of)

    assert lexicon.spans("贷款额度") == [(0, 4)]
    assert lexicon.spans("WiFi热线") == []


def test_sounds_are_one_a_sign() -> None:
    assert len(sound_of("12号楼,abc")) == len("12号楼,abc")
