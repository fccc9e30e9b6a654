"""Blind transfer: REFER, asked again where the exchange is not ready yet, our own leg dropped once it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.events import DeskEvent, TransferEnded
from app.domain.call import CallId
from app.telephony.sip import SipAgent
from app.telephony.sip_events import SipError, TransferProgressed

_TRIES = 4
_AGAIN_S = 0.7
_NO_WORD_S = 12.0
_NO_END_S = 60.0


@dataclass(slots=True)
class _Transfer:
    target: str
    address: str
    tries: int = 0
    is_accepted: bool = False
    has_word: bool = False


class Transfers:
    """Lives on the SIP thread. Asterisk answers NOTIFY 400 right after an answer and on an unbridged leg: hence the tries."""

    def __init__(self, agent: SipAgent, emit: Callable[[DeskEvent], None], done: Callable[[CallId], None]) -> None:
        """`done` is told of a call that was handed on: it must be hung up."""
        self._agent, self._emit, self._done = agent, emit, done
        self._running: dict[CallId, _Transfer] = {}

    def begin(self, call: CallId, target: str, address: str) -> None:
        if call not in self._running:
            self._running[call] = transfer = _Transfer(target, address)
            self._refer(call, transfer)

    def progressed(self, event: TransferProgressed) -> None:
        transfer = self._running.get(event.call)
        if transfer is None:
            return
        if event.is_final and event.code // 100 == 2:
            self._end(event.call, True, "")
            self._done(event.call)
        elif event.is_final and event.code == 400 and transfer.tries < _TRIES:
            self._agent.later(_AGAIN_S, lambda: self._again(event.call, transfer))
        elif event.is_final:
            self._end(event.call, False, f"{event.code} {event.reason}")
        elif event.code // 100 == 2:
            transfer.is_accepted = True
        else:
            transfer.has_word = True

    def call_ended(self, call: CallId) -> bool:
        """Whether the end of this call was a transfer: the exchange had taken it over and then dropped our leg."""
        transfer = self._running.get(call)
        if transfer is None:
            return False
        is_done = transfer.is_accepted or transfer.has_word
        self._end(call, is_done, "" if is_done else "the call ended first")
        return is_done

    def _again(self, call: CallId, transfer: _Transfer) -> None:
        if self._running.get(call) is transfer:
            self._refer(call, transfer)

    def _refer(self, call: CallId, transfer: _Transfer) -> None:
        transfer.tries += 1
        try:
            self._agent.transfer(call, transfer.address)
        except SipError as wrong:
            self._end(call, False, wrong.values[-1])
            return
        self._agent.later(_NO_WORD_S, lambda: self._too_late(call, transfer, False))
        self._agent.later(_NO_END_S, lambda: self._too_late(call, transfer, True))

    def _too_late(self, call: CallId, transfer: _Transfer, is_long: bool) -> None:
        if self._running.get(call) is transfer and (is_long or not transfer.has_word):
            self._end(call, False, "408 no answer")

    def _end(self, call: CallId, is_done: bool, reason: str) -> None:
        transfer = self._running.pop(call)
        self._emit(TransferEnded(call, transfer.target, is_done, reason))
