"""Keeps the exchange's queue as the agents' states say: after every loss it is said again, and nothing flips by itself."""

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

import asyncpg

from app.centre.acd import Acd, AcdDown, AcdRefused, Member, fitting_reason, is_extension
from app.centre.ending import end_tasks
from app.centre.figures import Seen
from app.domain.agent import QueueStanding, standing_of

log = logging.getLogger(__name__)

LOST_S = 60.0
"""A console that was silent for so long without taking leave is paused: nobody knows who sits there."""
LOOK_S = 1.0
AGAIN_S = (1.0, 2.0, 5.0, 15.0, 30.0)
LEASE_S = 5.0

CLAIM = """
INSERT INTO fact AS f (key, value) VALUES ('queue-keeper', $1 || ' ' || (extract(epoch from now()) + $2::float8))
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
WHERE split_part(f.value, ' ', 1) = $1 OR split_part(f.value, ' ', 2)::float8 < extract(epoch from now())
RETURNING key
"""
YIELD = "DELETE FROM fact WHERE key = 'queue-keeper' AND split_part(value, ' ', 1) = $1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one extension is to stand. `only_if_there`: nobody is logged in by this."""

    extension: str
    standing: QueueStanding
    reason: str = ""
    name: str = ""
    only_if_there: bool = False


def wanted(seen: Iterable[Seen], now: float, listening_since: float) -> dict[str, Wanted]:
    """What every extension is to be. Of two consoles that name the same extension, the one whose agent acted last counts.

    A call pauses its member: between the end of the call and the agent's word no other may slip in.
    """
    latest: dict[str, Seen] = {}
    for one in sorted(seen, key=lambda one: (not one.presence.is_leaving, one.presence.since)):
        if is_extension(one.presence.extension):
            latest[one.presence.extension] = one
    return {extension: _wanted(extension, one, now, listening_since) for extension, one in latest.items()}


def _wanted(extension: str, one: Seen, now: float, listening_since: float) -> Wanted:
    presence = one.presence
    name = fitting_reason(presence.agent or one.name)
    if presence.is_leaving:
        return Wanted(extension, QueueStanding.OUT, name=name)
    if is_lost(one, now, listening_since):
        return Wanted(extension, QueueStanding.PAUSED, "lost", name, only_if_there=True)
    standing = standing_of(presence.state)
    if standing is QueueStanding.IN and presence.is_in_call:
        return Wanted(extension, QueueStanding.PAUSED, "in a call", name)
    return Wanted(extension, standing, fitting_reason(presence.reason) or presence.state.value, name)


def is_lost(one: Seen, now: float, listening_since: float) -> bool:
    """Silent for a minute without leave. Silence while we ourselves did not listen says nothing of the console."""
    return not one.presence.is_leaving and now - max(one.at, listening_since) > LOST_S


class QueueKeeper:
    """Runs on the event loop. Of several centres on one database one keeps the queue at a time: another takes over when it
    has been silent for five seconds."""

    def __init__(self, acd: Acd, pool: asyncpg.Pool, known: Callable[[], Awaitable[list[Seen]]]) -> None:
        self._acd, self._pool, self._known = acd, pool, known
        self._me = uuid.uuid4().hex
        self._since = time.time()
        self._changed = asyncio.Event()
        self._held_until = 0.0
        self._named: dict[str, str] = {}  # console: the extension it named last
        self._failures: dict[str, tuple[int, float]] = {}  # extension: how often in a row, when it is tried again
        self._task = asyncio.create_task(self._run(), name="queue-keeper")

    @property
    def listening_since(self) -> float:
        return self._since

    def look(self) -> None:
        """Something changed: look at once."""
        self._changed.set()

    def standing(self, extension: str) -> QueueStanding:
        """How the exchange has this extension now; UNKNOWN while it cannot be asked."""
        if not extension or not self._acd.is_up:
            return QueueStanding.UNKNOWN
        if self._failures.get(extension, (0, 0.0))[0] > 1:
            return QueueStanding.FAILED
        members = [member for queue in self._acd.names() if (member := self._acd.member(queue, extension))]
        if not members:
            return QueueStanding.OUT
        return QueueStanding.PAUSED if any(member.is_paused for member in members) else QueueStanding.IN

    async def close(self) -> None:
        await end_tasks([self._task])
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            await self._pool.execute(YIELD, self._me)

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), LOOK_S)
            self._changed.clear()
            try:
                if self._acd.is_up and await self._is_ours():
                    await self._settle(await self._known())
            except AcdDown as wrong:
                log.debug("the queue is not kept just now: %s", wrong)
            except Exception:
                log.exception("the queue could not be kept")
                await asyncio.sleep(LOOK_S)

    async def _is_ours(self) -> bool:
        """Whether this centre keeps the queue. While the database is away, whoever kept it goes on."""
        now = time.monotonic()
        if now < self._held_until - LEASE_S / 2:
            return True
        try:
            is_ours = await self._pool.fetchval(CLAIM, self._me, LEASE_S) is not None
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            return self._held_until > 0
        self._held_until = now + LEASE_S if is_ours else 0.0
        return is_ours

    async def _settle(self, seen: list[Seen]) -> None:
        now = time.time()
        for extension, want in (wanted(seen, now, self._since) | self._left(seen)).items():
            failures, again_at = self._failures.get(extension, (0, 0.0))
            if again_at > time.monotonic():
                continue
            try:
                for queue in self._acd.names():
                    await self._bring(queue, want, self._acd.member(queue, extension))
                self._failures.pop(extension, None)
            except (AcdRefused, ValueError) as wrong:
                log.warning("extension %s could not be made %s in the queue: %s", extension, want.standing.value, wrong)
                wait_s = AGAIN_S[min(failures, len(AGAIN_S) - 1)]
                self._failures[extension] = (failures + 1, time.monotonic() + wait_s)

    def _left(self, seen: list[Seen]) -> dict[str, Wanted]:
        """Extensions that a console has given up for another one, and nobody else names: they would ring at nobody's phone."""
        before = self._named
        self._named = {one.console: one.presence.extension for one in seen if one.presence.extension}
        left = {extension for console, extension in before.items() if self._named.get(console, extension) != extension}
        return {extension: Wanted(extension, QueueStanding.OUT) for extension in left - set(self._named.values())}

    async def _bring(self, queue: str, want: Wanted, have: Member | None) -> None:
        """One step after the other; where everything stands as it should, nothing is asked."""
        if want.standing is QueueStanding.OUT:
            if have is not None and not have.is_fixed:
                await self._acd.log_out(queue, want.extension)
            elif have is not None and not have.is_paused:
                await self._acd.pause(queue, want.extension, "signed off")  # written into the exchange's files: it cannot leave
            return
        is_paused = want.standing is QueueStanding.PAUSED
        if have is None:
            if want.only_if_there:
                return
            await self._acd.log_in(queue, want.extension, want.name, is_paused)
        if is_paused and (have is None or not have.is_paused or have.reason != want.reason):
            await self._acd.pause(queue, want.extension, want.reason)
        elif not is_paused and have is not None and have.is_paused:
            await self._acd.unpause(queue, want.extension)
