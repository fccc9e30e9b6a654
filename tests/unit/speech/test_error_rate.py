"""Character error rate as it is meant: what was said, not how it is written."""

import random

import pytest

from app.speech.error_rate import distance, error_rate, plain


def by_the_book(wanted: str, got: str) -> int:
    """The same, cell by cell."""
    table = [[at + to if not at or not to else 0 for to in range(len(got) + 1)] for at in range(len(wanted) + 1)]
    for at in range(1, len(wanted) + 1):
        for to in range(1, len(got) + 1):
            change = table[at - 1][to - 1] + (wanted[at - 1] != got[to - 1])
            table[at][to] = min(change, table[at - 1][to] + 1, table[at][to - 1] + 1)
    return table[-1][-1]


@pytest.mark.parametrize(
    ("wanted", "got", "changes"),
    [
        ("", "", 0),
        ("着火了", "", 3),
        ("", "火", 1),
        ("着火了", "找火了", 1),
        ("着火了", "着火", 1),
        ("着火了", "快着火了", 1),
        ("一二三", "三二一", 2),
    ],
)
def test_signs_to_change_are_counted(wanted: str, got: str, changes: int) -> None:
    assert distance(wanted, got) == changes


def test_it_counts_as_by_the_book() -> None:
    rng = random.Random(4)
    for _ in range(300):
        wanted, got = ("".join(rng.choices("一二三四", k=rng.randint(0, 12))) for _ in range(2))
        assert distance(wanted, got) == by_the_book(wanted, got), (wanted, got)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("１３８ 0013，8000！", "一三八零零一三八零零零"),
        ("臺灣、裡面", "台湾里面"),
        ("幺幺〇", "一一零"),
        ("ＡＰＰ 和App", "app和app"),
        ("（噪音）很大。", "噪音很大"),
    ],
)
def test_what_is_only_written_differently_is_the_same(written: str, said: str) -> None:
    assert plain(written) == plain(said) == said


def test_the_rate_weighs_signs_and_not_sentences() -> None:
    assert error_rate([("着火了", "找火了"), ("我要投诉噪音", "我要投诉噪音")]) == pytest.approx(1 / 9)
    assert error_rate([]) == 0
