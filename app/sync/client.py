"""Speaks with the centre over HTTP: one method a door, every failure an error with a name. Synchronous."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

import httpx
import msgspec

from app import wire
from app.domain.call import CallId
from app.domain.figures import Figures
from app.errors import CentreError
from app.wire import PROTOCOL, Identity, Problem

CONNECT_S = 1.5
ANSWER_S = 6.0
"""A centre that needs longer than this is called slow."""
SILENCE_S = 20.0
"""A stream of hints that is silent for longer (the centre keeps it alive every 5 s) is broken."""


class CentreSlow(CentreError):
    """The centre did not answer in time."""

    code: ClassVar[str] = "centre_slow"


class CentreGarbage(CentreError):
    """What answered is no centre of ours; values: what is wrong."""

    code: ClassVar[str] = "centre_garbage"


class CentreNewer(CentreError):
    """values: the centre's version, ours."""

    code: ClassVar[str] = "centre_newer"


class CentreOlder(CentreError):
    """values: the centre's version, ours."""

    code: ClassVar[str] = "centre_older"


class CentreRefused(CentreError):
    """The centre understood, and will not; values: what, why."""

    code: ClassVar[str] = "centre_refused"


class NotEnrolled(CentreError):
    """The centre does not know this console or its token; values: why."""

    code: ClassVar[str] = "not_enrolled"


class IdentityInUse(CentreError):
    """Another console works with this identity."""

    code: ClassVar[str] = "identity_in_use"


class Gap(CentreError):
    """The centre lacks an earlier operation. `expect` is the one it wants."""

    def __init__(self, expect: int) -> None:
        self.expect = expect
        super().__init__(f"expects {expect}")


class Fork(CentreError):
    """The centre has other operations under the numbers that were sent: this store is a copy, or an older state."""


class CentreClient:
    """One console's way to one centre. `interrupt` may be called from any thread, all else from one."""

    def __init__(self, address: str, instance: str, version: str) -> None:
        """Raises CentreGarbage where `address` is none."""
        self._version = version
        self._instance = instance
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        try:
            self._http = httpx.Client(
                base_url=address,
                timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S, pool=CONNECT_S),
                headers={wire.PROTOCOL_HEADER: str(PROTOCOL), wire.INSTANCE_HEADER: instance},
                limits=httpx.Limits(keepalive_expiry=60),
                # certificates are only read where there are any to check: it takes as long as a request
                verify=True if address.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                trust_env=False,  # a proxy of the user's browser has no place between console and centre
            )
        except (httpx.InvalidURL, ValueError) as wrong:
            raise CentreGarbage(f"{address}: {wrong}") from None

    def be(self, identity: Identity) -> None:
        """Speak as this console from now on."""
        self._http.headers["Authorization"] = f"Bearer {identity.console}.{identity.secret}"

    def look(self) -> None:
        """Looks whether a centre of ours is there at all. Raises CentreNewer or CentreOlder where it speaks otherwise."""
        health: wire.Health = self._ask("GET", "/v1/health", wire.Health)
        self._compare(health.protocol, health.version)

    def enrol(self, token: str, name: str, first_seq: int) -> Identity:
        made: wire.Enrolled = self._ask("POST", "/v1/enrol", wire.Enrolled, wire.Enrol(token, name, first_seq))
        return Identity(made.centre, made.console, made.secret, name)

    def hello(self, is_polite: bool) -> wire.Welcome:
        hello = wire.Hello(self._instance, PROTOCOL, self._version, is_polite)
        welcome: wire.Welcome = self._ask("POST", "/v1/hello", wire.Welcome, hello)
        self._compare(welcome.protocol, welcome.version)
        return welcome

    def push(self, push: wire.Push) -> wire.Pushed:
        pushed: wire.Pushed = self._ask("POST", "/v1/push", wire.Pushed, push)
        return pushed

    def pull(self, cursor: str, kinds: tuple[str, ...]) -> wire.Changes:
        params = {"cursor": cursor, "kinds": ",".join(kinds)}
        changes: wire.Changes = self._ask("GET", "/v1/pull", wire.Changes, params=params)
        return changes

    def lease(self, year: int, count: int) -> wire.Leased:
        leased: wire.Leased = self._ask("POST", "/v1/lease", wire.Leased, wire.Lease(year, count))
        return leased

    def tell(self, presence: wire.Presence) -> wire.Beat | None:
        """What the centre says to it; None from a centre that says nothing."""
        beat: wire.Beat | None = self._ask("POST", "/v1/presence", wire.Beat, presence)
        return beat

    def supervise(self, asked: wire.Supervise) -> None:
        self._ask("POST", "/v1/supervise", None, asked)

    def words(self, ticket: str, call: CallId, since: float) -> wire.KeptWords:
        """What is kept of the words of a ticket's call, if it is newer than `since`."""
        params = {"call": call, "since": f"{since:.7f}"}
        kept: wire.KeptWords = self._ask("GET", f"/v1/words/{ticket}", wire.KeptWords, params=params)
        return kept

    def figures(self) -> Figures:
        figures: Figures = self._ask("GET", "/v1/figures", Figures)
        return figures

    def hints(self) -> Iterator[str]:
        """Yields "moved" each time the feed has moved, and "beat" where the centre has something to say to a heartbeat; raises
        CentreError when the stream ends or breaks."""
        timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S, pool=CONNECT_S)
        with self._failures(), self._http.stream("GET", "/v1/hints", timeout=timeout, extensions=self._traced) as answer:
            if answer.status_code != 200:
                self._refuse(answer.status_code, answer.read())
            for line in answer.iter_lines():
                if line.startswith("data:"):
                    yield line[5:].strip()
        raise CentreError("the stream of hints ended")

    def interrupt(self) -> None:
        """Breaks whatever waits for the centre now, and every later request: they raise CentreError at once."""
        self._is_closed = True
        with self._lock:
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._is_closed = True
        self._http.close()

    @property
    def _traced(self) -> dict[str, Any]:
        return {"trace": self._trace}

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Remembers the sockets, so that `interrupt` can wake a thread that waits on one."""
        if event == "connection.connect_tcp.complete":
            with self._lock:
                self._sockets = {known for known in self._sockets if known.fileno() >= 0}
                connection = info["return_value"].get_extra_info("socket")
                self._sockets.add(connection)
                if self._is_closed:
                    with suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)

    def _ask(self, method: str, path: str, kind: Any, body: Any = None, params: dict[str, str] | None = None) -> Any:
        with self._failures():
            content = None if body is None else msgspec.json.encode(body)
            answer = self._http.request(method, path, content=content, params=params, extensions=self._traced)
        if answer.status_code not in (200, 204):
            self._refuse(answer.status_code, answer.content)
        if kind is None or answer.status_code == 204:
            return None
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except (msgspec.MsgspecError, ValueError):
            raise CentreGarbage(f"{path}: {kind.__name__} was expected") from None

    @contextmanager
    def _failures(self) -> Iterator[None]:
        if self._is_closed:
            raise CentreError("closed")
        try:
            yield
        except httpx.ConnectTimeout:
            raise CentreError("no connection in time") from None
        except httpx.TimeoutException:
            if self._is_closed:
                raise CentreError("closed") from None
            raise CentreSlow(f"no answer within {ANSWER_S:.0f} s") from None
        except (httpx.RemoteProtocolError, httpx.DecodingError, httpx.UnsupportedProtocol, httpx.InvalidURL) as wrong:
            if self._is_closed or "disconnected" in str(wrong) or "closed" in str(wrong):
                raise CentreError("the connection broke") from None
            raise CentreGarbage(str(wrong)[:200]) from None
        except (httpx.HTTPError, OSError, RuntimeError) as wrong:
            raise CentreError(type(wrong).__name__) from None

    def _refuse(self, status: int, content: bytes) -> None:
        """Raises the error that an answer other than 200 stands for."""
        try:
            problem = msgspec.json.decode(content, type=Problem)
        except (msgspec.MsgspecError, ValueError):
            if status >= 500:
                raise CentreError(f"status {status}") from None
            raise CentreGarbage(f"status {status}") from None
        match problem.error:
            case "protocol":
                self._compare(problem.protocol, problem.version)
                raise CentreGarbage(problem.reason)
            case "wrong-token" | "unknown-console":
                raise NotEnrolled(problem.reason)
            case "identity-in-use":
                raise IdentityInUse
            case "gap":
                raise Gap(problem.expect)
            case "fork":
                raise Fork(problem.reason)
            case "store-down" | "internal":
                raise CentreError(problem.reason)
            case _:
                raise CentreRefused(problem.error, problem.reason)

    def _compare(self, protocol: int, version: str) -> None:
        if protocol > PROTOCOL:
            raise CentreNewer(version or protocol, self._version)
        if protocol < PROTOCOL:
            raise CentreOlder(version or protocol, self._version)
