"""Who may speak with the centre: tokens that let a console in once or a site's consoles in for ever, and consoles' secrets."""

import hashlib
import hmac
import secrets
import time
import uuid

import asyncpg

from app.wire import Enrol, Enrolled, Hello, Problem

POLITE_S = 15.0
"""A console that lost its identity to another one gets it back when the other has been silent for so long."""

TRUST_S = 30.0
"""How long a console that was recognised is recognised without asking the database."""


def hashed(secret: str) -> bytes:
    """Secrets and tokens are 256 random bits: one round of SHA-256 keeps them from being read out of a stolen database."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()


class Register:
    """The book of consoles. Runs on the event loop; every method may raise what asyncpg raises when the database is away."""

    def __init__(self, pool: asyncpg.Pool, centre: str) -> None:
        self._pool, self._centre = pool, centre
        self._known: dict[str, tuple[bytes, str, float]] = {}  # console: hash of its secret, team, until when

    async def admit_token(self, token: str, team: str, is_once: bool, is_lead: bool = False) -> None:
        """Lets this token enrol consoles of a team from now on; a known token stays as it was."""
        await self._pool.execute(
            "INSERT INTO token (hash, team, is_once, is_lead, made_at) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT (hash) DO NOTHING",
            *(hashed(token), team, is_once, is_lead, time.time()),
        )

    async def make_token(self, team: str, is_once: bool, is_lead: bool = False) -> str:
        """A new token in clear text: it can never be read again. Consoles that enrol with a lead's token may supervise."""
        token = secrets.token_urlsafe(32)
        await self.admit_token(token, team, is_once, is_lead)
        return token

    async def enrol(self, request: Enrol) -> Enrolled | Problem:
        """A new console; a one-time token is used up by it."""
        console, secret, now = str(uuid.uuid4()), secrets.token_urlsafe(32), time.time()
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(
                "UPDATE token SET used_at = $2 WHERE hash = $1 AND (NOT is_once OR used_at = 0) RETURNING hash, team, is_lead",
                *(hashed(request.token), now),
            )
            if row is None or not hmac.compare_digest(row["hash"], hashed(request.token)):
                return Problem("wrong-token", "this centre does not know the enrolment token, or it was used before")
            await connection.execute(
                "INSERT INTO console (team, id, name, secret_hash, instance, last_seq, enrolled_at, is_lead)"
                " VALUES ($1, $2, $3, $4, '', $5, $6, $7)",
                *(row["team"], console, request.name, hashed(secret), request.first_seq - 1, now, row["is_lead"]),
            )
        return Enrolled(self._centre, console, secret)

    async def team_of(self, console: str, secret: str) -> str | None:
        """The team of the console that proves itself with `secret`; None for everybody else."""
        proof, now = hashed(secret), time.monotonic()
        known = self._known.get(console)
        if known is None or known[2] < now:
            row = await self._pool.fetchrow("SELECT secret_hash, team FROM console WHERE id = $1", console)
            known = (row["secret_hash"], row["team"], now + TRUST_S) if row else (b"", "", 0.0)
        if not hmac.compare_digest(known[0], proof):
            return None
        self._known[console] = known
        return known[1]

    async def hello(self, team: str, console: str, request: Hello, silent_s: float) -> int | Problem:
        """Hands the identity to this instance, unless it asks politely while another works; gives the last number taken."""
        row = await self._pool.fetchrow(
            "UPDATE console SET instance = $3, hello_at = $4"
            " WHERE team = $1 AND id = $2 AND (NOT $5 OR instance IN ('', $3) OR $6) RETURNING last_seq",
            *(team, console, request.instance, time.time(), request.is_polite, silent_s > POLITE_S),
        )
        if row is None:
            return Problem("identity-in-use", "another console works with this identity")
        taken: int = row["last_seq"]
        return taken

    async def is_owner(self, team: str, console: str, instance: str) -> bool:
        owner = await self._pool.fetchval("SELECT instance FROM console WHERE team = $1 AND id = $2", team, console)
        return bool(owner == instance)
