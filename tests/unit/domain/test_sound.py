"""Syllables that the telephone mixes up are one."""

import pytest

from app.domain.sound import fuzzy


@pytest.mark.parametrize(
    ("one", "other"), [("zhao", "zao"), ("nong", "long"), ("xing", "xin"), ("sheng", "sen"), ("shang", "san")]
)
def test_syllables_that_are_mixed_up_are_one(one: str, other: str) -> None:
    assert fuzzy(one) == fuzzy(other)


@pytest.mark.parametrize(("one", "other"), [("huo", "hao"), ("tou", "dou"), ("yan", "ye"), ("n", "l")])
def test_other_syllables_stay_apart(one: str, other: str) -> None:
    assert fuzzy(one) != fuzzy(other)
