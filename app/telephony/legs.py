"""Further parties on a call: a race of the ways that lead to them, of which the first that is answered stays."""

import logging
import time
from collections.abc import Callable

from app.desk.commands import AddLeg
from app.desk.events import DeskEvent
from app.domain.call import NO_CALL, CallId, LegStage
from app.telephony.line_call import Attempt, Leg
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import CallOver, CallProgressed, SipError

log = logging.getLogger(__name__)

_ONLY_TRYING_S = 6.0
"""A way that said 100 but does not ring: the next is tried beside it (a gateway may take 5 s until the far end rings)."""
_GIVE_UP_S = 10.0
"""Nobody gave any answer on any way."""


class Legs:
    """Lives on the SIP thread; `rewire` is called whenever other parties are to be heard."""

    def __init__(self, agent: SipAgent, lines: Lines, emit: Callable[[DeskEvent], None], rewire: Callable[[], None]) -> None:
        self._agent, self._lines, self._emit, self._rewire = agent, lines, emit, rewire
        self._legs: dict[CallId, Leg] = {}
        self._by_attempt: dict[CallId, Leg] = {}

    def add(self, asked: AddLeg) -> None:
        if asked.leg in self._legs:
            return
        leg = Leg(
            asked.leg,
            asked.call,
            asked.purpose,
            asked.line,
            list(asked.targets),
            asked.patience_ms / 1000,
            dict(asked.headers),
            time.time(),
            asked.pressed_at,
        )
        self._legs[leg.id] = leg
        self._try_next(leg, "")

    def of(self, call: CallId) -> list[Leg]:
        return [leg for leg in self._legs.values() if leg.call == call]

    def all(self) -> list[Leg]:
        return list(self._legs.values())

    def owns(self, attempt: CallId) -> bool:
        return attempt in self._by_attempt

    def has(self, leg: CallId) -> bool:
        return leg in self._legs

    def hang_up(self, leg: CallId, reason: str = "agent") -> None:
        found = self._legs.get(leg)
        if found is not None:
            self._end(found, LegStage.ENDED, reason)

    def move(self, before: CallId, after: CallId) -> None:
        """Gives the legs of a call that was lost to the call that took its place."""
        for leg in self.of(before):
            leg.call = after
            self._emit(leg.changed())

    def hold(self, call: CallId, is_held: bool) -> None:
        """The agent turns to another call: those left behind are put on hold, and taken back later."""
        for leg in self.of(call):
            if leg.is_up:
                self._agent.hold(leg.voice, is_held)

    def lost(self, attempt: CallId) -> None:
        """The far end of an answered leg is gone without a word."""
        self._end(self._by_attempt[attempt], LegStage.ENDED, "network")

    # --- events of the agent ---

    def progressed(self, event: CallProgressed) -> None:
        leg = self._by_attempt[event.call]
        attempt = leg.attempts[event.call]
        attempt.has_answer = True
        if event.code >= 180 and not leg.is_up:
            attempt.is_ringing = True
            leg.voice = leg.voice or event.call
            self._become(leg, LegStage.RINGING, attempt, "")

    def up(self, call: CallId) -> None:
        leg = self._by_attempt[call]
        if leg.is_up:
            self._agent.hang_up(call)
            return
        leg.voice = call
        for other in [other for other in leg.attempts if other != call]:
            self._agent.hang_up(other)
        leg.waiting.clear()
        self._become(leg, LegStage.TALKING, leg.attempts[call], "")

    def over(self, event: CallOver) -> None:
        leg = self._by_attempt.pop(event.call)
        attempt = leg.attempts.pop(event.call)
        if leg.is_over or (leg.is_up and leg.voice != event.call):
            return
        reason = f"{event.code} {event.reason}".strip()
        if leg.is_up:
            self._end(leg, LegStage.ENDED, reason)
            return
        leg.voice = next((other for other, beside in leg.attempts.items() if beside.is_ringing), NO_CALL)
        if leg.waiting:
            self._try_next(leg, reason)
        elif not leg.attempts:
            leg.route, leg.target = attempt.route, attempt.target
            self._end(leg, LegStage.FAILED, reason)
        self._rewire()

    # --- the race ---

    def _try_next(self, leg: Leg, reason: str) -> None:
        while leg.waiting:
            route, target = leg.waiting.pop(0)
            leg.route, leg.target = route, target
            try:
                account, address = self._lines.account(route, target)
                call = self._agent.dial(account, address, leg.headers)
            except SipError as wrong:
                reason = wrong.values[-1]
                log.warning("leg %s: %s could not be tried", leg.id, route)
                continue
            self._by_attempt[call] = leg
            leg.attempts[call] = Attempt(route, target)
            if leg.stage is LegStage.DIALLING:
                self._become(leg, LegStage.DIALLING, leg.attempts[call], reason)
            self._watch(leg, call)
            return
        if not leg.attempts:
            self._end(leg, LegStage.FAILED, reason or "no way to call")

    def _watch(self, leg: Leg, call: CallId) -> None:
        self._agent.later(leg.patience_s, lambda: self._lose_patience(leg, call, False))
        self._agent.later(_ONLY_TRYING_S, lambda: self._lose_patience(leg, call, True))
        self._agent.later(_GIVE_UP_S, lambda: self._give_up(leg))

    def _lose_patience(self, leg: Leg, call: CallId, wants_ringing: bool) -> None:
        attempt = leg.attempts.get(call)
        if leg.is_over or leg.is_up or attempt is None or not leg.waiting:
            return
        if not (attempt.is_ringing if wants_ringing else attempt.has_answer):
            self._try_next(leg, "no answer")

    def _give_up(self, leg: Leg) -> None:
        if not leg.is_over and not leg.is_up and not leg.waiting and not any(a.has_answer for a in leg.attempts.values()):
            self._end(leg, LegStage.FAILED, "408 no answer")

    def _become(self, leg: Leg, stage: LegStage, attempt: Attempt, reason: str) -> None:
        leg.stage, leg.route, leg.target, leg.reason, leg.at = stage, attempt.route, attempt.target, reason, time.time()
        self._emit(leg.changed())
        self._rewire()

    def _end(self, leg: Leg, stage: LegStage, reason: str) -> None:
        leg.stage, leg.reason, leg.at = stage, reason, time.time()
        leg.waiting.clear()
        self._legs.pop(leg.id, None)
        for call in list(leg.attempts):
            self._agent.hang_up(call)
        self._emit(leg.changed())
        self._rewire()
