"""From save to durable in the real store, beside the same rows in plain SQLCipher and plain SQLite, and beside a bare fsync."""

import os
import secrets
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3

from app.desk.events import DeskEvent, StoreOpened, TicketKept
from app.domain.call import CallId
from app.domain.ticket import Stage, Ticket, TicketId
from app.storage.store import StoreThread
from app.wire import NumberRange
from tests.benchmarks.report import Figure, Group, Target

CONTENT = "市民反映小区噪声扰民，" * 30
PATIENCE_S = 20.0


def measure(is_quick: bool) -> Group:
    """All in one folder of this machine's temporary files, one after the other."""
    saves = 120 if is_quick else 1000
    with tempfile.TemporaryDirectory(prefix="jb") as made:
        folder = Path(made)
        ours, opened = _store(folder / "store", saves)
        ciphered = _rows(sqlcipher3.connect(folder / "cipher.db"), f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"", saves)
        plain = _rows(sqlite3.connect(folder / "plain.db"), "", saves)
        synced = _fsync(folder / "bare", saves)
    return Group(
        "store",
        [
            Figure("save_durable_ms", "save → durable (ticket, journal, outbox)", "ms", ours, Target("p99", 50)),
            Figure("sqlcipher_commit_ms", "SQLCipher alone, three rows, one commit", "ms", ciphered, is_peer=True),
            Figure("sqlite_commit_ms", "plain SQLite, three rows, one commit", "ms", plain, is_peer=True),
            Figure("fsync_ms", "write 4 kB and fsync", "ms", synced, is_peer=True),
            Figure("store_open_ms", "store opened (there already)", "ms", [opened]),
        ],
        ["from `save` on the desk's thread to TicketKept on the store's, with a keystroke and a draft pending each time; "
         "WAL and synchronous=FULL in all three"],
    )  # fmt: skip


class _Ear:
    """Lets the benchmark wait for events."""

    def __init__(self) -> None:
        self.opened, self.kept = threading.Event(), threading.Event()

    def __call__(self, event: DeskEvent) -> None:
        if isinstance(event, StoreOpened):
            self.opened.set()
        elif isinstance(event, TicketKept):
            self.kept.set()


class _NoRing:
    """Keeps nothing, so that the key lies beside the store and not with the keys of whoever measures."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def _store(folder: Path, saves: int) -> tuple[list[float], float]:
    """Milliseconds of each save, and of opening a store that is there already."""
    for is_there in (False, True):
        ear = _Ear()
        store = StoreThread(folder, ear, "1001", _NoRing())
        begun = time.perf_counter()
        store.open()
        _wait(ear.opened)
        opened = (time.perf_counter() - begun) * 1e3
        if not is_there:
            store.stop()
    try:
        store.outbox.add_lease([NumberRange(time.localtime().tm_year, 1, saves)])
        return [_save(store, ear, number) for number in range(saves)], opened
    finally:
        store.stop()


def _save(store: StoreThread, ear: _Ear, number: int) -> float:
    draft = Ticket(TicketId(f"t{number}"), matter="噪声扰民", content=CONTENT, caller="13800138000", stage=Stage.TAKEN)
    store.note(CallId("call"), "typed", {"field": "content", "text": CONTENT[:40]})
    store.keep_draft(draft, ("content",))
    ear.kept.clear()
    begun = time.perf_counter()
    store.save(draft)
    _wait(ear.kept)
    return (time.perf_counter() - begun) * 1e3


def _wait(told: threading.Event) -> None:
    if not told.wait(PATIENCE_S):
        raise TimeoutError("the store did not answer")


def _rows(connection: Any, unlock: str, saves: int) -> list[float]:
    """Milliseconds of a transaction that writes what a save writes, without any of our code."""
    for line in (unlock, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
        connection.execute(line)
    for table in ("ticket", "journal", "outbox"):
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, at REAL, body TEXT)")

    def write(number: int) -> None:
        for table in ("ticket", "journal", "outbox"):
            connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", (number, time.time(), CONTENT))
        connection.commit()

    try:
        return _timed(write, saves)
    finally:
        connection.close()


def _fsync(path: Path, count: int) -> list[float]:
    block = secrets.token_bytes(4096)
    with path.open("wb", buffering=0) as file:

        def write(_: int) -> None:
            file.write(block)
            os.fsync(file.fileno())

        return _timed(write, count)


def _timed(work: Callable[[int], None], count: int) -> list[float]:
    """Milliseconds of each of `count` times."""
    taken = []
    for number in range(count):
        begun = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - begun) * 1e3)
    return taken
