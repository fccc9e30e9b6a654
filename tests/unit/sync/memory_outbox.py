"""A console's outbox in memory, with the promises of app.sync.ports.Outbox, and what a console would do with it."""

import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from app.desk.events import DeskEvent
from app.desk.line_events import Event
from app.domain.ticket import Stage, Ticket, TicketId, TicketNumber, ticket_number
from app.wire import BODIES, TICKET_SAVED, Change, Identity, NumberRange, Operation, precedence


def operation(seq: int, kind: str, entity: str, body: object, at: float = 0.0) -> Operation:
    return Operation(str(uuid.uuid4()), seq, kind, entity, at or time.time(), msgspec.Raw(msgspec.json.encode(body)))


def new_ticket(**fields: object) -> Ticket:
    now = time.time()
    ticket = Ticket(TicketId(str(uuid.uuid4())), created_at=now, saved_at=now, stage=Stage.TAKEN, version=1, agent="8001")
    return replace(ticket, **fields)  # type: ignore[arg-type]


@dataclass
class MemoryOutbox:
    """Safe between threads; `log` is every operation ever made, in order."""

    who: Identity | None = None
    log: list[Operation] = field(default_factory=list)
    sent: set[int] = field(default_factory=set)
    refusals: dict[int, str] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    ranges: list[NumberRange] = field(default_factory=list)
    given: int = 0
    at: str = ""
    identities: list[Identity] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def add(self, kind: str, entity: str, body: object) -> Operation:
        with self.lock:
            op = operation(len(self.log) + 1, kind, entity, body)
            self.log.append(op)
            return op

    def save(self, ticket: Ticket) -> Operation:
        with self.lock:
            self.tickets[ticket.id] = ticket
            return self.add(TICKET_SAVED, ticket.id, ticket)

    def has(self, ticket: str) -> bool:
        return ticket in self.tickets

    def give_number(self) -> TicketNumber:
        with self.lock:
            place = self.given
            self.given += 1
            for leased in self.ranges:
                size = leased.last - leased.first + 1
                if place < size:
                    return ticket_number(leased.year, leased.first + place)
                place -= size
        raise AssertionError("no numbers")

    # --- app.sync.ports.Outbox -------------------------------------------------------------------------------------------

    def identity(self) -> Identity | None:
        return self.who

    def set_identity(self, identity: Identity) -> None:
        with self.lock:
            self.who, self.at, self.ranges, self.given = identity, "", [], 0
            self.sent.clear()
            self.identities.append(identity)

    def first_seq(self) -> int:
        return 1

    def waiting(self, limit: int) -> list[Operation]:
        with self.lock:
            return [op for op in self.log if op.seq not in self.sent][:limit]

    def count(self) -> int:
        with self.lock:
            return len(self.log) - len(self.sent)

    def acked(self, upto_seq: int) -> None:
        with self.lock:
            self.sent.update(range(1, upto_seq + 1))

    def rewind(self, expect: int) -> None:
        with self.lock:
            self.sent = {seq for seq in self.sent if seq < expect}

    def refused(self, seq: int, reason: str) -> None:
        self.refusals[seq] = reason

    def cursor(self) -> str:
        return self.at

    def set_cursor(self, cursor: str) -> None:
        self.at = cursor

    def apply(self, changes: Sequence[Change]) -> list[Ticket]:
        newer = []
        with self.lock:
            for change in changes:
                ticket = msgspec.json.decode(change.body, type=BODIES[TICKET_SAVED])
                ours = self.tickets.get(ticket.id)
                if ours is None or precedence(ticket) > precedence(ours):
                    self.tickets[ticket.id] = ticket
                    newer.append(ticket)
        return newer

    def add_lease(self, ranges: Sequence[NumberRange]) -> None:
        with self.lock:
            self.ranges.extend(leased for leased in ranges if leased not in self.ranges)

    def forget_numbers(self) -> None:
        with self.lock:
            self.ranges, self.given = [], 0

    def numbers_left(self) -> int:
        with self.lock:
            return sum(leased.last - leased.first + 1 for leased in self.ranges) - self.given


E = TypeVar("E", bound=Event)


class Told:
    """Remembers what a worker emitted, with the moment."""

    def __init__(self) -> None:
        self.events: list[tuple[float, DeskEvent]] = []
        self._changed = threading.Condition()

    def __call__(self, event: DeskEvent) -> None:
        with self._changed:
            self.events.append((time.monotonic(), event))
            self._changed.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        return [event for _, event in self.events if isinstance(event, kind)]
