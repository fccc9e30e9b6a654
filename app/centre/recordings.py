"""The centre's archive of recordings: files as they came, enciphered, in a folder; what is known of them in the database."""

import asyncio
import base64
import hashlib
import logging
import os
import time
from collections import defaultdict
from pathlib import Path

import asyncpg

from app.voice_file import new_key_pair, public_half
from app.wire import Problem
from app.wire_recordings import SIZE_LIMIT, RecordingOffer, RecordingTaken

log = logging.getLogger(__name__)

PART, WHOLE = ".part", ".rec"
PURGE_S = 3600.0
DAY_S = 86_400.0

_FIND = "SELECT size, sha256, whole_at, destroyed_at FROM recording WHERE team = $1 AND call = $2"
_OFFER = """
INSERT INTO recording (team, call, console, agent, began_at, seconds, size, sha256, sealed_key, is_whole, offered_at, held_for)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
"""
_DONE = "UPDATE recording SET whole_at = $3 WHERE team = $1 AND call = $2 AND whole_at = 0"
_HOLD = "UPDATE recording SET held_for = $3 WHERE team = $1 AND call = $2 RETURNING call"
_DUE = "SELECT team, call FROM recording WHERE whole_at > 0 AND whole_at < $1 AND destroyed_at = 0 AND held_for = ''"
_DESTROY = """
UPDATE recording SET sealed_key = '', destroyed_at = $3 WHERE team = $1 AND call = $2 AND held_for = '' AND destroyed_at = 0
RETURNING call
"""
_LEFT = "SELECT team, call FROM recording WHERE destroyed_at > 0"
_NOTE = "INSERT INTO recording_access (team, call, at, who, what) VALUES ($1, $2, $3, $4, $5)"


class Archive:
    """Runs on the event loop; the disk is used on other threads. `keep_days` 0 = nothing is destroyed by rule."""

    def __init__(self, pool: asyncpg.Pool, folder: Path, keep_days: float) -> None:
        self._pool, self._folder, self._keep_days = pool, folder, keep_days
        self._locks: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._public = ""
        self._task = asyncio.create_task(self._purge_again(), name="recordings-purge")

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def public_key(self) -> str:
        """Base64; the pair is made at the first use and lies in the folder, readable by the centre's user only."""
        if not self._public:
            private = await asyncio.to_thread(_private_key, self._folder)
            self._public = base64.b64encode(public_half(private)).decode()
        return self._public

    async def offer(self, team: str, console: str, call: str, offer: RecordingOffer) -> RecordingTaken | Problem:
        """What is here of it already; known by its SHA-256, so that the same call may not bring another recording."""
        if not 0 < offer.size <= SIZE_LIMIT:
            return Problem("garbage", "a recording out of bounds")
        key = base64.b64decode(offer.sealed_key)
        values = (offer.agent, offer.began_at, offer.seconds, offer.size, offer.sha256, key, offer.is_whole)
        await self._pool.execute(_OFFER, team, call, console, *values, time.time(), offer.held_for)
        async with self._locks[team, call]:
            row = await self._pool.fetchrow(_FIND, team, call)
            if (row["size"], row["sha256"]) != (offer.size, offer.sha256):
                return Problem("fork", "another recording of this call is here")
            return await self._standing(team, call, row)

    async def take(self, team: str, call: str, offset: int, piece: bytes) -> RecordingTaken | Problem:
        """Appends a piece where it belongs; the last one makes the recording whole, or is refused with all the others."""
        async with self._locks[team, call]:
            row = await self._pool.fetchrow(_FIND, team, call)
            if row is None:
                return Problem("unknown-recording", "it was not offered")
            standing = await self._standing(team, call, row)
            if standing.is_done:
                return standing
            if offset != standing.offset or offset + len(piece) > row["size"]:
                return Problem("gap", "this piece does not belong here", standing.offset)
            await asyncio.to_thread(_append, self._path(team, call, PART), piece)
            if offset + len(piece) < row["size"]:
                return RecordingTaken(offset + len(piece), False)
            if not await asyncio.to_thread(_finish, self._path(team, call, PART), row["sha256"]):
                return Problem("fork", "the whole is not what was offered; it is begun anew")
            return await self._standing(team, call, row)

    async def hold(self, team: str, call: str, why: str, who: str) -> bool:
        """Legal hold, or its end; False where no such recording is known."""
        found = await self._pool.fetchval(_HOLD, team, call, why)
        if found is not None:
            await self._note(team, call, who, "held" if why else "let go")
        return found is not None

    async def purge(self, now: float) -> int:
        """Destroys what is past its days: the key first, then the file; gives how many."""
        gone = 0
        if self._keep_days > 0:
            for row in await self._pool.fetch(_DUE, now - self._keep_days * DAY_S):
                async with self._locks[row["team"], row["call"]]:
                    if await self._pool.fetchval(_DESTROY, row["team"], row["call"], now) is not None:
                        await self._note(row["team"], row["call"], "rule", "destroyed")
                        gone += 1
        for row in await self._pool.fetch(_LEFT):
            await asyncio.to_thread(_shred, self._path(row["team"], row["call"], WHOLE))
        return gone

    async def _standing(self, team: str, call: str, row: asyncpg.Record) -> RecordingTaken:
        """As far as the files say, which a crash leaves a step ahead of the database."""
        if row["whole_at"]:
            return RecordingTaken(row["size"], True)
        if await asyncio.to_thread(self._path(team, call, WHOLE).exists):
            await self._pool.execute(_DONE, team, call, time.time())
            await self._note(team, call, "console", "received")
            return RecordingTaken(row["size"], True)
        size = await asyncio.to_thread(_size, self._path(team, call, PART))
        if size >= row["size"]:  # killed between the last piece and its check
            if await asyncio.to_thread(_finish, self._path(team, call, PART), row["sha256"]):
                return await self._standing(team, call, row)
            size = 0
        return RecordingTaken(size, False)

    async def _note(self, team: str, call: str, who: str, what: str) -> None:
        await self._pool.execute(_NOTE, team, call, time.time(), who, what)

    def _path(self, team: str, call: str, ending: str) -> Path:
        return self._folder / hashlib.sha256(team.encode()).hexdigest()[:16] / f"{call}{ending}"

    async def _purge_again(self) -> None:
        while True:
            try:
                gone = await self.purge(time.time())
                if gone:
                    log.info("%d recordings were destroyed: their days are over", gone)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as wrong:
                log.warning("recordings could not be looked through: %s", type(wrong).__name__)
            await asyncio.sleep(PURGE_S)


def _private_key(folder: Path) -> bytes:
    """Raises OSError."""
    path = folder / "recording.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        private, _ = new_key_pair()
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            file.write(private)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return path.read_bytes()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _append(path: Path, piece: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        file.write(piece)


def _finish(path: Path, sha256: str) -> bool:
    """Gives a file that is what it should be its lasting name; else it is removed."""
    with path.open("r+b") as file:
        is_right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        os.fsync(file.fileno())
    if is_right:
        path.replace(path.with_suffix(WHOLE))
    else:
        path.unlink()
    return is_right


def _shred(path: Path) -> None:
    """What is left of it without its key is noise; it goes all the same."""
    path.unlink(missing_ok=True)
