"""The encrypted database file: opening it, one transaction at a time, and what its failures mean."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import DiskFull, StoreError, StoreLocked, StoreWrongKey
from app.storage.key import KeyRing, store_key
from app.storage.tables import STEPS

FILE = "store.db"
BUSY_MS = 5_000
SCARCE_BYTES = 1_000_000
"""With less room than this, a failed write is put down to the full disk."""


class Database:
    """One way into the store's file, for one thread at a time. The write-ahead log lets others read meanwhile."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        address = URL.create("sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path))
        self._engine = create_engine(
            address,
            module=sqlcipher3,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=1,
            connect_args={"check_same_thread": False},
            hide_parameters=True,  # an error must not carry a caller's words into the log
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def transaction(self, writes: bool = True) -> Iterator[Connection]:
        """All or nothing, and on the disk when the block is left. Raises the StoreError that says why not."""
        try:
            with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
                yield connection
        except DBAPIError as failed:
            raise self._meaning(failed.orig) from failed
        except sqlcipher3.Error as failed:  # from the preparation of a connection
            raise self._meaning(failed) from failed
        except OSError as failed:
            if failed.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull from failed
            raise StoreError(failed.strerror or type(failed).__name__) from failed

    def migrate(self) -> None:
        """Brings the tables up to date, each step whole or not at all; a store of a later program is left alone."""
        with self.transaction(writes=False) as connection:
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version > len(STEPS):
            raise StoreError(f"store version {version}, program knows {len(STEPS)}")
        for number, statements in enumerate(STEPS[version:], start=version + 1):
            with self.transaction() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
                connection.exec_driver_sql(f"PRAGMA user_version = {number}")

    def close(self) -> None:
        self._engine.dispose()

    def _meaning(self, failed: BaseException | None) -> StoreError:
        text = str(failed).lower()
        if "not a database" in text or "hmac" in text:
            return StoreWrongKey(self._path.name)
        if "disk is full" in text:
            return DiskFull()
        if "i/o error" in text and shutil.disk_usage(self._path.parent).free < SCARCE_BYTES:
            return DiskFull()
        if "locked" in text or "busy" in text:
            return StoreLocked()
        return StoreError(str(failed))


class StoreFolder:
    """The folder of one console's store, held by one program at a time."""

    def __init__(self, folder: Path, ring: Callable[[], KeyRing | None]) -> None:
        self._folder, self._ring = folder, ring
        self._lock = FileLock(folder / "store.lock")
        self._key: bytes | None = None

    def hold(self) -> Database:
        """Takes the folder and opens the store in it, new or old. Raises StoreLocked, StoreWrongKey, DiskFull, StoreError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreLocked from None
        except OSError as failed:
            raise DiskFull if failed.errno == errno.ENOSPC else StoreError(failed.strerror or str(failed)) from failed
        try:
            return self._open()
        except BaseException:
            self._lock.release()
            raise

    def another(self) -> Database:
        """A further way into the store that `hold` has opened, for another thread."""
        if self._key is None:
            raise StoreError("the store is not open yet")
        return Database(self._folder / FILE, self._key)

    def leave(self) -> None:
        self._key = None
        self._lock.release()

    def _open(self) -> Database:
        path = self._folder / FILE
        is_store_there = path.exists() and path.stat().st_size > 0
        try:
            key = store_key(self._folder, is_store_there, self._ring())
        except OSError as failed:
            raise DiskFull if failed.errno == errno.ENOSPC else StoreError(failed.strerror or str(failed)) from failed
        database = Database(path, key)
        try:
            database.migrate()
        except BaseException:
            database.close()
            raise
        path.chmod(0o600)
        self._key = key
        return database


def _prepare(connection: "sqlcipher3.Connection", _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin(connection: Connection) -> None:
    # IMMEDIATE: two writers wait for each other here, never deadlock half-way
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
