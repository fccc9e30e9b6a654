"""The store from the first moment on: its libraries take 0.4 s to load, and are loaded beside the window, not before it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.desk.events import DeskEvent
from app.desk.shield_wishes import ShieldWish
from app.desk.transcript_wishes import TranscriptWish
from app.domain.agent import AgentState
from app.domain.alert import Alert
from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.recording import RecordingMark
from app.domain.ticket import Ticket

if TYPE_CHECKING:
    from app.storage.key import KeyRing
    from app.storage.outbox import StoreOutbox
    from app.storage.recording_keeper import RecordingKeeper
    from app.storage.store import StoreThread
    from app.storage.unsent_cards import UnsentCards


class LateStore:
    """Implements desk.ports.Store: what is told before `open` has loaded the store waits, and is told to it in its order."""

    def __init__(self, folder: Path, emit: Callable[[DeskEvent], None], agent: str, ring: "KeyRing | None" = None) -> None:
        """`ring` None asks for the system's keyring when the store is opened."""
        self._folder, self._emit, self._agent, self._ring = folder, emit, agent, ring
        self._store: StoreThread | None = None
        self._waiting: list[Callable[[StoreThread], None]] = []
        self._lock = threading.Lock()

    @property
    def outbox(self) -> "StoreOutbox":
        """For the sync thread, which begins when StoreOpened came."""
        assert self._store is not None, "no StoreOpened came yet"
        return self._store.outbox

    @property
    def cards(self) -> "UnsentCards":
        """For the thread of the emergency desk, after StoreOpened came."""
        assert self._store is not None, "no StoreOpened came yet"
        return self._store.cards

    @property
    def recordings(self) -> "RecordingKeeper":
        """For the thread that sends recordings, which begins when StoreOpened came."""
        assert self._store is not None, "no StoreOpened came yet"
        return self._store.recordings

    def open(self) -> None:
        """Loads and begins; takes its time, so not on the main thread."""
        from app.storage.store import StoreThread

        store = StoreThread(self._folder, self._emit, self._agent, self._ring)
        with self._lock:
            for tell in self._waiting:
                tell(store)
            self._waiting.clear()
            self._store = store
        store.open()

    def stop(self) -> None:
        """Writes what is pending, closes the store and returns when its thread has ended. Not before `open` has returned."""
        if self._store is not None:
            self._store.stop()

    def note(self, call: CallId, kind: str, body: dict[str, Any]) -> None:
        self._tell(lambda store: store.note(call, kind, body))

    def keep_draft(self, ticket: Ticket, own_fields: tuple[str, ...]) -> None:
        self._tell(lambda store: store.keep_draft(ticket, own_fields))

    def drop_draft(self, ticket: Ticket) -> None:
        self._tell(lambda store: store.drop_draft(ticket))

    def save(self, ticket: Ticket) -> None:
        self._tell(lambda store: store.save(ticket))

    def record_call(self, record: CallRecord) -> None:
        self._tell(lambda store: store.record_call(record))

    def record_emergency(self, record: EmergencyRecord) -> None:
        self._tell(lambda store: store.record_emergency(record))

    def set_agent_state(self, state: AgentState, reason: str, since: float) -> None:
        self._tell(lambda store: store.set_agent_state(state, reason, since))

    def raise_alert(self, alert: Alert) -> None:
        self._tell(lambda store: store.raise_alert(alert))

    def keep_last_dialled(self, number: str) -> None:
        self._tell(lambda store: store.keep_last_dialled(number))

    def find_history(self, call: CallId, number: str) -> None:
        self._tell(lambda store: store.find_history(call, number))

    def serve_shield(self, wish: ShieldWish) -> None:
        self._tell(lambda store: store.serve_shield(wish))

    def serve_words(self, wish: TranscriptWish) -> None:
        self._tell(lambda store: store.serve_words(wish))

    def find_tickets(self, query: str) -> None:
        self._tell(lambda store: store.find_tickets(query))

    def confirm_calls(self, asked: tuple[CallId, ...]) -> None:
        self._tell(lambda store: store.confirm_calls(asked))

    def find_missed(self) -> None:
        self._tell(lambda store: store.find_missed())

    def settle_missed(self, number: str, why: str, by: str, at: float) -> None:
        self._tell(lambda store: store.settle_missed(number, why, by, at))

    def keep_recording(self, call: CallId, began_at: float, mark: RecordingMark) -> None:
        self._tell(lambda store: store.recordings.keep(call, began_at, mark))

    def adopt_recordings(self, live: tuple[CallId, ...]) -> None:
        self._tell(lambda store: store.recordings.adopt(live))

    def purge_recordings(self, keep_days: float) -> None:
        self._tell(lambda store: store.recordings.purge(keep_days))

    def hold_recording(self, call: CallId, why: str) -> None:
        self._tell(lambda store: store.recordings.hold(call, why))

    def find_voice(self, call: CallId, request: str, start_s: float, end_s: float) -> None:
        self._tell(lambda store: store.recordings.find_voice(call, request, start_s, end_s))

    def _tell(self, tell: "Callable[[StoreThread], None]") -> None:
        with self._lock:
            if self._store is None:
                self._waiting.append(tell)
            else:
                tell(self._store)
