"""Runs Alembic's migrations, one centre at a time."""

import asyncio
import logging
from pathlib import Path

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

log = logging.getLogger(__name__)

RETRIES = 10


async def migrate(dsn: str) -> None:
    """Returns when the schema stands at its newest step, whoever brought it there."""
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(dsn))
    try:
        for left in reversed(range(RETRIES)):
            try:
                async with engine.begin() as connection:
                    await _upgrade(connection)
                return
            except DBAPIError as wrong:
                # two that make the gate's table in the same instant: one of them fails, and finds it made the next time
                if not left:
                    raise
                log.debug("the schema is being made elsewhere: %s", type(wrong.orig).__name__)
                await asyncio.sleep(0.2)
    finally:
        await engine.dispose()


async def _upgrade(connection: AsyncConnection) -> None:
    await connection.execute(sa.text("CREATE TABLE IF NOT EXISTS schema_gate (passed_at double precision)"))
    await connection.execute(sa.text("LOCK TABLE schema_gate IN ACCESS EXCLUSIVE MODE"))
    await connection.run_sync(lambda plain: command.upgrade(migrations(plain), "head"))


def migrations(connection: sa.Connection) -> Config:
    """Alembic's configuration for an open connection; whoever opened it commits."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
