"""The one thread that may touch pjsua2: it pumps the library, runs what others ask of it, keeps time, hands out events."""

import heapq
import itertools
import logging
import math
import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import pjsua2 as pj

from app.telephony.sip_events import SipError, SipEvent
from app.telephony.sip_objects import SipEndpoint, endpoint_config
from app.telephony.sources import Bell

log = logging.getLogger(__name__)

_PUMP_MS = 100
"""How long the library may wait for the network when nothing is due; whoever asks for something wakes it."""
_PUMP_DEAF_MS = 20
"""The same while nobody can wake it: before it has a socket of its own."""
_NUDGE = b"\r\n"
"""Too short for a message: the library reads and forgets it."""
_FLOOD_PAUSE_S = 0.002
_PATIENCE_S = 10.0
_FLOOD_S, _FLOOD_CALLS = 0.8, 18
_Result = TypeVar("_Result")


class SipThread:
    """Starts the library in its own thread; raises SipError where it will not start.

    Everything queued by `tell` is handed to `told` on this thread, outside the library's callbacks, in order.
    """

    def __init__(self, user_agent: str, told: Callable[[SipEvent], None], farewell: Callable[[], None]) -> None:
        self._user_agent, self._told, self._farewell = user_agent, told, farewell
        self._ended_calls: deque[float] = deque()
        self.calls: Callable[[], int] = lambda: 0
        """Gives how many calls there are now."""
        self._asked: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._events: deque[SipEvent] = deque()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._is_ending = False
        self._nudger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._nudger.setblocking(False)
        self._is_nudged = False
        self.bell: Bell | None = None
        """Where the bytes come from that wake the library: a filter on its socket must let them in."""
        self._pump_ms = _PUMP_DEAF_MS
        self.endpoint: Any = None
        started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), name="sip", daemon=True)
        self._thread.start()
        started.result(_PATIENCE_S)

    @property
    def is_here(self) -> bool:
        """Whether the caller runs on this thread."""
        return threading.get_ident() == self._thread.ident

    def listens_at(self, address: str, port: int) -> None:
        """Where the library's UDP socket is: a few bytes sent there end its wait for the network."""
        try:
            self._nudger.connect(("127.0.0.1" if address in ("", "0.0.0.0") else address, port))
            own, own_port = self._nudger.getsockname()
            self.bell = Bell(own, own_port, len(_NUDGE))
            self._pump_ms = _PUMP_MS
        except OSError:
            self._pump_ms = _PUMP_DEAF_MS

    def tell(self, event: SipEvent) -> None:
        self._events.append(event)
        self._nudge()

    def post(self, work: Callable[[], None]) -> None:
        """Runs `work` on this thread within 2 ms; any thread, returns at once. What it raises is logged."""
        self._asked.put(work)
        self._nudge()

    def _nudge(self) -> None:
        """One is enough until the thread has looked; on this thread none is needed."""
        if not self._is_nudged and not self.is_here:
            self._is_nudged = True
            with suppress(OSError):
                self._nudger.send(_NUDGE)

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Runs `work` on this thread and gives its result; raises SipError for whatever pjsua2 or `work` refused."""
        if self.is_here:
            return _refused_as_sip_error(work)
        answer: Future[_Result] = Future()

        def run() -> None:
            try:
                answer.set_result(_refused_as_sip_error(work))
            except SipError as wrong:
                answer.set_exception(SipError(*wrong.values))  # a fresh one: a traceback would keep pjsua2 objects alive

        self._asked.put(run)
        self._nudge()
        try:
            return answer.result(_PATIENCE_S)
        except TimeoutError:
            raise SipError("telephony", "no answer in time") from None

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Runs `work` on this thread after `seconds`; to be called on this thread."""
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._order), work))

    def count_end(self) -> None:
        """A call has ended: its two sockets are taken for half a second more."""
        self._ended_calls.append(time.monotonic())

    def close(self) -> None:
        """Ends the library properly; returns when the thread has ended."""
        self._is_ending = True
        self._nudge()
        self._thread.join(_PATIENCE_S)
        self._nudger.close()

    def pump(self, seconds: float) -> None:
        """Lets the library work for a while, on this thread, telling nothing: only while it ends."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.endpoint.libHandleEvents(_PUMP_DEAF_MS)

    def _run(self, started: "Future[None]") -> None:
        try:
            self.endpoint = SipEndpoint(self.tell)
            self.endpoint.libCreate()
            self.endpoint.libInit(endpoint_config(self._user_agent))
            self.endpoint.libStart()
            self.endpoint.audDevManager().setNullDev()
        except pj.Error as wrong:
            started.set_exception(SipError("start", wrong.reason))
            return
        started.set_result(None)
        while not self._is_ending:
            if self._is_flooded():
                time.sleep(_FLOOD_PAUSE_S)
            else:
                self.endpoint.libHandleEvents(self._patience_ms())
            self._is_nudged = False
            self._tell_all()
            self._run_asked()
            self._run_due()
            self._tell_all()
        _logged(self._farewell)
        self._timers.clear()
        self._events.clear()
        self.endpoint.libDestroy()
        self.endpoint = None

    def _patience_ms(self) -> int:
        if self._events or not self._asked.empty():
            return 0
        due_ms = (self._timers[0][0] - time.monotonic()) * 1000 if self._timers else self._pump_ms
        return max(0, min(self._pump_ms, math.ceil(due_ms)))  # rounded down it would spin through the last millisecond

    def _is_flooded(self) -> bool:
        """Whether so many calls came and went that the network must wait: at 64 sockets the library aborts the process."""
        while self._ended_calls and time.monotonic() - self._ended_calls[0] > _FLOOD_S:
            self._ended_calls.popleft()
        return bool(self._ended_calls) and self.calls() + len(self._ended_calls) >= _FLOOD_CALLS

    def _tell_all(self) -> None:
        while self._events:
            event = self._events.popleft()
            _logged(lambda event=event: self._told(event))  # type: ignore[misc]

    def _run_asked(self) -> None:
        while True:
            try:
                work = self._asked.get_nowait()
            except queue.Empty:
                return
            _logged(work)
            del work  # a closure left in a local keeps its pj.Call alive past libDestroy

    def _run_due(self) -> None:
        while self._timers and self._timers[0][0] <= time.monotonic():
            _logged(heapq.heappop(self._timers)[2])


def _refused_as_sip_error(work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except SipError:
        raise
    except pj.Error as wrong:
        told = (wrong.title.removesuffix("()").split("(")[0], wrong.reason)
    except Exception as wrong:
        log.exception("telephony could not do what it was asked")
        told = ("telephony", type(wrong).__name__)
    raise SipError(*told)


def _logged(work: Callable[[], None]) -> None:
    """One wrong step must not end the thread that holds every call."""
    try:
        work()
    except SipError as wrong:
        log.warning("the SIP library refused: %s", wrong)
    except pj.Error as wrong:
        log.warning("the SIP library refused: %s", wrong.reason)
    except Exception:
        log.exception("a step on the SIP thread failed")
