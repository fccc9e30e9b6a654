"""Operations as columns of values: one statement writes the rows of many consoles."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.centre.intake import TEXT_LIMIT, Checked, Delivery
from app.domain.call import CallRecord, EmergencyRecord
from app.domain.ticket import Ticket

Placed = Sequence[tuple[Delivery, Checked]]
Columns = list[list[Any]]


def change_columns(items: Placed) -> Columns:
    return _turned((d.team, d.console, i.op.seq, i.op.op_id, i.op.kind, i.op.entity, i.op.at, i.body) for d, i in items)


def ticket_columns(items: Placed) -> Columns:
    return _turned(
        (d.team, t.id, t.number, t.stage.value, t.version, t.saved_at, t.created_at, t.agent, d.console, i.body)
        for d, i in items
        if isinstance(t := i.subject, Ticket)
    )


def call_columns(items: Placed) -> Columns:
    return _turned(
        (d.team, c.call, c.direction.value, c.rang_at, c.answered_at, c.ended_at, c.agent)
        for d, i in items
        if isinstance(c := i.subject, CallRecord)
    )


def emergency_columns(items: Placed) -> Columns:
    return _turned(
        (d.team, e.call, e.line, e.pressed_at, e.route, e.pressed_by, _cut(e.outcome))
        for d, i in items
        if isinstance(e := i.subject, EmergencyRecord)
    )


def refusal_columns(items: Placed) -> Columns:
    return _turned(
        (d.team, d.console, i.op.seq, _cut(i.op.op_id), _cut(i.op.kind), _cut(i.op.entity), i.op.at, i.body, i.reason)
        for d, i in items
    )


def _cut(text: str) -> str:
    return text[:TEXT_LIMIT].replace("\0", "")


def _turned(rows: Iterable[tuple[Any, ...]]) -> Columns:
    """Rows as columns; [] where there are no rows."""
    return [list(column) for column in zip(*rows, strict=True)]
