"""The ways into the telephone network: set up, asked whether they are alive, and which account and address lead where."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from app.desk.commands import LineAccount, SetUpLines
from app.desk.events import DeskEvent, LineChanged, NoticeCleared, Noticed
from app.domain.notice import Gravity, Notice, NoticeCode
from app.telephony.registrars import Line, Server
from app.telephony.sip import SipAgent
from app.telephony.sip_events import AccountChanged, AccountSpec, PeerAnswered, SipError
from app.telephony.sources import Gate
from app.telephony.srv import NameLookup, NameNotFound, Place, literal
from app.telephony.tunnel import Tunnels

log = logging.getLogger(__name__)

OWN = "own"
"""The identity that calls full SIP addresses when the line that was named is not set up."""

_SERVERS = {"pbx": 4, "gateway": 2}
"""Servers of a line at most: the library holds eight accounts."""
_HEARTBEAT_S = 10.0
_HOME_LOOK_S = 1.0
_PATIENCE_S = 2.0
_DOUBT_PATIENCE_S = 0.45
_ASK_AGAIN_S = 1.0
"""The library aborts the process when 64 sockets are open, refused ones included: so nobody may ask in a loop."""
_DOUBT_AGAIN_S = 0.2
_REPEAT_S = (0.15, 0.3)
"""Over UDP one lost packet must not look like a dead exchange: the library itself asks again after 0.5 s."""
_BIND_AGAIN_S = 5.0
_NAMES_AGAIN_S, _NAMES_UNKNOWN_AGAIN_S = 60.0, 5.0


class Lines:
    """Lives on the SIP thread. A line that registers is up while its registrar answers; another while somebody does."""

    def __init__(self, agent: SipAgent, emit: Callable[[DeskEvent], None], lookup: NameLookup | None = None) -> None:
        self._agent, self._emit = agent, emit
        self._lookup = lookup or NameLookup()
        self._tunnels = Tunnels(self._tunnel_refused)
        self._gate = Gate(agent)
        self._accounts: dict[str, LineAccount] = {}
        self._lines: dict[str, Line] = {}
        self._servers: dict[str, Server] = {}
        self._unknown: dict[str, LineChanged] = {}
        self._wanted: SetUpLines | None = None
        self._is_idle: Callable[[], bool] = lambda: True
        agent.add_account(AccountSpec(OWN, ""))
        agent.later(_HEARTBEAT_S, self._beat)
        agent.later(_HOME_LOOK_S, self._look_home)

    def may_rebind(self, can: Callable[[], bool]) -> None:
        """Names who knows whether calls are up: the address, and the way home, are only taken between calls."""
        self._is_idle = can

    def set_up(self, wanted: SetUpLines) -> None:
        self._wanted = wanted
        if not self._bind(wanted):
            return
        names = {account.line for account in wanted.accounts}
        for name in [name for name in self._accounts if name not in names]:
            del self._accounts[name]
            self._unknown.pop(name, None)
            self._remove(self._lines.pop(name, None), ())
            self._emit(LineChanged(name, False, 0, "not set up"))
        for account in wanted.accounts:
            self._set_up_one(account)
        self._open_gate()

    def states(self) -> list[LineChanged]:
        """How every line stands, as far as it is known."""
        return [line.told for line in self._lines.values() if line.told is not None] + list(self._unknown.values())

    def line_of(self, account: str) -> str:
        """The line that an account belongs to; one line has an account for each of its servers."""
        return next((name for name, line in self._lines.items() if any(s.spec.name == account for s in line.servers)), account)

    def account(self, route: str, target: str) -> tuple[str, str]:
        """The account and SIP address that reach `target` by `route`, a line or the account that a call came by; raises
        SipError where that route is not set up."""
        line = self._lines.get(route)
        name = line.used.spec.name if line is not None else route if route in self._servers else ""
        if not name and (target.lower().startswith(("sip:", "sips:")) or "@" in target):
            name = OWN
        if not name:
            raise SipError("line", f"{route} is not set up")
        address = self._agent.address(name, target)
        if name == OWN or "@" in target:
            self._gate.let_in(address)
        return name, address

    def is_lost(self, name: str, since: float) -> bool:
        """Whether nobody answers on this line, or nobody did at some time `since` (monotonic): an exchange that started anew
        knows nothing of the calls before. Of a line that is not set up this cannot be known."""
        server = self._server(name)
        return server is not None and server.is_alive is not None and (not server.is_alive or server.lost_at >= since)

    def doubt(self, name: str = "") -> None:
        """Asks at once whether a server (or each that was alive) still is; an answer or its lack comes within half a second."""
        one = self._server(name) if name else None
        for server in [one] if one is not None else [] if name else self._servers.values():
            if server.is_alive:
                self._ask(server, _DOUBT_PATIENCE_S, _DOUBT_AGAIN_S)

    # --- events of the agent ---

    def registered(self, event: AccountChanged) -> None:
        server, line = self._servers.get(event.account), self._lines.get(self.line_of(event.account))
        if server is not None and line is not None:
            line.registered(server, event)

    def answered(self, event: PeerAnswered) -> None:
        server = self._servers.get(event.account)
        if server is None:
            return
        if not event.is_there and (event.code == 408 or not server.is_asked):
            return  # the library gave an old question up; our own patience is shorter
        server.is_asked = False
        self._found(server, event.is_there, event.code, self._where() if event.is_there else event.reason)

    # --- set up ---

    def _bind(self, wanted: SetUpLines) -> bool:
        bound = self._agent.bind.address, self._agent.port
        if bound == (wanted.local_address, wanted.local_port or bound[1]):
            return True
        if not self._is_idle():
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
        line = self._lines.get(account.line)
        if self._accounts.get(account.line) == account:
            if line is not None and line.told is not None:
                self._emit(line.told)
            return
        self._accounts[account.line] = account
        places = literal(account.address, account.transport)
        if places is None:
            self._look_up(account)
        else:
            self._place(account, places)

    def _look_up(self, account: LineAccount) -> None:
        def answer(found: list[Place] | NameNotFound) -> None:
            self._agent.post(lambda: self._looked_up(account, found))

        if self._accounts.get(account.line) is account:
            self._lookup.ask(account.address, account.transport, answer)

    def _looked_up(self, account: LineAccount, found: list[Place] | NameNotFound) -> None:
        if self._accounts.get(account.line) is not account:
            return
        line = self._lines.get(account.line)
        if isinstance(found, NameNotFound):
            self._agent.later(_NAMES_UNKNOWN_AGAIN_S, lambda: self._look_up(account))
            if line is None and account.line not in self._unknown:
                self._unknown[account.line] = LineChanged(account.line, False, 0, ": ".join(found.values), account.address)
                self._emit(self._unknown[account.line])
            return  # what was known before is used on
        self._agent.later(_NAMES_AGAIN_S, lambda: self._look_up(account))
        self._unknown.pop(account.line, None)
        known = {(server.spec.address, server.priority) for server in line.servers} if line is not None else set()
        if known != {(place.address, place.priority) for place in found[: _SERVERS.get(account.line, 1)]}:
            self._place(account, found)
            self._open_gate()

    def _place(self, account: LineAccount, places: list[Place]) -> None:
        before = self._lines.get(account.line)
        known = {server.spec.address: server for server in before.servers} if before is not None else {}
        at_most = _SERVERS.get(account.line, 1)
        if len(places) > at_most:
            log.warning("line %s: %d servers, the first %d are used", account.line, len(places), at_most)
        kept = [known[place.address].spec.name for place in places[:at_most] if place.address in known]
        free = iter([name for name in _names(account.line, at_most) if name not in kept])
        servers: list[Server] = []
        try:
            for place in places[:at_most]:
                old = known.get(place.address)
                servers.append(self._server_at(account, place, old, old.spec.name if old is not None else next(free)))
        except (SipError, OSError) as wrong:
            self._emit(LineChanged(account.line, False, 0, str(wrong.args[-1]) if wrong.args else "", account.address))
            return
        if not servers:
            self._emit(LineChanged(account.line, False, 0, "no address", account.address))
            return
        self._remove(before, [server.spec.name for server in servers])
        line = Line(account.line, servers, self._agent, self._emit, self._is_idle, account.home_after_s)
        self._lines[account.line] = line
        self._servers |= {server.spec.name: server for server in servers}
        line.begin(before)
        for server in servers:
            if not line.registers or server is not line.target:
                self._ask(server)

    def _server_at(self, account: LineAccount, place: Place, old: Server | None, name: str) -> Server:
        via = self._tunnels.to(place, account, self._agent.bind.address) if account.transport == "tls" else ""
        srtp = account.srtp if account.srtp != "auto" else "mandatory" if account.transport == "tls" else "off"
        domain = account.domain or place.domain
        registers = bool(account.user) and account.line == "pbx"
        spec = AccountSpec(
            name, place.address, account.user, account.password, account.transport, domain, registers, via=via, srtp=srtp
        )
        if old is not None and old.spec == spec:
            old.priority = place.priority
            return old
        self._agent.add_account(spec, is_enrolled=False)
        return Server(spec, place.priority)

    def _remove(self, line: Line | None, kept: "list[str] | tuple[()]") -> None:
        if line is None:
            return
        line.is_gone = True
        for server in line.servers:
            if server.spec.name not in kept:
                self._servers.pop(server.spec.name, None)
                self._agent.remove_account(server.spec.name)

    def _open_gate(self) -> None:
        wanted = self._wanted.accepts_from if self._wanted is not None else ()
        tunnels = {server.spec.via for server in self._servers.values() if server.spec.via}
        self._gate.open_for([server.spec.address for server in self._servers.values()], wanted, tunnels)
        if self._is_idle():
            self._tunnels.keep(tunnels)

    def _tunnel_refused(self, line: str, why: str) -> None:
        """On the tunnels' thread."""
        refused = Noticed(Notice(NoticeCode.TLS_REFUSED, (line, why), Gravity.ERROR))
        self._agent.post(lambda: self._emit(refused if why else NoticeCleared(NoticeCode.TLS_REFUSED)))

    # --- whether they are alive ---

    def _server(self, name: str) -> Server | None:
        """The server of that account, or the one that a line uses."""
        line = self._lines.get(name)
        return self._servers.get(name) or (line.used if line is not None else None)

    def _ask(self, server: Server, patience_s: float = _PATIENCE_S, again_s: float = _ASK_AGAIN_S) -> None:
        now = time.monotonic()
        if server.is_asked:
            if now + patience_s < server.answer_by - 0.01:  # whoever asks now wants to know sooner
                server.answer_by = now + patience_s
                self._agent.later(patience_s, lambda number=server.asked: self._waited(server, number))  # type: ignore[misc]
            return
        if not server.spec.address or now - server.asked_at < again_s:
            return
        server.is_asked, server.asked_at, server.answer_by = True, now, now + patience_s
        server.asked += 1
        number = server.asked
        self._send(server, number)
        self._agent.later(patience_s, lambda: self._waited(server, number))
        for seconds in _REPEAT_S if server.spec.transport == "udp" else ():
            self._agent.later(seconds, lambda: self._send(server, number))

    def _send(self, server: Server, number: int) -> None:
        if not server.is_asked or server.asked != number or not self._is_ours(server):
            return
        try:
            self._agent.probe(server.spec.name)
        except SipError as wrong:
            server.is_asked = False
            self._found(server, False, 503, wrong.values[-1])

    def _waited(self, server: Server, number: int) -> None:
        is_late = time.monotonic() >= server.answer_by - 0.01
        if server.is_asked and server.asked == number and is_late and self._is_ours(server):
            server.is_asked = False
            self._found(server, False, 408, "no answer")

    def _found(self, server: Server, is_there: bool, code: int, reason: str) -> None:
        line = self._lines.get(self.line_of(server.spec.name))
        if line is not None:
            line.found(server, is_there, code, reason)

    def _beat(self) -> None:
        self._agent.later(_HEARTBEAT_S, self._beat)
        for server in list(self._servers.values()):
            self._ask(server)

    def _look_home(self) -> None:
        self._agent.later(_HOME_LOOK_S, self._look_home)
        for line in self._lines.values():
            for server in line.better:
                self._ask(server)
            line.look_home()

    def _is_ours(self, server: Server) -> bool:
        return self._servers.get(server.spec.name) is server

    def _where(self) -> str:
        return f"{self._agent.bind.address}:{self._agent.port}"


def _names(line: str, count: int) -> list[str]:
    """Accounts are named apart from lines: a call stays with the server that it came by when its line has moved on."""
    return [f"{line}.{number}" for number in range(1, count + 1)]
