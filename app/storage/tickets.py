"""Tickets in the local store: keeping one with its number, finding them again by caller or by words."""

import re
from collections.abc import Iterable
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.call import CallId, clean_number
from app.domain.ticket import LONG_TEXTS, NOTE_LIMIT, Ticket
from app.errors import NoNumbersLeft, RuleBroken
from app.storage.journal import drop_draft, write_line
from app.storage.numbers import numbers_left, take_number
from app.storage.operations import append
from app.storage.tables import ticket as table
from app.wire import TICKET_SAVED

RECENT = 200
SAVED = "saved"
TEXT_FIELDS = LONG_TEXTS

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Ticket).decode
_MOBILE = re.compile(r"(?:\+?86|0086|0)?(1[3-9][0-9]{9})")


def save(connection: Connection, ticket: Ticket, at: float) -> Ticket:
    """Keeps the next version with its number, its line in the journal and its way to the centre: all or nothing.

    A number once given stays; with no lease left the ticket is kept without one. Raises RuleBroken for a text longer than
    NOTE_LIMIT: it is never cut.
    """
    check_lengths(ticket)
    known = find(connection, ticket.id)
    number = (known.number if known else None) or ticket.number
    if number is None:
        try:
            number = take_number(connection, at)
        except NoNumbersLeft:
            number = None
    version = max(ticket.version, known.version if known else 0) + 1
    kept = replace(ticket, number=number, version=version, saved_at=at, created_at=ticket.created_at or at)
    write(connection, kept, is_own=True)
    drop_draft(connection, kept.id)
    line = msgspec.json.encode({"ticket": kept.id, "number": kept.number, "version": kept.version, "agent": kept.agent})
    write_line(connection, kept.call or CallId(""), at, SAVED, line)
    append(connection, TICKET_SAVED, kept.id, kept, at)
    return kept


def renumber(connection: Connection, refused: Ticket, at: float) -> Ticket | None:
    """The ticket with another number than the one it was refused with, queued anew; None where it has another already."""
    known = find(connection, refused.id)
    if known is None or known.number is None or known.number != refused.number:
        return None
    bare = replace(known, number=None)
    write(connection, bare, is_own=True)
    return save(connection, bare, at)


def number_the_unnumbered(connection: Connection, at: float) -> list[Ticket]:
    """Numbers the tickets that lack one, as far as the leases reach: each is saved anew, so that the centre hears of it."""
    wanting = unnumbered(connection)
    return [save(connection, ticket, at) for ticket in wanting[: numbers_left(connection)]]


def write(connection: Connection, ticket: Ticket, is_own: bool) -> None:
    """Puts a ticket as it is into the place of the one with its id; what is our own stays our own."""
    values = {
        "number": ticket.number,
        "is_open": ticket.is_open,
        "caller": caller_key(ticket.caller),
        "contact": caller_key(ticket.contact),
        "saved_at": ticket.saved_at,
        "version": ticket.version,
        "words": _words(ticket),
        "body": _encode(ticket),
    }
    changed = {**values, "is_own": True} if is_own else values
    row = insert(table).values(id=ticket.id, is_own=is_own, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=changed))


def find(connection: Connection, id_: str) -> Ticket | None:
    body = connection.execute(select(table.c.body).where(table.c.id == id_)).scalar()
    return None if body is None else _decode(body)


def history(connection: Connection, number: str) -> tuple[Ticket, ...]:
    """Tickets of this caller, or that name the number as contact: open ones first, newest first."""
    key = caller_key(number)
    if not key:
        return ()
    query = (
        select(table.c.body)
        .where(or_(table.c.caller == key, table.c.contact == key))
        .order_by(table.c.is_open.desc(), table.c.saved_at.desc())
        .limit(RECENT)
    )
    return _tickets(connection.execute(query).scalars())


def search(connection: Connection, query: str) -> tuple[Ticket, ...]:
    """Tickets that hold every word of the query (number, caller and all texts are looked in); "" = the latest."""
    found = select(table.c.body).order_by(table.c.saved_at.desc()).limit(RECENT)
    for word in query.lower().split():
        found = found.where(table.c.words.contains(word, autoescape=True))
    return _tickets(connection.execute(found).scalars())


def unnumbered(connection: Connection) -> tuple[Ticket, ...]:
    """Tickets of this console that were kept while no number was left, oldest first."""
    query = select(table.c.body).where(table.c.number.is_(None), table.c.is_own).order_by(table.c.saved_at)
    return _tickets(connection.execute(query).scalars())


def caller_key(number: str) -> str:
    """One spelling of a number: a mobile dialled as 013…, +8613… or 13… is one caller. "" for what is not a number."""
    clean = clean_number(number)
    mobile = _MOBILE.fullmatch(clean)
    return mobile[1] if mobile else clean


def check_lengths(ticket: Ticket) -> None:
    for name in TEXT_FIELDS:
        length = len(getattr(ticket, name))
        if length > NOTE_LIMIT:
            raise RuleBroken(name, f"{length} > {NOTE_LIMIT}")


def _words(ticket: Ticket) -> str:
    texts = (ticket.number or "", ticket.caller, ticket.unit_name, *(getattr(ticket, name) for name in TEXT_FIELDS))
    return "\n".join(texts).lower()


def _tickets(bodies: Iterable[bytes]) -> tuple[Ticket, ...]:
    return tuple(_decode(body) for body in bodies)
