"""Further parties on a call: a race of the ways that lead to them, of which the first that is answered stays."""

import logging
import time
from collections.abc import Callable

from app.desk.commands import AddLeg
from app.desk.events import DeskEvent, LegTried
from app.domain.call import NO_CALL, CallId, LegPurpose, LegStage
from app.telephony.line_call import Attempt, Leg
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.sip_events import CallOver, CallProgressed, SipError
from app.telephony.sounds import Comfort
from app.telephony.wiring import COMFORT

log = logging.getLogger(__name__)

_ONLY_TRYING_S = 6.0
"""A way that said 100 but does not ring: the next is tried beside it (a gateway may take 5 s until the far end rings)."""
_GIVE_UP_S = 10.0
"""Nobody gave any answer on any way."""
_PAUSES_S = (1.0, 2.0, 3.0, 5.0)
"""Between two rounds of an emergency line: short at first, then often enough for a person who waits."""
_RINGS_LONG_S = 30.0
"""A way that only rang for so long is called anew: its place in a queue may be lost."""
_PLACE_S = 0.25
"""How soon it is looked again whether the library has a place for the next way."""
_WAITING = (LegStage.DIALLING, LegStage.RINGING)


class Legs:
    """Lives on the SIP thread; `rewire` is called whenever other parties are to be heard."""

    def __init__(self, agent: SipAgent, lines: Lines, emit: Callable[[DeskEvent], None], rewire: Callable[[], None]) -> None:
        self._agent, self._lines, self._emit, self._rewire = agent, lines, emit, rewire
        self._legs: dict[CallId, Leg] = {}
        self._by_attempt: dict[CallId, Leg] = {}
        self._dropped: set[CallId] = set()
        self._comfort = Comfort()
        agent.add_source(COMFORT, self._comfort.pull)
        self.ended: Callable[[Leg], None] = lambda _leg: None

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
            ways=asked.targets,
            answer_s=asked.answer_s,
            rounds=max(1, asked.rounds),
            hands_over=asked.hands_over,
            undo_s=asked.undo_s,
        )
        self._legs[leg.id] = leg
        self._try_next(leg, "")
        if leg.purpose is LegPurpose.EMERGENCY:
            self._comfort.begin(asked.comfort)  # after the INVITE: reading a sound takes its time

    def of(self, call: CallId) -> list[Leg]:
        return [leg for leg in self._legs.values() if leg.call == call]

    def all(self) -> list[Leg]:
        return list(self._legs.values())

    def one(self, leg: CallId) -> Leg | None:
        return self._legs.get(leg)

    def of_attempt(self, attempt: CallId) -> Leg | None:
        return self._by_attempt.get(attempt)

    def get(self, leg: CallId) -> Leg:
        """Raises KeyError for a leg that is gone."""
        return self._legs[leg]

    def owns(self, attempt: CallId) -> bool:
        return attempt in self._by_attempt or attempt in self._dropped

    def has(self, leg: CallId) -> bool:
        return leg in self._legs

    def voices(self, call: CallId) -> list[CallId]:
        """Parties that all others hear."""
        return [leg.voice for leg in self.of(call) if leg.purpose is not LegPurpose.SILENT]

    def listeners(self, call: CallId) -> list[CallId]:
        """Parties that hear all and are heard by no caller."""
        return [leg.voice for leg in self.of(call) if leg.purpose is LegPurpose.SILENT and leg.is_up]

    def together(self, call: CallId) -> list[CallId]:
        """The voices that are on the line with this call."""
        return [leg.voice for leg in self.of(call) if leg.is_up and leg.purpose is not LegPurpose.SILENT]

    def waiting(self, call: CallId) -> list[Leg]:
        """Parties that are still being called."""
        return [leg for leg in self.of(call) if leg.stage in _WAITING and leg.purpose is not LegPurpose.SILENT]

    def is_calling_help(self, call: CallId) -> bool:
        """Whether an emergency line is being called for this caller."""
        return any(leg.purpose is LegPurpose.EMERGENCY for leg in self.waiting(call))

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
        leg = self._by_attempt.get(attempt)
        if leg is not None:
            self._end(leg, LegStage.ENDED, "network")

    # --- events of the agent ---

    def progressed(self, event: CallProgressed) -> None:
        leg = self._by_attempt.get(event.call)
        attempt = leg.attempts.get(event.call) if leg is not None else None
        if leg is None or attempt is None:
            return
        attempt.has_answer = True
        if event.code >= 180 and not leg.is_up:
            attempt.is_ringing = True
            leg.voice = leg.voice or event.call
            self._become(leg, LegStage.RINGING, attempt, "")

    def up(self, call: CallId) -> None:
        leg = self._by_attempt.get(call)
        if leg is None or leg.is_up or leg.is_over:
            self._agent.hang_up(call)
            return
        leg.voice = call
        for other in [other for other in leg.attempts if other != call]:
            self._agent.hang_up(other)
        leg.waiting.clear()
        self._become(leg, LegStage.TALKING, leg.attempts[call], "")

    def over(self, event: CallOver) -> None:
        self._dropped.discard(event.call)
        leg = self._by_attempt.pop(event.call, None)
        attempt = leg.attempts.pop(event.call, None) if leg is not None else None
        if leg is None or attempt is None or leg.is_over or (leg.is_up and leg.voice != event.call):
            return
        reason = f"{event.code} {event.reason}".strip()
        if leg.is_up:
            self._end(leg, LegStage.ENDED, reason)
            return
        self._went(leg, attempt, reason)

    # --- the race ---

    def _went(self, leg: Leg, attempt: Attempt, reason: str) -> None:
        """A way gave nothing: the next, or another round."""
        leg.voice = next((other for other, beside in leg.attempts.items() if beside.is_ringing), NO_CALL)
        if leg.waiting:
            self._try_next(leg, reason)
        elif not leg.attempts:
            leg.route, leg.target = attempt.route, attempt.target
            self._end_round(leg, reason)
        self._rewire()

    def _try_next(self, leg: Leg, reason: str) -> None:
        while leg.waiting:
            route, target = leg.waiting.pop(0)
            leg.route, leg.target = route, target
            try:
                account, address = self._lines.account(route, target)
                call = self._agent.dial(account, address, leg.headers)
            except SipError as wrong:
                if leg.attempts and not self._agent.crowd.has_room(1):
                    leg.waiting.insert(0, (route, target))
                    self._await_place(leg)
                    return
                reason = wrong.values[-1]
                log.warning("leg %s: %s could not be tried: %s", leg.id, route, reason)
                continue
            self._by_attempt[call] = leg
            leg.attempts[call] = Attempt(route, target, at=time.monotonic(), account=account)
            if leg.stage is LegStage.DIALLING:
                self._become(leg, LegStage.DIALLING, leg.attempts[call], reason)
            self._tell_try(leg, route, target, reason)
            self._watch(leg, call)
            return
        self._end_round_if_stuck(leg, reason or "no way to call")

    def _await_place(self, leg: Leg) -> None:
        """All places of the library are taken: the next way is called as soon as one is free."""
        if not leg.awaits_place:
            leg.awaits_place = True
            self._agent.later(_PLACE_S, lambda: self._look_for_place(leg))

    def _look_for_place(self, leg: Leg) -> None:
        leg.awaits_place = False
        if leg.is_over or leg.is_up or not leg.waiting:
            return
        if self._agent.crowd.has_room(1):
            self._try_next(leg, "no answer")
        else:
            self._await_place(leg)

    def _watch(self, leg: Leg, call: CallId) -> None:
        self._agent.later(leg.patience_s, lambda: self._lose_patience(leg, call, False))
        self._agent.later(_ONLY_TRYING_S, lambda: self._lose_patience(leg, call, True))
        if leg.answer_s:
            self._agent.later(leg.answer_s, lambda: self._unanswered(leg, call))
        else:
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

    def _unanswered(self, leg: Leg, call: CallId) -> None:
        """Nobody took the call in time. It may still be answered, and stays: the library keeps the place of an INVITE that
        nobody answered until 32 s are over, whether it is given up or not, and has only a few places."""
        attempt = leg.attempts.get(call)
        if leg.is_over or leg.is_up or attempt is None:
            return
        if leg.waiting:
            self._try_next(leg, "no answer")
        else:
            leg.route, leg.target = attempt.route, attempt.target
            self._end_round_if_stuck(leg, "408 no answer")

    def _end_round_if_stuck(self, leg: Leg, reason: str) -> None:
        """Where no way is left in this round, and none is on that may still be answered in its time."""
        old = [leg.answer_s > 0 and time.monotonic() - attempt.at >= leg.answer_s * 0.9 for attempt in leg.attempts.values()]
        if all(old):
            self._end_round(leg, reason)

    def _end_round(self, leg: Leg, reason: str) -> None:
        """Every way was tried in vain: all again after a pause, until the agent ends it or the rounds are used up."""
        if leg.is_pausing:
            return
        if leg.round >= leg.rounds:
            self._end(leg, LegStage.FAILED, reason)
            return
        leg.is_pausing = True
        pause = _PAUSES_S[min(leg.round, len(_PAUSES_S)) - 1]
        self._tell_try(leg, "", "", reason, pause)
        self._agent.later(pause, lambda: self._begin_round(leg))

    def _begin_round(self, leg: Leg) -> None:
        leg.is_pausing = False
        if leg.is_over or leg.is_up:
            return
        leg.round += 1
        now = time.monotonic()
        for call in [call for call, attempt in leg.attempts.items() if now - attempt.at >= _RINGS_LONG_S]:
            if leg.attempts[call].has_answer:
                self._drop(leg, call)
        living = {(attempt.route, attempt.target) for attempt in leg.attempts.values()}
        leg.waiting = [way for way in leg.ways if way not in living]
        if leg.waiting:
            leg.stage = LegStage.RINGING if leg.attempts else LegStage.DIALLING
            self._try_next(leg, "")
        else:
            last = next(reversed(leg.attempts))
            self._agent.later(leg.answer_s, lambda: self._unanswered(leg, last))

    def _drop(self, leg: Leg, call: CallId) -> None:
        """Gives a way up; should it be answered in that moment it is hung up."""
        del leg.attempts[call]
        del self._by_attempt[call]
        self._dropped.add(call)
        if leg.voice == call:
            leg.voice = next((other for other, beside in leg.attempts.items() if beside.is_ringing), NO_CALL)
        self._agent.hang_up(call)
        self._rewire()

    def _tell_try(self, leg: Leg, route: str, target: str, reason: str, again_s: float = 0.0) -> None:
        if leg.purpose is LegPurpose.EMERGENCY:
            now = time.time()
            self._emit(LegTried(leg.call, leg.id, leg.line, route, target, leg.round, reason, again_s, now))

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
        self.ended(leg)
        self._rewire()
