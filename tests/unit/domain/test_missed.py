"""Missed calls: counted by number, urgent where somebody may be in danger, done when he was heard."""

from dataclasses import replace

import pytest

from app.domain.call import CallId, CallRecord, Direction
from app.domain.missed import MissedCall, after, in_turn

NUMBER = "13900000009"
MISSED = CallRecord(CallId("1" * 32), NUMBER, Direction.INCOMING, 1_000.0, 0.0, 1_020.0, "8001")
HEARD = replace(MISSED, rang_at=2_000.0, answered_at=2_005.0, ended_at=2_060.0, ended_by="caller")


def test_a_call_nobody_answered_is_missed_with_how_long_he_waited() -> None:
    entry = after(None, MISSED)

    assert entry == MissedCall(NUMBER, (1_000.0,), 20.0)


def test_calls_of_one_number_are_counted_together() -> None:
    entry = after(after(None, MISSED), replace(MISSED, rang_at=5_000.0, ended_at=5_003.0))

    assert entry is not None
    assert (entry.times, entry.first_at, entry.last_at, entry.longest_wait_s) == (2, 1_000.0, 5_000.0, 20.0)


def test_a_record_that_is_told_twice_counts_once() -> None:
    assert after(after(None, MISSED), MISSED) == after(None, MISSED)


@pytest.mark.parametrize(("direction", "why"), [(Direction.INCOMING, "answered"), (Direction.OUTGOING, "reached")])
def test_who_was_heard_later_is_done(direction: Direction, why: str) -> None:
    entry = after(after(None, MISSED), replace(HEARD, direction=direction))

    assert entry is not None and (entry.done_at, entry.done_by, entry.done_why) == (2_005.0, "8001", why)


def test_who_was_not_reached_by_us_still_waits() -> None:
    rung = replace(HEARD, direction=Direction.OUTGOING, answered_at=0.0)

    assert after(after(None, MISSED), rung) == after(None, MISSED)


def test_a_call_that_was_answered_before_settles_nothing() -> None:
    earlier = replace(HEARD, rang_at=900.0, answered_at=905.0, ended_at=990.0)

    assert after(after(None, MISSED), earlier) == after(None, MISSED)


def test_who_was_done_and_rings_in_vain_again_begins_anew() -> None:
    done = after(after(None, MISSED), HEARD)

    entry = after(done, replace(MISSED, rang_at=3_000.0, ended_at=3_001.0))

    assert entry == MissedCall(NUMBER, (3_000.0,), 1.0)


def test_a_call_the_network_tore_off_is_missed_and_urgent() -> None:
    entry = after(None, replace(HEARD, ended_by="network"))

    assert entry is not None and entry.is_torn and entry.is_urgent


@pytest.mark.parametrize(
    ("rang", "is_urgent"),
    [
        ((0.0,), False),
        ((0.0, 150.0), True),
        ((0.0, 3_000.0), False),
        ((0.0, 400.0, 800.0), True),
        ((0.0, 400.0, 4_000.0, 4_400.0), False),
    ],
)
def test_whoever_rings_again_and_again_is_urgent(rang: tuple[float, ...], is_urgent: bool) -> None:
    assert MissedCall(NUMBER, rang).is_urgent is is_urgent


def test_the_urgent_come_first_then_who_waits_longest_then_those_done() -> None:
    old, late = MissedCall("1", (10.0,)), MissedCall("2", (900.0,))
    urgent = MissedCall("3", (950.0, 960.0))
    done = MissedCall("4", (5.0,), done_at=99.0)

    assert in_turn((done, late, old, urgent)) == (urgent, old, late, done)


@pytest.mark.parametrize(("number", "can"), [(NUMBER, True), ("", False), ("010/55", False)])
def test_only_numbers_can_be_rung_back(number: str, can: bool) -> None:
    assert MissedCall(number, (1.0,)).can_ring_back is can
