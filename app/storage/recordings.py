"""Recordings kept on this machine: the rows about them, their keys, their files, and how they are destroyed."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.domain.call import CallId
from app.domain.recording import KeptRecording, RecordingMark
from app.storage import calls, journal
from app.storage.recording_key import recording_key
from app.storage.tables import recording as table
from app.voice_file import VoiceReader, VoiceUnreadable, both, file_hash, seal, to_alaw, unseal

log = logging.getLogger(__name__)

RUNNING, WHOLE, KEY = ".part", ".rec", ".key"
"""As telephony names its files."""

STILL_S = 10.0
"""A file that was not written to for longer than this is no call's that is up (a second comes each second)."""

HEARD_S = 120.0
"""The longest stretch that is played at a time."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What is to be brought to the centre of one recording. `key`: sealed to the store's own key."""

    kept: KeptRecording
    key: bytes
    file: Path


class RecordingFolder:
    """Works on one connection's transactions, on one thread at a time. Raises OSError where the disk fails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, call: CallId) -> Path:
        return self.folder / f"{call}{WHOLE}"

    def is_begun(self, call: CallId) -> bool:
        """Whether there is a file of it, kept or not."""
        return self.file(call).exists() or (self.folder / f"{call}{RUNNING}").exists()

    # --- keeping ---

    def keep(self, connection: Connection, call: CallId, began_at: float, mark: RecordingMark, at: float) -> bool:
        """Writes the row, takes the key into the store, completes the call's record; False where that was done before."""
        if find(connection, call) is not None:
            return False
        row = {"call": call, "began_at": began_at, "seconds": mark.seconds, "size": mark.size, "sha256": mark.sha256}
        sealed = self._sidecar(call).read_bytes()
        connection.execute(insert(table).values(**row, is_whole=mark.is_whole, sealed_key=sealed, uploaded_at=0.0,
                                                held_for="", is_hold_told=True, destroyed_at=0.0))  # fmt: skip
        calls.complete_call(connection, call, mark, at)
        return True

    def orphans(self, connection: Connection, live: tuple[CallId, ...], at: float) -> list[Path]:
        """Files that nobody told the end of: their window or telephony died. Those of `live` calls are left alone."""
        found = sorted([*self.folder.glob(f"*{WHOLE}"), *self.folder.glob(f"*{RUNNING}")])
        return [path for path in found if self._is_orphan(connection, path, live, at)]

    def finish(self, path: Path, private: bytes) -> tuple[float, RecordingMark]:
        """Reads a file that nobody finished, cuts off what is half-written at its end and gives it its lasting name: when it
        began, and its mark. Takes its time. Raises VoiceUnreadable, OSError."""
        call = CallId(path.stem)
        key = unseal(self._sidecar(call).read_bytes(), private, call)
        with path.open("r+b") as file:
            reader = VoiceReader(file, key)
            found = reader.salvage()
            file.truncate(reader.end)
        mark = RecordingMark(file_hash(path), found.seconds, reader.end, found.is_whole)
        path.replace(self.file(call))
        return reader.header.began_at, mark

    def tidy(self, connection: Connection) -> None:
        """Removes key files whose key is in the store, and files that a destruction left behind."""
        kept = {row.call: row.destroyed_at for row in connection.execute(select(table.c.call, table.c.destroyed_at))}
        for path in list(self.folder.glob("*")):
            if path.stem in kept and (path.suffix == KEY or kept[path.stem]):
                _shred(path)

    # --- hearing ---

    def find(self, connection: Connection, call: CallId) -> tuple[Path, bytes]:
        """Its file and its key, also of a call that is up. Raises VoiceUnreadable with why it cannot be heard."""
        row = _row(connection, call)
        if row is not None and row.destroyed_at:
            raise VoiceUnreadable("destroyed")
        path = next((path for path in (self.file(call), self.folder / f"{call}{RUNNING}") if path.exists()), None)
        sidecar = self._sidecar(call)
        if path is None or (row is None and not sidecar.exists()):
            raise VoiceUnreadable("none")
        sealed = row.sealed_key if row is not None else sidecar.read_bytes()
        return path, unseal(sealed, recording_key(connection).private_bytes, call)

    # --- holding and destroying ---

    def hold(self, connection: Connection, call: CallId, why: str) -> bool:
        """Evidence refers to it: it is not destroyed, here or at the centre. `why` "" lets it go. False: no such recording."""
        values = {"held_for": why, "is_hold_told": False}
        return bool(connection.execute(update(table).where(table.c.call == call).values(**values)).rowcount)

    def due(self, connection: Connection, now: float, keep_days: float) -> list[CallId]:
        rows = connection.execute(select(table).where(table.c.destroyed_at == 0)).all()
        return [CallId(kept.call) for kept in map(_kept, rows) if kept.may_go(now, keep_days)]

    def destroy(self, connection: Connection, call: CallId, by: str, at: float) -> None:
        """The key first: when this transaction stands, nobody can hear it again, whatever becomes of the file."""
        values = {"sealed_key": b"", "destroyed_at": at}
        connection.execute(update(table).where(table.c.call == call).values(**values))
        journal.write_line(connection, call, at, "recording-destroyed", b'{"by":"%s"}' % by.encode())

    # --- sending ---

    def unsent(self, connection: Connection) -> list[Unsent]:
        """The oldest first."""
        query = select(table).where(table.c.uploaded_at == 0, table.c.destroyed_at == 0).order_by(table.c.began_at)
        return [Unsent(_kept(row), row.sealed_key, self.file(CallId(row.call))) for row in connection.execute(query)]

    def resealed(self, connection: Connection, call: CallId, key: bytes, public: bytes) -> bytes:
        """The recording's key for whoever has the private half of `public`. Raises VoiceUnreadable."""
        return seal(unseal(key, recording_key(connection).private_bytes, call), public, call)

    def sent(self, connection: Connection, call: CallId, at: float) -> None:
        connection.execute(update(table).where(table.c.call == call).values(uploaded_at=at))
        journal.write_line(connection, call, at, "recording-uploaded", b"{}")

    def untold_holds(self, connection: Connection) -> list[KeptRecording]:
        query = select(table).where(table.c.is_hold_told.is_(False), table.c.uploaded_at > 0)
        return [_kept(row) for row in connection.execute(query)]

    def hold_told(self, connection: Connection, call: CallId, why: str) -> None:
        same = (table.c.call == call, table.c.held_for == why)
        connection.execute(update(table).where(*same).values(is_hold_told=True))

    def _is_orphan(self, connection: Connection, path: Path, live: tuple[CallId, ...], at: float) -> bool:
        call = CallId(path.stem)
        is_still = path.suffix == WHOLE or at - path.stat().st_mtime > STILL_S
        return call not in live and is_still and find(connection, call) is None

    def _sidecar(self, call: CallId) -> Path:
        return self.folder / f"{call}{KEY}"


def stretch(path: Path, key: bytes, start_s: float, end_s: float) -> bytes:
    """Both sides of a recording as one voice, A-law, cut to what is there. Raises VoiceUnreadable, OSError."""
    with path.open("rb") as file:
        found = both(*VoiceReader(file, key).voice(start_s, min(end_s, start_s + HEARD_S)))
    if not found:
        raise VoiceUnreadable("none")
    return to_alaw(found)


def find(connection: Connection, call: CallId) -> KeptRecording | None:
    row = _row(connection, call)
    return None if row is None else _kept(row)


def _row(connection: Connection, call: CallId) -> "Row[Any] | None":
    return connection.execute(select(table).where(table.c.call == call)).first()


def _kept(row: "Row[Any]") -> KeptRecording:
    mark = RecordingMark(row.sha256, row.seconds, row.size, row.is_whole)
    return KeptRecording(CallId(row.call), row.began_at, mark, row.uploaded_at, row.held_for, row.destroyed_at)


def _shred(path: Path) -> None:
    """Overwrites the beginning, which holds what a key file is, and removes the file; a later try follows where that fails."""
    try:
        with path.open("r+b") as file:
            file.write(bytes(min(path.stat().st_size, 4096)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as wrong:
        log.warning("a file of a recording could not be removed: %s", wrong.strerror)
