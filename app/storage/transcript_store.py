"""The words of calls in the local store: found again with their ticket, and exported on a thread that no save waits for."""

import errno
import logging
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from app.desk.events import DeskEvent
from app.desk.transcript_events import WordsExported, WordsFound, WordsNotExported
from app.desk.transcript_wishes import ExportWords, FindWords, KeepUndoneRepairs, KeepWords, TellWords, TranscriptWish
from app.domain.masking import place_of
from app.errors import StoreError
from app.storage import journal
from app.storage.database import Database
from app.storage.facts import UNDONE_REPAIRS, keep_fact
from app.storage.recordings import find
from app.storage.transcript_fetched import keep, kept_at
from app.storage.transcript_file import FORMS, Record
from app.storage.transcript_told import tell

log = logging.getLogger(__name__)

CLOSE_S = 30.0
_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.EEXIST: "exists",
}

Ask = Callable[[Callable[[Connection], DeskEvent]], None]
WriteSoon = Callable[[Callable[[Connection], object], Callable[[], None] | None], None]
After = Callable[[Callable[[], None]], None]


class TranscriptStore:
    """`serve` may be called from any thread and returns at once. `after` calls back when all that was told before is on the
    disk, `another` opens a way into the store for the exporting thread."""

    def __init__(
        self,
        another: Callable[[], Database],
        emit: Callable[[DeskEvent], None],
        ask: Ask,
        after: After,
        write_soon: WriteSoon,
    ) -> None:
        self._another, self._emit, self._ask, self._after, self._write_soon = another, emit, ask, after, write_soon
        self._wishes: queue.SimpleQueue[ExportWords | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="transcripts", daemon=True)

    def serve(self, wish: TranscriptWish) -> None:
        match wish:
            case FindWords():
                self._after(lambda: None)  # corrections that were told a moment ago belong to it
                self._ask(lambda connection: found(connection, wish))
            case TellWords(ticket, call, by):
                self._write_soon(lambda connection: tell(connection, ticket, call, by, time.time()), None)
            case KeepUndoneRepairs(pairs):
                self._write_soon(lambda connection: keep_fact(connection, UNDONE_REPAIRS, pairs), None)
            case KeepWords():
                self._write_soon(lambda connection: keep(connection, wish, time.time()), None)
                self._ask(lambda connection: found(connection, wish, is_fetched=True))
            case ExportWords():
                self._after(lambda: self._export_soon(wish))

    def close(self) -> None:
        """Returns when what was asked for is written."""
        if self._thread.is_alive():
            self._wishes.put(None)
            self._thread.join(CLOSE_S)

    def _export_soon(self, wish: ExportWords) -> None:
        if not self._thread.is_alive():
            self._thread.start()
        self._wishes.put(wish)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                write_file(Path(wish.target), self._content(wish), wish.may_replace)
            except (OSError, StoreError, ValueError) as failed:
                log.error("a transcript could not be exported: %s", type(failed).__name__)
                self._emit(WordsNotExported(wish.target, _reason(failed)))
            except Exception as failed:
                log.error("a transcript could not be exported: %s", place_of(failed))
                self._emit(WordsNotExported(wish.target, type(failed).__name__))
            else:
                self._emit(WordsExported(wish.target))

    def _content(self, wish: ExportWords) -> bytes:
        """Raises ValueError for an ending that names no form."""
        form = FORMS.get(Path(wish.target).suffix.lower())
        if form is None:
            raise ValueError("ending")
        database = self._another()
        try:
            with database.transaction(writes=False) as connection:
                calls = tuple((call, answered_at, find(connection, call)) for call, answered_at in wish.calls)
        finally:
            database.close()
        return form(Record(wish.ticket, wish.own_fields, wish.transcript, calls, wish.by, wish.at))


def found(connection: Connection, wish: FindWords | KeepWords, is_fetched: bool = False) -> WordsFound:
    transcript, calls = journal.words_of(connection, wish.call)
    return WordsFound(wish.case, transcript.utterances, calls, kept_at(connection, wish.call), is_fetched)


def write_file(target: Path, content: bytes, may_replace: bool) -> None:
    """Readable by this user only, and whole or not at all. Raises FileExistsError where one is there that may not go."""
    if not may_replace and target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _reason(failed: Exception) -> str:
    if isinstance(failed, OSError) and failed.errno in _REASONS:
        return _REASONS[failed.errno]
    return str(failed) or type(failed).__name__
