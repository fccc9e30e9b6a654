"""The local store on its own thread: the desk asks and goes on at once, events tell what has become durable."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.desk.events import (
    CallsRecorded,
    DeskEvent,
    HistoryFound,
    MissedFound,
    NoticeCleared,
    Noticed,
    NumbersCounted,
    StoreOpened,
    TicketKept,
    TicketNotKept,
    TicketsFound,
)
from app.desk.shield_wishes import ShieldWish
from app.desk.transcript_wishes import TranscriptWish
from app.domain.agent import AgentState
from app.domain.alert import Alert
from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.ticket import Ticket
from app.errors import JiesuError, StoreError
from app.storage import calls, journal, missed, operations, tickets
from app.storage.database import Database, StoreFolder
from app.storage.facts import AGENT_STATE, LAST_DIALLED, UNDONE_REPAIRS, find_fact, keep_fact
from app.storage.key import KeyRing, system_keyring
from app.storage.numbers import numbers_left
from app.storage.outbox import StoreOutbox
from app.storage.recording_keeper import RecordingKeeper
from app.storage.shield_store import ShieldStore
from app.storage.transcript_store import TranscriptStore
from app.storage.transcript_told import tell
from app.storage.unsent_cards import UnsentCards
from app.wire import AGENT_STATE as AGENT_STATE_TOLD
from app.wire import ALERT_RAISED, AgentStateChange

log = logging.getLogger(__name__)

FLUSH_S = 0.25
"""Notes and drafts are on the disk this long after they were told, at the latest."""

RETRY_S = 1.0
"""How often a store that failed is tried again."""

OPERATIONS_KEPT_S = 30 * 86_400.0
"""How long operations that the centre took are kept, in case it must be told anew."""


@dataclass(frozen=True, slots=True)
class _Write:
    """Something to be written soon, in its turn. A later write of the same `slot` takes the place of an earlier one."""

    apply: Callable[[Connection], object]
    slot: str = ""
    is_urgent: bool = False


class StoreThread:
    """Implements desk.ports.Store. Every method may be called from any thread and returns at once.

    What cannot be written stays in memory, in order, and is tried again every second; only a ticket's save is answered with
    TicketNotKept, because its draft is still on the desk. `outbox` belongs to the sync thread.
    """

    def __init__(self, folder: Path, emit: Callable[[DeskEvent], None], agent: str, ring: KeyRing | None = None) -> None:
        """`ring` None asks for the system's keyring when the store is opened."""
        self._listener, self._agent = emit, agent
        self._folder = StoreFolder(folder, lambda: ring if ring is not None else system_keyring())
        self._jobs: queue.SimpleQueue[_Write | Callable[[], None] | None] = queue.SimpleQueue()
        self._pending: list[_Write] = []
        self._flush_at = float("inf")
        self._database: Database | None = None
        self._failure: StoreError | None = None
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self.outbox = StoreOutbox(self._folder.another, emit)
        self.cards = UnsentCards(self._folder.another)
        self._shield = ShieldStore(folder, self._folder.another, self._emit, self._write_soon, self._ask, agent)
        self._words = TranscriptStore(self._folder.another, self._emit, self._ask, self._after, self._write_soon)
        self.recordings = RecordingKeeper(folder.parent / "recordings", self._folder.another, self._emit, agent)

    def open(self) -> None:
        """Begins; StoreOpened comes when the store is open, a standing notice when it cannot be (and it is tried again)."""
        self._thread.start()

    def stop(self) -> None:
        """Writes what is pending, closes the store and returns when the thread has ended."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()

    # --- desk.ports.Store ---

    def note(self, call: CallId, kind: str, body: dict[str, Any]) -> None:
        at, line = time.time(), msgspec.json.encode(body)
        self._jobs.put(_Write(lambda connection: journal.write_line(connection, call, at, kind, line)))

    def keep_draft(self, ticket: Ticket, own_fields: tuple[str, ...]) -> None:
        at = time.time()
        self._jobs.put(
            _Write(lambda connection: journal.write_draft(connection, ticket, own_fields, at), slot=f"draft {ticket.id}")
        )

    def drop_draft(self, ticket: Ticket) -> None:
        self._jobs.put(_Write(lambda connection: journal.drop_draft(connection, ticket.id), slot=f"draft {ticket.id}"))

    def save(self, ticket: Ticket) -> None:
        self._jobs.put(lambda: self._save(ticket))

    def record_call(self, record: CallRecord) -> None:
        at = time.time()
        self._jobs.put(_Write(lambda connection: calls.record_call(connection, record, at), is_urgent=True))

    def record_emergency(self, record: EmergencyRecord) -> None:
        at = time.time()
        self._jobs.put(_Write(lambda connection: calls.record_emergency(connection, record, at), is_urgent=True))

    def set_agent_state(self, state: AgentState, reason: str, since: float) -> None:
        change = AgentStateChange(self._agent, state, reason, since)
        self._jobs.put(_Write(lambda connection: _keep_state(connection, change), is_urgent=True))

    def raise_alert(self, alert: Alert) -> None:
        self._write_soon(lambda connection: operations.append(connection, ALERT_RAISED, alert.call, alert, alert.at))

    def keep_last_dialled(self, number: str) -> None:
        self._jobs.put(_Write(lambda connection: keep_fact(connection, LAST_DIALLED, number), slot="last dialled"))

    def find_history(self, call: CallId, number: str) -> None:
        self._ask(lambda connection: HistoryFound(call, tickets.history(connection, number)))

    def serve_shield(self, wish: ShieldWish) -> None:
        self._shield.serve(wish)

    def serve_words(self, wish: TranscriptWish) -> None:
        self._words.serve(wish)

    def find_tickets(self, query: str) -> None:
        self._ask(lambda connection: TicketsFound(query, tickets.search(connection, query)))

    def confirm_calls(self, asked: tuple[CallId, ...]) -> None:
        self._ask(lambda connection: CallsRecorded(calls.recorded(connection, asked)))

    def find_missed(self) -> None:
        self._ask(lambda connection: MissedFound(missed.listed(connection, time.time())))

    def settle_missed(self, number: str, why: str, by: str, at: float) -> None:
        self._jobs.put(_Write(lambda connection: missed.settle(connection, number, why, by, at), is_urgent=True))

    # --- the store's thread ---

    def _run(self) -> None:
        self._open()
        while True:
            try:
                job = self._jobs.get(timeout=self._patience())
            except queue.Empty:
                self._flush()
                continue
            if job is None:
                break
            if isinstance(job, _Write):
                self._hold(job)
            else:
                job()
            if time.monotonic() >= self._flush_at:
                self._flush()
        self._close()

    def _emit(self, event: DeskEvent) -> None:
        try:
            self._listener(event)
        except Exception:
            log.exception("somebody who was told of %s failed; the store goes on", type(event).__name__)

    def _patience(self) -> float | None:
        if self._flush_at == float("inf"):
            return None
        return max(0.0, self._flush_at - time.monotonic())

    def _hold(self, write: _Write) -> None:
        if write.slot:
            self._pending = [other for other in self._pending if other.slot != write.slot]
        self._pending.append(write)
        if self._failure is None:
            wait_s = 0.0 if write.is_urgent else FLUSH_S
            self._flush_at = min(self._flush_at, time.monotonic() + wait_s)

    def _open(self) -> bool:
        """Tries to open; says once what is wrong. True when the store is open."""
        if self._database is not None:
            return True
        database = None
        try:
            database = self._folder.hold()
            with database.transaction() as connection:
                tickets.number_the_unnumbered(connection, time.time())
                operations.forget_before(connection, time.time() - OPERATIONS_KEPT_S)
                missed.forget_before(connection, time.time() - missed.KEPT_S)
                opened = self._opened(connection)
        except StoreError as failed:
            if database is not None:
                database.close()
                self._folder.leave()
            self._complain(failed)
            return False
        self._database = database
        self._recovered()
        self._emit(opened)
        self.recordings.begin()
        return True

    def _opened(self, connection: Connection) -> StoreOpened:
        state = find_fact(connection, AGENT_STATE, AgentStateChange)
        if state is None or state.agent != self._agent:
            state = AgentStateChange(self._agent, AgentState.OFFLINE, "", 0.0)
        left, recent = numbers_left(connection), tickets.search(connection, "")
        last = find_fact(connection, LAST_DIALLED, str) or ""
        undone = find_fact(connection, UNDONE_REPAIRS, tuple[tuple[str, str], ...]) or ()
        drafts = journal.drafts(connection)
        return StoreOpened(self._agent, state.state, state.since, left, drafts, recent, last, state.reason, undone)

    def _flush(self) -> None:
        self._flush_at = float("inf")
        if not self._open() or not (self._pending or self._failure):
            return
        try:
            with self._held().transaction() as connection:
                for write in self._pending:
                    write.apply(connection)
                if self._failure is not None:
                    keep_fact(connection, "tried", time.time())  # reading alone would not show that there is room again
        except StoreError as failed:
            self._complain(failed)
        except Exception:
            log.exception("something that was to be kept cannot be written")
            self._flush_one_by_one(self._pending)
        else:
            self._pending = []
            self._recovered()

    def _write_soon(self, apply: Callable[[Connection], object], then: Callable[[], None] | None = None) -> None:
        """Writes in its turn; `then` is called on the store's thread when that is on the disk."""
        self._jobs.put(_Write(apply, is_urgent=True))
        if then is not None:
            self._jobs.put(then)

    def _after(self, then: Callable[[], None]) -> None:
        """Calls back on the store's thread when all that was told before is on the disk, or cannot be brought there now."""
        self._jobs.put(self._flush)
        self._jobs.put(then)

    def _flush_one_by_one(self, writes: list[_Write]) -> None:
        """One write that can never succeed must not hold up the others; it is named in the status area."""
        self._pending = []
        for place, write in enumerate(writes):
            try:
                with self._held().transaction() as connection:
                    write.apply(connection)
            except StoreError as failed:
                self._pending = writes[place:]
                self._complain(failed)
                return
            except Exception as failed:
                self._emit(Noticed(_internal(failed)))

    def _save(self, ticket: Ticket) -> None:
        try:
            kept, left = self._write_with_pending(ticket)
        except StoreError as failed:
            self._complain(failed)
            self._emit(TicketNotKept(ticket, _notice(failed)))
        except JiesuError as broken:
            self._emit(TicketNotKept(ticket, _notice(broken)))
        except Exception as failed:
            log.exception("a ticket, or what was told before it, cannot be written")
            if self._pending:
                self._flush_one_by_one(self._pending)
                if not self._pending:
                    return self._save(ticket)
            self._emit(TicketNotKept(ticket, _internal(failed)))
        else:
            self._pending, self._flush_at = [], float("inf")
            self._recovered()
            self._emit(TicketKept(kept))
            if call := kept.call:
                told = _Write(lambda connection: tell(connection, kept.id, call, kept.agent, kept.saved_at), is_urgent=True)
                self._hold(told)
            self._emit(NumbersCounted(left))
            if kept.number is None:
                self._emit(Noticed(Notice(NoticeCode.NO_NUMBERS)))
        return None

    def _write_with_pending(self, ticket: Ticket) -> tuple[Ticket, int]:
        """One commit for the ticket and for what was told before it, in that order: half the wait of two."""
        with self._held().transaction() as connection:
            for write in self._pending:
                write.apply(connection)
            return tickets.save(connection, ticket, time.time()), numbers_left(connection)

    def _ask(self, answer: Callable[[Connection], DeskEvent]) -> None:
        self._jobs.put(lambda: self._answer(answer))

    def _answer(self, answer: Callable[[Connection], DeskEvent]) -> None:
        try:
            with self._held().transaction(writes=False) as connection:
                event = answer(connection)
        except StoreError as failed:
            self._complain(failed)
            return
        self._emit(event)

    def _held(self) -> Database:
        """The open database; raises the StoreError that keeps it shut."""
        if self._database is None and not self._open():
            raise self._failure or StoreError("the store is not open")
        assert self._database is not None
        return self._database

    def _complain(self, failed: StoreError) -> None:
        """Says it once, until it is over or changes; the next try comes by itself."""
        self._flush_at = time.monotonic() + RETRY_S
        before, self._failure = self._failure, failed
        if before is not None and _notice(before) == _notice(failed):
            return
        if before is not None:
            self._emit(NoticeCleared(NoticeCode(before.code)))
        log.error("the store cannot be used: %s", failed)
        self._emit(Noticed(_notice(failed)))

    def _recovered(self) -> None:
        before, self._failure = self._failure, None
        if before is not None:
            self._emit(NoticeCleared(NoticeCode(before.code)))

    def _close(self) -> None:
        self._flush()
        if self._pending:
            log.error("the store was closed with %d changes unwritten", len(self._pending))
        self.recordings.stop()
        self.outbox.close()
        self._shield.close()
        self._words.close()
        if self._database is not None:
            self._database.close()
            self._database = None
            self._folder.leave()


def _keep_state(connection: Connection, change: AgentStateChange) -> None:
    keep_fact(connection, AGENT_STATE, change)
    operations.append(connection, AGENT_STATE_TOLD, change.agent, change, change.since)


def _internal(failed: Exception) -> Notice:
    return Notice(NoticeCode.INTERNAL, (type(failed).__name__,), Gravity.ERROR, standing=False)


def _notice(error: JiesuError) -> Notice:
    is_ours = isinstance(error, StoreError)
    return Notice(NoticeCode(error.code), error.values, Gravity.ERROR if is_ours else Gravity.WARNING, standing=is_ours)
