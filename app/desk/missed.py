"""Missed calls (未接来电) on the desk: who is called back, by one key, and what became of each (N1)."""

from app.desk.recovering import Recovering
from app.domain.call import CallId, clean_number
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import Ticket


class MissedCalls(Recovering):
    def ring_back_missed(self, number: str) -> None:
        """Dials whoever rang in vain; his case opens with his history, or goes on where it lies open here."""
        target = clean_number(number)
        lost = next((view for view in self.state.calls if view.is_lost and view.number == target), None)
        if not target:
            self._notice(NoticeCode.NUMBER_ODD, gravity=Gravity.WARNING, is_standing=False)
        elif lost is not None:
            self.ring_back(lost.call)
        elif not self._is_dialled(target):
            call = CallId(self.rules.new_call_id())
            self._note(call, "rings-back-missed", number=target, by=self.policy.agent)
            self._ring(call, target)

    def settle_missed(self, number: str, reason: str) -> None:
        """This caller need not be called back; the agent says why."""
        if reason.strip():
            self.ports.store.settle_missed(number, reason.strip(), self.policy.agent, self.rules.clock())
            self.ports.store.find_missed()

    def _put_ticket(self, ticket: Ticket) -> None:
        """A colleague who has kept a ticket of the caller since has spoken with him."""
        super()._put_ticket(ticket)
        waiting = {entry.number: entry for entry in self.state.missed if not entry.done_at}
        entry = waiting.get(ticket.caller)
        if entry is not None and ticket.caller and ticket.agent != self.policy.agent and ticket.created_at > entry.last_at:
            self.ports.store.settle_missed(ticket.caller, "ticket", ticket.agent, ticket.created_at)
            self.ports.store.find_missed()
