"""A store on the disk of this test, and what it told."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from app.desk.events import DeskEvent, StoreOpened
from app.domain.call import CallId
from app.domain.ticket import Stage, Ticket, TicketId
from app.storage.store import StoreThread
from app.wire import NumberRange
from tests.waiting import wait_for

CALL = CallId("c" * 32)
E = TypeVar("E")


class NoRing:
    """A keyring that keeps nothing, so that the key goes into a file of the test."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Told:
    """Every event in order, from any thread."""

    def __init__(self) -> None:
        self.events: list[DeskEvent] = []
        self._lock = threading.Lock()

    def __call__(self, event: DeskEvent) -> None:
        with self._lock:
            self.events.append(event)

    def all(self, kind: type[E]) -> list[E]:
        with self._lock:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type[E], count: int = 1) -> E:
        """The `count`-th event of a kind."""
        return wait_for(lambda: self.all(kind)[count - 1 :], f"{kind.__name__} number {count}", 10)[0]


class Desk:
    """A store with its ear; `again` closes it and opens a new one on the same folder, as the next start does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._begin()

    def _begin(self) -> None:
        self.told = Told()
        self.store = StoreThread(self.folder, self.told, "1001", NoRing())
        self.store.open()

    def again(self) -> StoreOpened:
        self.store.stop()
        self._begin()
        return self.told.wait(StoreOpened)

    def lease(self, first: int, last: int, year: int | None = None) -> None:
        self.store.outbox.add_lease([NumberRange(year or time.localtime().tm_year, first, last)])


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    opened: list[Desk] = []

    def make(folder: Path | None = None) -> Desk:
        opened.append(Desk(folder or tmp_path / "store"))
        return opened[-1]

    yield make
    for desk in opened:
        desk.store.stop()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    return desk


def a_ticket(number: int = 1, **values: object) -> Ticket:
    fields = {
        "matter": "停水",
        "content": "整个单元停水三天",
        "stage": Stage.TAKEN,
        "call": CALL,
        "caller": "13800138000",
        **values,
    }
    return Ticket(TicketId(f"01900000-0000-7000-8000-{number:012d}"), **fields)  # type: ignore[arg-type]
