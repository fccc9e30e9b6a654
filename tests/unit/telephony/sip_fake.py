"""A stand-in for the SIP agent: the library's few places, its calls, the connections and the time, all in a test's hand."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from app.desk.commands import LineAccount, SetUpLines
from app.desk.events import DeskEvent
from app.domain.call import CallId
from app.telephony.announcer import Announcer
from app.telephony.crowd import Crowd
from app.telephony.sip_events import CallCame, CallOver, CallProgressed, CallUp, Media, PeerAnswered, SipBind, SipError
from app.telephony.sip_objects import CALLS_AT_MOST
from app.telephony.switchboard import Switchboard

LINES = tuple(LineAccount(line, f"127.0.0.{last}:5060", transport="udp") for line, last in (("pbx", 8), ("gateway", 9)))


class FakeAgent:
    """Calls that are dialled stay silent until a test answers them; `is_dumb`: a hang-up does not free their place either."""

    def __init__(self) -> None:
        self.bind, self.port = SipBind(), 5060
        self.calls: dict[CallId, str] = {}
        self.dialled: list[tuple[str, CallId]] = []
        self.hung_up: list[CallId] = []
        self.held: set[CallId] = set()
        self.held_by_them: set[CallId] = set()
        self.replaced: list[tuple[CallId, CallId]] = []
        self.pairs: set[tuple[str, str]] = set()
        self.up: set[CallId] = set()
        self.ringing: list[CallId] = []
        self.refuses = False
        self.now = 0.0
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._made = count(1)
        self.crowd = Crowd(self.later, self._refuse, lambda: CALLS_AT_MOST - len(self.calls), lambda: self.ringing)

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        self._timers.append((self.now + seconds, next(self._made), work))

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while due := sorted(timer[:2] for timer in self._timers if timer[0] <= end):
            timer = next(timer for timer in self._timers if timer[:2] == due[0])
            self._timers.remove(timer)
            self.now = timer[0]
            timer[2]()
        self.now = end

    def dial(self, account: str, address: str, extra: dict[str, str] | None = None, call: CallId | None = None) -> CallId:
        self.crowd.make_room()
        if self.refuses or len(self.calls) >= CALLS_AT_MOST:
            raise SipError("call", "Too many objects of the specified type (PJ_ETOOMANY)")
        fresh = call or CallId(f"{next(self._made):032x}")
        self.calls[fresh] = account
        self.dialled.append((account, fresh))
        return fresh

    def hang_up(self, call: CallId, code: int = 0) -> None:
        self.hung_up.append(call)

    def _refuse(self, call: CallId, code: int) -> None:
        self.calls.pop(call)
        self.hung_up.append(call)

    def address(self, name: str, number: str) -> str:
        return number if number.startswith("sip:") else f"sip:{number}@{name}"

    def account_of(self, call: CallId) -> str:
        return self.calls.get(call, "")

    def media(self, call: CallId) -> Media:
        if call not in self.up:
            return Media.NONE
        if call in self.held_by_them:
            return Media.HELD_BY_THEM
        return Media.HELD_BY_US if call in self.held else Media.ACTIVE

    def hold(self, call: CallId, is_held: bool) -> None:
        (self.held.add if is_held else self.held.discard)(call)

    def replace(self, call: CallId, other: CallId) -> None:
        self.replaced.append((call, other))

    def patch(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = set(pairs)

    def packets_heard(self, call: CallId) -> int:
        return next(self._made)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *_args, **_more: None


class FakeTap:
    """Remembers which calls are written."""

    def __init__(self) -> None:
        self.open: set[CallId] = set()
        self.recorded: set[CallId] = set()

    def began(self, call: CallId, answered_at: float, is_recorded: bool = True) -> None:
        self.open.add(call)
        if is_recorded:
            self.recorded.add(call)

    def ended(self, call: CallId) -> None:
        self.open.discard(call)

    def follow(self, call: CallId) -> None:
        """Whose voices are written does not matter here."""


class Board:
    """A switchboard with everything around it faked."""

    def __init__(self, announcer: Announcer | None = None) -> None:
        self.agent, self.tap, self.events = FakeAgent(), FakeTap(), list[DeskEvent]()
        agent: Any = self.agent
        self.board = Switchboard(
            agent, self.tap, announcer or Announcer(), lambda _is_ringing, _is_soft: None, self.events.append
        )
        self.board.obey(SetUpLines(LINES))
        for line in LINES:
            self.board.hear(PeerAnswered(f"{line.line}.1", 200, "OK"))

    def comes(self, call: CallId, number: str = "13800000001", headers: dict[str, str] | None = None) -> None:
        self.agent.calls[call] = "pbx.1"
        self.board.hear(CallCame(call, "pbx.1", number, "", "agent", headers or {}, True))

    def answers(self, call: CallId) -> None:
        """The far end of a call answers, or ours is acknowledged."""
        self.agent.up.add(call)
        self.board.hear(CallUp(call))

    def rings(self, call: CallId) -> None:
        self.board.hear(CallProgressed(call, 180, "Ringing"))

    def over(self, call: CallId, code: int = 200, is_ours: bool = False) -> None:
        self.agent.calls.pop(call, None)
        self.agent.up.discard(call)
        self.board.hear(CallOver(call, code, "", is_ours, True))

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def last_dialled(self) -> CallId:
        return self.agent.dialled[-1][1]
