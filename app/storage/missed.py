"""Missed calls in the store: one row a number, brought up to date in the transaction that records a call."""

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.call import CallRecord
from app.domain.missed import MissedCall, after, in_turn
from app.storage.tables import missed as table

SHOWN = 300
DONE_SHOWN_S = 86_400.0
"""How long one that was reached is still listed, so that the agent sees what became of it."""

KEPT_S = 30 * 86_400.0


def note_record(connection: Connection, record: CallRecord) -> None:
    before = find(connection, record.number)
    now = after(before, record)
    if now is not None and now != before:
        _write(connection, now)


def settle(connection: Connection, number: str, why: str, by: str, at: float) -> None:
    """Nothing where nobody of that number waits."""
    entry = find(connection, number)
    if entry is not None and not entry.done_at:
        _write(connection, entry.settled(why, by, at))


def find(connection: Connection, number: str) -> MissedCall | None:
    body = connection.execute(select(table.c.body).where(table.c.number == number)).scalar()
    return None if body is None else msgspec.json.decode(body, type=MissedCall)


def listed(connection: Connection, now: float) -> tuple[MissedCall, ...]:
    """Those still to be called back, however old, and those done lately; the more urgent first."""
    query = select(table.c.body).where((table.c.done_at == 0.0) | (table.c.done_at > now - DONE_SHOWN_S))
    bodies = connection.execute(query.order_by(table.c.done_at, table.c.last_at.desc()).limit(SHOWN)).scalars()
    return in_turn(tuple(msgspec.json.decode(body, type=MissedCall) for body in bodies))


def forget_before(connection: Connection, at: float) -> None:
    """Drops those that were done before `at`."""
    connection.execute(delete(table).where(table.c.done_at > 0.0, table.c.done_at < at))


def _write(connection: Connection, entry: MissedCall) -> None:
    values = {"last_at": entry.last_at, "done_at": entry.done_at, "body": msgspec.json.encode(entry)}
    row = insert(table).values(number=entry.number, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["number"], set_=values))
