"""Folders and centres for the tests of the centre."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.centre.api import Rooms
from app.centre.cluster import Cluster
from tests.integration.centre import places

InRooms = Callable[[Callable[[Rooms], Awaitable[Any]]], Any]


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    folder = places.make_template()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(template: Path) -> Iterator[Path]:
    yield from places.folders(template)


@pytest.fixture
def dsn(folder: Path) -> Iterator[str]:
    """A running PostgreSQL without anything in it."""
    cluster = Cluster(folder)
    yield cluster.start()
    cluster.stop()


@pytest.fixture
def in_rooms(dsn: str) -> InRooms:
    """Runs a coroutine function with a centre's rooms on a fresh database."""

    def run(act: Callable[[Rooms], Awaitable[Any]]) -> Any:
        async def inside() -> Any:
            async with places.rooms_on(dsn) as rooms:
                return await asyncio.wait_for(act(rooms), 30)

        return asyncio.run(inside())

    return run
