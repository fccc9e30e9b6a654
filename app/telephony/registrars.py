"""Which of a line's servers is used: the next one at once when it is dead, the best one again when that is steady."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from app.desk.events import LineChanged
from app.telephony.sip_events import AccountChanged, AccountSpec, SipError

log = logging.getLogger(__name__)

REFUSED = (401, 403, 404, 407)
_AGAIN_S = 3.0
_REGISTER_PATIENCE_S = 0.8
"""A REGISTER that nobody answered for so long: the next server is asked, where there is one."""
_SWALLOWED = 2
"""Tries that find a REGISTER still under way: an exchange that was just starting has swallowed it, and over TCP the library
would wait 32 s for the answer."""
_REFUSED_AGAIN_S = (30.0, 60.0, 120.0, 300.0)
_REFUSED_THOUGH_GOOD_AGAIN_S = (2.0, 3.0, 5.0, 10.0, *_REFUSED_AGAIN_S)
"""The password was good before: an exchange that is just starting refuses whom it will know in a moment."""
_HOME_FAILED_AGAIN_S = 60.0


class Enrols(Protocol):
    """What a line needs of the SIP agent."""

    def enrol(self, name: str, registers: bool) -> None: ...
    def renew(self, name: str) -> None: ...
    def later(self, seconds: float, work: Callable[[], None]) -> None: ...


@dataclass(slots=True)
class Server:
    """One server of a line, and what is known of it. `spec.name` names its account."""

    spec: AccountSpec
    priority: int = 0
    is_alive: bool | None = None
    steady_since: float = 0.0
    """Since when every question was answered (monotonic); 0: the last one was not."""
    lost_at: float = 0.0
    code: int = 0
    reason: str = ""
    is_enrolled: bool = False
    is_registered: bool = False
    was_registered: bool = False
    refusals: int = 0
    not_before: float = 0.0
    tries: int = 0
    busy: int = 0
    is_asked: bool = False
    asked: int = 0
    asked_at: float = 0.0
    answer_by: float = 0.0


class Line:
    """Lives on the SIP thread. Only the server in use is registered with; while it goes home, both are for a moment.

    A refused password is tried again after 30, 60, 120 s, then every 300 s: a seat must not lock its account by itself.
    """

    def __init__(
        self,
        name: str,
        servers: Iterable[Server],
        agent: Enrols,
        tell: Callable[[LineChanged], None],
        is_idle: Callable[[], bool],
        home_after_s: float = 30.0,
    ) -> None:
        """`is_idle`: whether no call is up; only then the line goes home, when home was steady for `home_after_s`."""
        self.name, self.servers = name, list(servers)
        self._agent, self._tell, self._is_idle, self.home_after_s = agent, tell, is_idle, home_after_s
        self.registers = any(server.spec.registers for server in self.servers)
        self.target = self.servers[0]
        self.told: LineChanged | None = None
        self.is_gone = False
        self._left: Server | None = None
        self._round: set[str] = set()
        self._is_waiting = False

    @property
    def used(self) -> Server:
        """The server that carries what is dialled now."""
        return self._left or self.target

    @property
    def is_up(self) -> bool:
        return bool(self.used.is_registered if self.registers else self.used.is_alive)

    @property
    def is_home(self) -> bool:
        return self.used.priority == min(server.priority for server in self.servers)

    @property
    def better(self) -> list[Server]:
        """The servers that are preferred to the one in use."""
        return [server for server in self.servers if server.priority < self.used.priority]

    def begin(self, before: "Line | None" = None) -> None:
        """Starts to use a server: the one that line `before` used, where it still is one of ours."""
        now = [server for server in self.servers if server.is_registered]
        if before is not None and before.used in now:
            self.target = before.used
            self._say(True, 200, "")
        elif self.registers:
            self._turn_to(self.servers[0])

    # --- what became known ---

    def registered(self, server: Server, event: AccountChanged) -> None:
        if not server.is_enrolled or not self.registers:
            return
        if event.is_up:
            self._was_registered(server)
            return
        server.is_registered = False
        if event.code in REFUSED:
            waits = _REFUSED_THOUGH_GOOD_AGAIN_S if server.was_registered else _REFUSED_AGAIN_S
            server.not_before = time.monotonic() + waits[min(server.refusals, len(waits) - 1)]
            server.refusals += 1
        self._failed(server, event.code, event.reason or "no answer")

    def found(self, server: Server, is_there: bool, code: int, reason: str) -> None:
        """A question about a server was answered, or was not in time."""
        now = time.monotonic()
        if is_there:
            server.steady_since = server.steady_since or now
            server.is_alive = True
            if not self.registers:
                self._choose_alive(code, reason)
            elif self._is_waiting and not self.target.is_registered and server.refusals == 0:
                self._turn_to(server)
            return
        if server.is_alive is not False:
            server.lost_at = now
        server.is_alive, server.steady_since = False, 0.0
        if not self.registers:
            self._choose_alive(code, reason)
        elif server.is_enrolled:
            server.is_registered = False
            self._failed(server, code, reason)

    def look_home(self) -> None:
        """Begins the way back, where a better server is steady and no call is up."""
        now = time.monotonic()
        if not self.is_up or self._left is not None or not self._is_idle():
            return
        for server in self.better:
            if server.steady_since and now - server.steady_since >= self.home_after_s and now >= server.not_before:
                log.info("line %s goes back to server %s", self.name, server.spec.name)
                if self.registers:
                    self._left, self.target = self.target, server
                    self._enrol(server)
                else:
                    self.target = server
                    self._say(True, server.code, server.reason)
                return

    # --- steps ---

    def _was_registered(self, server: Server) -> None:
        server.is_registered = server.was_registered = server.is_alive = True
        server.refusals, server.not_before, server.busy = 0, 0.0, 0
        server.steady_since = server.steady_since or time.monotonic()
        if server is not self.target:
            if self.target.is_registered:
                self._withdraw(server)
                return
            self._withdraw(self.target)
            self.target = server
        left, self._left = self._left, None
        if left is not None and left is not server:
            self._withdraw(left)
        self._round.clear()
        self._say(True, 200, "")

    def _failed(self, server: Server, code: int, reason: str) -> None:
        if not server.refusals or code in REFUSED:
            server.code, server.reason = code, reason
        if server is not self.target:
            if server is self._left:
                self._left = None  # both are gone now; the way home is all that is left
            return
        if self._left is not None:  # home does not take us: stay
            self._withdraw(server)
            server.steady_since, server.not_before = 0.0, time.monotonic() + _HOME_FAILED_AGAIN_S
            self.target, self._left = self._left, None
            return
        self._say(False, code, reason)
        following = self._next()
        if following is None:
            self._round.clear()
            self._wait()
            return
        self._withdraw(server)
        self._turn_to(following)

    def _next(self) -> Server | None:
        now = time.monotonic()
        able = [server for server in self.servers if server.spec.name not in self._round and now >= server.not_before]
        return min(able, key=lambda server: (server.is_alive is False, server.priority), default=None)

    def _wait(self) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            now = time.monotonic()
            soonest = min(server.not_before for server in self.servers) - now
            self._agent.later(max(soonest, 0.0) or _AGAIN_S, self._try_again)

    def _try_again(self) -> None:
        if not self._is_waiting or self.is_gone:
            return
        self._is_waiting = False
        if self.target.is_registered:
            return
        server = self._next()
        if server is None:
            self._wait()
            return
        if server is not self.target:
            self._withdraw(self.target)
        self._turn_to(server)

    def _turn_to(self, server: Server) -> None:
        self.target, self._is_waiting = server, False
        self._round.add(server.spec.name)
        self._enrol(server)

    def _enrol(self, server: Server) -> None:
        server.is_enrolled = True
        server.tries += 1
        number = server.tries
        try:
            self._agent.enrol(server.spec.name, True)
            server.busy = 0
        except SipError as wrong:  # a registration is still under way, or the address cannot be reached just now
            server.busy += 1
            if server.busy >= _SWALLOWED:
                server.busy = 0
                self._renew(server)
            elif len(self.servers) > 1:
                self._failed(server, 503, wrong.values[-1])
                return
        patience_s = _REGISTER_PATIENCE_S if len(self.servers) > 1 else _AGAIN_S
        self._agent.later(patience_s, lambda: self._unanswered(server, number))

    def _renew(self, server: Server) -> None:
        with suppress(SipError):  # tried again by `_unanswered`
            self._agent.renew(server.spec.name)

    def _unanswered(self, server: Server, number: int) -> None:
        if self.is_gone or server.tries != number or server.is_registered or server is not self.target or self._is_waiting:
            return
        if len(self.servers) > 1:
            self._failed(server, 408, "no answer")
        else:
            self._turn_to(server)

    def _withdraw(self, server: Server) -> None:
        server.is_enrolled = server.is_registered = False
        try:
            self._agent.enrol(server.spec.name, False)
        except SipError as wrong:
            log.warning("server %s could not be left: %s", server.spec.name, wrong.values[-1])

    def _choose_alive(self, code: int, reason: str) -> None:
        """A line that does not register uses the first server that answers; back to a better one by `look_home`."""
        if not self.target.is_alive:
            alive = [server for server in self.servers if server.is_alive]
            if alive:
                self.target = min(alive, key=lambda server: server.priority)
        self._say(bool(self.target.is_alive), code, reason)

    def _say(self, is_up: bool, code: int, reason: str) -> None:
        server = self.used
        if not is_up:
            refused = next((known for known in self.servers if known.refusals), None)
            if refused is not None:
                server, code, reason = refused, refused.code, refused.reason
        where = server.spec.address
        said = LineChanged(self.name, is_up, code, reason, where, self.is_home)
        before, self.told = self.told, said
        if before is None or (before.is_up, before.code, before.server) != (is_up, code, where):
            self._tell(said)
