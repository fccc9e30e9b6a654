"""The outbox: changes on their way to the centre, in the order in which they were made here."""

from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, text, update
from uuid_utils import uuid7

from app.domain.ticket import Ticket
from app.storage.tables import outbox
from app.wire import TICKET_SAVED, Operation

_encode = msgspec.json.Encoder().encode


def append(connection: Connection, kind: str, entity: str, body: Any, at: float) -> None:
    """Queues one change in the transaction that makes it, with the next `seq`: no gaps, and none is given twice."""
    row = {"op": str(uuid7()), "kind": kind, "entity": entity, "at": at, "body": _encode(body)}
    connection.execute(outbox.insert().values(**row, is_waiting=True, refused=""))


def waiting(connection: Connection, limit: int) -> list[Operation]:
    columns = (outbox.c.op, outbox.c.seq, outbox.c.kind, outbox.c.entity, outbox.c.at, outbox.c.body)
    rows = connection.execute(select(*columns).where(outbox.c.is_waiting).order_by(outbox.c.seq).limit(limit)).all()
    return [Operation(row.op, row.seq, row.kind, row.entity, row.at, msgspec.Raw(row.body)) for row in rows]


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).where(outbox.c.is_waiting)).scalar_one())


def first_seq(connection: Connection) -> int:
    lowest = connection.execute(select(func.min(outbox.c.seq))).scalar()
    if lowest is not None:
        return int(lowest)
    given = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")).scalar()
    return int(given or 0) + 1


def acked(connection: Connection, upto_seq: int) -> None:
    connection.execute(update(outbox).where(outbox.c.is_waiting, outbox.c.seq <= upto_seq).values(is_waiting=False))


def rewind(connection: Connection, expect: int) -> None:
    connection.execute(update(outbox).where(outbox.c.seq >= expect).values(is_waiting=True, refused=""))


def refused(connection: Connection, seq: int, reason: str) -> None:
    connection.execute(update(outbox).where(outbox.c.seq == seq).values(refused=reason or "refused"))


def ticket_in(connection: Connection, seq: int) -> Ticket | None:
    """The ticket as this operation saved it; None where it saved none."""
    query = select(outbox.c.body).where(outbox.c.seq == seq, outbox.c.kind == TICKET_SAVED)
    body = connection.execute(query).scalar()
    return None if body is None else msgspec.json.decode(body, type=Ticket)


def forget_before(connection: Connection, at: float) -> int:
    """Drops the oldest operations that the centre took before `at`; what waits or was refused stays, and all after it."""
    keep_from = connection.execute(
        select(func.min(outbox.c.seq)).where(outbox.c.is_waiting | (outbox.c.refused != "") | (outbox.c.at >= at))
    ).scalar()
    gone = delete(outbox) if keep_from is None else delete(outbox).where(outbox.c.seq < keep_from)
    return connection.execute(gone).rowcount
