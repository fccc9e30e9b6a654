"""The emergency desk's API and the text gateway: cards and texts go out on threads of their own; no voice waits for them."""

import json
import logging
import queue
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import msgspec

from app.desk.help_events import CardPushed, HelpEvent, TextSent
from app.domain.handoff import HandOffCard
from app.errors import StoreError
from app.sync.desk_address import DeskAddress

log = logging.getLogger(__name__)

CONNECT_S, ANSWER_S = 2.0, 6.0
RETRY_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
GIVE_UP_S = 24 * 3600.0
"""A card so old helps nobody: it is in the journal."""
TEXT_TRIES = 2
STORE_AGAIN_S = 2.0
_TRANSIENT = (408, 425, 429)
_NAMES = ("case_number", "caseNumber", "case", "number", "id")
"""Where an answer may hold the desk's own number (警单号)."""


class CardStore(Protocol):
    """Where unsent cards outlive a restart. Called on the thread of the emergency desk; raises StoreError."""

    def keep(self, card: HandOffCard) -> None: ...
    def forget(self, card: str) -> None: ...
    def all(self) -> list[HandOffCard]: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class _Job:
    """A card: its latest revision, until it is taken."""

    card: HandOffCard
    tries: int = 0
    due: float = 0.0
    is_kept: bool = False
    was_told: bool = False


class EmergencyDesk:
    """Implements desk.ports.Messenger. `push_card`, `send_text`, `set_up` and `keep_in` may be called from any thread."""

    def __init__(self, address: DeskAddress, emit: Callable[[HelpEvent], None]) -> None:
        self._address, self._emit = address, emit
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._jobs: dict[str, _Job] = {}
        self._store: CardStore | None = None
        self._store_due = 0.0
        self._is_ending = False
        self._http: httpx.Client | None = None
        self._texts = threading.Thread(target=self._run_texts, name="text-gateway", daemon=True)
        self._messages: queue.SimpleQueue[tuple[str, str, str] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="emergency-desk", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._texts.start()

    def stop(self) -> None:
        """What is not sent yet stays in the store; returns when the threads have ended, after an answer's time at most."""
        self._is_ending = True
        self._asked.put(None)
        self._messages.put(None)
        for thread in (self._thread, self._texts):
            if thread.ident is not None:
                thread.join(CONNECT_S + ANSWER_S)

    def set_up(self, address: DeskAddress) -> None:
        """The site's settings were changed; what waits goes to the new address."""
        self._asked.put(lambda: self._move(address))

    def keep_in(self, store: CardStore) -> None:
        """The store is open: what it holds of an earlier run is sent, what waits is kept."""
        self._asked.put(lambda: self._adopt(store))

    def push_card(self, card: HandOffCard) -> None:
        """Answered with CardPushed. A later revision takes the place of one that still waits."""
        self._asked.put(lambda: self._take(card))

    def send_text(self, request: str, line: str, text: str) -> None:
        """Answered with TextSent."""
        self._messages.put((request, line, text))

    # --- the thread of cards ---

    def _run(self) -> None:
        while not self._is_ending:
            try:
                work = self._asked.get(timeout=self._idle_s())
                if work is not None:
                    work()
            except queue.Empty:
                pass
            except Exception:
                log.exception("a step of the emergency desk failed")
            self._keep_all()
            for job in [job for job in self._jobs.values() if job.due <= time.monotonic()]:
                if not self._is_ending and self._asked.empty():  # a newer revision may just have come
                    self._send(job)
        if self._store is not None:
            self._store.close()
        if self._http is not None:
            self._http.close()

    def _idle_s(self) -> float | None:
        due = [job.due for job in self._jobs.values()]
        if self._store is not None and any(not job.is_kept for job in self._jobs.values()):
            due.append(self._store_due)
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _move(self, address: DeskAddress) -> None:
        self._address = address
        for job in self._jobs.values():
            job.due = 0.0

    def _adopt(self, store: CardStore) -> None:
        self._store = store
        try:
            for card in store.all():
                if card.card not in self._jobs:
                    self._jobs[card.card] = _Job(card, is_kept=True)
        except StoreError as wrong:
            log.warning("unsent cards could not be read: %s", wrong)

    def _take(self, card: HandOffCard) -> None:
        before = self._jobs.get(card.card)
        if before is None or before.card.revision < card.revision:
            self._jobs[card.card] = _Job(card, was_told=before.was_told if before is not None else False)

    def _keep_all(self) -> None:
        if self._store is None or self._store_due > time.monotonic():
            return
        try:
            for job in self._jobs.values():
                if not job.is_kept:
                    self._store.keep(job.card)
                    job.is_kept = True
        except StoreError as wrong:
            self._store_due = time.monotonic() + STORE_AGAIN_S
            log.warning("an unsent card could not be kept: %s", wrong)

    def _send(self, job: _Job) -> None:
        card = job.card
        if not self._address.desk_url or time.time() - card.pressed_at > GIVE_UP_S:
            self._finish(job, False, "", "no address" if not self._address.desk_url else "too old")
            return
        job.tries += 1
        try:
            answer = self._client().post(self._address.desk_url, content=_body(card), headers=self._headers(card))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as wrong:
            self._again(job, type(wrong).__name__)
            return
        if answer.status_code // 100 == 2:
            self._finish(job, True, case_number_in(answer.content), "")
        elif answer.status_code >= 500 or answer.status_code in _TRANSIENT:
            self._again(job, f"status {answer.status_code}")
        else:
            self._finish(job, False, "", f"status {answer.status_code}")

    def _headers(self, card: HandOffCard) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"{card.card}-{card.revision}"}
        if self._address.desk_token:
            headers["Authorization"] = f"Bearer {self._address.desk_token}"
        return headers

    def _again(self, job: _Job, reason: str) -> None:
        job.due = time.monotonic() + RETRY_S[min(job.tries, len(RETRY_S)) - 1]
        if not job.was_told:
            job.was_told = True
            self._tell(job.card, False, False, "", reason)

    def _finish(self, job: _Job, is_done: bool, case_number: str, reason: str) -> None:
        self._jobs.pop(job.card.card, None)
        if self._store is not None:
            try:
                self._store.forget(job.card.card)
            except StoreError as wrong:  # it is sent once more after a restart: the key tells the desk that it has it
                log.warning("a sent card could not be forgotten: %s", wrong)
        self._tell(job.card, is_done, True, case_number, reason)

    def _tell(self, card: HandOffCard, is_done: bool, is_final: bool, case_number: str, reason: str) -> None:
        self._emit(CardPushed(card.card, card.revision, is_done, is_final, case_number, reason, time.time()))

    def _client(self) -> httpx.Client:
        if self._http is None:
            self._http = _new_client()
        return self._http

    # --- the thread of texts ---

    def _run_texts(self) -> None:
        client: httpx.Client | None = None
        while (message := self._messages.get()) is not None:
            request, line, text = message
            client = client or _new_client()
            reason = "no address"
            for _ in range(TEXT_TRIES if self._address.text_url else 0):
                reason = self._send_text(client, request, line, text)
                if not reason or self._is_ending:
                    break
            self._emit(TextSent(request, not reason, reason))
        if client is not None:
            client.close()

    def _send_text(self, client: httpx.Client, request: str, line: str, text: str) -> str:
        """ "" where the gateway took it, else why it did not."""
        headers = {"Idempotency-Key": request}
        if self._address.text_token:
            headers["Authorization"] = f"Bearer {self._address.text_token}"
        try:
            body = {"to": "12110" if line == "110" else line, "line": line, "text": text}
            answer = client.post(self._address.text_url, json=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as wrong:
            return type(wrong).__name__
        return "" if answer.status_code // 100 == 2 else f"status {answer.status_code}"


def case_number_in(content: bytes) -> str:
    """The desk's own number in its answer; "" where there is none that is short and plain."""
    try:
        answer: Any = json.loads(content)
    except ValueError:
        return ""
    if not isinstance(answer, dict):
        return ""
    found = next((answer[name] for name in _NAMES if isinstance(answer.get(name), str | int)), "")
    text = str(found).strip()
    return text if 0 < len(text) <= 64 and text.isprintable() else ""


def _body(card: HandOffCard) -> bytes:
    return msgspec.json.encode(card)


def _new_client() -> httpx.Client:
    """Certificates are verified; a proxy of the user's browser has no place here."""
    return httpx.Client(
        timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
        verify=ssl.create_default_context(),
        trust_env=False,
        follow_redirects=False,
    )
