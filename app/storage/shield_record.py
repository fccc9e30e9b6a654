"""What the store keeps of the abuse shield: steps of a call, who rang how often, leads' marks. No word of what was said."""

import logging

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.desk.shield_events import CallerKnown
from app.desk.shield_wishes import AskCaller
from app.domain.call import CallId
from app.domain.callers import DAY_S, NumberMark, PastCall
from app.domain.shield import ShieldStep
from app.storage import journal
from app.storage.evidence_parts import SHIELD
from app.storage.operations import append
from app.storage.tables import number_mark, past_call
from app.storage.tickets import caller_key
from app.wire import CALLER_SEEN, NUMBER_MARKED, SHIELD_STEPPED, CallerSeen, ShieldStepped

log = logging.getLogger(__name__)

KEPT_DAYS = 35
"""Calls of a number are known this long, longer than any pack's window; then only the record has them."""


def keep_step(connection: Connection, call: CallId, step: ShieldStep, agent: str, tells_lead: bool) -> None:
    journal.write_line(connection, call, step.at, SHIELD, msgspec.json.encode(step))
    if tells_lead:
        append(connection, SHIELD_STEPPED, call, ShieldStepped(agent, call, step), step.at)


def keep_seen(connection: Connection, number: str, seen: PastCall, at: float) -> None:
    """Here, and to the team: how often a number rings is known at every console."""
    write_seen(connection, number, seen)
    append(connection, CALLER_SEEN, seen.call, CallerSeen(number, seen), at)
    connection.execute(delete(past_call).where(past_call.c.rang_at < at - KEPT_DAYS * DAY_S))


def write_seen(connection: Connection, number: str, seen: PastCall) -> None:
    values = {"number": caller_key(number), "rang_at": seen.rang_at, "body": msgspec.json.encode(seen)}
    row = insert(past_call).values(call=seen.call, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["call"], set_=values))


def keep_mark(connection: Connection, mark: NumberMark) -> None:
    write_mark(connection, mark)
    append(connection, NUMBER_MARKED, mark.number, mark, mark.at)


def write_mark(connection: Connection, mark: NumberMark) -> bool:
    """Keeps a mark where it is newer than the one there is; the newest word on a number stands."""
    key = caller_key(mark.number)
    known = _marks(connection, key)
    if known and (known[0].at, known[0].by) >= (mark.at, mark.by):
        return False
    values = {"at": mark.at, "body": msgspec.json.encode(mark)}
    row = insert(number_mark).values(number=key, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["number"], set_=values))
    return True


def caller_known(connection: Connection, asked: AskCaller) -> CallerKnown:
    key = caller_key(asked.number)
    bodies = connection.execute(
        select(past_call.c.body).where(past_call.c.number == key, past_call.c.rang_at >= asked.since)
    ).scalars() if key else ()  # fmt: skip
    past = tuple(msgspec.json.decode(body, type=PastCall) for body in bodies)
    marks = tuple(_marks(connection, key)) if key else ()
    return CallerKnown(asked.call, asked.number, past, marks, _steps(connection, asked.call))


def _marks(connection: Connection, key: str) -> list[NumberMark]:
    bodies = connection.execute(select(number_mark.c.body).where(number_mark.c.number == key)).scalars()
    return [msgspec.json.decode(body, type=NumberMark) for body in bodies]


def _steps(connection: Connection, call: CallId) -> tuple[ShieldStep, ...]:
    steps = []
    for _, kind, body in journal.lines(connection, call):
        if kind == SHIELD:
            try:
                steps.append(msgspec.convert(body, ShieldStep))
            except msgspec.ValidationError:
                log.warning("a line of the journal holds no step of the shield")
    return tuple(steps)
