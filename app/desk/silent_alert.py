"""The silent second channel: team lead and an emergency line are alerted while the agent goes on talking as if nothing were."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.desk.commands import AddLeg, SendMessage
from app.desk.core import Ports
from app.desk.events import LegChanged
from app.desk.handoff import HandOff
from app.desk.help_events import AlertArrived, CardPushed, HelpEvent, TextSent
from app.desk.line_events import HandOverChanged, LegTried, MessageAnswered
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState, Leg, SilentState
from app.domain.alert import FRESH_S, Alert
from app.domain.call import CallId, EmergencyRecord, LegPurpose, LegStage
from app.domain.handoff import HandOffCard, short_text
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import NOTE_LIMIT

AGAIN_S = 5.0
"""A second press within this is the same alert."""

NO_WORD_S = 12.0
"""A channel that says nothing for so long has failed: the next is tried."""

ALERTS_KEPT = 20


@dataclass(slots=True)
class _Raised:
    """One alert and how far it came: channels still to be tried, what the present one is known by."""

    call: CallId
    line: str
    at: float
    left: list[str]
    channel: str = ""
    request: str = ""
    since: float = 0.0
    is_over: bool = False
    record: EmergencyRecord | None = None
    asked: set[str] = field(default_factory=set)


class SilentAlert(HandOff):
    """Main thread. Nothing of it makes a sound: not with the caller, not in the agent's ear."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._raised: _Raised | None = None

    def silent_alert(self) -> None:
        """Alerts the team's wallboards and the lead's telephone at once, and the line by the first channel that works."""
        now = self.rules.clock()
        if self._raised is not None and now - self._raised.at < AGAIN_S:
            return
        case = self._case_for_emergency()
        line = case.danger.line if case.danger is not None else self.policy.silent_line
        self._raised = raised = _Raised(case.call, line, now, [way for way in self.policy.silent_channels if self._has(way)])
        self._next_channel(raised)
        card = self._fresh_card()
        ticket = case.draft.ticket if case.draft is not None else None
        alert = Alert(case.call, line, self.policy.agent, now, ticket.address[:NOTE_LIMIT] if ticket else "",
                      case.danger.because if case.danger else "", (ticket.number or "") if ticket else "")  # fmt: skip
        self.ports.store.raise_alert(alert)
        self._on_alert(AlertArrived(alert))
        self.ports.courier.wake()
        self._note(case.call, "silent-alert", line=line, by=self.policy.agent, at=now, channels=list(raised.left))
        self._mark_emergency(case.call)
        if raised.channel != "message":
            self._tell_lead(raised, card)

    # --- channels ---

    def _has(self, channel: str) -> bool:
        match channel:
            case "call":
                return True  # without targets it fails, and that is said
            case "message":
                return bool(self.policy.lead_target)
            case "text":
                return self.policy.has_text_gateway
            case _:
                return False

    def _next_channel(self, raised: _Raised, reason: str = "") -> None:
        """The line is asked by the next channel; with none left the agent is told, on the screen alone."""
        if raised.channel:
            self._keep_silent(raised, f"silent: {raised.channel} failed, {reason}")
        while raised.left:
            raised.channel, raised.since = raised.left.pop(0), self.rules.clock()
            raised.request = self.rules.new_call_id()
            if self._send(raised):
                self._keep_silent(raised, f"silent: {raised.channel}")
                self._show_silent(raised, "sending")
                return
            self._keep_silent(raised, f"silent: {raised.channel} failed, not reached")
        raised.is_over = True
        self._show_silent(raised, "failed")
        self._notice(NoticeCode.SILENT_ALERT, raised.line, raised.channel, "failed", gravity=Gravity.ERROR)

    def _send(self, raised: _Raised) -> bool:
        match raised.channel:
            case "call":
                return self._call_silently(raised)
            case "message":
                return self._message_lead(raised.request, self._card_of(raised))
            case _:
                self.ports.messenger.send_text(raised.request, raised.line, short_text(self._card_of(raised)))
                return True

    def _call_silently(self, raised: _Raised) -> bool:
        targets = self.policy.emergency_targets.get(raised.line, ())
        leg = CallId(raised.request)
        headers = {"X-Silent": "1", "X-Ticket": self._card_of(raised).ticket}
        asked = AddLeg(raised.call, leg, LegPurpose.SILENT, raised.line, targets, self.policy.emergency_patience_ms,
                       {name: value for name, value in headers.items() if value}, raised.at,
                       answer_s=self.policy.emergency_answer_s)  # fmt: skip
        if not targets or not self._ask_line(asked):
            return False
        self._put_leg(raised.call, Leg(leg, LegPurpose.SILENT, raised.line, targets[0][0], LegStage.DIALLING, "", raised.at))
        return True

    def _message_lead(self, request: str, card: HandOffCard) -> bool:
        return self._ask_line(SendMessage(request, self.policy.dial_line, self.policy.lead_target, short_text(card)))

    def _tell_lead(self, raised: _Raised, card: HandOffCard | None) -> None:
        """Beside the wallboards: the lead's own telephone, whatever becomes of it."""
        if self.policy.lead_target and card is not None:
            request = self.rules.new_call_id()
            raised.asked.add(request)
            self._message_lead(request, card)

    def _card_of(self, raised: _Raised) -> HandOffCard:
        card = self._fresh_card()
        blank = HandOffCard("", 0, raised.call, raised.line, "prepared", agent=self.policy.agent)
        return replace(card or blank, line=raised.line)

    # --- what becomes of it ---

    def _on_help(self, event: LegTried | HandOverChanged | MessageAnswered | HelpEvent) -> None:
        """Everything that is told about help on its way."""
        match event:
            case LegTried():
                self._on_tried(event)
            case HandOverChanged():
                self._on_handed(event)
            case MessageAnswered():
                self._on_message(event)
            case TextSent():
                self._on_text(event)
            case CardPushed():
                self._on_pushed(event)
            case AlertArrived():
                self._on_alert(event)

    def _on_leg(self, event: LegChanged) -> None:
        if event.purpose is not LegPurpose.SILENT:
            super()._on_leg(event)
            return
        before = self._leg(event.leg) or Leg(event.leg, event.purpose, event.line, event.route, event.stage)
        self._put_leg(event.call, replace(before, route=event.route, stage=event.stage, reason=event.reason, since=event.at))
        self._note(event.call, "leg", leg=event.leg, line=event.line, stage=event.stage, route=event.route, reason=event.reason,
                   silent=True)  # fmt: skip
        raised = self._raised
        if raised is None or raised.request != event.leg or raised.is_over:
            return
        if event.stage is LegStage.TALKING:
            self._succeed(raised, event.at)
        elif event.stage in (LegStage.FAILED, LegStage.ENDED) and event.reason != "agent":
            self._next_channel(raised, event.reason)

    def _on_message(self, event: MessageAnswered) -> None:
        raised = self._raised
        if raised is not None and event.request in raised.asked:
            self._note(raised.call, "lead-told", done=event.is_done, reason=event.reason)
        elif raised is not None and event.request == raised.request:
            self._settle(raised, event.is_done, event.reason)

    def _on_text(self, event: TextSent) -> None:
        if self._raised is not None and event.request == self._raised.request:
            self._settle(self._raised, event.is_done, event.reason)

    def _settle(self, raised: _Raised, is_done: bool, reason: str) -> None:
        if raised.is_over:
            return
        self._note(raised.call, "silent-alert-answer", channel=raised.channel, done=is_done, reason=reason)
        if is_done:
            self._succeed(raised, self.rules.clock())
        else:
            self._next_channel(raised, reason)

    def _succeed(self, raised: _Raised, at: float) -> None:
        raised.is_over = True
        self._keep_silent(raised, f"silent: {raised.channel} reached", at)
        self._show_silent(raised, "done")
        self._clear_notice(NoticeCode.SILENT_ALERT)

    def _watch_emergency(self, now: float) -> None:
        super()._watch_emergency(now)
        raised = self._raised
        if raised is not None and not raised.is_over and raised.channel != "call" and now - raised.since > NO_WORD_S:
            self._settle(raised, False, "408 no answer")
        kept = tuple(alert for alert in self.state.alerts if now - alert.at < FRESH_S)
        if kept != self.state.alerts:
            self._change(alerts=kept)

    def _keep_silent(self, raised: _Raised, outcome: str, answered_at: float = 0.0) -> None:
        targets = self.policy.emergency_targets.get(raised.line, ())
        target = targets[0][1] if targets and raised.channel == "call" else ""
        record = EmergencyRecord(raised.call, raised.line, target, raised.channel, self.policy.agent, raised.at, answered_at,
                                 outcome[:180])  # fmt: skip
        self.ports.store.record_emergency(record)
        self.ports.courier.wake()

    def _show_silent(self, raised: _Raised, step: str) -> None:
        shown = SilentState(raised.call, raised.line, raised.channel, step, self.rules.clock())
        self._change(emergency=replace(self.state.emergency, silent=shown))

    def _on_alert(self, event: AlertArrived) -> None:
        """Of this desk or another: every wallboard of the team raises it."""
        alert = event.alert
        if self.rules.clock() - alert.at >= FRESH_S or alert in self.state.alerts:
            return
        self._change(alerts=(alert, *self.state.alerts)[:ALERTS_KEPT])
