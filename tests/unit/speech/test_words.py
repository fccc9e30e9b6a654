"""Words as sentences, loops cut, numbers as they are read out."""

import pytest

from app.domain.transcript import Word
from app.speech.engine import text_of
from app.speech.repeats import without_repeats
from app.speech.spoken_numbers import spoken_number


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["您好", "这里", "是", "12", "3", "45", "热线"], "您好这里是12345热线"),
        (["打", "开", "WeChat", "Pay"], "打开WeChat Pay"),
        ([], ""),
    ],
)
def test_words_are_joined_as_chinese_is_written(words: list[str], text: str) -> None:
    assert text_of(tuple(Word(word, 0, 0) for word in words)) == text


@pytest.mark.parametrize(
    ("tokens", "kept"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([7, 7, 7], [7, 7, 7]),
        ([7] * 40, [7, 7, 7]),
        ([1, 2] * 9 + [3], [1, 2, 3]),
        ([5, *([1, 2, 3, 4] * 6)], [5, 1, 2, 3, 4]),
        ([], []),
    ],
)
def test_a_loop_of_the_model_is_cut_and_what_people_say_three_times_is_kept(tokens: list[int], kept: list[int]) -> None:
    assert without_repeats(tokens) == kept


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("260012345678", "二六零零，幺二三四，五六七八"),
        ("2600-1234-9", "二六零零，幺二三四，九"),
        ("BJ12", "B J 幺二"),
        ("", ""),
    ],
)
def test_a_ticket_number_is_read_out_sign_by_sign_in_groups_of_four(number: str, spoken: str) -> None:
    assert spoken_number(number) == spoken
