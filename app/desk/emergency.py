"""The way to 110, 119, 120 and 122 (R18): one press acts at once, is written down, and can be undone for three seconds."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.desk.case import Case, new_case
from app.desk.commands import AddLeg, Command, HangUp
from app.desk.core import Core, Ports
from app.desk.events import LegChanged
from app.desk.policy import Danger, Policy, Rules
from app.desk.state import CallView, DeskState, Leg
from app.domain.call import CallId, CallStage, Direction, EmergencyRecord, LegPurpose, LegStage
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import Urgency
from app.domain.transcript import Speaker, Transcript

OVER = (LegStage.ENDED, LegStage.FAILED)


@dataclass(slots=True)
class _Pressed:
    record: EmergencyRecord
    was_answered: bool = False


class Emergency(Core):
    """The agent decides; words only light a button (N2: clear case, unclear case, undecided all stay in the agent's hand)."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._pressed: dict[CallId, _Pressed] = {}

    def press_emergency(self, line: str) -> None:
        """Calls the line into the call, citizen still on it; with no call up the agent alone is connected."""
        targets = self.policy.emergency_targets.get(line, ())
        case = self._case_for_emergency()
        leg = CallId(self.rules.new_call_id())
        now = self.rules.clock()
        self._note(case.call, "emergency-pressed", line=line, by=self.policy.agent, at=now, targets=[t for _, t in targets])
        record = EmergencyRecord(case.call, line, targets[0][1] if targets else "", targets[0][0] if targets else "",
                                 self.policy.agent, now, outcome="dialling")  # fmt: skip
        self._pressed[leg] = _Pressed(record)
        self.ports.store.record_emergency(record)
        self.ports.courier.wake()
        headers = {"X-Ticket": str(case.draft.ticket.number or case.draft.ticket.id)} if case.draft else {}
        asked = AddLeg(case.call, leg, LegPurpose.EMERGENCY, line, targets, self.policy.emergency_patience_ms, headers)
        self._put_leg(case.call, Leg(leg, LegPurpose.EMERGENCY, line, record.route, LegStage.DIALLING, "", now))
        self._change(emergency=replace(self.state.emergency, undo_until=now + self.policy.undo_s, pressed=line))
        if not targets or not self._ask_line(asked):
            why = "telephony" if targets else "settings"
            self._on_leg(LegChanged(case.call, leg, LegPurpose.EMERGENCY, line, "", "", LegStage.FAILED, why, now))
            return
        self._mark_emergency(case.call)

    def undo_emergency(self) -> None:
        """Takes back the last press within its three seconds."""
        now = self.rules.clock()
        legs = [leg for view in self.state.calls for leg in view.legs if leg.leg in self._pressed and leg.stage not in OVER]
        if not legs or now > self.state.emergency.undo_until:
            return
        last = max(legs, key=lambda leg: self._pressed[leg.leg].record.pressed_at)
        self._record(last.leg, "undone")
        self._change(emergency=replace(self.state.emergency, undo_until=0.0))
        self._ask_line(HangUp(last.leg))

    def _case_for_emergency(self) -> Case:
        """The case of the call that is up; else the one on the screen; else a new one, so that nothing goes unrecorded."""
        view = self.active or self.state.focused
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
        self._put_leg(event.call, Leg(event.leg, event.purpose, event.line, event.route, event.stage, event.reason, event.at))
        self._note(event.call, "leg", leg=event.leg, line=event.line, stage=event.stage, route=event.route, reason=event.reason)
        if event.purpose is LegPurpose.EMERGENCY:
            self._follow_emergency(event)
        elif event.stage is LegStage.FAILED:
            self._notice(NoticeCode.TRANSFER_FAILED, event.line, event.reason, is_standing=False)

    def _follow_emergency(self, event: LegChanged) -> None:
        pressed = self._pressed.get(event.leg)
        if pressed is None:  # pressed by the window before this one
            return
        if event.target:
            pressed.record = replace(pressed.record, target=event.target, route=event.route)
        if event.stage is LegStage.TALKING and not pressed.was_answered:
            pressed.was_answered = True
            pressed.record = replace(pressed.record, answered_at=event.at)
            self._record(event.leg, "answered")
            self._clear_about(NoticeCode.EMERGENCY_FAILED, event.line)
            if event.route == "gateway":
                self._clear_notice(NoticeCode.GATEWAY_UNREACHABLE)
        elif event.stage is LegStage.FAILED:
            self._record(event.leg, f"failed: {event.reason}")
            self._notice(NoticeCode.EMERGENCY_FAILED, event.line, event.reason, gravity=Gravity.ERROR)
            if event.route == "gateway":
                self._notice(NoticeCode.GATEWAY_UNREACHABLE, event.line, event.reason, gravity=Gravity.ERROR)
        elif event.stage is LegStage.ENDED and pressed.record.outcome != "undone":
            self._record(event.leg, "ended")

    def _record(self, leg: CallId, outcome: str) -> None:
        pressed = self._pressed[leg]
        pressed.record = replace(pressed.record, outcome=outcome)
        self.ports.store.record_emergency(pressed.record)
        self.ports.courier.wake()

    def _put_leg(self, call: CallId, leg: Leg) -> None:
        view = self.state.call(call)
        if view is not None:
            others = tuple(known for known in view.legs if known.leg != leg.leg)
            self._with_call(call, legs=(*others, leg))

    # --- words that suggest it ---

    def _hear_danger(self, case: Case) -> Case:
        """Partial words count; once lit a button stays lit for this call unless graver words point elsewhere."""
        danger = self.rules.hear_danger(_lately(case.transcript))
        if danger is None or danger == case.danger:
            return case
        if case.danger is None or case.danger.line != danger.line:
            self._note(case.call, "danger-heard", line=danger.line, because=danger.because)
            return replace(case, danger=Danger(danger.line, danger.because))
        return case


def _lately(transcript: Transcript) -> str:
    """What the caller said last: two utterances, so that a sentence cut in two is still one."""
    return "\n".join([u.text for u in transcript.utterances if u.speaker is Speaker.CALLER][-2:])
