"""The schema on real PostgreSQL: from nothing, again, by two at once, and no drift between the tables and the migrations."""

import asyncio
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.ext.asyncio import create_async_engine

from app.centre import schema
from app.centre.migrate import migrate, migrations
from app.centre.tables import Xid8, metadata
from tests.integration.centre.places import rooms_on


def test_the_migrations_make_exactly_the_tables_that_the_program_knows(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ischema_names, "xid8", Xid8)  # SQLAlchemy has no name for it of its own

    def differences(connection: sa.Connection) -> Any:
        known = {*metadata.tables, "alembic_version"}
        ours = {"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in known, "compare_type": True}
        return compare_metadata(MigrationContext.configure(connection, opts=ours), metadata)

    async def compare() -> Any:
        await schema.bring_up(dsn)
        engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(dsn))
        try:
            async with engine.connect() as connection:
                head = await connection.run_sync(
                    lambda plain: ScriptDirectory.from_config(migrations(plain)).get_current_head()
                )
                return head, await connection.run_sync(differences)
        finally:
            await engine.dispose()

    head, found = asyncio.run(compare())

    assert found == []
    assert head == schema.HEAD


def test_two_centres_that_start_at_once_bring_up_one_schema_and_know_themselves_as_one(dsn: str) -> None:
    async def start_together() -> list[str]:
        await asyncio.gather(*(migrate(dsn) for _ in range(3)))
        async with rooms_on(dsn) as one, rooms_on(dsn) as two:
            return [one.centre, two.centre]

    one, two = asyncio.run(start_together())

    assert one == two


def test_data_that_moved_to_another_server_begins_a_new_epoch_of_the_feed(dsn: str) -> None:
    async def move() -> tuple[int, int, int]:
        async with rooms_on(dsn) as before:
            pass
        async with rooms_on(dsn) as again:
            await again.pool.execute("UPDATE fact SET value = 'another' WHERE key = 'server'")
        async with rooms_on(dsn) as after:
            return before.epoch, again.epoch, after.epoch

    before, again, after = asyncio.run(move())

    assert (again, after) == (before, before + 1)
