"""The ticket is written: fields, answers, units, and the step that makes it durable with a number that stays."""

from dataclasses import replace
from enum import StrEnum

from app.desk.case import Case, may_save, new_case, place_of
from app.desk.core import Core
from app.desk.events import DraftKept, HistoryFound, TicketKept, TicketNotKept, TicketsFound
from app.desk.filling import unsure_fields
from app.desk.state import CallView, Draft
from app.domain.call import NO_CALL, CallId, CallStage, Direction
from app.domain.notice import Gravity, NoticeCode
from app.domain.ticket import DRAFT_FIELDS, Stage, Ticket, TicketId
from app.domain.transcript import Transcript
from app.errors import RuleBroken


def typed(before: object, after: object) -> dict[str, object]:
    """What the journal holds of one edit: of a text only what changed ("at" so many characters, "cut" so many, "put" these),
    so that the journal of a long note grows with what is typed and not with its square."""
    if not isinstance(before, str) or not isinstance(after, str) or isinstance(before, StrEnum):
        return {"value": after}
    at = _alike(before, after)
    tail = _alike(before[at:][::-1], after[at:][::-1])
    return {"at": at, "cut": len(before) - at - tail, "put": after[at : len(after) - tail]}


def _alike(left: str, right: str) -> int:
    """How many characters the two begin with in common."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))


class Writing(Core):
    """What the agent writes; nothing typed is ever taken away but by the agent."""

    def edit(self, field: str, value: object) -> None:
        """Sets a field of the draft; without a draft a new one begins. A value the rules forbid changes nothing."""
        if self.state.draft is None:
            self.new_ticket()
        case = self.case
        if case is None:
            return
        try:
            edited = case.edited(field, value)
        except RuleBroken as broken:
            self._say_error(broken)
            return
        self._keep_case(edited)
        before = getattr(case.draft.ticket, field, "") if case.draft is not None else ""
        self._note(case.call, "typed", field=field, **typed(before, value))
        self._keep_draft(edited)
        if field in ("content", "matter", "district", "street", "place"):
            self._ask_units(edited)

    def confirm(self, field: str) -> None:
        """Says that a field filled from words is right."""
        if self.case is not None:
            self._note(self.case.call, "confirmed", field=field)
            self._keep_case(self.case.confirmed(field))
            self._keep_draft(self.case)

    def take_offer(self, field: str) -> None:
        """Puts what was heard in the place of what the field holds."""
        case = self.case
        offer = case.draft.offered.get(field) if case is not None and case.draft is not None else None
        if case is None or offer is None:
            return
        self._note(case.call, "offer-taken", field=field, value=offer.value)
        taken = case.offer_taken(field)
        self._keep_case(taken)
        self._keep_draft(taken)
        self._ask_units(taken)

    def use_answer(self, key: str) -> None:
        """Takes a knowledge point as the reply; a second one is appended below the first."""
        answer = next((found for found in self.state.answers if found.point.key == key), None)
        if answer is None:
            return
        if self.state.draft is None:
            self.new_ticket()
        draft = self.state.draft
        reply = draft.ticket.reply if draft else ""
        if answer.point.body not in reply:
            self.edit("reply", f"{reply}\n{answer.point.body}".strip())
        self.edit("answer", key)

    def choose_unit(self, key: str) -> None:
        advice = next((found for found in self.state.advice if found.unit.key == key), None)
        if advice is not None:
            self.edit("unit", key)
            self.edit("unit_name", advice.unit.name)

    def save(self) -> None:
        """Keeps the ticket: taken (受理), or one step on where it already is."""
        self._save(Stage.TAKEN)

    def dispatch(self) -> None:
        """Keeps the ticket and sends it to its unit (派单); unsure fields must be confirmed first."""
        self._save(Stage.DISPATCHED)

    def answer_on_call(self) -> None:
        """Keeps the ticket as answered on the call (直接答复, R19)."""
        self._save(Stage.ANSWERED_ON_CALL)

    def decline(self) -> None:
        """Keeps the ticket as declined (不予受理) with the reason the caller was told, where the city's rules know that."""
        self._save(Stage.DECLINED)

    def _save(self, stage: Stage) -> None:
        case = self.case
        if case is None or case.draft is None:
            self._notice(NoticeCode.RULE_BROKEN, stage, "content", is_standing=False)
            return
        ticket = case.draft.ticket
        try:
            may_save(case.draft, stage, self.policy.may_decline)
            stays = (stage is Stage.TAKEN and ticket.stage is not Stage.DRAFT) or stage is ticket.stage
            self.ports.store.save(ticket if stays else ticket.moved_to(stage))
        except RuleBroken as broken:
            self._say_error(broken)

    def discard_draft(self) -> None:
        """Throws the draft on the screen away; the journal keeps what was typed."""
        case = self.case
        if case is None or case.draft is None:
            return
        self._note(case.call, "discarded", ticket=case.draft.ticket.id)
        self.ports.store.drop_draft(case.draft.ticket)
        view = self.state.focused
        fresh = new_case(
            case.call, self.rules.new_ticket_id(), view.number if view else "", self.policy.agent, self.rules.clock()
        )
        self._keep_case(replace(case, draft=fresh.draft, is_dirty=False))
        if view is None or view.stage is CallStage.ENDED:
            self._focus_on(NO_CALL)

    def new_ticket(self) -> None:
        """Begins a ticket without a call (R1: other channels)."""
        self._open_draft(Ticket(self.rules.new_ticket_id(), agent=self.policy.agent, created_at=self.rules.clock()))

    def open_ticket(self, ticket_id: TicketId) -> None:
        """Opens a kept ticket to be supplemented; an empty draft of the present call gives way to it."""
        ticket = next((known for known in (*self.state.history, *self.state.tickets) if known.id == ticket_id), None)
        if ticket is None or (self.state.draft is not None and self.state.draft.ticket.id == ticket_id):
            return
        case, view = self.case, self.state.focused
        if case is not None and view is not None and view.stage is not CallStage.ENDED and not case.is_dirty:
            self._keep_case(replace(case, draft=_reopened(ticket)))
        else:
            self._open_draft(ticket)

    def find_tickets(self, query: str) -> None:
        self._change(ticket_query=query)
        self.ports.store.find_tickets(query)

    def _open_draft(self, ticket: Ticket) -> None:
        call = place_of(ticket.id)
        self._add_view(call, ticket)
        self.cases[call] = Case(call, _reopened(ticket))
        self._focus_on(call)

    def _add_view(self, call: CallId, ticket: Ticket) -> None:
        """A draft without a call stands in the list of calls as one that has ended, so that the agent can turn back to it."""
        view = CallView(call, ticket.caller, ticket.matter, Direction.INCOMING, CallStage.ENDED, ticket.created_at)
        self._become(self.state.with_call(view))

    # --- said by the store ---

    def _on_found(self, event: TicketsFound) -> None:
        if event.query == self.state.ticket_query:
            self._change(tickets=event.tickets)

    def _on_kept(self, event: TicketKept) -> None:
        for case in list(self.cases.values()):
            kept = case.kept(event.ticket)
            if kept is not case:
                self._keep_case(kept)
                if not kept.is_dirty:
                    self.ports.store.drop_draft(event.ticket)
                    self._forget_if_settled(kept.call)
        self._put_ticket(event.ticket)
        if event.ticket.number is not None:
            self._notice(NoticeCode.TICKET_SAVED, event.ticket.number, gravity=Gravity.INFO, is_standing=False)
            self._clear_notice(NoticeCode.NO_NUMBERS)
        self._clear_notice(NoticeCode.DISK_FULL, NoticeCode.STORE_FAILED)
        self.ports.courier.wake()

    def _on_not_kept(self, event: TicketNotKept) -> None:
        self._show_notice(event.notice)

    def _on_history(self, event: HistoryFound) -> None:
        case = self.cases.get(event.call)
        if case is not None:
            self._keep_case(replace(case, history=event.tickets))

    def _restore(self, drafts: tuple[DraftKept, ...]) -> None:
        """Brings back what the last window had not saved: draft, words, the agent's own fields."""
        restored: set[CallId] = set()
        for kept in drafts:
            call = self._place_of(kept, restored)
            restored.add(call)
            own = frozenset(kept.own_fields)
            unsure = unsure_fields(kept.ticket, own, self.policy.sure_from)
            draft = Draft(kept.ticket, own, unsure)
            if self.state.call(call) is None:
                self._add_view(call, kept.ticket)
            known = self.cases.get(call, Case(call))
            transcript = Transcript(kept.transcript)
            for heard in known.transcript.utterances:
                transcript = transcript.with_heard(heard)
            self.cases[call] = replace(known, draft=draft, transcript=transcript, is_dirty=True, earlier=kept.earlier)
            if kept.ticket.caller:
                self.ports.store.find_history(call, kept.ticket.caller)
            if self.state.focus in (NO_CALL, call):
                self._show_case(self.cases[call], call)
        if drafts:
            self._notice(NoticeCode.DRAFT_RESTORED, len(drafts), gravity=Gravity.INFO, is_standing=False)

    def _place_of(self, kept: DraftKept, restored: set[CallId]) -> CallId:
        """Its call; a place of its own where that holds what the agent wrote since (the store may open late)."""
        own_place = place_of(kept.ticket.id)
        call = kept.call or own_place
        known = self.cases.get(call)
        if known is None or known.draft is None or known.draft.ticket.id == kept.ticket.id:
            return call
        if call in restored or known.draft.own_fields:
            return own_place
        self.ports.store.drop_draft(known.draft.ticket)  # only heard, not written: the kept draft hears the same words
        return call


def _reopened(ticket: Ticket) -> Draft:
    """A kept ticket on the form: what it holds was somebody's word, so that words of another call never overwrite it."""
    blank = Ticket(ticket.id)
    return Draft(ticket, frozenset(name for name in DRAFT_FIELDS if getattr(ticket, name) != getattr(blank, name)))
