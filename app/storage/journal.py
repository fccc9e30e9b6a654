"""The journal (现场留痕): what happened on each call, line by line, and the drafts that were never saved."""

import logging
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.desk.events import DraftKept
from app.desk.heard_lines import rebuilt
from app.domain.call import CallId
from app.domain.ticket import Ticket
from app.domain.transcript import Transcript
from app.storage.tables import draft, journal

log = logging.getLogger(__name__)

ANSWERED, ENDED, CONTINUES = "answered", "ended", "continues"
"""Kinds of lines that tell how a call went, and which calls it goes on from."""


def write_line(connection: Connection, call: CallId, at: float, kind: str, body: bytes) -> None:
    connection.execute(journal.insert().values(call=call, at=at, kind=kind, body=body))


def lines(connection: Connection, call: CallId) -> list[tuple[float, str, dict[str, Any]]]:
    """What happened on a call, in order: time, kind, body."""
    rows = connection.execute(
        select(journal.c.at, journal.c.kind, journal.c.body).where(journal.c.call == call).order_by(journal.c.id)
    ).all()
    return [(row.at, row.kind, msgspec.json.decode(row.body)) for row in rows]


def write_draft(connection: Connection, ticket: Ticket, own_fields: tuple[str, ...], at: float) -> None:
    values = {
        "call": ticket.call or "",
        "at": at,
        "own_fields": msgspec.json.encode(own_fields),
        "body": msgspec.json.encode(ticket),
    }
    row = insert(draft).values(ticket=ticket.id, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["ticket"], set_=values))


def drop_draft(connection: Connection, ticket: str) -> None:
    connection.execute(delete(draft).where(draft.c.ticket == ticket))


def drafts(connection: Connection) -> tuple[DraftKept, ...]:
    """The drafts that were never saved, each with the words of its call, oldest first."""
    rows = connection.execute(select(draft.c.call, draft.c.own_fields, draft.c.body).order_by(draft.c.at)).all()
    return tuple(_draft(connection, CallId(row.call), row.own_fields, row.body) for row in rows)


def _draft(connection: Connection, call: CallId, own_fields: bytes, body: bytes) -> DraftKept:
    told = lines(connection, call) if call else []
    earlier = _earlier(told)
    transcript = _transcript(*(lines(connection, before) for before, _ in earlier), told)
    fields = msgspec.json.decode(own_fields, type=tuple[str, ...])
    answered_at = next((at for at, kind, _ in told if kind == ANSWERED), 0.0)
    ended_by = next((str(line.get("by", "")) for _, kind, line in reversed(told) if kind == ENDED), "")
    ticket = msgspec.json.decode(body, type=Ticket)
    return DraftKept(call, ticket, fields, transcript.utterances, "", earlier, answered_at, ended_by)


def _earlier(told: list[tuple[float, str, dict[str, Any]]]) -> tuple[tuple[CallId, float], ...]:
    """The calls that this one continues, as the desk wrote them down when it joined them."""
    found = next((line for _, kind, line in told if kind == CONTINUES), {})
    try:
        calls = msgspec.convert(found.get("calls", ()), tuple[tuple[str, float], ...])
        return tuple((CallId(call), at) for call, at in calls)
    except msgspec.ValidationError:
        log.warning("a line of the journal holds no calls")
        return ()


def words_of(connection: Connection, call: CallId) -> tuple[Transcript, tuple[tuple[CallId, float], ...]]:
    """The words of a call and of those it goes on from, as the agent left them; and all these calls in their order, each with
    when it was answered."""
    told = lines(connection, call)
    earlier = _earlier(told)
    answered_at = next((at for at, kind, _ in told if kind == ANSWERED), 0.0)
    transcript = _transcript(*(lines(connection, before) for before, _ in earlier), told)
    return transcript, (*earlier, (call, answered_at))


def _transcript(*calls: list[tuple[float, str, dict[str, Any]]]) -> Transcript:
    transcript, unread = rebuilt((kind, body) for told in calls for _, kind, body in told)
    if unread:
        log.warning("%s lines of the journal hold no utterance", unread)
    return transcript
