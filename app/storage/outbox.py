"""What the sync thread has of the store: operations to send, changes to keep, numbers to give (app.sync.ports.Outbox)."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from app.desk.events import DeskEvent, NoticeCleared, Noticed, NumbersCounted, TicketKept
from app.desk.help_events import AlertArrived
from app.domain.alert import FRESH_S, Alert
from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import Ticket
from app.storage import operations, tickets
from app.storage.database import Database
from app.storage.facts import CURSOR, IDENTITY, find_fact, keep_fact
from app.storage.numbers import add_lease, forget_leases, numbers_left, year_of
from app.storage.shield_feed import SHIELD_KINDS, apply_shield
from app.wire import ALERT_RAISED, NUMBER_TAKEN, TICKET_SAVED, Change, Identity, NumberRange, Operation, precedence

log = logging.getLogger(__name__)
NO_NUMBER = "–"
T = TypeVar("T")


class StoreOutbox:
    """Uses a connection of its own, so it is safe beside the store's thread; all its methods belong to one thread.

    `another` opens that connection at the first use and raises StoreError while the store is not open.
    """

    def __init__(self, another: Callable[[], Database], emit: Callable[[DeskEvent], None]) -> None:
        self._another, self._emit = another, emit
        self._opened: Database | None = None

    def identity(self) -> Identity | None:
        return self._read(lambda connection: find_fact(connection, IDENTITY, Identity))

    def set_identity(self, identity: Identity) -> None:
        with self._database.transaction() as connection:
            keep_fact(connection, IDENTITY, identity)
            keep_fact(connection, CURSOR, "")
            forget_leases(connection)
            operations.rewind(connection, 1)
        self._emit(NumbersCounted(0))

    def first_seq(self) -> int:
        return self._read(operations.first_seq)

    def waiting(self, limit: int) -> list[Operation]:
        return self._read(lambda connection: operations.waiting(connection, limit))

    def count(self) -> int:
        return self._read(operations.count)

    def acked(self, upto_seq: int) -> None:
        with self._database.transaction() as connection:
            operations.acked(connection, upto_seq)

    def rewind(self, expect: int) -> None:
        with self._database.transaction() as connection:
            operations.rewind(connection, expect)

    def refused(self, seq: int, reason: str) -> None:
        with self._database.transaction() as connection:
            operations.refused(connection, seq, reason)
            refused = operations.ticket_in(connection, seq) if reason == NUMBER_TAKEN else None
            fresh = tickets.renumber(connection, refused, time.time()) if refused is not None else None
        if refused is not None and fresh is not None:
            self._emit(TicketKept(fresh))
            told = (refused.number or NO_NUMBER, fresh.number or NO_NUMBER)
            self._emit(Noticed(Notice(NoticeCode.NUMBER_CHANGED, told)))

    def cursor(self) -> str:
        return self._read(lambda connection: find_fact(connection, CURSOR, str) or "")

    def set_cursor(self, cursor: str) -> None:
        with self._database.transaction() as connection:
            keep_fact(connection, CURSOR, cursor)

    def apply(self, changes: Sequence[Change]) -> list[Ticket]:
        newer: dict[str, Ticket] = {}
        told: list[DeskEvent] = []
        with self._database.transaction() as connection:
            for change in changes:
                if change.kind == ALERT_RAISED:
                    told += _alert_in(change)
                if change.kind in SHIELD_KINDS:
                    told += apply_shield(connection, change)
                if change.kind == TICKET_SAVED and (ticket := _arrived(connection, change)) is not None:
                    newer[ticket.id] = ticket
        for event in told:
            self._emit(event)
        return list(newer.values())

    def add_lease(self, ranges: Sequence[NumberRange]) -> None:
        """Also numbers the tickets that were kept without: each is told with a TicketKept and queued for the centre."""
        at = time.time()
        with self._database.transaction() as connection:
            for leased in ranges:
                add_lease(connection, leased.year, leased.first, leased.last)
            numbered = tickets.number_the_unnumbered(connection, at)
            left = numbers_left(connection)
        for ticket in numbered:
            self._emit(TicketKept(ticket))
        self._emit(NumbersCounted(left))
        if left:
            self._emit(NoticeCleared(NoticeCode.NO_NUMBERS))

    def forget_numbers(self) -> None:
        with self._database.transaction() as connection:
            forget_leases(connection)
        self._emit(NumbersCounted(0))

    def numbers_left(self) -> int:
        return self._read(lambda connection: numbers_left(connection, year_of(time.time())))

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = self._another()
        return self._opened

    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._database.transaction(writes=False) as connection:
            return question(connection)


def _alert_in(change: Change) -> list[DeskEvent]:
    """An alert of the team while it is fresh; an old one was seen, or is history."""
    try:
        alert = msgspec.json.decode(change.body, type=Alert)
    except msgspec.MsgspecError:
        log.error("an alert of the feed could not be read; operation %s", change.op_id)
        return []
    return [AlertArrived(alert)] if time.time() - alert.at < FRESH_S else []


def _arrived(connection: Connection, change: Change) -> Ticket | None:
    """The ticket of a change where it is newer than ours, kept; a number once given here stays."""
    try:
        ticket = msgspec.json.decode(change.body, type=Ticket)
    except msgspec.MsgspecError:
        log.error("a ticket of the feed could not be read; operation %s", change.op_id)
        return None
    ours = tickets.find(connection, ticket.id)
    if ours is not None and precedence(ticket) <= precedence(ours):
        return None
    tickets.write(connection, ticket, is_own=False)
    if ours is not None and ours.number is not None and ticket.number is None:
        return tickets.save(connection, replace(ticket, number=ours.number), time.time())
    return ticket
