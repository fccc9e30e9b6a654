"""The thread that looks after recordings: keeps new ones, finds sentences, destroys what is due. The store's own thread stays
free for what the agent writes."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from app.desk.events import DeskEvent, RecordingReady, VoiceFound
from app.domain.call import CallId
from app.domain.recording import RecordingMark
from app.errors import StoreError
from app.storage.database import Database
from app.storage.facts import IDENTITY, find_fact
from app.storage.recording_key import recording_key
from app.storage.recordings import RecordingFolder, Unsent, stretch
from app.voice_file import VoiceUnreadable
from app.wire import Identity

log = logging.getLogger(__name__)
T = TypeVar("T")

LOOK_S = 600.0
"""How often it is looked whether a recording's days are over."""


class RecordingKeeper:
    """Every method but `stop` may be called from any thread and returns at once. `another` opens a way into the store."""

    def __init__(self, folder: Path, another: Callable[[], Database], emit: Callable[[DeskEvent], None], agent: str) -> None:
        self._folder, self._another, self._emit, self._agent = RecordingFolder(folder), another, emit, agent
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._keep_days = float("inf")
        self._thread = threading.Thread(target=self._run, name="recordings", daemon=True)
        self._database: Database | None = None
        self.kept: Callable[[], None] = lambda: None
        """Called when there is a new recording to send."""

    def begin(self) -> None:
        """The store is open: RecordingReady tells where recordings go and whose key they are sealed to."""
        if self._thread.ident is None:
            self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended and its way into the store is closed."""
        if self._thread.ident is not None:
            self._jobs.put(None)
            self._thread.join()
        if self._database is not None:
            self._database.close()

    def another(self) -> "RecordingShelf":
        """For the thread that brings recordings to the centre."""
        return RecordingShelf(self._folder, self._another)

    # --- any thread ---

    def keep(self, call: CallId, began_at: float, mark: RecordingMark) -> None:
        self._jobs.put(lambda: self._keep(call, began_at, mark))

    def adopt(self, live: tuple[CallId, ...]) -> None:
        """Keeps the recordings of calls that nobody told the end of; `live` calls are still up."""
        self._jobs.put(lambda: self._adopt(live))

    def purge(self, keep_days: float) -> None:
        """Destroys now and from now on what the centre has had for so many days."""
        self._keep_days = keep_days
        self._jobs.put(self._purge)

    def find_voice(self, call: CallId, request: str, start_s: float, end_s: float) -> None:
        """Answers with VoiceFound."""
        self._jobs.put(lambda: self._find_voice(call, request, start_s, end_s))

    def hold(self, call: CallId, why: str) -> None:
        """Legal hold: the recording is not destroyed until `why` is "" again."""
        self._jobs.put(lambda: self._hold(call, why))

    # --- the thread ---

    def _run(self) -> None:
        self._try(self._introduce)
        while True:
            try:
                job = self._jobs.get(timeout=LOOK_S)
            except queue.Empty:
                job = self._purge
            if job is None:
                return
            self._try(job)

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except (StoreError, OSError) as wrong:
            log.error("a step for the recordings failed: %s", wrong)
        except Exception:
            log.exception("a step for the recordings failed")

    def _introduce(self) -> None:
        pair = self._in_store(recording_key)
        self._emit(RecordingReady(str(self._folder.folder), pair.public_bytes))

    def _keep(self, call: CallId, began_at: float, mark: RecordingMark) -> None:
        self._in_store(lambda connection: self._folder.keep(connection, call, began_at, mark, time.time()))
        self._tidy()
        self.kept()

    def _adopt(self, live: tuple[CallId, ...]) -> None:
        orphans = self._in_store(lambda connection: self._folder.orphans(connection, live, time.time()))
        pair = self._in_store(recording_key)
        for path in orphans:
            try:
                began_at, mark = self._folder.finish(path, pair.private_bytes)
            except (VoiceUnreadable, OSError) as wrong:
                log.error("the recording of call %s cannot be kept: %s", path.stem, wrong)
            else:
                log.info("the recording of call %s is kept, of which nobody had told the end", path.stem)
                self._keep(CallId(path.stem), began_at, mark)
        self._tidy()

    def _purge(self) -> None:
        due = self._in_store(lambda connection: self._folder.due(connection, time.time(), self._keep_days))
        for call in due:
            self._in_store(partial(self._folder.destroy, call=call, by="rule", at=time.time()))
        self._tidy()

    def _tidy(self) -> None:
        self._in_store(self._folder.tidy)

    def _find_voice(self, call: CallId, request: str, start_s: float, end_s: float) -> None:
        try:
            path, key = self._in_store(lambda connection: self._folder.find(connection, call))
            voice = stretch(path, key, start_s, end_s)
        except VoiceUnreadable as wrong:
            self._emit(VoiceFound(call, request, b"", wrong.values[0]))
        except (StoreError, OSError) as wrong:
            log.error("a sentence of call %s cannot be read: %s", call, wrong)
            self._emit(VoiceFound(call, request, b"", type(wrong).__name__))
        else:
            self._emit(VoiceFound(call, request, voice))

    def _hold(self, call: CallId, why: str) -> None:
        if self._in_store(lambda connection: self._folder.hold(connection, call, why)):
            self.kept()
        else:
            log.warning("no recording of call %s is kept that could be held", call)

    def _in_store(self, work: Callable[[Connection], T]) -> T:
        if self._database is None:
            self._database = self._another()
        with self._database.transaction() as connection:
            return work(connection)


class RecordingShelf:
    """What the sending thread asks of the recordings, on a way of its own into the store. Raises StoreError, OSError."""

    def __init__(self, folder: RecordingFolder, another: Callable[[], Database]) -> None:
        self._folder, self._another = folder, another
        self._database: Database | None = None

    def identity(self) -> Identity | None:
        """Who this console is at the centre; None before it was enrolled."""
        return self._in_store(lambda connection: find_fact(connection, IDENTITY, Identity), writes=False)

    def unsent(self) -> list[Unsent]:
        return self._in_store(self._folder.unsent, writes=False)

    def resealed(self, call: CallId, key: bytes, public: bytes) -> bytes:
        """Raises VoiceUnreadable too."""
        return self._in_store(lambda connection: self._folder.resealed(connection, call, key, public), writes=False)

    def sent(self, call: CallId) -> None:
        self._in_store(lambda connection: self._folder.sent(connection, call, time.time()))

    def untold_holds(self) -> list[tuple[CallId, str]]:
        """Holds that the centre has not heard of: call, and why ("" = let go)."""
        held = self._in_store(self._folder.untold_holds, writes=False)
        return [(CallId(kept.call), kept.held_for) for kept in held]

    def hold_told(self, call: CallId, why: str) -> None:
        self._in_store(lambda connection: self._folder.hold_told(connection, call, why))

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _in_store(self, work: Callable[[Connection], T], writes: bool = True) -> T:
        if self._database is None:
            self._database = self._another()
        with self._database.transaction(writes) as connection:
            return work(connection)
