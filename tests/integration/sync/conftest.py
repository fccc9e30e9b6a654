"""A centre process, and consoles that sync with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sync.worker import SyncWorker
from tests.integration.centre.conftest import folder, template
from tests.integration.centre.places import SITE_TOKEN, CentreProcess
from tests.unit.sync.memory_outbox import MemoryOutbox, Told

__all__ = ["folder", "template"]

PORTS = iter(range(15410, 15480))


class Console:
    """A sync worker on an outbox in memory."""

    def __init__(self, address: str, name: str = "seat", token: str = SITE_TOKEN, outbox: MemoryOutbox | None = None) -> None:
        self.outbox = outbox or MemoryOutbox()
        self.told = Told()
        self.worker = SyncWorker(address, token, name, self.outbox, self.told, "1.0", agent=f"agent of {name}")


@pytest.fixture
def centre(folder: Path) -> Iterator[CentreProcess]:
    process = CentreProcess(folder, next(PORTS))
    process.start()
    yield process
    process.stop()


@pytest.fixture
def consoles(centre: CentreProcess) -> Iterator[Callable[..., Console]]:
    """Makes consoles of the centre, each started; they are stopped before the centre."""
    made: list[Console] = []

    def make(*arguments: object, **options: object) -> Console:
        console = Console(centre.address, *arguments, **options)  # type: ignore[arg-type]
        made.append(console)
        console.worker.start()
        return console

    yield make
    for console in made:
        console.worker.stop()
