"""The ways into the telephone network and whether they are alive: registration, heartbeats, and what a doubt finds out."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.desk.commands import LineAccount, SetUpLines
from app.desk.events import DeskEvent, LineChanged
from app.telephony.sip import SipAgent
from app.telephony.sip_events import AccountChanged, AccountSpec, PeerAnswered, SipError

log = logging.getLogger(__name__)

OWN = "own"
"""The identity that calls full SIP addresses when the line that was named is not set up."""

_REFUSED = (401, 403, 404, 407)
_HEARTBEAT_S = 10.0
_PATIENCE_S = 2.0
_ASK_AGAIN_S = 1.0
"""The library aborts the process when 64 sockets are open, refused ones included: so nobody may ask in a loop."""
_AGAIN_S = 3.0
_SWALLOWED = 2
"""Tries that find a REGISTER still under way: an exchange that was just starting has swallowed it, and over TCP the library
would wait 32 s for the answer."""
_BIND_AGAIN_S = 5.0
_REFUSED_AGAIN_S = (30.0, 60.0, 120.0, 300.0)
_REFUSED_THOUGH_GOOD_AGAIN_S = (2.0, 3.0, 5.0, 10.0, *_REFUSED_AGAIN_S)
"""The password was good before: an exchange that is just starting refuses whom it will know in a moment."""


@dataclass(slots=True)
class _Line:
    spec: AccountSpec
    is_up: bool = False
    code: int = 0
    reason: str = ""
    is_known: bool = False
    is_asked: bool = False
    asked: int = 0
    asked_at: float = 0.0
    refusals: int = 0
    is_waiting: bool = False
    unanswered: int = 0
    lost_at: float = 0.0
    was_up: bool = False


class Lines:
    """Lives on the SIP thread. A line that registers is up while its registrar answers; another while somebody answers there.

    A wrong password is tried again after 30, 60, 120 s, then every 300 s: a seat must not lock its account by itself.
    """

    def __init__(self, agent: SipAgent, emit: Callable[[DeskEvent], None]) -> None:
        self._agent, self._emit = agent, emit
        self._lines: dict[str, _Line] = {}
        self._wanted: SetUpLines | None = None
        self._can_rebind: Callable[[], bool] = lambda: True
        agent.add_account(AccountSpec(OWN, ""))
        agent.later(_HEARTBEAT_S, self._beat)

    def may_rebind(self, can: Callable[[], bool]) -> None:
        """Names who knows whether calls are up: the address is only changed between calls."""
        self._can_rebind = can

    def set_up(self, wanted: SetUpLines) -> None:
        self._wanted = wanted
        if not self._bind(wanted):
            return
        names = {account.line for account in wanted.accounts}
        for name in [name for name in self._lines if name not in names]:
            del self._lines[name]
            self._agent.remove_account(name)
            self._emit(LineChanged(name, False, 0, "not set up"))
        for account in wanted.accounts:
            self._set_up_one(account)

    def states(self) -> list[LineChanged]:
        """How every line stands, as far as it is known."""
        return [LineChanged(name, line.is_up, line.code, line.reason) for name, line in self._lines.items() if line.is_known]

    def account(self, route: str, target: str) -> tuple[str, str]:
        """The account and SIP address that reach `target` by `route`; raises SipError where that route is not set up."""
        if route in self._lines:
            return route, self._agent.address(route, target)
        if target.lower().startswith(("sip:", "sips:")) or "@" in target:
            return OWN, self._agent.address(OWN, target)
        raise SipError("line", f"{route} is not set up")

    def is_lost(self, name: str, since: float) -> bool:
        """Whether nobody answers on this line, or nobody did at some time `since` (monotonic): an exchange that started anew
        knows nothing of the calls before. Of a line that is not set up this cannot be known."""
        line = self._lines.get(name)
        return line is not None and line.is_known and (not line.is_up or line.lost_at >= since)

    def doubt(self, name: str = "") -> None:
        """Asks at once whether a line (or each that is up) is alive; an answer or its lack comes within 2 s."""
        for line in [self._lines[name]] if name in self._lines else self._lines.values() if not name else ():
            if line.is_up:
                self._ask(line)

    # --- events of the agent ---

    def registered(self, event: AccountChanged) -> None:
        line = self._lines.get(event.account)
        if line is None or not line.spec.registers:
            return
        if event.is_up:
            line.refusals = 0
        self._become(line, event.is_up, event.code, "" if event.is_up else event.reason or "no answer")
        if event.code in _REFUSED:
            waits = _REFUSED_THOUGH_GOOD_AGAIN_S if line.was_up else _REFUSED_AGAIN_S
            wait = waits[min(line.refusals, len(waits) - 1)]
            line.refusals += 1
            self._register_later(line, wait)
        elif not event.is_up:
            self._register_later(line, _AGAIN_S)

    def answered(self, event: PeerAnswered) -> None:
        line = self._lines.get(event.account)
        if line is None:
            return
        line.is_asked = False
        if not event.is_there:
            self._found_dead(line, event.code, event.reason)
        elif not line.spec.registers:
            self._become(line, True, event.code, self._where())
        elif not line.is_up and line.refusals == 0:
            self._register_later(line, 0.0)

    # --- steps ---

    def _bind(self, wanted: SetUpLines) -> bool:
        bound = self._agent.bind.address, self._agent.port
        if bound == (wanted.local_address, wanted.local_port or bound[1]):
            return True
        if not self._can_rebind():
            log.warning("the own address is changed once the calls that are up have ended")
            self._agent.later(_BIND_AGAIN_S, lambda: self._bind_again(wanted))
            return True
        try:
            self._agent.listen(replace(self._agent.bind, address=wanted.local_address, port=wanted.local_port))
        except SipError as wrong:
            for account in wanted.accounts:
                self._emit(
                    LineChanged(account.line, False, 0, f"{wanted.local_address}:{wanted.local_port}: {wrong.values[-1]}")
                )
            self._agent.later(_BIND_AGAIN_S, lambda: self._bind_again(wanted))
            return False
        return True

    def _bind_again(self, wanted: SetUpLines) -> None:
        if self._wanted is wanted:
            self.set_up(wanted)

    def _set_up_one(self, account: LineAccount) -> None:
        spec = _spec(account)
        line = self._lines.get(account.line)
        if line is not None and line.spec == spec:
            self._emit(LineChanged(account.line, line.is_up, line.code, line.reason)) if line.is_known else None
            return
        line = self._lines[account.line] = _Line(spec)
        try:
            self._agent.add_account(spec)
        except SipError as wrong:
            self._become(line, False, 0, wrong.values[-1])
            return
        if not spec.registers:
            self._ask(line)

    def _ask(self, line: _Line) -> None:
        now = time.monotonic()
        if line.is_asked or not line.spec.address or now - line.asked_at < _ASK_AGAIN_S:
            return
        line.is_asked, line.asked_at = True, now
        line.asked += 1
        number = line.asked
        try:
            self._agent.probe(line.spec.name)
        except SipError as wrong:
            line.is_asked = False
            self._found_dead(line, 503, wrong.values[-1])
            return
        self._agent.later(_PATIENCE_S, lambda: self._waited(line, number))

    def _waited(self, line: _Line, number: int) -> None:
        if line.is_asked and line.asked == number and self._is_ours(line):
            line.is_asked = False
            self._found_dead(line, 408, "no answer")

    def _found_dead(self, line: _Line, code: int, reason: str) -> None:
        if line.refusals == 0:
            self._become(line, False, code, reason)
        if line.spec.registers:
            self._register_later(line, _AGAIN_S)

    def _register_later(self, line: _Line, seconds: float) -> None:
        if not line.is_waiting:
            line.is_waiting = True
            self._agent.later(seconds, lambda: self._register(line))

    def _register(self, line: _Line) -> None:
        line.is_waiting = False
        if not self._is_ours(line) or line.is_up:
            return
        try:
            self._agent.register(line.spec.name)
            line.unanswered = 0
        except SipError:  # a registration is still under way, or the address cannot be reached just now
            line.unanswered += 1
            if line.unanswered >= _SWALLOWED:
                line.unanswered = 0
                self._agent.renew(line.spec.name)
            self._register_later(line, _AGAIN_S)

    def _beat(self) -> None:
        self._agent.later(_HEARTBEAT_S, self._beat)
        for line in self._lines.values():
            self._ask(line)

    def _is_ours(self, line: _Line) -> bool:
        return self._lines.get(line.spec.name) is line

    def _become(self, line: _Line, is_up: bool, code: int, reason: str) -> None:
        if (line.is_up, line.code, line.is_known) == (is_up, code, True):
            return
        line.was_up = line.was_up or is_up
        if line.is_up and not is_up:
            line.lost_at = time.monotonic()
        line.is_up, line.code, line.reason, line.is_known = is_up, code, reason, True
        if self._is_ours(line):
            self._emit(LineChanged(line.spec.name, is_up, code, reason))

    def _where(self) -> str:
        return f"{self._agent.bind.address}:{self._agent.port}"


def _spec(account: LineAccount) -> AccountSpec:
    return AccountSpec(
        account.line,
        account.address,
        account.user,
        account.password,
        account.transport,
        account.domain,
        registers=bool(account.user) and account.line == "pbx",
    )
