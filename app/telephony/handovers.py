"""Handing a caller over to an emergency line: first both stay together here without the agent, then the exchange joins them."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.commands import HandOver
from app.desk.events import DeskEvent, HandOverChanged
from app.domain.call import NO_CALL, CallId, HandOverStep
from app.telephony.legs import Legs
from app.telephony.line_call import Leg, LineCall
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import Media, SipError, TransferProgressed

TRANSFERRED = "transferred"
"""The reason that a leg ends with when the exchange has taken caller and line over."""

_TRIES = 4
_AGAIN_S = 0.7
_NO_WORD_S = 5.0
"""Caller and line talk already: an exchange that says nothing of the REFER for so long has not joined them."""


@dataclass(slots=True)
class _HandOver:
    leg: Leg
    line: str  # the caller's own way: a line or an account
    step: HandOverStep = HandOverStep.TOGETHER
    tries: int = 0
    is_accepted: bool = False
    has_line_gone: bool = False


class HandOvers:
    """Lives on the SIP thread. The line must have answered first: without an answer nobody is handed over."""

    def __init__(
        self,
        agent: SipAgent,
        legs: Legs,
        lines: Lines,
        emit: Callable[[DeskEvent], None],
        clock: Callable[[], float],
        let_go: Callable[[CallId], None],
        give_back: Callable[[CallId], None],
        finish: Callable[[CallId], None],
    ) -> None:
        """`let_go` takes the agent off a call, and the call off hold; `give_back` brings the agent back on it, `finish` ends
        our side of one that the exchange has taken over."""
        self._agent, self._legs, self._lines, self._emit, self._clock = agent, legs, lines, emit, clock
        self._let_go, self._give_back, self._finish = let_go, give_back, finish
        self._running: dict[CallId, _HandOver] = {}

    def show_all(self) -> None:
        """A window attached: it is told what was handed over."""
        for call, running in self._running.items():
            self._tell(call, running, running.step)

    def has(self, call: CallId) -> bool:
        return call in self._running

    def asked(self, command: HandOver, call: LineCall | None) -> None:
        """At once where the line talks, else as soon as it does."""
        leg = self._legs.one(command.leg)
        if leg is not None:
            leg.hands_over, leg.undo_s = True, command.undo_s
            self.leg_up(leg, call)

    def leg_up(self, leg: Leg, call: LineCall | None) -> None:
        """A line talks: the caller is left to it where that was asked."""
        if not (leg.hands_over and leg.is_up and call is not None and call.answered_at) or call.id in self._running:
            return
        self._running[call.id] = running = _HandOver(leg, call.line)
        self._let_go(call.id)
        self._tell(call.id, running, HandOverStep.TOGETHER)
        self._agent.later(leg.undo_s, lambda: self._refer(call.id, running))

    def joined(self, call: CallId) -> None:
        """The agent turned to the call; a REFER that is under way goes its way."""
        running = self._running.get(call)
        if running is not None and not running.is_accepted:
            del self._running[call]
            running.leg.hands_over = False
            self._tell(call, running, HandOverStep.TAKEN_BACK)

    # --- what the network says ---

    def progressed(self, event: TransferProgressed) -> bool:
        """Whether this was about a caller who is handed over."""
        running = self._running.get(event.call)
        if running is None or not running.tries:
            return False
        if event.is_final and event.code // 100 == 2:
            self._succeed(event.call, running)
        elif event.is_final and event.code == 400 and running.tries < _TRIES:
            self._agent.later(_AGAIN_S, lambda: self._refer(event.call, running))
        elif event.is_final:
            self._fail(event.call, running, f"{event.code} {event.reason}")
        else:
            running.is_accepted = True
        return True

    def call_over(self, call: CallId, by: str) -> bool:
        """The caller's side ended: whether because the exchange took it over. A line whose caller hung up is let go; one whose
        caller was lost by the network stays, for he is called back."""
        running = self._running.pop(call, None)
        if running is None:
            return False
        if running.is_accepted:
            self._legs.hang_up(running.leg.id, TRANSFERRED)
            self._tell(call, running, HandOverStep.TRANSFERRED)
            return True
        if by != "network":
            for leg in self._legs.of(call):
                self._legs.hang_up(leg.id, "caller")
        return False

    def leg_over(self, leg: Leg) -> None:
        """The line's side ended: its caller goes back to the agent, unless the exchange is just joining the two."""
        call = next((call for call, running in self._running.items() if running.leg is leg), NO_CALL)
        if not call:
            return
        running = self._running[call]
        running.has_line_gone = True
        if running.is_accepted:
            self._agent.later(_NO_WORD_S, lambda: self._too_late(call, running))
        else:
            self._return(call, running, leg.reason)

    # --- steps ---

    def _refer(self, call: CallId, running: _HandOver) -> None:
        """Only where both came through the same exchange, and nobody else is on the line."""
        if self._running.get(call) is not running or running.is_accepted or running.step is not HandOverStep.TOGETHER:
            return
        leg = running.leg
        is_alone = self._legs.of(call) == [leg]
        has_media = all(self._agent.media(one) is Media.ACTIVE for one in (call, leg.voice))
        if not self._are_of_one_exchange(leg, running.line) or not is_alone or not has_media:
            return
        running.tries += 1
        try:
            self._agent.replace(call, leg.voice)
        except SipError as wrong:
            self._fail(call, running, wrong.values[-1])
            return
        self._agent.later(_NO_WORD_S, lambda: self._no_word(call, running))

    def _are_of_one_exchange(self, leg: Leg, line: str) -> bool:
        try:
            return leg.attempts[leg.voice].account == self._lines.account(line, "")[0]
        except (KeyError, SipError):
            return False

    def _no_word(self, call: CallId, running: _HandOver) -> None:
        if self._running.get(call) is running and not running.is_accepted and running.step is HandOverStep.TOGETHER:
            self._fail(call, running, "408 no answer")

    def _too_late(self, call: CallId, running: _HandOver) -> None:
        if self._running.get(call) is running:
            self._return(call, running, "the exchange did not join them")

    def _succeed(self, call: CallId, running: _HandOver) -> None:
        del self._running[call]
        self._legs.hang_up(running.leg.id, TRANSFERRED)
        self._tell(call, running, HandOverStep.TRANSFERRED)
        self._finish(call)

    def _fail(self, call: CallId, running: _HandOver, reason: str) -> None:
        running.is_accepted = False
        if running.has_line_gone:
            self._return(call, running, reason)
            return
        running.step = HandOverStep.REFUSED
        self._tell(call, running, HandOverStep.REFUSED, reason)

    def _return(self, call: CallId, running: _HandOver, reason: str) -> None:
        del self._running[call]
        self._tell(call, running, HandOverStep.RETURNED, reason)
        self._give_back(call)

    def _tell(self, call: CallId, running: _HandOver, step: HandOverStep, reason: str = "") -> None:
        self._emit(HandOverChanged(call, running.leg.id, running.leg.line, step, reason, self._clock()))
