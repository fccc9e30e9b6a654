"""Missed calls and records in the store: written once, kept over restarts, done when the caller was heard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.call import CallId, CallRecord, Direction
from app.domain.ticket import Ticket, TicketId
from app.storage import calls, journal, missed, operations
from app.storage.database import Database

NUMBER = "13900000009"
MISSED = CallRecord(CallId("1" * 32), NUMBER, Direction.INCOMING, 1_000.0, 0.0, 1_020.0, "8001")
HEARD = CallRecord(CallId("2" * 32), NUMBER, Direction.OUTGOING, 2_000.0, 2_005.0, 2_060.0, "8001", "caller")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "store.db", b"k" * 32)
    database.migrate()
    yield database
    database.close()


def record(database: Database, *records: CallRecord) -> None:
    for one in records:
        with database.transaction() as connection:
            calls.record_call(connection, one, one.ended_at)


def test_a_call_is_recorded_once_however_often_it_is_told(database: Database) -> None:
    record(database, MISSED, MISSED)

    with database.transaction(writes=False) as connection:
        assert calls.calls(connection, MISSED.call) == [MISSED]
        assert operations.count(connection) == 1
        assert calls.recorded(connection, (MISSED.call, HEARD.call)) == (MISSED.call,)


def test_missed_calls_are_listed_and_done_when_the_caller_was_reached(database: Database) -> None:
    record(database, MISSED)
    with database.transaction(writes=False) as connection:
        before = missed.listed(connection, 1_100.0)
    record(database, HEARD)
    with database.transaction(writes=False) as connection:
        after, later = missed.listed(connection, 2_100.0), missed.listed(connection, 200_000.0)

    assert [(entry.number, entry.times, entry.longest_wait_s, entry.done_at) for entry in before] == [(NUMBER, 1, 20.0, 0.0)]
    assert [(entry.done_why, entry.done_at) for entry in after] == [("reached", 2_005.0)]
    assert later == ()


def test_missed_calls_survive_a_restart_and_are_done_by_the_agents_word(tmp_path: Path, database: Database) -> None:
    record(database, MISSED)
    database.close()

    again = Database(tmp_path / "store.db", b"k" * 32)
    with again.transaction() as connection:
        missed.settle(connection, NUMBER, "测试电话", "8001", 1_500.0)
        missed.settle(connection, "10086", "nobody", "8001", 1_500.0)
    with again.transaction(writes=False) as connection:
        listed = missed.listed(connection, 1_600.0)
    again.close()

    assert [(entry.done_by, entry.done_why, entry.done_at) for entry in listed] == [("8001", "测试电话", 1_500.0)]


def test_those_done_long_ago_are_forgotten_and_those_that_wait_are_not(database: Database) -> None:
    record(database, MISSED, CallRecord(CallId("3" * 32), "10086", Direction.INCOMING, 1_000.0, 0.0, 1_020.0, "8001"))
    with database.transaction() as connection:
        missed.settle(connection, NUMBER, "done", "8001", 1_500.0)

        missed.forget_before(connection, 1e9)

        assert missed.find(connection, NUMBER) is None and missed.find(connection, "10086") is not None


def test_a_draft_that_goes_on_over_several_calls_is_restored_with_the_words_of_all(database: Database) -> None:
    first, second = CallId("1" * 32), CallId("2" * 32)
    with database.transaction() as connection:
        journal.write_line(connection, first, 10.0, "answered", b'{"at": 10.0}')
        journal.write_line(connection, first, 12.0, "heard", _heard(1, "\\u7740\\u706b", 1.0))
        journal.write_line(connection, first, 20.0, "ended", b'{"by": "network"}')
        journal.write_line(connection, second, 30.0, "continues", b'{"calls": [["' + first.encode() + b'", 10.0]]}')
        journal.write_line(connection, second, 31.0, "answered", b'{"at": 31.0}')
        journal.write_line(connection, second, 32.0, "heard", _heard(2, "\\u5feb\\u6765", 22.0))
        journal.write_draft(connection, Ticket(TicketId("t"), call=second, caller=NUMBER), ("content",), 33.0)

    with database.transaction(writes=False) as connection:
        (kept,) = journal.drafts(connection)

    assert [said.text for said in kept.transcript] == ["着火", "快来"]
    assert (kept.earlier, kept.answered_at, kept.ended_by) == (((first, 10.0),), 31.0, "")


def _heard(number: int, text: str, start_s: float) -> bytes:
    return (
        f'{{"speaker": "caller", "number": {number}, "text": "{text}", "start_s": {start_s}, "end_s": {start_s + 1}}}'
    ).encode()
