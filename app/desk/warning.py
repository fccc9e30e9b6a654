"""A risk that was spoken of is told to the team lead at once (R44): nobody is called, and the caller hears nothing of it."""

from collections.abc import Callable

from app.desk.core import Ports
from app.desk.help_events import AlertArrived
from app.desk.line_events import MessageAnswered
from app.desk.policy import Policy, Rules
from app.desk.silent_alert import AGAIN_S, SilentAlert
from app.desk.state import DeskState
from app.domain.alert import Alert
from app.domain.call import NO_CALL, CallId
from app.domain.notice import Gravity, NoticeCode


class RiskWarning(SilentAlert):
    """The same way as a silent alert to the wallboards and the lead's telephone, without any emergency line."""

    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._warned: tuple[CallId, float] = (NO_CALL, 0.0)
        self._lead_asked: dict[str, CallId] = {}

    def warn_lead(self) -> None:
        """Warns of the matter of this call; a second press within seconds is the same warning."""
        case, now = self.case, self.rules.clock()
        if case is None:
            return
        if self._warned[0] == case.call and now - self._warned[1] < AGAIN_S:
            return
        self._warned = (case.call, now)
        ticket, danger = case.draft.ticket if case.draft is not None else None, case.danger
        alert = Alert(
            case.call,
            danger.line if danger is not None else "",
            self.policy.agent,
            now,
            ticket.address if ticket is not None else "",
            danger.because if danger is not None else ticket.matter if ticket is not None else "",
            (ticket.number or "") if ticket is not None else "",
            is_warning=True,
            matter=danger.matter if danger is not None else "",
        )
        self.ports.store.raise_alert(alert)
        self._on_alert(AlertArrived(alert))
        self.ports.courier.wake()
        self._note(case.call, "lead-warned", by=self.policy.agent, at=now, matter=alert.matter, line=alert.line)
        self._message_of(case.call)
        self._notice(NoticeCode.LEAD_WARNED, gravity=Gravity.INFO, is_standing=False)

    def _message_of(self, call: CallId) -> None:
        """Beside the wallboards: a message to the lead's own telephone, where the site has one."""
        card = self._fresh_card()
        if not self.policy.lead_target or card is None:
            return
        request = self.rules.new_call_id()
        if self._message_lead(request, card):
            self._lead_asked[request] = call

    def _on_message(self, event: MessageAnswered) -> None:
        call = self._lead_asked.pop(event.request, None)
        if call is None:
            super()._on_message(event)
            return
        self._note(call, "lead-told", done=event.is_done, reason=event.reason)
        if not event.is_done:
            self._notice(NoticeCode.LEAD_NOT_REACHED, event.reason, gravity=Gravity.ERROR, is_standing=False)
