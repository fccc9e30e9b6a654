"""Ticket serials leased to consoles in advance: a range is given once, to one console, for ever."""

import time

import asyncpg

from app.wire import Lease, Leased, NumberRange, Problem

COUNT_LIMIT = 5000
SERIAL_LIMIT = 999_999_999


async def lease(pool: asyncpg.Pool, team: str, console: str, request: Lease) -> Leased | Problem:
    """The next range of the year. A range whose answer gets lost stays unused: a hole in the numbers hurts nobody."""
    if not 1 <= request.count <= COUNT_LIMIT or abs(request.year - time.localtime().tm_year) > 1:
        return Problem("garbage", f"1 to {COUNT_LIMIT} numbers of this year, the last or the next can be leased")
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("INSERT INTO serial (year, next) VALUES ($1, 1) ON CONFLICT (year) DO NOTHING", request.year)
        # the row's lock makes one lease wait for the other
        first = await connection.fetchval(
            "UPDATE serial SET next = next + $2 WHERE year = $1 AND next + $2 - 1 <= $3 RETURNING next - $2",
            *(request.year, request.count, SERIAL_LIMIT),
        )
        if first is None:
            return Problem("no-numbers", "the ticket numbers of this year are used up")
        last = first + request.count - 1
        await connection.execute(
            "INSERT INTO lease (year, first, last, team, console, at) VALUES ($1, $2, $3, $4, $5, $6)",
            *(request.year, first, last, team, console, time.time()),
        )
    return Leased((NumberRange(request.year, first, last),))
