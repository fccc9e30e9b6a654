"""The words kept with a ticket, for a colleague who opens it: whoever may read the ticket may read them, and it is noted."""

import time

import asyncpg
import msgspec

from app.domain.call import CallId
from app.wire import TRANSCRIPT_KEPT, KeptWords, TranscriptKept

READ = "words-read"
"""How the record of accesses names it."""

_MOST_VERSIONS = 5
"""Of the newest tellings so many are looked at: one whose parts are still on their way gives way to the one before."""

_TICKET = "SELECT body FROM ticket WHERE team = $1 AND id = $2::uuid"
_VERSIONS = """
SELECT at, console::text AS console FROM change WHERE team = $1 AND entity = $2 AND kind = $3 AND at > $4
GROUP BY at, console ORDER BY at DESC, console LIMIT $5
"""
_PARTS = "SELECT body FROM change WHERE team = $1 AND entity = $2 AND kind = $3 AND at = $4 AND console = $5::uuid ORDER BY seq"
_NOTE = "INSERT INTO recording_access (team, call, at, who, what) VALUES ($1, $2, $3, $4, $5)"


class _Origin(msgspec.Struct, frozen=True):
    """What of a ticket says where its words are."""

    call: str | None = None


class KeptWordsReader:
    """For one console of a team. Every read that finds words is written down with the console that asked, for ever."""

    def __init__(self, pool: asyncpg.Pool, team: str, console: str) -> None:
        self._pool, self._team, self._console = pool, team, console

    async def read(self, ticket: str, call: CallId, since: float) -> KeptWords | None:
        """The newest whole telling after `since`. None: the team has no such ticket, or it came out of another call."""
        body = await self._pool.fetchval(_TICKET, self._team, ticket)
        if body is None or msgspec.json.decode(body, type=_Origin).call != call:
            return None
        versions = await self._pool.fetch(_VERSIONS, self._team, call, TRANSCRIPT_KEPT, since, _MOST_VERSIONS)
        for version in versions:
            kept = await self._whole(call, version["at"], version["console"])
            if kept is not None:
                await self._pool.execute(_NOTE, self._team, call, time.time(), self._console, READ)
                return kept
        return KeptWords(call, "", 0.0)

    async def _whole(self, call: CallId, at: float, console: str) -> KeptWords | None:
        rows = await self._pool.fetch(_PARTS, self._team, call, TRANSCRIPT_KEPT, at, console)
        told = [msgspec.json.decode(row["body"], type=TranscriptKept) for row in rows]
        parts = {one.part: one for one in told}
        if not told or len(parts) != told[-1].parts:
            return None
        return KeptWords(call, told[-1].agent, at, tuple(line for place in sorted(parts) for line in parts[place].lines))
