"""Who rings again and again is counted by the night, the day and the window, each call once; a lead's word has an end."""

from datetime import datetime

import pytest

from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall, night_began, repeats, standing_mark
from app.domain.shield import AbuseRules

RULES = AbuseRules(many_calls=5, many_at_night=3, window_days=7)


def at(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 3, day, hour, minute).timestamp()


def rang(*times: float, **more: object) -> list[PastCall]:
    return [PastCall(CallId(f"{int(time)}"), time, **more) for time in times]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hour", "is_night"), [(21, False), (22, True), (23, True), (0, True), (5, True), (6, False), (12, False)]
)
def test_the_night_is_from_ten_to_six(hour: int, is_night: bool) -> None:
    assert bool(night_began(RULES, at(18, hour))) is is_night


def test_a_night_that_began_yesterday_is_one_night() -> None:
    seen = repeats(rang(at(17, 22, 30), at(17, 23, 50), at(18, 3)), RULES, at(18, 3))

    assert (seen.tonight, seen.nights, seen.is_many_tonight) == (3, 3, True)


def test_calls_of_another_night_do_not_count_as_tonight() -> None:
    seen = repeats(rang(at(16, 23), at(17, 2), at(18, 1)), RULES, at(18, 1))

    assert (seen.tonight, seen.nights, seen.is_many_tonight) == (1, 3, False)


def test_by_day_nothing_counts_as_tonight() -> None:
    assert repeats(rang(at(18, 1), at(18, 10)), RULES, at(18, 10)).tonight == 0


def test_what_is_older_than_the_window_does_not_count() -> None:
    seen = repeats(rang(at(1, 10), at(10, 9), at(18, 9)), RULES, at(18, 9))

    assert (seen.window, seen.today) == (1, 1)


def test_the_same_call_told_twice_counts_once() -> None:
    one = rang(at(18, 9))

    assert repeats([*one, *one], RULES, at(18, 10)).window == 1


def test_five_calls_in_the_window_are_many_and_four_are_not() -> None:
    four, five = (repeats(rang(*(at(12 + n, 9) for n in range(count))), RULES, at(17, 10)) for count in (4, 5))

    assert (four.is_many, four.is_remarkable, five.is_many) == (False, False, True)


def test_one_silent_call_is_remarkable() -> None:
    seen = repeats(rang(at(18, 9), is_silent=True), RULES, at(18, 10))

    assert (seen.silent, seen.is_remarkable) == (1, True)


def test_a_pack_that_counts_nothing_finds_nobody_remarkable() -> None:
    rules = AbuseRules(many_calls=0, many_at_night=0)

    assert not repeats(rang(*(at(18, 1, minute) for minute in range(30))), rules, at(18, 2)).is_remarkable


def test_a_night_within_one_day_is_possible() -> None:
    rules = AbuseRules(night_from=1, night_to=5)

    assert [bool(night_began(rules, at(18, hour))) for hour in (0, 1, 4, 5)] == [False, True, True, False]


def test_the_latest_word_of_a_lead_stands_while_it_holds() -> None:
    first, second = (NumberMark("138", advice, "9001", at(day, 9), at(day + 5, 9)) for advice, day in (("一", 10), ("二", 12)))

    assert standing_mark([second, first], at(13, 9)) == second
    assert standing_mark([first, second], at(17, 10)) is None


def test_a_mark_that_was_taken_away_stands_no_more() -> None:
    mark = NumberMark("138", "一", "9001", at(10, 9), at(20, 9))
    lifted = NumberMark("138", "", "9001", at(11, 9), at(11, 9))

    assert standing_mark([mark, lifted], at(12, 9)) is None
