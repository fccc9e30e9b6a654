"""A case: all that belongs to one caller on the desk - draft, words, history, answers - so that two calls never mix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.desk.filling import Filling, with_field
from app.desk.policy import Danger, Proposal
from app.desk.state import Draft
from app.domain.call import CallId
from app.domain.dispatch import UnitAdvice
from app.domain.knowledge import Answer
from app.domain.ticket import DRAFT_FIELDS, REVIEWED, Stage, Ticket, TicketId
from app.domain.transcript import NOTHING_SAID, Transcript
from app.errors import RuleBroken

FORM_ORDER = (
    "is_confidential",
    "kind",
    "urgency",
    "happened",
    "matter",
    "district",
    "street",
    "place",
    "requester",
    "contact",
    "hurt",
    "named_unit",
    "demand",
    "content",
    "verified",
    "reply",
    "unit",
    "answer",
)
"""The fields of a draft as they are read: in this order they are confirmed."""


@dataclass(frozen=True, slots=True)
class Case:
    """`is_dirty`: holds something the store has not kept as a ticket. `has_own_query`: the agent typed the question."""

    call: CallId
    draft: Draft | None = None
    transcript: Transcript = NOTHING_SAID
    history: tuple[Ticket, ...] = ()
    query: str = ""
    has_own_query: bool = False
    answers: tuple[Answer, ...] = ()
    advice: tuple[UnitAdvice, ...] = ()
    danger: Danger | None = None
    is_dirty: bool = False
    earlier: tuple[tuple[CallId, float], ...] = ()  # the calls it had before this one, and when each was answered

    @property
    def words_call(self) -> CallId:
        """The call that its words were said in and whose journal holds them: a ticket that was opened again stands in a place
        of its own and names that call; one that the caller of now supplements is written from the words of his own call."""
        ticket = self.draft.ticket if self.draft is not None else None
        is_opened_again = ticket is not None and self.call == place_of(ticket.id)
        return ticket.call if ticket is not None and is_opened_again and ticket.call else self.call

    def edited(self, name: str, value: object) -> "Case":
        """The case after the agent set a field: the agent's word stands above whatever was heard.

        Raises RuleBroken for a field no draft has, a value it cannot hold or a text over NOTE_LIMIT.
        """
        if self.draft is None:
            raise RuleBroken(name, "no draft")
        ticket = with_field(self.draft.ticket, name, value)
        evidence = {field: words for field, words in ticket.evidence.items() if field != name}
        offered = {field: offer for field, offer in self.draft.offered.items() if field != name}
        draft = Draft(replace(ticket, evidence=evidence), self.draft.own_fields | {name}, self.draft.unsure - {name}, offered)
        return replace(self, draft=draft, is_dirty=True)

    def marked_for_review(self, matter: str) -> "Case":
        """The case whose ticket asks for the extra review of R42 and goes to two at once (R43); other matters leave it."""
        if self.draft is None or matter not in REVIEWED or self.draft.ticket.risk == matter:
            return self
        return replace(self, draft=replace(self.draft, ticket=replace(self.draft.ticket, risk=matter)), is_dirty=True)

    def confirmed(self, name: str) -> "Case":
        """The case after the agent said that a heard field is right; its evidence stays."""
        if self.draft is None or name not in self.draft.unsure:
            return self
        draft = replace(self.draft, own_fields=self.draft.own_fields | {name}, unsure=self.draft.unsure - {name})
        return replace(self, draft=draft, is_dirty=True)

    def filled(self, proposal: Proposal, sure_from: float) -> "Case":
        """The case after words of the call proposed fields; the agent's own fields are never touched.

        A field whose words are less sure than `sure_from` is unsure. What would change a confirmed field is offered beside it.
        """
        if self.draft is None:
            return self
        before = _filling_of(self.draft)
        return self._holding(before, before.with_heard(proposal, sure_from))

    def offer_taken(self, name: str) -> "Case":
        """The case after the agent took the value that was heard in the place of the one that stands there."""
        if self.draft is None:
            return self
        before = _filling_of(self.draft)
        return self._holding(before, before.taken(name))

    def _holding(self, before: Filling, filling: Filling) -> "Case":
        """An offer alone is nothing that the store would have to keep."""
        if filling == before:
            return self
        draft = Draft(filling.ticket, filling.own_fields, filling.unsure, filling.offered)
        return replace(self, draft=draft, is_dirty=self.is_dirty or filling.ticket is not before.ticket)

    def kept(self, ticket: Ticket) -> "Case":
        """The case after the store kept `ticket`: it takes the number and version, and keeps what was typed since."""
        if self.draft is None or self.draft.ticket.id != ticket.id:
            return self
        mine = self.draft.ticket
        as_saved = replace(mine, number=ticket.number, version=ticket.version, saved_at=ticket.saved_at, stage=ticket.stage)
        return replace(self, draft=replace(self.draft, ticket=as_saved), is_dirty=_differs(as_saved, ticket))


def _filling_of(draft: Draft) -> Filling:
    return Filling(draft.ticket, draft.own_fields, draft.unsure, draft.offered)


def _differs(left: Ticket, right: Ticket) -> bool:
    return any(getattr(left, name) != getattr(right, name) for name in DRAFT_FIELDS)


def place_of(ticket: TicketId) -> CallId:
    """Where a ticket without a call of now stands among the calls of the desk."""
    return CallId(f"ticket-{ticket}"[:32])


def new_case(call: CallId, ticket: TicketId, caller: str, agent: str, at: float) -> Case:
    """A case with an empty draft; the number the caller rings from is the contact until another is given."""
    draft = Ticket(ticket, call=call, caller=caller, contact=caller, agent=agent, created_at=at)
    return Case(call, Draft(draft))


def may_save(draft: Draft, stage: Stage, may_decline: bool) -> None:
    """Raises RuleBroken where a ticket may not take this step yet: which field is wanted, and why."""
    ticket = draft.ticket
    if not (ticket.content.strip() or ticket.matter.strip()):
        raise RuleBroken(stage, "content")  # S2 art. 15: content, category, time, contact
    if stage is Stage.DISPATCHED and (wanted := wanted_to_dispatch(draft)):
        raise RuleBroken(stage, ", ".join(wanted))  # all at once: the agent need not press for each
    if stage is Stage.ANSWERED_ON_CALL and not (ticket.reply.strip() or ticket.answer):
        raise RuleBroken(stage, "reply")
    if stage is Stage.DECLINED and not may_decline:
        raise RuleBroken(stage, "rule_pack")  # Beijing receives everything (S1)
    if stage is Stage.DECLINED and not ticket.reply.strip():
        raise RuleBroken(stage, "reply")  # the caller is told the reason (S2 art. 16(3))


def wanted_to_dispatch(draft: Draft) -> Sequence[str]:
    """The fields that keep a ticket from being dispatched, empty or unsure, in the order of the form."""
    empty = {name for name in ("kind", "unit") if not getattr(draft.ticket, name)}
    return _in_order(draft.unsure | empty)


def _in_order(names: frozenset[str]) -> Sequence[str]:
    """As they stand on the form, so that the sentence begins with the field the agent is led to."""
    return [name for name in FORM_ORDER if name in names]
