"""The sync threads: one speaks with the centre and the outbox, one listens for hints. Implements desk.ports.Courier."""

import logging
import queue
import random
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

import msgspec

from app.desk.queue_state import NO_SEAT, Seat
from app.desk.transcript_wishes import AskWords
from app.domain.agent import AgentState, SupervisionMode
from app.errors import CentreError, JiesuError, StoreError
from app.sync.client import CentreClient, IdentityInUse
from app.sync.ports import Outbox
from app.sync.session import Session
from app.sync.standing import Emit, Standing
from app.sync.words_asked import WordsAsked
from app.wire import Identity, Presence, Supervise

log = logging.getLogger(__name__)

BEAT_S = 3.0
ECHO_S = 0.3
"""What was asked to go out may reach the outbox a moment later: soon after, it is looked into once more."""
PULL_S = 5.0
FIGURES_S = 1.0
RETRY_S = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
FALLEN_S = 0.5
PARTING_S = 1.0
"""How long `stop` lets the last changes and the leave-taking go out, before it breaks the connection."""


class SyncWorker:
    """`start` and `stop` belong to one thread; the Courier's methods may be called from any and return at once."""

    def __init__(
        self, address: str, token: str, console_name: str, outbox: Outbox, emit: Emit, program_version: str, agent: str = ""
    ) -> None:
        """`agent`: the name that the wallboard shows. Raises CentreGarbage where `address` is none."""
        self._token, self._name, self._agent = token, console_name, agent
        self._outbox = outbox
        self._standing = Standing(emit, console_name)
        instance = uuid.uuid4().hex
        self._client = CentreClient(address, instance, program_version)
        self._ear = CentreClient(address, instance, program_version)
        self._session = Session(self._client, outbox, self._standing, emit, self._is_cut, instance)
        self._presence = Presence(agent, AgentState.OFFLINE, time.time(), 0, False, 0.0, 0)
        self._wake = threading.Event()
        self._has_news = False
        self._ending = threading.Event()
        self._cut = threading.Event()
        self._online = threading.Event()
        self._wants_figures = False
        self._supervise: queue.SimpleQueue[Supervise] = queue.SimpleQueue()
        self._words = WordsAsked(self._client, emit)
        self._due = dict.fromkeys(("push", "pull", "beat", "figures", "retry"), 0.0)  # monotonic; 0 = now
        self._failures = 0
        self._identity: Identity | None = None
        self._threads = (
            threading.Thread(target=self._keep, args=(self._run,), name="sync", daemon=True),
            threading.Thread(target=self._keep, args=(self._listen,), name="sync-hints", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Sends what still waits and takes leave, as far as that goes within a second; returns when the threads have ended."""
        self._ending.set()
        self._wake.set()
        self._ear.interrupt()
        self._online.set()  # lets the listening thread see the end
        sync, ear = self._threads
        if sync.ident is not None:
            sync.join(PARTING_S)
            self._cut.set()
            self._client.interrupt()
            sync.join(PARTING_S)
            ear.join(PARTING_S)
        for thread in self._threads:
            if thread.is_alive():
                log.error("the thread %s does not end", thread.name)
        self._client.close()
        self._ear.close()

    def wake(self) -> None:
        self._has_news = True
        self._due["push"] = 0.0
        self._wake.set()

    def tell_presence(
        self, state: AgentState, since: float, ringing: int, is_in_call: bool, oldest_ring_at: float, seat: Seat = NO_SEAT
    ) -> None:
        told = Presence(
            self._agent, state, since, ringing, is_in_call, oldest_ring_at, 0,
            reason=seat.reason, extension=seat.extension, phone=seat.phone, unanswered=seat.unanswered,
            is_joined=seat.is_joined,
        )  # fmt: skip
        if told != self._presence:
            self._presence = told
            self._due["beat"] = 0.0
            self._wake.set()

    def supervise(self, id: str, console: str, mode: SupervisionMode | None) -> None:
        """Asked once, now: a wish of a minute ago must not be fulfilled when the centre comes back."""
        self._supervise.put(Supervise(id, console, mode))
        self._wake.set()

    def ask_words(self, wish: AskWords) -> None:
        self._words.ask(wish)
        self._wake.set()

    def want_figures(self, is_wanted: bool) -> None:
        self._wants_figures = is_wanted
        self._due["figures"] = 0.0
        self._wake.set()

    # --- the sync thread -------------------------------------------------------------------------------------------------

    def _keep(self, work: Callable[[], None]) -> None:
        """Begins anew whatever makes a thread of ours fall: what waits for the centre must not wait for the next start."""
        while True:
            try:
                work()
            except BaseException:
                log.exception("the thread %s fell and begins anew", threading.current_thread().name)
                if not self._ending.wait(FALLEN_S):
                    continue
            return

    def _run(self) -> None:
        while not self._ending.is_set():
            self._try(self._round)
            self._wake.wait(self._idle_s())
            self._wake.clear()
        if self._standing.is_online:
            self._try(self._take_leave)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except IdentityInUse as wrong:
            with suppress(StoreError):
                self._session.lose_identity()
            self._lost(wrong)
        except JiesuError as wrong:
            self._lost(wrong)
        except Exception as wrong:
            log.exception("the sync with the centre failed")
            self._lost(JiesuError(type(wrong).__name__))

    def _round(self) -> None:
        """Does what is due."""
        if self._identity is None:
            while not self._supervise.empty():
                self._session.refuse(self._supervise.get(), "centre", "")
            if not self._is_due("retry"):
                self._words.away()
                self._standing.counted(self._outbox.count())
                return
            self._connect()
        assert self._identity is not None
        if self._is_due("push", ECHO_S if self._has_news else BEAT_S):
            self._has_news = False
            self._identity = self._session.push(self._identity, self._token, self._name)
            self._session.lease_numbers()
        if self._is_due("beat", BEAT_S):
            self._beat(is_leaving=False)
        while not self._supervise.empty():
            self._session.supervise(self._supervise.get())
        self._words.answer()
        if self._is_due("pull", PULL_S):
            self._session.pull()
        if self._wants_figures and self._is_due("figures", FIGURES_S):
            self._session.figures()
        self._standing.heard(self._outbox.count())

    def _connect(self) -> None:
        self._identity = self._session.connect(self._token, self._name)
        self._ear.be(self._identity)
        self._failures = 0
        for task in ("push", "pull", "beat", "figures"):
            self._due[task] = 0.0
        self._standing.heard(self._outbox.count())
        self._online.set()
        log.info("the centre is there")

    def _beat(self, is_leaving: bool) -> None:
        told = self._presence
        self._session.tell(msgspec.structs.replace(told, waiting=self._outbox.count(), is_leaving=is_leaving))

    def _take_leave(self) -> None:
        if self._identity is not None:
            self._session.push(self._identity, self._token, self._name)
            self._beat(is_leaving=True)

    def _lost(self, wrong: JiesuError) -> None:
        """The centre is away for now; tries again soon, and a little apart from the other consoles."""
        self._identity = None
        self._words.away()
        self._session.lose_beat()
        if not self._ending.is_set():
            self._online.clear()
        pause = RETRY_S[min(self._failures, len(RETRY_S) - 1)] * random.uniform(0.6, 1.0)
        self._failures += 1
        self._due["retry"] = time.monotonic() + pause
        log.log(logging.DEBUG if self._failures > 1 else logging.INFO, "no sync: %s", wrong)
        if self._ending.is_set():
            return
        try:
            waiting = self._outbox.count()
        except StoreError:
            waiting = 0
        self._standing.lost(wrong, waiting)

    def _is_due(self, task: str, again_s: float = 0.0) -> bool:
        now = time.monotonic()
        if self._due[task] > now:
            return False
        self._due[task] = now + again_s
        return True

    def _idle_s(self) -> float:
        figures = ("figures",) if self._wants_figures else ()
        tasks = ("push", "beat", "pull", *figures) if self._identity else ("retry",)
        return max(0.0, min(self._due[task] for task in tasks) - time.monotonic())

    def _is_cut(self) -> bool:
        return self._cut.is_set()

    # --- the listening thread --------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            self._online.wait()
            if self._ending.is_set():
                return
            with suppress(CentreError):
                for hint in self._ear.hints():
                    self._due["beat" if hint == "beat" else "pull"] = 0.0
                    self._wake.set()
            if self._ending.wait(random.uniform(0.2, 0.5)):
                return
            self._due["pull"] = 0.0
