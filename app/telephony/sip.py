"""A SIP user agent on pjsua2 that hands out ids and events only: used by the telephony process and the practice exchange.

    agent = SipAgent(SipBind("127.0.0.1", 0), told)          # `told` gets SipEvents on the SIP thread; must not wait
    agent.add_account(AccountSpec("pbx", "10.0.0.2:5060", "1001", "secret", registers=True))
    call = agent.dial("pbx", agent.address("pbx", "12345"), {"X-Call-ID": "7"})
    agent.add_source("wav", pull)                             # pull() -> 640 bytes or None, every 20 ms
    agent.add_sink("ear", push)                               # push(640 bytes), every 20 ms, silence included
    agent.connect("wav", call); agent.connect(call, "ear")    # may be said before the call has media
    agent.close()

Every method may be called from any thread and from `told`; from other threads it waits for the SIP thread (≤ 2 ms as a
rule). A method raises SipError when the library refuses or the id is unknown; ending an ended call is no error.
A process that used this must leave by `os._exit` after `close`: leftovers of the library abort a normal exit.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pjsua2 as pj

from app.domain.call import CallId
from app.telephony import headers
from app.telephony.crowd import Crowd
from app.telephony.identities import Identities
from app.telephony.ports import Pull, Push, VoicePorts
from app.telephony.sip_events import AccountSpec, CallOver, CallUp, Media, MediaChanged, SipBind, SipError, SipEvent
from app.telephony.sip_objects import CALLS_AT_MOST, SipAccount, SipCall, new_call_id, open_transports
from app.telephony.sip_thread import SipThread
from app.telephony.sources import Bell

_Result = TypeVar("_Result")
_CODECS = ("G722/16000", "PCMA/8000", "PCMU/8000")
_RETRY_S = 0.2
_BURIED_S, _BURIED_AGAIN_S = 5.0, 0.5


class SipAgent:
    """Listens on UDP and TCP at `bind`; raises SipError where that address cannot be had."""

    def __init__(self, bind: SipBind, told: Callable[[SipEvent], None]) -> None:
        self.bind, self.port = bind, 0
        self._told = told
        self._calls: dict[CallId, SipCall] = {}
        self._ended: list[tuple[float, SipCall]] = []  # when each may be freed
        self._ports = VoicePorts()
        self._patch: set[tuple[str, str]] = set()
        self._live: dict[tuple[str, str], tuple[int, int]] = {}
        self._transports: list[int] = []
        self.beside: Callable[[set[tuple[str, str]]], set[tuple[str, str]]] = lambda _pairs: set()
        """Connections of those who listen in silence: they follow from what `patch` is given."""
        self._thread = SipThread(bind.user_agent, self._handle, self._leave)
        self._thread.calls = lambda: len(self._calls)
        self.crowd = Crowd(self._thread.later, self._refuse, lambda: CALLS_AT_MOST - len(self._calls), self._ringing)
        """Who may ring, and what becomes of the others."""
        self._identities = Identities(self._new_account)
        try:
            self.do(self._set_codecs)
            self._thread.endpoint.choose = self._identities.choose
            self.listen(bind)
        except SipError:
            self._thread.close()
            raise

    # --- the thread -----------------------------------------------------------------------------------------------------

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Runs `work` on the SIP thread and gives its result."""
        return self._thread.do(work)

    @property
    def bell(self) -> Bell | None:
        return self._thread.bell

    def post(self, work: Callable[[], None]) -> None:
        """Runs `work` on the SIP thread soon; returns at once."""
        self._thread.post(work)

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Runs `work` on the SIP thread after `seconds`."""
        self.do(lambda: self._thread.later(seconds, work))

    def close(self) -> None:
        """Hangs up every call, leaves every registrar, ends the library; returns when its thread has ended."""
        self._thread.close()

    # --- identities -----------------------------------------------------------------------------------------------------

    def listen(self, bind: SipBind) -> None:
        """Moves to another address or port; calls that are up lose their signalling, so only between calls."""
        self.do(lambda: self._listen(bind))

    def add_account(self, spec: AccountSpec, is_enrolled: bool = True) -> None:
        """Adds an identity, or changes the one of that name without touching its calls; registers where it should, or
        when `enrol` says so."""
        self.do(lambda: self._identities.add(spec, is_enrolled))

    def remove_account(self, name: str) -> None:
        """Leaves the registrar and forgets the identity; its calls stay up."""
        self.do(lambda: self._identities.remove(name))

    def enrol(self, name: str, is_enrolled: bool) -> None:
        """Sends REGISTER now, or leaves the registrar; AccountChanged tells what came of it."""
        self.do(lambda: self._identities.enrol(name, is_enrolled))

    def renew(self, name: str) -> None:
        """Gives up a REGISTER that nobody answers and sends another at once."""
        self.do(lambda: self._identities.renew(name))

    def probe(self, name: str) -> None:
        """Sends OPTIONS to the account's address; PeerAnswered tells (408 or 503 by ourselves where nobody did)."""
        self.do(lambda: self._identities.probe(name))

    def message(self, name: str, address: str, text: str) -> None:
        """Sends a text (MESSAGE) through this account; MessageTold says what became of it."""
        self.do(lambda: self._identities.get(name).send_text(address, text))

    def address(self, name: str, number: str) -> str:
        """The SIP address that `number` has through this account; a full address stays as it is."""
        spec = self.do(lambda: self._identities.get(name).spec)
        return headers.sip_address(number, spec.domain or spec.address, spec.transport)

    # --- calls ----------------------------------------------------------------------------------------------------------

    def dial(self, account: str, address: str, extra: dict[str, str] | None = None, call: CallId | None = None) -> CallId:
        """Sends INVITE to a SIP address; the call's id is `call` or a new one."""
        fresh = call or new_call_id()
        self.do(lambda: self._dial(account, address, extra or {}, fresh))
        return fresh

    def ring(self, call: CallId) -> None:
        """Answers 180."""
        self.answer(call, 180)

    def answer(self, call: CallId, code: int = 200) -> None:
        self.do(lambda: self._answer(call, code))

    def reject(self, call: CallId, code: int = 486) -> None:
        self.hang_up(call, code)

    def hang_up(self, call: CallId, code: int = 0) -> None:
        """BYE, CANCEL or a refusal, as the call's state demands; `code` is used for a call that still rings."""
        self.do(lambda: self._hang_up(call, code))

    def hold(self, call: CallId, is_held: bool) -> None:
        """Puts on hold or takes back; tried again until the other side agrees or the call ends."""
        self.do(lambda: self._hold(call, is_held))

    def send_digits(self, call: CallId, digits: str) -> None:
        """RFC 4733 events."""
        self.do(lambda: self._call(call).dialDtmf(digits))

    def transfer(self, call: CallId, address: str) -> None:
        """Sends REFER; TransferProgressed tells what came of it. Our own leg stays until somebody hangs it up."""
        self.do(lambda: self._call(call).xfer(address, pj.CallOpParam(True)))

    def replace(self, call: CallId, other: CallId) -> None:
        """Sends REFER with Replaces: the far ends of both calls are joined without us; told as with `transfer`, of `call`."""
        self.do(lambda: self._call(call).xferReplaces(self._call(other), _options(0)))

    def packets_heard(self, call: CallId) -> int:
        """RTP packets received since the stream began, -1 without a stream."""
        heard = self.examine(call, SipCall.packets_heard)
        return -1 if heard is None else heard

    def examine(self, call: CallId, look: Callable[[SipCall], _Result]) -> _Result | None:
        """What `look` finds at the library's call, on the SIP thread; None for a call that is gone."""
        return self.do(lambda: look(self._calls[call]) if call in self._calls else None)

    def account_of(self, call: CallId) -> str:
        """The account that carries a call; "" for a call that is gone."""
        return self.examine(call, lambda known: known.account.spec.name) or ""

    def media(self, call: CallId) -> Media:
        """How the voice of a call stands; NONE for a call that is gone."""
        return self.do(lambda: self._calls[call].media if call in self._calls else Media.NONE)

    # --- voices ---------------------------------------------------------------------------------------------------------

    def add_source(self, name: str, pull: Pull) -> None:
        """A voice that Python makes. The same name again exchanges what is pulled."""
        self.do(lambda: self._ports.add_source(name, pull))

    def add_sink(self, name: str, push: Push) -> None:
        """A place where Python listens. The same name again exchanges where it is pushed."""
        self.do(lambda: self._ports.add_sink(name, push))

    def connect(self, source: str, sink: str) -> None:
        """Lets `sink` hear `source` (names of ports or ids of calls), now or as soon as both have media."""
        self.do(lambda: self._set_patch(self._patch | {(source, sink)}))

    def disconnect(self, source: str, sink: str) -> None:
        self.do(lambda: self._set_patch(self._patch - {(source, sink)}))

    def patch(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Replaces all connections by `pairs`; those that stay are not interrupted."""
        wanted = set(pairs)
        self.do(lambda: self._set_patch(wanted | self.beside(wanted)))

    # --- on the SIP thread ----------------------------------------------------------------------------------------------

    def _handle(self, event: SipEvent) -> None:
        if isinstance(event, CallOver):
            self._bury(event.call)
            self._set_patch({pair for pair in self._patch if event.call not in pair})
        elif isinstance(event, MediaChanged):
            for pair in [pair for pair in self._live if event.call in pair]:
                del self._live[pair]  # the stream may be a new one: connect anew
            self._set_patch(self._patch)
        if isinstance(event, CallUp | MediaChanged):
            self._settle_hold(event.call)
        self._told(event)

    def _bury(self, call: CallId) -> None:
        self.crowd.forget(call)
        ended = self._calls.pop(call, None)
        if ended is not None:
            self._thread.count_end()
            self._ended.append((time.monotonic() + _BURIED_S, ended))
            del ended
            self._thread.later(_BURIED_S, self._free_ended)

    def _free_ended(self) -> None:
        """Frees the ended calls of which nothing is under way any more and whose place in the library's table is nobody else's:
        the library hangs up whatever is found there when the object goes, be it the next citizen."""
        now = time.monotonic()
        self._ended = [(due, call) for due, call in self._ended if due > now or call.isActive()]
        if self._ended and self._ended[0][0] <= now:
            self._thread.later(_BURIED_AGAIN_S, self._free_ended)

    def _set_codecs(self) -> None:
        endpoint = self._thread.endpoint
        codecs = endpoint.codecEnum2()  # held: its parts die with it
        for codec in codecs:
            rank = next((i for i, wanted in enumerate(_CODECS) if codec.codecId.startswith(wanted)), None)
            endpoint.codecSetPriority(codec.codecId, 0 if rank is None else 250 - rank)

    def _listen(self, bind: SipBind) -> None:
        endpoint = self._thread.endpoint
        for transport in self._transports:
            endpoint.transportClose(transport)
        self.port, self._transports = open_transports(endpoint, bind.address, bind.port)
        self._thread.listens_at(bind.address, self.port)
        self.bind = bind
        self._identities.rebind(self.bind, self.port)

    def _call(self, call: CallId) -> SipCall:
        if call not in self._calls:
            raise SipError("call", "it has ended")
        return self._calls[call]

    def _new_account(self, spec: AccountSpec) -> SipAccount:
        account = SipAccount(spec, self._thread.tell, self._adopt, self.bind.takes_transfers)
        account.lets_in = self.crowd.lets_in
        return account

    def _ringing(self) -> list[CallId]:
        return [call.id for call in self._calls.values() if call.is_incoming and not call.is_answered and not call.is_over]

    def _refuse(self, call: CallId, code: int) -> None:
        if call in self._calls and not self._calls[call].is_over:
            self._calls[call].hangup(_options(code))

    def _adopt(self, call: SipCall) -> None:
        self._calls[call.id] = call

    def _dial(self, account: str, address: str, extra: dict[str, str], fresh: CallId) -> None:
        self.crowd.make_room()
        call = SipCall(self._identities.get(account), fresh)
        options = pj.CallOpParam(True)
        for name, value in extra.items():
            header = pj.SipHeader()
            header.hName, header.hValue = headers.safe_header(name), headers.safe_header(value)
            options.txOption.headers.append(header)
        call.makeCall(address, options)
        self._adopt(call)

    def _answer(self, call: CallId, code: int) -> None:
        found = self._call(call)
        found.is_answered = code >= 200
        found.answer(_options(code))

    def _hang_up(self, call: CallId, code: int) -> None:
        found = self._calls.get(call)
        if found is not None and not found.is_over:
            found.is_ours = True
            found.audio = None  # the media clock takes its place in the bridge away: it must not be wired any more
            found.hangup(_options(code))

    def _hold(self, call: CallId, is_held: bool) -> None:
        self._call(call).wants_hold = is_held
        self._settle_hold(call)

    def _settle_hold(self, call: CallId) -> None:
        found = self._calls.get(call)
        if found is None or not found.is_up or found.wants_hold == (found.media is Media.HELD_BY_US):
            return
        try:
            if found.wants_hold:
                found.setHold(pj.CallOpParam(True))
            else:
                options = pj.CallOpParam(True)
                options.opt.flag = pj.PJSUA_CALL_UNHOLD
                found.reinvite(options)
        except pj.Error:
            pass  # another re-INVITE is under way; looked at again below
        del found
        self._thread.later(_RETRY_S, lambda: self._settle_hold(call))

    def _voice(self, name: str) -> Any:
        port = self._ports.find(name)
        if port is not None:
            return port
        call = self._calls.get(CallId(name))
        return call.audio if call is not None else None

    def _set_patch(self, wanted: set[tuple[str, str]]) -> None:
        self._patch = set(wanted)
        for pair in [pair for pair in self._live if pair not in wanted]:
            del self._live[pair]
            self._join(pair, False)
        for pair in wanted - self._live.keys():
            self._join(pair, True)

    def _join(self, pair: tuple[str, str], is_joined: bool) -> None:
        source, sink = (self._voice(name) for name in pair)
        if source is None or sink is None:
            return
        try:
            if is_joined:
                source.startTransmit(sink)
                self._live[pair] = (0, 0)
            else:
                source.stopTransmit(sink)
        except pj.Error:
            pass  # the stream was taken down in between; MediaChanged brings us here again

    def _leave(self) -> None:
        """Runs last on the SIP thread: nothing of the library may outlive it."""
        for call in self._calls.values():
            call.is_ours = True
        self._thread.endpoint.hangupAllCalls()
        self._thread.pump(0.3)
        self._identities.leave()
        self._thread.pump(0.2)
        self._live.clear()
        self._patch.clear()
        self._calls.clear()
        self._ended.clear()
        self._ports.clear()


def _options(code: int) -> Any:
    options = pj.CallOpParam(True)
    if code:
        options.statusCode = code
    return options
