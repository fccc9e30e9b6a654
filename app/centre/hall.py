"""The hotline hall as it stands now: consoles' heartbeats in memory, written down every few seconds, and the figures of it."""

import asyncio
import logging
import time
from collections.abc import Callable

import asyncpg
import msgspec

from app.centre.figures import DAY, NO_BOARD, Board, Seen, day_arguments, figures, with_board
from app.domain.figures import Figures
from app.wire import Presence

log = logging.getLogger(__name__)

WRITE_DOWN_S = 2.0
HEARD_S = 30.0
"""What a console said is taken to hold no longer than this without another word (it is heard every three seconds)."""
FRESH_S = 0.8
"""Figures younger than this are given again: many wallboards cost no more than one."""

KEEP = """
INSERT INTO presence AS p (team, console, seen_at, body)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::float8[], $4::text[])
ON CONFLICT (team, console) DO UPDATE SET seen_at = EXCLUDED.seen_at, body = EXCLUDED.body WHERE p.seen_at < EXCLUDED.seen_at
"""
RECALL = """
SELECT c.id::text AS console, c.name, p.seen_at, p.body FROM presence p
JOIN console c ON c.team = p.team AND c.id = p.console WHERE p.team = $1
"""


class Hall:
    """Runs on the event loop. Two centres on one database see each other's consoles through what is written down."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._seen: dict[tuple[str, str], tuple[float, Presence]] = {}
        self._unwritten: set[tuple[str, str]] = set()
        self._figures: dict[str, Figures] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self.board: Callable[[str], Board] = lambda _team: NO_BOARD
        self.told: Callable[[str], None] = lambda _team: None
        self._task = asyncio.create_task(self._write_down(), name="hall-write")

    def hear(self, team: str, console: str, presence: Presence) -> None:
        before = self._seen.get((team, console))
        self._seen[team, console] = (time.time(), presence)
        self._unwritten.add((team, console))
        if before is None or before[1] != presence:
            self.told(team)

    def silent_s(self, team: str, console: str) -> float:
        """How long this console has not been heard; forever if never."""
        heard = self._seen.get((team, console))
        return float("inf") if heard is None or heard[1].is_leaving else time.time() - heard[0]

    def is_joined(self, team: str, console: str) -> bool:
        """Whether this console has just said here that further parties are on its agent's call."""
        heard = self._seen.get((team, console))
        return heard is not None and heard[1].is_joined and time.time() - heard[0] < HEARD_S

    async def figures(self, team: str) -> Figures:
        async with self._locks.setdefault(team, asyncio.Lock()):
            now = time.time()
            last = self._figures.get(team)
            if last is None or not 0 <= now - last.at < FRESH_S:
                await self.flush()
                row = await self._pool.fetchrow(DAY, *day_arguments(team, now))
                known = await self.known(team)
                last = self._figures[team] = with_board(figures(now, dict(row), known), known, self.board(team))
            return last

    async def known_or_heard(self, team: str) -> list[Seen]:
        """`known`, and those just heard here for the first time; while the database is away, all that were heard here."""
        try:
            known = await self.known(team)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            known = []
        written = {one.console for one in known}
        heard = [(console, *said) for (its, console), said in self._seen.items() if its == team and console not in written]
        return known + [Seen(console, "", at, presence) for console, at, presence in heard]

    async def known(self, team: str) -> list[Seen]:
        """Every console of the team that ever made itself heard."""
        known = []
        for row in await self._pool.fetch(RECALL, team):
            at, presence = self._seen.get((team, row["console"]), (0.0, None))
            if presence is None or at < row["seen_at"]:
                at, presence = row["seen_at"], msgspec.json.decode(row["body"], type=Presence)
            known.append(Seen(row["console"], row["name"], at, presence))
        return known

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.flush()

    async def flush(self) -> None:
        """Writes down what was heard; what cannot be written now is written the next time."""
        keys = list(self._unwritten)
        if not keys:
            return
        rows = [(team, console, *self._seen[team, console]) for team, console in keys]
        columns = [list(column) for column in zip(*rows, strict=True)]
        columns[3] = [msgspec.json.encode(presence).decode() for presence in columns[3]]
        self._unwritten.difference_update(keys)
        try:
            await self._pool.execute(KEEP, *columns)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as wrong:
            log.debug("heartbeats could not be written down: %s", type(wrong).__name__)
            self._unwritten.update(keys)

    async def _write_down(self) -> None:
        while True:
            await asyncio.sleep(WRITE_DOWN_S)
            await self.flush()
