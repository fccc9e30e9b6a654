"""A team lead in an agent's call: who may, how it begins and ends, what is written down, whether the agent is told."""

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import asyncpg

from app.centre.acd import Acd, AcdDown, AcdRefused, Spy, fitting_reason, is_extension
from app.centre.ending import end_tasks
from app.domain.agent import SupervisionMode
from app.wire import Problem, Supervise, Supervised

log = logging.getLogger(__name__)

REFRESH_S = 0.5
LOOK_S = 5.0
OVERHEARD_S = 30.0
"""So long a lead is told, with each heartbeat, that the whisper was ended; and so long one that still comes about is ended."""
WRITE_S = 0.3
"""No whisper goes on for longer than this because a slow database has not written the reason."""
JOINED = "ended: further parties were joined, who would have heard the whisper"
RING_S = 20.0
"""After so long without a word the exchange is asked whether the supervision lives."""
GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

OPEN = """
SELECT team, replace(id::text, '-', '') AS id, mode, lead, lead_console::text AS lead_console,
  agent_console::text AS agent_console, is_told, asked_at FROM supervision WHERE ended_at = 0
"""
KEEP = """
INSERT INTO supervision (team, id, mode, lead_console, lead, agent_console, agent, is_told, asked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
"""
BEGAN = "UPDATE supervision SET began_at = $2 WHERE id = $1 AND began_at = 0"
ENDED = """
UPDATE supervision SET ended_at = $2, outcome = CASE outcome WHEN '' THEN $3 ELSE outcome END WHERE id = $1 AND ended_at = 0
"""
PARTING = "UPDATE supervision SET outcome = $2 WHERE id = $1 AND ended_at = 0"
OUTCOME = "SELECT outcome FROM supervision WHERE team = $1 AND id = $2"
MAY = "SELECT is_lead FROM console WHERE team = $1 AND id = $2"


class Told(StrEnum):
    """The centre's policy: whether an agent is told that a lead takes part in the call."""

    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Party:
    """A console as far as supervision needs it."""

    console: str
    agent: str
    extension: str
    is_in_call: bool
    is_joined: bool = False  # with further parties, mixed at the agent's desk: the exchange cannot keep a whisper from them


@dataclass(frozen=True, slots=True)
class Open:
    """One supervision that has not ended."""

    team: str
    id: str
    mode: SupervisionMode
    lead: str
    lead_console: str
    agent_console: str
    is_told: bool
    asked_at: float


class Supervisions:
    """Runs on the event loop. `poke` is called with the team and the console that has something new to be told; `is_joined`
    says of a console that was heard here whether further parties are on its call."""

    def __init__(
        self, pool: asyncpg.Pool, told: Told, poke: Callable[[str, str], None], is_joined: Callable[[str, str], bool]
    ) -> None:
        self._pool, self._told, self._poke, self._is_joined = pool, told, poke, is_joined
        self.acd: Acd | None = None
        self._open: dict[str, Open] = {}
        self._wake = asyncio.Event()
        self._jobs: asyncio.Queue[tuple[str, str, tuple[object, ...]]] = asyncio.Queue()
        self._looked_at = 0.0
        self._parting: set[str] = set()  # whispers that are being ended
        self._overheard: dict[str, tuple[Open, float]] = {}  # those that were, and when
        self._again: set[str] = set()  # those that came about all the same
        self._unclear: list[Open] = []  # whispers that ended otherwise here: another centre may have ended them
        self._tasks = [
            asyncio.create_task(self._refresh(), name="supervision"),
            asyncio.create_task(self._write(), name="supervision-write"),
            asyncio.create_task(self._keep_apart(), name="supervision-whispers"),
        ]

    async def close(self) -> None:
        await end_tasks(self._tasks)

    def of(self, team: str, console: str) -> tuple[Supervised, ...]:
        """What the agent at this console is told."""
        return tuple(
            Supervised(one.mode, one.lead, one.asked_at)
            for one in self._open.values()
            if (one.team, one.agent_console) == (team, console) and one.is_told
        )

    def on(self, team: str) -> dict[str, Open]:
        """The open ones of a team by the agent's console: for the wall of its leads."""
        return {one.agent_console: one for one in self._open.values() if one.team == team}

    def overheard(self, team: str, lead_console: str) -> tuple[str, ...]:
        """Whispers of this lead that were ended in the last half minute, because others would have heard them."""
        since = time.time() - OVERHEARD_S
        self._overheard = {id: (one, at) for id, (one, at) in self._overheard.items() if at > since}
        return tuple(id for id, (one, _) in self._overheard.items() if (one.team, one.lead_console) == (team, lead_console))

    def look(self) -> None:
        """A console said something new: whispers that others would hear now are ended at once."""
        self._wake.set()

    async def may(self, team: str, console: str) -> bool:
        return bool(await self._pool.fetchval(MAY, team, console))

    async def begin(self, team: str, lead: Party, agent: Party, asked: Supervise) -> Problem | None:
        """Begins it, in the place of whatever this lead took part in before. It is written down, and the agent told, before the
        exchange is asked: nobody listens unrecorded."""
        if not await self.may(team, lead.console):
            log.warning("console %s asked to supervise and is no team lead's", lead.console)
            return Problem("no-lead", "this console was not enrolled as a team lead's")
        if self.acd is None:
            return Problem("no-exchange", "this centre knows no exchange that could do it")
        if wrong := _wrong(lead, agent, asked):
            return wrong
        assert asked.mode is not None
        await self.end(team, lead.console)
        is_told = self._told is Told.ALWAYS
        now = time.time()
        row = (lead.console, lead.agent, agent.console, agent.agent, is_told, now)
        if await self._pool.fetchval(KEEP, team, str(uuid.UUID(asked.id)), asked.mode.value, *row) is None:
            return Problem("garbage", "this id was used before")
        self._open[asked.id] = Open(team, asked.id, asked.mode, lead.agent, lead.console, agent.console, is_told, now)
        self._poke(team, agent.console)
        if asked.mode is SupervisionMode.WHISPER and self._is_joined(team, agent.console):  # while we wrote it down
            self.supervision_ended(asked.id, JOINED)
            return Problem("joined", JOINED)
        try:
            said = fitting_reason(f"{asked.mode.value} {agent.agent}").replace('"', "")
            await self.acd.supervise(Spy(asked.id, asked.mode, lead.extension, agent.extension, said))
        except (AcdDown, AcdRefused, ValueError) as wrong:
            self.supervision_ended(asked.id, f"refused: {wrong}")
            return Problem("no-exchange", str(wrong)[:200])
        log.info("supervision %s: %s by console %s at console %s", asked.id, asked.mode.value, lead.console, agent.console)
        return None

    async def end(self, team: str, lead_console: str) -> Problem | None:
        """Ends what this lead takes part in."""
        for one in [one for one in self._open.values() if (one.team, one.lead_console) == (team, lead_console)]:
            if self.acd is None:
                return Problem("no-exchange", "this centre knows no exchange that could do it")
            try:
                await self.acd.end_supervision(one.id)
            except AcdDown as wrong:
                return Problem("no-exchange", str(wrong)[:200])
            self.supervision_ended(one.id, "ended by the lead")
        return None

    # --- told by the exchange ---

    def supervision_began(self, id: str) -> None:
        self._jobs.put_nowait((id, BEGAN, (time.time(),)))
        if id in self._overheard:  # the exchange was still making its call when it was to end it
            self._again.add(id)
            self._wake.set()

    def supervision_ended(self, id: str, why: str) -> None:
        one = self._open.pop(id, None)
        why = JOINED if id in self._parting else why
        self._jobs.put_nowait((id, ENDED, (time.time(), why[:200])))
        if one is not None:
            self._poke(one.team, one.agent_console)
            if why == JOINED:
                self._tell_lead(one)
            elif one.mode is SupervisionMode.WHISPER:
                self._unclear.append(one)

    # --- whispers that others would hear ---

    async def _keep_apart(self) -> None:
        """Ends whispers as soon as others are on the call; while the exchange cannot be reached it tries on."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), REFRESH_S)
            self._wake.clear()
            with suppress(AcdDown):
                await self._part()

    async def _part(self) -> None:
        if self.acd is None:
            return
        for id in list(self._again):
            await self.acd.end_supervision(id)
            self._again.discard(id)
        whispers = [one for one in self._open.values() if one.mode is SupervisionMode.WHISPER]
        for one in [one for one in whispers if self._is_joined(one.team, one.agent_console)]:
            self._parting.add(one.id)  # before it is asked: the exchange may tell the end before it answers
            try:
                with suppress(*GONE):  # the reason first: every centre is told of the end by the exchange, and may write it
                    await asyncio.wait_for(self._pool.execute(PARTING, str(uuid.UUID(one.id)), JOINED), WRITE_S)
                await self.acd.end_supervision(one.id)
                if one.id in self._open:
                    self.supervision_ended(one.id, JOINED)
            finally:
                self._parting.discard(one.id)

    def _tell_lead(self, one: Open) -> None:
        log.info("supervision %s: the whisper was ended, further parties are on the call", one.id)
        self._overheard[one.id] = (one, time.time())
        self._poke(one.team, one.lead_console)

    # --- what is written ---

    async def _write(self) -> None:
        """Writes one after the other; while the database is away it waits: no end and no beginning is dropped."""
        while True:
            id, statement, values = await self._jobs.get()
            while True:
                try:
                    await self._pool.execute(statement, str(uuid.UUID(id)), *values)
                    break
                except GONE as wrong:
                    log.debug("a supervision could not be written: %s", type(wrong).__name__)
                    await asyncio.sleep(REFRESH_S)

    async def _refresh(self) -> None:
        """What other centres on this database began and ended, and what the exchange has forgotten."""
        while True:
            await asyncio.sleep(REFRESH_S)
            with suppress(*GONE):
                await self._read()
            with suppress(AcdDown):
                await self._look()

    async def _read(self) -> None:
        if not self._jobs.empty():
            return
        rows = {row["id"]: Open(**{**row, "mode": SupervisionMode(row["mode"])}) for row in await self._pool.fetch(OPEN)}
        if not self._jobs.empty():
            return  # something ended while the database was read
        moved = [one for id, one in (self._open | rows).items() if (id in rows) != (id in self._open)]
        fresh = {id: one for id, one in self._open.items() if id not in rows and time.time() - one.asked_at < 1.0}
        self._open = rows | fresh
        for one in moved:
            self._poke(one.team, one.agent_console)
        self._unclear += [one for one in moved if one.id not in rows and one.mode is SupervisionMode.WHISPER]
        while self._unclear:
            one = self._unclear[0]
            if await self._pool.fetchval(OUTCOME, one.team, str(uuid.UUID(one.id))) == JOINED:
                self._tell_lead(one)  # ended by another centre
            self._unclear.remove(one)

    async def _look(self) -> None:
        """A supervision whose end nobody told (a restart of the centre or the exchange) is found out."""
        if self.acd is None or not self.acd.is_up or time.monotonic() - self._looked_at < LOOK_S:
            return
        self._looked_at = time.monotonic()
        for one in [one for one in self._open.values() if time.time() - one.asked_at > RING_S]:
            if not await self.acd.is_supervising(one.id):
                self.supervision_ended(one.id, "gone")


def _wrong(lead: Party, agent: Party, asked: Supervise) -> Problem | None:
    if asked.mode is None or len(asked.id) != 32 or set(asked.id) - set("0123456789abcdef"):
        return Problem("garbage", "an id of 32 hexadecimal digits and a mode are wanted")
    if not is_extension(lead.extension) or not is_extension(agent.extension):
        return Problem("no-call", "the extension of the lead or of the agent is not known")
    if lead.extension == agent.extension or lead.is_in_call:
        return Problem("busy", "the lead is in a call")
    if not agent.is_in_call:
        return Problem("no-call", "the agent is in no call")
    if asked.mode is SupervisionMode.WHISPER and agent.is_joined:
        return Problem("joined", "further parties are on the agent's call and would hear the whisper")
    return None
