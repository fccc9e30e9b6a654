"""Brings a database to the schema of this program by Alembic's migrations. One that is there already costs no import."""

import logging
import time
import uuid

import asyncpg

log = logging.getLogger(__name__)

HEAD = "0003"
"""The newest step under migrations/versions."""


async def bring_up(dsn: str) -> None:
    """Runs the migrations that are missing. Of two centres that start at once one waits for the other."""
    if await _stands_at(dsn) != HEAD:
        from app.centre.migrate import migrate  # half a second of imports

        await migrate(dsn)


async def _stands_at(dsn: str) -> str:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        return str(await connection.fetchval("SELECT version_num FROM alembic_version"))
    except asyncpg.UndefinedTableError:
        return ""
    finally:
        await connection.close()


async def know_oneself(pool: asyncpg.Pool) -> tuple[str, int]:
    """The centre's UUID, and the epoch of its feed: one higher each time its data is found on another database server."""
    try:
        server = str(await pool.fetchval("SELECT system_identifier FROM pg_control_system()"))
    except asyncpg.InsufficientPrivilegeError:
        log.warning("the database does not say which server it is: after a move to another one, consoles must be enrolled anew")
        server = "untold"
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE")
        facts = {row["key"]: row["value"] for row in await connection.fetch("SELECT key, value FROM fact")}
        centre, epoch = facts.get("centre", str(uuid.uuid4())), int(facts.get("epoch", "0"))
        if facts.get("server") != server:
            epoch += 1
        fresh = {"centre": centre, "epoch": str(epoch), "server": server, "started_at": f"{time.time():.0f}"}
        await connection.executemany(
            "INSERT INTO fact (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            list(fresh.items()),
        )
    return centre, epoch
