"""The telephone part of the desk: calls ring, are taken, held, transferred and end; every step goes into the journal."""

from dataclasses import replace

from app.desk.case import new_case
from app.desk.commands import (
    AddLeg,
    AnswerCall,
    Dial,
    FocusCall,
    HangUp,
    HoldCall,
    ListenTo,
    MuteMicrophone,
    RejectCall,
    SendDigits,
    StopListening,
    TransferBlind,
)
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallHeld,
    CallKept,
    CallRang,
    LegChanged,
    LineAttached,
    TransferEnded,
)
from app.desk.speaking import Speaking
from app.desk.state import CallView
from app.domain.agent import AgentState
from app.domain.call import NO_CALL, CallId, CallRecord, CallStage, Direction, LegPurpose, clean_number
from app.domain.notice import Gravity, NoticeCode

WITHHELD = ("", "anonymous", "unavailable", "restricted", "unknown")
"""What networks write in the place of a number that the caller does not show: no reason for a notice."""

UP = (CallStage.TALKING, CallStage.HELD)


class Phone(Speaking):
    """Calls: what the agent asks for, and what the network says."""

    _hang_up_asked = NO_CALL
    """The call with an emergency line on it that the agent was asked about."""

    # --- asked for by the agent ---

    def take(self, call: CallId | None = None) -> None:
        """Answers the given call, or the one that has rung longest."""
        view = self.state.call(call) if call else self.state.ringing
        if view is None or view.stage is not CallStage.RINGING:
            return
        if self._ask_line(AnswerCall(view.call)):
            self._focus_on(view.call)

    def reject(self, call: CallId | None = None) -> None:
        view = self.state.call(call) if call else self.state.ringing
        if view is not None and view.stage is CallStage.RINGING:
            self._note(view.call, "rejected", by=self.policy.agent)
            self._ask_line(RejectCall(view.call))

    def hang_up(self) -> None:
        """Ends the call that is talked with, or the one we are dialling; without one the party that is still on.

        All hear each other through this desk: hanging up cuts the caller off from an emergency line. So that is asked twice.
        """
        view = self.active or next((view for view in self.state.calls if view.is_handed), None)
        if view is None:
            self._hang_up_last_leg()
            return
        lines = [leg.line for leg in view.living_legs if leg.purpose is LegPurpose.EMERGENCY]
        was_asked = any(notice.code is NoticeCode.EMERGENCY_STILL_ON for notice in self.state.notices)
        if lines and not (was_asked and self._hang_up_asked == view.call):
            self._hang_up_asked = view.call
            self._note(view.call, "hang-up-asked", lines=lines, by=self.policy.agent)
            self._notice(NoticeCode.EMERGENCY_STILL_ON, lines[-1], gravity=Gravity.ERROR, is_standing=False)
            return
        self._clear_notice(NoticeCode.EMERGENCY_STILL_ON)
        self._note(view.call, "hung-up", by=self.policy.agent)
        self._ask_line(HangUp(view.call))

    def _hang_up_last_leg(self) -> None:
        view = self.state.call(self.state.voiced) or self.state.focused
        if view is not None and view.living_legs:
            last = view.living_legs[-1]
            self._note(view.call, "hung-up", by=self.policy.agent, leg=last.leg)
            self._ask_line(HangUp(last.leg))

    def leave(self) -> None:
        """The agent closes the window: calls that are up end with it, and are written down while the store is open."""
        for view in self.state.calls:
            if view.stage is not CallStage.ENDED:
                self._ask_line(HangUp(view.call))
                self._on_ended(CallEnded(view.call, 0, "the window was closed", "agent", self.rules.clock()))

    def hold_or_resume(self) -> None:
        view = self.active
        if view is None or view.stage not in UP:
            return
        if view.stage is CallStage.HELD and self.state.voiced != view.call:
            self._ask_line(FocusCall(view.call))
        else:
            self._ask_line(HoldCall(view.call, view.stage is CallStage.TALKING))

    def toggle_mute(self) -> None:
        self._ask_line(MuteMicrophone(not self.state.headset.is_muted))

    def send_digits(self, digits: str) -> None:
        """Sends keypad digits (RFC 4733) into the call that is talked with; other signs are left out."""
        keys = "".join(digit for digit in digits.upper() if digit in "0123456789*#ABCD")
        if keys and (view := self.active) is not None:
            self._ask_line(SendDigits(view.call, keys))

    def dial(self, number: str) -> None:
        """Calls a number. Emergency numbers go the emergency way only: they are never dialled by hand past its records."""
        target = number.strip() if number.strip().startswith("sip:") else clean_number(number)
        if not target:
            self._notice(NoticeCode.NUMBER_ODD, gravity=Gravity.WARNING, is_standing=False)
            return
        if target in self.policy.emergency_targets:
            self.press_emergency(target)
            return
        self._ask_line(Dial(CallId(self.rules.new_call_id()), target, self.policy.dial_line))

    def transfer_blind(self, target: str) -> None:
        """Hands the caller on; an emergency line is always brought in three-way, so that nobody in danger is ever let go."""
        view = self.subject
        if target.strip() in self.policy.emergency_targets:
            self.press_emergency(target.strip())
        elif view is not None and target.strip():
            self._note(view.call, "transfer", target=target, by=self.policy.agent)
            self._ask_line(TransferBlind(view.call, target.strip()))

    def three_way(self, target: str) -> None:
        """Brings a third party in: all hear all, the caller stays on the line."""
        view = self.subject
        if view is None or not target.strip():
            return
        if target.strip() in self.policy.emergency_targets:
            self.press_emergency(target.strip())
            return
        leg = CallId(self.rules.new_call_id())
        self._note(view.call, "three-way", target=target, by=self.policy.agent)
        way = ((self.policy.dial_line, target.strip()),)
        self._ask_line(AddLeg(view.call, leg, LegPurpose.THREE_WAY, target.strip(), way, patience_ms=20_000))

    def end_leg(self, leg: CallId) -> None:
        self._ask_line(HangUp(leg))

    def focus_call(self, call: CallId) -> None:
        """Turns to another call: one that is up is talked with, one that has ended shows its unsaved draft."""
        view = self.state.call(call)
        if view is None or (call == self.state.focus and call == self.state.voiced):
            return
        if view.stage is CallStage.RINGING:
            self.take(call)
            return
        if view.stage in UP or view.living_legs:  # a further party may outlive the caller, and waits on hold
            self._ask_line(FocusCall(call))
        self._focus_on(call)

    # --- said by the network ---

    def _on_rang(self, event: CallRang) -> None:
        number = clean_number(event.number)
        view = CallView(
            event.call,
            number,
            event.display,
            Direction.INCOMING,
            CallStage.RINGING,
            event.at,
            headers=event.headers,
            raw_number=event.number,
        )
        self._become(self.state.with_call(view))
        self._note(event.call, "rang", number=event.number, headers=event.headers, at=event.at)
        if event.number.lower() not in WITHHELD and not number:
            self._notice(NoticeCode.NUMBER_ODD, gravity=Gravity.INFO, is_standing=False)
        self._open_case(view)
        if not self._is_working_on_something():
            self._focus_on(event.call)
        self._tell_presence()

    def _on_dialled(self, event: CallDialled) -> None:
        view = CallView(event.call, clean_number(event.number), "", Direction.OUTGOING, CallStage.DIALLING, event.at,
                        raw_number=event.number)  # fmt: skip
        self._become(self.state.with_call(view))
        self._note(event.call, "dialled", number=event.number, at=event.at)
        self._open_case(view)
        if not self._is_working_on_something():
            self._focus_on(event.call)

    def _is_working_on_something(self) -> bool:
        """Whether another call or an unsaved draft has the agent's eyes: nothing may push itself before it."""
        focused, case = self.state.focused, self.case
        return (focused is not None and focused.stage is not CallStage.ENDED) or (case is not None and case.is_dirty)

    def _open_case(self, view: CallView) -> None:
        if view.call in self.cases:
            return
        ticket = self.rules.new_ticket_id()
        self._keep_case(new_case(view.call, ticket, view.number, self.policy.agent, self.rules.clock()))
        if view.number:
            self.ports.store.find_history(view.call, view.number)

    def _on_answered(self, event: CallAnswered) -> None:
        view = self._with_call(event.call, stage=CallStage.TALKING, answered_at=event.at)
        if view is None:
            return
        self._note(event.call, "answered", at=event.at, by=self.policy.agent)
        self._clear_notice(NoticeCode.CALL_FAILED, NoticeCode.PBX_LOST_IN_CALL)
        if not self._is_working_on_something() or self.state.focus == event.call or view.direction is Direction.INCOMING:
            self._focus_on(event.call)
        if self._may_listen(event.call):
            self.ports.ears.send(ListenTo(event.call, event.at))
        self._tell_presence()

    def _on_focused(self, call: CallId) -> None:
        self._change(voiced=call)
        self._listen_to_voiced()

    def _listen_to_voiced(self) -> None:
        """The recogniser hears one call at a time."""
        view = self.state.call(self.state.voiced)
        if view is not None and view.stage in UP and self._may_listen(view.call):
            self.ports.ears.send(ListenTo(view.call, view.answered_at))

    def _end_listening(self, view: CallView, _at: float) -> bool:
        """Whether the recogniser was told that this call is over."""
        return self.ports.ears.send(StopListening(view.call))

    def _on_held(self, event: CallHeld) -> None:
        view = self.state.call(event.call)
        if view is not None and view.stage in UP:
            self._with_call(event.call, stage=CallStage.HELD if event.is_held else CallStage.TALKING)
            self._note(event.call, "held" if event.is_held else "resumed")

    def _on_ended(self, event: CallEnded) -> None:
        view = self.state.call(event.call)
        if view is None or view.stage is CallStage.ENDED:
            return
        legs = view.legs if event.by != "agent" else ()
        self._with_call(event.call, stage=CallStage.ENDED, legs=legs)
        self._forget_sentences(event.call)
        self._note(event.call, "ended", code=event.code, reason=event.reason, by=event.by, at=event.at)
        if self._is_of_the_hotline(event.call):
            self._keep_record(
                CallRecord(
                    event.call,
                    view.number or view.raw_number,
                    view.direction,
                    view.rang_at,
                    view.answered_at,
                    event.at,
                    self.policy.agent,
                    event.by,
                    headers=tuple(sorted(view.headers.items())),
                    continues=view.continues,
                )
            )
        self.ports.courier.wake()
        if view.answered_at:
            self._end_listening(view, event.at)
            self._wrap_up(event.at)
        else:
            self._say_why_it_failed(view, event)
            self._drop_unanswered(event.call)
        if event.by == "network" and view.answered_at:
            self._notice(NoticeCode.PBX_LOST_IN_CALL, gravity=Gravity.ERROR)  # until the next call, or the agent is ready
        self._tell_presence()

    def _say_why_it_failed(self, view: CallView, event: CallEnded) -> None:
        if view.direction is Direction.OUTGOING and event.by != "agent":
            self._notice(NoticeCode.CALL_FAILED, f"{event.code} {event.reason}".strip(), is_standing=False)

    def _drop_unanswered(self, call: CallId) -> None:
        """A call nobody answered leaves the desk, unless something was already written about it."""
        if not self._is_settled(call):
            return
        if self.state.focus == call:
            others = [view.call for view in self.state.calls if view.call != call]
            self._show_case(self.cases.get(others[-1]) if others else None, others[-1] if others else NO_CALL)
        self._forget(call)

    def _wrap_up(self, at: float) -> None:
        """Wrap-up (话后处理) begins with the end of the last call and ends only when the agent says so."""
        if not any(view.stage in (*UP, CallStage.DIALLING) for view in self.state.calls):
            self.ports.store.set_agent_state(AgentState.WRAP_UP, "", at)
            self._change(agent_state=AgentState.WRAP_UP, state_since=at, state_reason="")

    def _on_transferred(self, event: TransferEnded) -> None:
        self._note(event.call, "transferred", target=event.target, done=event.is_done, reason=event.reason)
        if not event.is_done:
            self._notice(NoticeCode.TRANSFER_FAILED, event.target, event.reason, is_standing=False)

    def _on_attached(self, event: LineAttached) -> None:
        """Telephony was reached (again): its calls are the truth, ours follow."""
        self._clear_notice(NoticeCode.TELEPHONY_DOWN)
        there = {kept.call for kept in event.calls}
        for view in self.state.calls:
            if view.call not in there and view.stage is not CallStage.ENDED:
                self._on_ended(CallEnded(view.call, 0, "telephony restarted", "network", self.rules.clock()))
        legs = {leg.leg for leg in event.legs}
        self._lose_legs(lambda leg: leg.leg not in legs)
        for kept in event.calls:
            self._take_over(kept)
        for leg in event.legs:
            self._take_over_leg(leg)
        headset = replace(self.state.headset, is_muted=event.is_muted)
        self._change(voiced=event.focus, headset=headset)
        if event.focus in self.cases:
            self._focus_on(event.focus)
        self._listen_to_voiced()

    def _take_over(self, kept: CallKept) -> None:
        self._recognise(kept.call, kept.headers)
        stage = CallStage.HELD if kept.is_held else CallStage.TALKING
        if not kept.answered_at:
            stage = CallStage.RINGING if kept.direction is Direction.INCOMING else CallStage.DIALLING
        view = CallView(
            kept.call,
            clean_number(kept.number),
            kept.display,
            kept.direction,
            stage,
            kept.rang_at,
            kept.answered_at,
            kept.headers,
            raw_number=kept.number,
        )
        known = self.state.call(kept.call)
        if known is not None:
            view = replace(view, legs=known.legs, digits=known.digits, continues=known.continues)
        self._become(self.state.with_call(view))
        self._open_case(view)
        if not self._is_working_on_something():
            self._focus_on(kept.call)

    def _take_over_leg(self, leg: LegChanged) -> None:
        """A party that outlived the caller must be seen, or nobody could end it."""
        if self.state.call(leg.call) is None:
            view = CallView(leg.call, "", "", Direction.OUTGOING, CallStage.ENDED, leg.pressed_at or leg.at)
            self._become(self.state.with_call(view))
            self._open_case(view)
        self._on_leg(leg)
