"""Ticket numbers that the centre has leased to this console in advance: final even where the centre cannot be reached.

A number is taken in the transaction that writes its ticket, so a number and its ticket come into being together.
"""

import time

from sqlalchemy import Connection, case, delete, func, select, update

from app.domain.ticket import TicketNumber, ticket_number
from app.errors import NoNumbersLeft
from app.storage.tables import lease


def add_lease(connection: Connection, year: int, first: int, last: int) -> None:
    """Keeps a range; the same lease told twice is one lease."""
    known = connection.execute(select(lease.c.id).where(lease.c.year == year, lease.c.first == first)).first()
    if known is None:
        connection.execute(lease.insert().values(year=year, first=first, last=last, next=first))


def take_number(connection: Connection, at: float) -> TicketNumber:
    """The next number for a ticket born at `at`; raises NoNumbersLeft.

    Numbers of the ticket's own year come first. Across New Year with the centre away, one of last year's leases is better
    than none: it is as unique, and the citizen gets it now.
    """
    year = year_of(at)
    fits = case((lease.c.year == year, 0), (lease.c.year < year, 1), else_=2)
    row = connection.execute(
        select(lease.c.id, lease.c.year, lease.c.next)
        .where(lease.c.next <= lease.c.last)
        .order_by(fits, func.abs(lease.c.year - year), lease.c.id)
        .limit(1)
    ).first()
    if row is None:
        raise NoNumbersLeft
    connection.execute(update(lease).where(lease.c.id == row.id).values(next=row.next + 1))
    return ticket_number(row.year, row.next)


def forget_leases(connection: Connection) -> None:
    """Gives up every number not yet used: another centre, or a copy of this store, may have them too."""
    connection.execute(delete(lease))


def numbers_left(connection: Connection, year: int | None = None) -> int:
    """Numbers that can still be given; with `year`, those of that year only: what the centre is asked to refill."""
    query = select(func.coalesce(func.sum(lease.c.last - lease.c.next + 1), 0))
    if year is not None:
        query = query.where(lease.c.year == year)
    return int(connection.execute(query).scalar_one())


def year_of(at: float) -> int:
    """The local year of a time."""
    return time.localtime(at).tm_year
