"""Transfers: REFER, asked again where the exchange is not ready yet, our own leg dropped once it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.events import DeskEvent, TransferEnded
from app.domain.call import NO_CALL, CallId
from app.telephony.sip import SipAgent
from app.telephony.sip_events import SipError, TransferProgressed

_TRIES = 4
_AGAIN_S = 0.7
_NO_WORD_S = 12.0
_NO_WORD_ATTENDED_S = 5.0
"""Both parties are on the line already and the caller waits: without a word from the exchange they are joined here."""
_NO_END_S = 60.0
_PARK_SAYS_S = 4.0
"""Some exchanges say the number of the parking place into the leg that asked for it, which must stay as long."""


@dataclass(slots=True)
class _Transfer:
    target: str
    refer: Callable[[], None]
    other: CallId = NO_CALL
    parked: Callable[[], bool] | None = None
    tries: int = 0
    is_accepted: bool = False
    has_word: bool = False


class Transfers:
    """Lives on the SIP thread. Asterisk answers NOTIFY 400 right after an answer and on an unbridged leg: hence the tries."""

    def __init__(self, agent: SipAgent, emit: Callable[[DeskEvent], None], done: Callable[[CallId], None]) -> None:
        """`done` is told of a call that was handed on: it must be hung up."""
        self._agent, self._emit, self._done = agent, emit, done
        self._running: dict[CallId, _Transfer] = {}
        self._lingering: set[CallId] = set()

    def begin(self, call: CallId, target: str, address: str, parked: Callable[[], bool] | None = None) -> None:
        """The caller goes to `address`. With `parked`, which is called once he is there, that is the exchange's parking: our
        own leg stays a while to hear where he was put, unless `parked` says that this is known."""
        self._begin(call, _Transfer(target, lambda: self._agent.transfer(call, address), parked=parked))

    def begin_attended(self, call: CallId, other: CallId, target: str = "") -> None:
        """The far ends of both calls are joined at the exchange (REFER with Replaces); both our legs end then."""
        self._begin(call, _Transfer(target, lambda: self._agent.replace(call, other), other))

    def progressed(self, event: TransferProgressed) -> None:
        transfer = self._running.get(event.call)
        if transfer is None:
            return
        if event.is_final and event.code // 100 == 2:
            self._succeed(event.call, transfer)
        elif event.is_final and event.code == 400 and transfer.tries < _TRIES:
            self._agent.later(_AGAIN_S, lambda: self._again(event.call, transfer))
        elif event.is_final:
            self._end(event.call, False, f"{event.code} {event.reason}")
        elif event.code // 100 == 2:
            transfer.is_accepted = True
        else:
            transfer.has_word = True

    def heard_out(self) -> None:
        """Where the callers were parked is known: nobody need listen for it any longer."""
        for call in list(self._lingering):
            self._done(call)

    def call_ended(self, call: CallId) -> bool:
        """Whether the end of this call was a transfer: the exchange had taken it over and then dropped our leg."""
        transfer = self._running.get(call)
        if transfer is None:
            beside = [other for other in self._running.values() if other.other == call]
            was_parked = call in self._lingering
            self._lingering.discard(call)
            return was_parked or any(other.is_accepted or other.has_word for other in beside)
        is_done = transfer.is_accepted or transfer.has_word
        self._end(call, is_done, "" if is_done else "the call ended first")
        if is_done and transfer.parked is not None:
            transfer.parked()
        if is_done and transfer.other:
            self._done(transfer.other)
        return is_done

    def _begin(self, call: CallId, transfer: _Transfer) -> None:
        if call not in self._running and call not in self._lingering:
            self._running[call] = transfer
            self._refer(call, transfer)

    def _again(self, call: CallId, transfer: _Transfer) -> None:
        if self._running.get(call) is transfer:
            self._refer(call, transfer)

    def _refer(self, call: CallId, transfer: _Transfer) -> None:
        transfer.tries += 1
        try:
            transfer.refer()
        except SipError as wrong:
            self._end(call, False, wrong.values[-1])
            return
        no_word_s = _NO_WORD_ATTENDED_S if transfer.other else _NO_WORD_S
        self._agent.later(no_word_s, lambda: self._too_late(call, transfer, False))
        self._agent.later(_NO_END_S, lambda: self._too_late(call, transfer, True))

    def _too_late(self, call: CallId, transfer: _Transfer, is_long: bool) -> None:
        if self._running.get(call) is transfer and (is_long or not transfer.has_word):
            self._end(call, False, "408 no answer")

    def _succeed(self, call: CallId, transfer: _Transfer) -> None:
        self._end(call, True, "")
        if transfer.parked is not None and not transfer.parked():
            self._lingering.add(call)
            self._agent.later(_PARK_SAYS_S, lambda: self._heard_out(call))
            return
        self._done(call)
        if transfer.other:
            self._done(transfer.other)

    def _heard_out(self, call: CallId) -> None:
        if call in self._lingering:
            self._done(call)

    def _end(self, call: CallId, is_done: bool, reason: str) -> None:
        transfer = self._running.pop(call)
        self._emit(TransferEnded(call, transfer.target, is_done, reason, transfer.other, transfer.parked is not None))
