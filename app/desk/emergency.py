"""The way to 110, 119, 120 and 122 (R18): one press acts at once, is written down, and can be undone for three seconds."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.desk.case import Case, new_case
from app.desk.commands import AddLeg, Command, HangUp
from app.desk.core import Core, Ports
from app.desk.events import LegChanged, LegTried
from app.desk.policy import Policy, Rules
from app.desk.state import CallView, DeskState, EmergencyState, Leg
from app.domain.call import CallId, CallStage, Direction, EmergencyRecord, LegPurpose, LegStage
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import Urgency
from app.domain.transcript import Speaker, Transcript

OVER = (LegStage.ENDED, LegStage.FAILED)
UNDONE = "undone"

SILENCE_S = 5.0
"""Telephony says within milliseconds that it dials: a press that it says nothing about for so long has failed."""


@dataclass(slots=True)
class _Pressed:
    record: EmergencyRecord
    was_answered: bool = False
    was_heard: bool = False


class Emergency(Core):
    """The agent decides; words only light a button (N2: clear case, unclear case, undecided all stay in the agent's hand)."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._pressed: dict[CallId, _Pressed] = {}

    def press_emergency(self, line: str) -> None:
        """Calls the line into the call, citizen still on it; with no call up the agent alone is connected."""
        case = self._case_for_emergency()
        if self._is_on(case.call, line):
            self._note(case.call, "emergency-pressed-again", line=line, by=self.policy.agent)
        else:
            self._press(line, case)

    def _press(self, line: str, case: Case, hands_over: bool = False) -> None:
        targets = self.policy.emergency_targets.get(line, ())
        leg = CallId(self.rules.new_call_id())
        now = self.rules.clock()
        record = EmergencyRecord(case.call, line, targets[0][1] if targets else "", targets[0][0] if targets else "",
                                 self.policy.agent, now, outcome="dialling")  # fmt: skip
        headers = {"X-Ticket": str(case.draft.ticket.number or case.draft.ticket.id)} if case.draft else {}
        policy = self.policy
        asked = AddLeg(case.call, leg, LegPurpose.EMERGENCY, line, targets, policy.emergency_patience_ms, headers, now,
                       policy.emergency_answer_s, policy.emergency_rounds, policy.announcements.get("comfort", ""),
                       hands_over, policy.undo_s)  # fmt: skip
        is_asked = bool(targets) and self._ask_line(asked)  # before anything is drawn or written: nobody in danger waits for us
        self._pressed[leg] = _Pressed(record)
        self._note(case.call, "emergency-pressed", line=line, by=self.policy.agent, at=now, targets=[t for _, t in targets],
                   leg=leg, hands_over=hands_over)  # fmt: skip
        self.ports.store.record_emergency(record)
        self.ports.courier.wake()
        shown = Leg(leg, LegPurpose.EMERGENCY, line, record.route, LegStage.DIALLING, "", now, hands_over=hands_over)
        self._put_leg(case.call, shown)
        self._change(emergency=replace(self.state.emergency, undo_until=now + self.policy.undo_s, pressed=line))
        if not is_asked:
            why = "telephony" if targets else "settings"
            self._on_leg(LegChanged(case.call, leg, LegPurpose.EMERGENCY, line, "", "", LegStage.FAILED, why, now))
            return
        self._mark_emergency(case.call)
        self._after_press(case.call, line, now)

    def _after_press(self, call: CallId, line: str, at: float) -> None:
        """For the parts of the desk that act on a press, after the line was asked for."""

    def undo_emergency(self) -> None:
        """Takes back the last press within its three seconds."""
        now = self.rules.clock()
        fresh = {leg: pressed.record for leg, pressed in self._pressed.items()
                 if pressed.record.pressed_at + self.policy.undo_s >= now}  # fmt: skip
        legs = [leg.leg for view in self.state.calls for leg in view.living_legs if leg.leg in fresh]
        if not legs or now > self.state.emergency.undo_until:
            return
        last = max(legs, key=lambda leg: fresh[leg].pressed_at)
        if self._ask_line(HangUp(last)):
            self._record(last, UNDONE)
            self._change(emergency=replace(self.state.emergency, undo_until=0.0))

    def _undo_from(self, now: float) -> EmergencyState:
        """The state with three seconds to take back what has just been done."""
        return replace(self.state.emergency, undo_until=now + self.policy.undo_s)

    def _is_on(self, call: CallId, line: str) -> bool:
        """Whether this line is being called or talked with already: a second tap must not call it twice."""
        view = self.state.call(call)
        if view is None or any(notice.code is NoticeCode.TELEPHONY_DOWN for notice in self.state.notices):
            return False
        undone = {leg for leg, pressed in self._pressed.items() if pressed.record.outcome == UNDONE}
        legs = [leg for leg in view.living_legs if leg.purpose is LegPurpose.EMERGENCY and leg.leg not in undone]
        return any(leg.line == line for leg in legs)

    def _case_for_emergency(self) -> Case:
        """The case of the call that is up; else the one on the screen; else a new one, so that nothing goes unrecorded."""
        view = self.subject or self.state.focused
        case = self.cases.get(view.call) if view is not None else self.case
        if case is None:
            ticket = self.rules.new_ticket_id()
            call = view.call if view is not None else CallId(self.rules.new_call_id())
            case = new_case(call, ticket, view.number if view is not None else "", self.policy.agent, self.rules.clock())
            self._keep_case(case)
        if self.state.call(case.call) is None:
            now = self.rules.clock()
            self._become(self.state.with_call(CallView(case.call, "", "", Direction.OUTGOING, CallStage.ENDED, now)))
        if case.call != self.state.focus:
            self._focus_on(case.call)
        return case

    def _mark_emergency(self, call: CallId) -> None:
        """The ticket is an emergency from now on, unless the agent said otherwise."""
        case = self.cases[call]
        if case.draft is not None and "urgency" not in case.draft.own_fields:
            case = case.edited("urgency", Urgency.EMERGENCY)
            self._keep_case(case)
            self._keep_draft(case)

    def _ask_line(self, command: Command) -> bool:
        if self.ports.line.send(command):
            return True
        self._notice(NoticeCode.TELEPHONY_DOWN, gravity=Gravity.ERROR)
        return False

    # --- said by the network ---

    def _on_leg(self, event: LegChanged) -> None:
        before = self._leg(event.leg) or Leg(event.leg, event.purpose, event.line, event.route, event.stage)
        changed = replace(before, route=event.route, stage=event.stage, reason=event.reason, since=event.at)
        self._put_leg(event.call, replace(changed, again_at=0.0) if event.stage is not LegStage.DIALLING else changed)
        self._note(event.call, "leg", leg=event.leg, line=event.line, stage=event.stage, route=event.route, reason=event.reason)
        if event.purpose is LegPurpose.EMERGENCY:
            self._follow_emergency(event)
            if event.stage in OVER:
                self._clear_about(NoticeCode.EMERGENCY_AGAIN, event.line)
                self._pressed.pop(event.leg, None)
                if self.state.emergency.pressed == event.line:
                    self._change(emergency=replace(self.state.emergency, undo_until=0.0))
        elif event.stage is LegStage.FAILED:
            self._notice(NoticeCode.TRANSFER_FAILED, event.line, event.reason, is_standing=False)

    def _follow_emergency(self, event: LegChanged) -> None:
        pressed = self._pressed.get(event.leg)
        if pressed is None:  # pressed by the window before this one: its record is written on
            at = event.pressed_at or event.at
            record = EmergencyRecord(event.call, event.line, event.target, event.route, self.policy.agent, at)
            pressed = self._pressed[event.leg] = _Pressed(record)
        pressed.was_heard = True
        if event.target:
            pressed.record = replace(pressed.record, target=event.target, route=event.route)
        if event.stage is LegStage.TALKING and not pressed.was_answered:
            pressed.was_answered = True
            pressed.record = replace(pressed.record, answered_at=event.at)
            self._record(event.leg, UNDONE if pressed.record.outcome == UNDONE else "answered")
            self._clear_about(NoticeCode.EMERGENCY_FAILED, event.line)
            self._clear_about(NoticeCode.EMERGENCY_AGAIN, event.line)
            if event.route == "gateway":
                self._clear_notice(NoticeCode.GATEWAY_UNREACHABLE)
        elif event.stage is LegStage.FAILED:
            self._record(event.leg, f"failed: {event.reason}")
            self._notice(NoticeCode.EMERGENCY_FAILED, event.line, event.reason, gravity=Gravity.ERROR)
            if event.route == "gateway":
                self._notice(NoticeCode.GATEWAY_UNREACHABLE, event.line, event.reason, gravity=Gravity.ERROR)
        elif event.stage is LegStage.ENDED and pressed.record.outcome != UNDONE:
            self._record(event.leg, "ended")

    def _on_tried(self, event: LegTried) -> None:
        """The next way of a line is called, or all of them once more: said in words, written down."""
        self._note(event.call, "emergency-route", leg=event.leg, line=event.line, route=event.route, target=event.target,
                   round=event.round, reason=event.reason, again_s=event.again_s)  # fmt: skip
        pressed, leg = self._pressed.get(event.leg), self._leg(event.leg)
        if pressed is not None:
            pressed.was_heard = True
        if leg is not None:
            again_at = event.at + event.again_s if event.again_s else 0.0
            changed = replace(leg, round=event.round, again_at=again_at, route=event.route or leg.route)
            self._put_leg(event.call, changed)
        if not event.route:
            self._notice(NoticeCode.EMERGENCY_AGAIN, event.line, event.reason, round(event.again_s), event.round,
                         gravity=Gravity.ERROR)  # fmt: skip
        elif event.reason:
            self._notice(NoticeCode.EMERGENCY_NEXT_ROUTE, event.line, event.route, event.reason, is_standing=False)
        if pressed is not None and event.reason and pressed.record.outcome != UNDONE:
            if event.route:
                pressed.record = replace(pressed.record, target=event.target, route=event.route)
            self._record(event.leg, f"dialling: {'next route' if event.route else f'round {event.round}'}, {event.reason}")

    def _leg(self, leg: CallId) -> Leg | None:
        return next((known for view in self.state.calls for known in view.legs if known.leg == leg), None)

    def _watch_emergency(self, now: float) -> None:
        """A press that telephony never spoke of is said to have failed."""
        silent = [leg for leg, p in self._pressed.items() if not p.was_heard and p.record.pressed_at + SILENCE_S < now]
        self._lose_legs(lambda leg: leg.leg in silent)

    def _lose_legs(self, is_lost: Callable[[Leg], bool]) -> None:
        """Parties that telephony does not have: the screen must not go on saying that they are on the line."""
        lost = [(view.call, leg) for view in self.state.calls for leg in view.living_legs if is_lost(leg)]
        for call, leg in lost:
            stage = LegStage.FAILED if leg.purpose is LegPurpose.EMERGENCY else LegStage.ENDED
            now = self.rules.clock()
            self._on_leg(LegChanged(call, leg.leg, leg.purpose, leg.line, "", "", stage, "telephony", now))

    def _record(self, leg: CallId, outcome: str) -> None:
        pressed = self._pressed[leg]
        pressed.record = replace(pressed.record, outcome=outcome)
        self.ports.store.record_emergency(pressed.record)
        self.ports.courier.wake()

    def _put_leg(self, call: CallId, leg: Leg) -> None:
        """A leg belongs to one call: where the citizen is called back it goes over to the new one."""
        for view in self.state.calls:
            others = tuple(known for known in view.legs if known.leg != leg.leg)
            if view.call == call:
                self._with_call(call, legs=(*others, leg))
            elif others != view.legs:
                self._with_call(view.call, legs=others)
                self._forget_if_settled(view.call)
        if not leg.is_alive:
            self._forget_if_settled(call)

    # --- words that suggest it ---

    def _hear_danger(self, case: Case) -> Case:
        """Partial words count; once lit a button stays lit for this call unless other wordings point elsewhere. What is only
        like another danger moves no light from the line that a wording named."""
        danger = self.rules.hear_danger(*_lately(case.transcript))
        if danger is None or danger == case.danger:
            return case
        known = case.danger
        if known is not None and known.line != danger.line and known.is_worded and not danger.is_worded:
            return case
        matter = danger.matter or (known.matter if known is not None else "")
        is_surer = known is not None and danger.is_worded and not known.is_worded
        if known is None or known.line != danger.line or known.matter != matter or is_surer:
            self._note(case.call, "danger-heard", line=danger.line, because=danger.because, matter=matter)
            return replace(case, danger=replace(danger, matter=matter)).marked_for_review(matter)
        return case


def _lately(transcript: Transcript) -> tuple[str, bool]:
    """What the caller said last, two utterances, so that a sentence cut in two is still one; and whether he is still at it."""
    said = [u for u in transcript.utterances if u.speaker is Speaker.CALLER][-2:]
    return "\n".join(u.text for u in said), not all(u.final for u in said)
