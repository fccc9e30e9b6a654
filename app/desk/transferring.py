"""Several parties and the agent: consult, hand over, join, park, turn from one to the other; nobody is ever dropped for it."""

from app.desk.commands import (
    AddLeg,
    Dial,
    FocusCall,
    HangUp,
    HoldCall,
    JoinCalls,
    ParkCall,
    SendDigits,
    TransferAttended,
    TransferBlind,
)
from app.desk.events import CallEnded, CallsBound, LineAttached, ParkedAway, TransferEnded
from app.desk.phone import UP
from app.desk.recovering import Recovering
from app.desk.state import CallView
from app.domain.call import NO_CALL, CallId, CallStage, LegPurpose, LegStage, clean_number, masked
from app.domain.notice import Gravity, NoticeCode

REMIND_S = 60.0
"""Whoever is parked here is brought to mind as often as this."""

BRING_IN_MS = 20_000


class Transferring(Recovering):
    """A consult call has no case of its own: the screen stays with the caller it is about."""

    _reminded_at = 0.0

    # --- asked for by the agent ---

    def consult(self, target: str) -> None:
        """Asks somebody while the caller waits (咨询): the caller hears the hold tone, the target is called."""
        caller, number = self.subject, target.strip()
        if caller is None or caller.stage not in UP or not number:
            return
        if self._pressed_instead(number):
            return
        if self.state.bonds.consult_of(caller.call):
            self._notice(NoticeCode.CONSULT_RUNS, is_standing=False)
            return
        call = CallId(self.rules.new_call_id())
        self._note(caller.call, "consult", target=number, asked=call, by=self.policy.agent)
        if self._ask_line(Dial(call, number, self.policy.dial_line, caller.call)):
            self._remember_dialled(number)

    def complete_transfer(self) -> None:
        """Hands the caller over to the party that was consulted; before that one has answered, without waiting for it."""
        caller, consult = self._pair()
        if caller is None or consult is None:
            return
        self._note(caller.call, "transfer", target=consult.raw_number, attended=True, by=self.policy.agent)
        if caller.living_legs:
            self._notice(NoticeCode.TRANSFER_KEEPS, consult.raw_number)
            self._bring_together(caller, consult)
        elif consult.stage is CallStage.DIALLING:
            self._ask_line(HangUp(consult.call))
            self._ask_line(TransferBlind(caller.call, consult.raw_number))
        else:
            self._ask_line(TransferAttended(caller.call, consult.call))

    def back_to_caller(self) -> None:
        """Ends the consult call; the caller is talked with again. A caller who waits without one is turned to."""
        caller, consult = self._pair()
        if consult is not None and caller is not None:
            self._note(caller.call, "back-to-caller", asked=consult.call, by=self.policy.agent)
            self._ask_line(HangUp(consult.call))

    def swap(self) -> None:
        """Turns to the other side of a consult, else to the next call of the list, whatever its stage."""
        caller, consult = self._pair()
        if caller is not None and consult is not None and self.state.voiced in (caller.call, consult.call):
            self.focus_call(consult.call if self.state.voiced == caller.call else caller.call)
            return
        calls = [view.call for view in self.state.calls if not self.state.bonds.caller_of(view.call)]
        place = calls.index(self.state.focus) if self.state.focus in calls else -1
        following = calls[(place + 1) % len(calls)] if calls else NO_CALL
        if following and (following != self.state.focus or following != self.state.voiced):
            self.focus_call(following)

    def join_all(self) -> None:
        """The parties of all calls that are up hear each other and the agent; who is parked or handed over is left out."""
        up = [view for view in self.state.calls if view.stage in UP and view.call not in self.state.bonds.parked]
        up = [view for view in up if not view.is_handed and self._is_of_the_hotline(view.call)]
        first = self.subject
        if first is not None and first in up and len(up) > 1:
            others = tuple(view.call for view in up if view.call != first.call)
            self._note(first.call, "joined", calls=others, by=self.policy.agent)
            self._ask_line(JoinCalls(first.call, others))

    def park(self) -> None:
        """Parks the caller (驻留); with nobody talked with, takes back whoever was parked last."""
        caller = self.subject
        if caller is None or caller.stage not in UP:
            last = [*self.state.bonds.parked, *(away.call for away in self.state.bonds.away)][-1:]
            if last:
                self.unpark(last[0])
            return
        consult = self.state.bonds.consult_of(caller.call)
        if consult:
            self._notice(NoticeCode.CONSULT_RUNS, is_standing=False)
            return
        extension = "" if caller.living_legs else self.policy.park_extension
        self._note(caller.call, "parked", extension=extension, by=self.policy.agent)
        self._ask_line(ParkCall(caller.call, extension))

    def unpark(self, call: CallId, slot: str = "") -> None:
        """Takes a parked caller back: one who waits here at once, one in the exchange by dialling where it keeps him."""
        if call in self.state.bonds.parked:
            self.focus_call(call)
            return
        away = next((known for known in self.state.bonds.away if known.call == call), None)
        if away is None:
            return
        number = slot.strip() or away.slot
        if not number:
            self._notice(NoticeCode.PARK_SLOT_UNTOLD, masked(away.number))
            return
        fresh = CallId(self.rules.new_call_id())
        if call in self.cases:
            self._going_on[fresh] = call
        self._note(call, "unparked", slot=number, by=self.policy.agent)
        self._ask_line(Dial(fresh, number, self.policy.dial_line, takes_back=call))

    def transfer_blind(self, target: str) -> None:
        """Hands the caller on. With a further party on the line nobody is torn from it: the target is brought in instead."""
        caller, number = self.subject, target.strip()
        if caller is not None and caller.living_legs and number and not self._emergency_of(number):
            self._notice(NoticeCode.TRANSFER_KEEPS, number)
            self.three_way(number)
            return
        super().transfer_blind(self._emergency_of(number) or number)

    def three_way(self, target: str) -> None:
        super().three_way(self._emergency_of(target) or target)

    def focus_call(self, call: CallId) -> None:
        """Turning to a consult call leaves the screen with the caller it is about."""
        view = self.state.call(call)
        if view is not None and self.state.bonds.caller_of(call) and view.stage in UP:
            self._ask_line(FocusCall(call))
            return
        super().focus_call(call)

    def send_digits(self, digits: str) -> None:
        """Sends keypad digits to everybody who is on the line: the talking machine may be any of them."""
        super().send_digits(digits)
        view = self.active
        keys = "".join(digit for digit in digits.upper() if digit in "0123456789*#ABCD")
        if view is None or not keys:
            return
        for leg in [leg for leg in view.living_legs if leg.stage is LegStage.TALKING]:
            self._ask_line(SendDigits(leg.leg, keys))
        for other in [call for call in self.state.bonds.room(view.call) if call != view.call]:
            self._ask_line(SendDigits(other, keys))

    # --- said by the network ---

    def _on_bound(self, event: CallsBound) -> None:
        before, now = self.state.bonds, event.bonds
        for call in set(now.parked) - set(before.parked):
            self._note(call, "waits-parked")
        for room in set(now.rooms) - set(before.rooms):
            self._note(room[0], "hear-each-other", calls=room)
        self._change(bonds=now)
        for away in now.away:
            if away not in before.away:
                self._say_parked(away)
        for call in [call for call in before.parked if call not in now.parked]:
            self._note(call, "waits-no-more")
        self._drop_consults()
        self._tell_presence()

    def _say_parked(self, away: ParkedAway) -> None:
        if away.slot:
            self._notice(NoticeCode.PARKED, masked(away.number), away.slot, gravity=Gravity.INFO)
        else:
            self._notice(NoticeCode.PARK_SLOT_UNTOLD, masked(away.number), gravity=Gravity.INFO)

    def _on_attached(self, event: LineAttached) -> None:
        self._change(bonds=event.bonds)  # before the calls: a consult call opens no case
        super()._on_attached(event)

    def _on_focused(self, call: CallId) -> None:
        super()._on_focused(call)
        caller = self.state.bonds.caller_of(call)
        if caller in self.cases and caller != self.state.focus and not self.state.bonds.room(call):
            self._focus_on(caller)

    def _on_ended(self, event: CallEnded) -> None:
        super()._on_ended(event)
        self._drop_consults()

    def _open_case(self, view: CallView) -> None:
        if not self.state.bonds.caller_of(view.call):
            super()._open_case(view)

    def _on_transferred(self, event: TransferEnded) -> None:
        self._note(event.call, "transferred", target=event.target, done=event.is_done, reason=event.reason, park=event.is_park)
        caller, consult = self.state.call(event.call), self.state.call(event.other)
        if event.is_done or caller is None or caller.stage not in UP:
            if not event.is_done:
                self._notice(NoticeCode.TRANSFER_FAILED, event.target, event.reason, is_standing=False)
        elif event.is_park:
            self._notice(NoticeCode.PARK_FAILED, event.target, event.reason)
            self._ask_line(ParkCall(event.call))
        elif event.other:
            self._fall_back_to_joining(event, caller, consult)
        else:
            self._fall_back_to_three_way(event, caller)

    def _fall_back_to_joining(self, event: TransferEnded, caller: CallView, consult: CallView | None) -> None:
        """The exchange does not hand the caller over: then he speaks with the other party here, through this desk."""
        if consult is None or consult.stage not in UP:
            self._notice(NoticeCode.TRANSFER_FAILED, event.target, event.reason, is_standing=False)
            self._ask_line(FocusCall(caller.call))
            return
        self._notice(NoticeCode.TRANSFER_JOINED, event.target, event.reason)
        self._bring_together(caller, consult)

    def _fall_back_to_three_way(self, event: TransferEnded, caller: CallView) -> None:
        leg = CallId(self.rules.new_call_id())
        self._note(caller.call, "three-way", target=event.target, instead_of="transfer")
        self._notice(NoticeCode.TRANSFER_BROUGHT_IN, event.target, event.reason)
        if caller.stage is CallStage.HELD:
            self._ask_line(HoldCall(caller.call, False))
        way = ((self.policy.dial_line, event.target),)
        self._ask_line(AddLeg(caller.call, leg, LegPurpose.THREE_WAY, event.target, way, patience_ms=BRING_IN_MS))

    def _bring_together(self, caller: CallView, consult: CallView) -> None:
        if consult.stage is CallStage.DIALLING:  # nobody is put through to a call that still rings
            self._notice(NoticeCode.CONSULT_RUNS, is_standing=False)
        else:
            self._ask_line(JoinCalls(caller.call, (consult.call,)))

    # --- what follows from it ---

    def _pair(self) -> tuple[CallView | None, CallView | None]:
        """The caller and the call that was made about his case, as far as both are there."""
        for consult, caller in reversed(self.state.bonds.consults):
            pair = self.state.call(caller), self.state.call(consult)
            if all(view is not None and view.stage is not CallStage.ENDED for view in pair):
                return pair
        return None, None

    def _drop_consults(self) -> None:
        """A consult call that is over leaves the desk: nothing was written about it that is not in the caller's case."""
        over = [view for view in self.state.calls if view.stage is CallStage.ENDED and view.call not in self.cases]
        for view in over:
            if not view.living_legs and view.call != self.state.focus:
                self._forget(view.call)

    def _emergency_of(self, target: str) -> str:
        """The emergency line that this number is, "" for any other."""
        return next((text for text in (target.strip(), clean_number(target)) if text in self.policy.emergency_targets), "")

    def _pressed_instead(self, target: str) -> bool:
        line = self._emergency_of(target)
        if line:
            self.press_emergency(line)
        return bool(line)

    def _remember_dialled(self, number: str) -> None:
        self._change(last_dialled=number)
        self.ports.store.keep_last_dialled(number)

    def _watch_parked(self, now: float) -> None:
        """Nobody is forgotten on a parking place of this desk."""
        if not self.state.bonds.parked:
            self._reminded_at = now
            self._clear_notice(NoticeCode.PARKED_LONG)
        elif self._reminded_at + REMIND_S <= now:
            self._reminded_at = now
            self._notice(NoticeCode.PARKED_LONG, len(self.state.bonds.parked))
