"""The feed of changes: a cursor that no late commit can slip behind, and hints that the feed has moved."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator

import asyncpg
import msgspec

from app.centre import sql
from app.wire import Change, Changes

log = logging.getLogger(__name__)

PAGE = 500
NOBODY = "00000000-0000-0000-0000-000000000000"
POLL_S = 0.4
"""How soon a change is hinted at that another centre on the same database took."""
KEEP_ALIVE_S = 5.0


class CursorWrong(ValueError):
    """The text is no cursor of this feed."""


def read_cursor(text: str) -> tuple[int, str, str, int]:
    """Epoch, transaction, console and number of the last change that was read; "" = none yet."""
    if not text:
        return 0, "0", NOBODY, 0
    parts = text.split(".")
    if len(parts) != 4 or len(parts[2]) != len(NOBODY):
        raise CursorWrong(text)
    try:
        epoch, xid, seq = int(parts[0]), int(parts[1]), int(parts[3])
    except ValueError:
        raise CursorWrong(text) from None
    if not (0 <= epoch < 2**31 and 0 <= xid < 2**63 and 0 <= seq < 2**63 and set(parts[2]) <= set("0123456789abcdef-")):
        raise CursorWrong(text)
    return epoch, str(xid), parts[2], seq


def write_cursor(row: asyncpg.Record) -> str:
    return f"{row['epoch']}.{row['xid']}.{row['console']}.{row['seq']}"


async def pull(pool: asyncpg.Pool, team: str, cursor: str, kinds: list[str] | None, epoch: int) -> Changes:
    """The next page of a team's feed. Raises CursorWrong."""
    rows = await pool.fetch(sql.PULL, team, *read_cursor(cursor), kinds, epoch, PAGE)
    changes = tuple(
        Change(row["console"], row["op_id"], row["kind"], row["entity"], row["at"], msgspec.Raw(row["body"].encode()))
        for row in rows
        if row["body"] is not None
    )
    return Changes(write_cursor(rows[-1]) if rows else cursor, changes, len(rows) == PAGE)


class Hints:
    """Tells waiting consoles that their team's feed has moved. Runs on the event loop.

    Our own commits are told at once; those of another centre on the same database are found by a short poll, which works on
    every PostgreSQL, behind every pooler.
    """

    def __init__(self, pool: asyncpg.Pool, epoch: int) -> None:
        self._pool, self._epoch = pool, epoch
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._poked: dict[tuple[str, str], set[asyncio.Event]] = defaultdict(set)  # a console's streams that owe it a "beat"
        self._streams: dict[tuple[str, str], set[asyncio.Event]] = defaultdict(set)
        self._heads: dict[str, str] = {}
        self._is_closed = False
        self._task = asyncio.create_task(self._poll(), name="hints-poll")

    def moved(self, team: str) -> None:
        for event in self._waiting.get(team, ()):
            event.set()

    def poke(self, team: str, console: str) -> None:
        """Lets this console send a heartbeat now: the answer has something new for it."""
        streams = self._streams.get((team, console), set())
        self._poked[team, console] |= streams
        for event in streams:
            event.set()

    def close(self) -> None:
        """Ends every stream."""
        self._is_closed = True
        self._task.cancel()
        for team in list(self._waiting):
            self.moved(team)

    async def stream(self, team: str, console: str = "") -> AsyncGenerator[bytes, None]:
        """Server-sent events: the first at once, so that a console which comes back knows to pull."""
        event = asyncio.Event()
        self._waiting[team].add(event)
        self._streams[team, console].add(event)
        try:
            yield b"data: moved\n\n"
            while not self._is_closed:
                try:
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE_S)
                except TimeoutError:
                    yield b": alive\n\n"
                    continue
                event.clear()
                is_poked = event in self._poked[team, console]
                self._poked[team, console].discard(event)
                if not self._is_closed:
                    yield b"data: beat\n\ndata: moved\n\n" if is_poked else b"data: moved\n\n"
        finally:
            self._waiting[team].discard(event)
            self._forget(team, console, event)

    def _forget(self, team: str, console: str, event: asyncio.Event) -> None:
        for kept in (self._streams, self._poked):
            kept[team, console].discard(event)
            if not kept[team, console]:
                del kept[team, console]

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_S)
            for team in [team for team, events in self._waiting.items() if events]:
                try:
                    row = await self._pool.fetchrow(sql.HEAD, team, self._epoch)
                except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as wrong:
                    log.debug("the head of the feed could not be read: %s", type(wrong).__name__)
                    continue
                head = write_cursor(row) if row else ""
                if head != self._heads.get(team, ""):
                    self._heads[team] = head
                    self.moved(team)
