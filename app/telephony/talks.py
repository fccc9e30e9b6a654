"""Whom the agent talks with, who waits, and who goes on talking: what both the switchboard's ears and hands work on."""

import time
from collections.abc import Callable
from typing import Protocol

from app.desk.events import CallFocused, CallHeld, DeskEvent, ParkedAway, TransferEnded
from app.domain.call import NO_CALL, CallId, Direction, clean_number
from app.telephony.announcer import Announcer
from app.telephony.bonds import BondBook
from app.telephony.handovers import TRANSFERRED, HandOvers
from app.telephony.legs import Legs
from app.telephony.line_call import Leg, LineCall
from app.telephony.lines import Lines
from app.telephony.sip import SipAgent
from app.telephony.transfers import Transfers
from app.telephony.voices import Voices

_DIGITS = frozenset("0123456789*#ABCD")


class Tap(Protocol):
    """Where the voices of the call in focus are written."""

    def began(self, call: CallId, answered_at: float, is_recorded: bool) -> None: ...
    def ended(self, call: CallId) -> None: ...
    def follow(self, call: CallId) -> None: ...


class Talks:
    """Lives on the SIP thread. The focus is the call the headset is wired to; a call in its room is heard with it."""

    def __init__(self, agent: SipAgent, tap: Tap, announcer: Announcer, emit: Callable[[DeskEvent], None]) -> None:
        self._agent, self._tap, self._emit = agent, tap, emit
        self._calls: dict[CallId, LineCall] = {}
        self._focus = NO_CALL
        self._is_muted = False
        self._taped: set[CallId] = set()
        self._lost_numbers: dict[CallId, str] = {}
        self.lines = Lines(agent, emit)
        self._legs = Legs(agent, self.lines, emit, self._rewire)
        self.lines.may_rebind(lambda: self.is_idle)
        self._bonds = BondBook(emit)
        self._voices = Voices(agent, announcer, self._calls, self._legs, self._bonds)
        self._transfers = Transfers(agent, emit, lambda call: self._end(call, "transfer"))
        self._legs.ended = self._after_leg
        self._handovers = HandOvers(agent, self._legs, self.lines, emit, time.time, self._let_go, self._give_back,
                                    lambda call: self._end(call, "transfer"))  # fmt: skip

    @property
    def is_idle(self) -> bool:
        """Whether no call is up or ringing."""
        return not self._calls and not self._legs.all()

    def _hold(self, call: LineCall, is_held: bool) -> None:
        if not is_held and self._focus != call.id:
            self._turn_to(call)
        else:
            self._set_held(call, is_held)

    def _set_held(self, call: LineCall, is_held: bool) -> None:
        if call.is_held != is_held and call.answered_at:
            call.is_held = is_held
            self._rewire()  # at once: the other side's consent may take its time
            self._agent.hold(call.id, is_held)
            self._emit(CallHeld(call.id, is_held))

    def _turn_to(self, call: LineCall) -> None:
        self._leave(call.id)
        self._focus_on(call.id)
        self._hold(call, False)

    def _leave(self, other: CallId) -> None:
        """Puts on hold whom the agent talks with now, unless `other` is among them; parties that have each other go on
        talking: nobody in danger waits in silence because another call came."""
        room = self._bonds.room(self._focus)
        if other in room or self._voices.are_together(self._focus) or self._legs.is_calling_help(self._focus):
            return
        for left in [self._calls[call] for call in room if call in self._calls]:
            if left.answered_at:
                self._hold(left, True)
            elif left.direction is Direction.OUTGOING:
                self._end(left.id, "agent")
        for call in room:
            self._legs.hold(call, True)

    def _focus_on(self, call: CallId) -> None:
        self._bonds.park(call, False)
        self._handovers.joined(call)
        if call != self._focus:
            self._focus = call
            self._legs.hold(call, False)
            self._tap.follow(call)
            self._emit(CallFocused(call))

    def _let_go(self, call: CallId) -> None:
        """The agent leaves a caller to the line: free for others, heard by nobody. Who waited on hold is taken back first."""
        found = self._calls.get(call)
        if found is not None:
            self._set_held(found, False)
        self._legs.hold(call, False)
        if self._focus == call:
            self._focus_on(NO_CALL)
        self._rewire()

    def _give_back(self, call: CallId) -> None:
        """A caller without anybody to talk with: back to the agent, or, while the agent talks with another, on hold."""
        found = self._calls.get(call)
        if found is None or found.ended_by:
            return
        if self._focus == NO_CALL:
            self._turn_to(found)
        elif self._focus != call:
            self._hold(found, True)
        self._rewire()

    def _after_leg(self, leg: Leg) -> None:
        """A party went: a caller whom the agent had left to it must not stay alone."""
        self._handovers.leg_over(leg)
        call = leg.call
        found = self._calls.get(call) if leg.reason != TRANSFERRED else None
        is_apart = found is not None and found.answered_at > 0 and call not in self._bonds.room(self._focus)
        if is_apart and not self._handovers.has(call) and not self._legs.of(call) and not self._voices.are_together(call):
            self._give_back(call)

    def _take_back(self, call: CallId) -> None:
        """The agent is on a call again that was handed over; whom he talks with meanwhile waits."""
        found = self._calls.get(call)
        if found is not None and self._handovers.has(call) and not found.ended_by:
            self._turn_to(found)

    def _unfocus_if_empty(self) -> None:
        """Nothing is kept of a call that is over and that no further party stays on for, whoever is talked with now."""
        there = {*self._calls, *(leg.call for leg in self._legs.all())}
        if self._focus not in there:
            self._focus_on(NO_CALL)
        for call in self._taped - there:
            self._tap.ended(call)
        self._taped &= there
        self._lost_numbers = {call: number for call, number in self._lost_numbers.items() if call in there}
        self._bonds.keep(there)

    def _end(self, call: CallId, by: str) -> None:
        found = self._calls.get(call)
        if found is None:
            return
        found.ended_by = found.ended_by or by
        if by == "agent":
            for leg in self._legs.of(call):
                self._legs.hang_up(leg.id)
        self._agent.hang_up(call)
        caller = self._calls.get(self._bonds.caller_of(call))
        if by != "transfer" and self._focus == call and caller is not None and not caller.ended_by:
            self._focus_on(caller.id)  # at once: the caller does not wait until the exchange has said farewell
            self._set_held(caller, False)

    def _join(self, call: LineCall, others: tuple[CallId, ...]) -> None:
        """Only calls that are up: nobody is put through to a call that still rings."""
        joined = [known for one in others if (known := self._calls.get(one)) is not None and known.answered_at]
        if not call.answered_at or not joined:
            return
        self._bonds.join([call.id, *(known.id for known in joined)])
        self._leave(call.id)
        self._focus_on(call.id)
        for known in (call, *joined):
            self._bonds.park(known.id, False)
            self._set_held(known, False)

    def _park(self, call: LineCall, extension: str) -> None:
        if extension:
            _, address = self.lines.account(call.line, extension)
            away = ParkedAway(call.id, call.number, call.display, "", time.time())
            self._transfers.begin(call.id, extension, address, lambda: self._bonds.put_away(away))
        elif call.answered_at:
            if call.id in self._bonds.room(self._focus):
                self._leave(NO_CALL)
                self._focus_on(NO_CALL)
            else:
                self._hold(call, True)
            self._bonds.park(call.id, True)

    def _transfer_attended(self, call: LineCall, other: CallId) -> None:
        consult = self._calls.get(other)
        if consult is None or not consult.answered_at:
            self._emit(TransferEnded(call.id, consult.number if consult else "", False, "no consult call is up", other))
            return
        self._transfers.begin_attended(call.id, other, consult.number)

    def _take_over_legs(self, call: CallId, number: str, lost: CallId = NO_CALL) -> None:
        """A citizen whose call was lost is called back, or calls again before that reached him: the further parties that are
        still up will hear them again."""
        dialled = [one for one in self._calls.values() if one.direction is Direction.OUTGOING and not one.answered_at]
        known = self._lost_numbers | {one.id: one.number for one in dialled}
        whose = _whose(number)
        same = [one for one, its in known.items() if whose and _whose(its) == whose]
        for before in [lost, *same] if lost not in self._calls else same:
            if before != call and self._legs.of(before):
                self._legs.hold(before, False)
                self._legs.move(before, call)
                self._lost_numbers.pop(before, None)

    def _go_on_after(self, ended: CallId, room: set[CallId], caller: CallId) -> None:
        """A call is over: whoever was in its conversation stays with the agent, and nobody is left alone with nobody."""
        left = [call for one in sorted(room) if (call := self._calls.get(one)) is not None and call.can_speak]
        left = [call for call in left if not call.ended_by]
        if self._focus == ended and not self._legs.of(ended):
            waiting = self._calls.get(caller)
            if waiting is not None and waiting.answered_at and not waiting.ended_by and not left:
                left = [waiting]
            if left:
                self._turn_to(left[0])
        elif self._focus not in room and len(left) == 1 and not self._voices.are_together(left[0].id):
            self._hold(left[0], True)

    def _send_digits(self, voice: CallId, digits: str) -> None:
        self._agent.send_digits(voice, "".join(digit for digit in digits.upper() if digit in _DIGITS))

    def _rewire(self) -> None:
        self._voices.rewire(self._focus, self._is_muted)


def _whose(number: str) -> str:
    """What makes two calls those of one party; "" for a number withheld, which is nobody's."""
    return clean_number(number) or (number if number.startswith("sip:") else "")
