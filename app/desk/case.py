"""A case: all that belongs to one caller on the desk - draft, words, history, answers - so that two calls never mix."""

from dataclasses import dataclass, replace

from app.desk.policy import Danger, Proposal
from app.desk.state import Draft
from app.domain.call import CallId
from app.domain.dispatch import UnitAdvice
from app.domain.knowledge import Answer
from app.domain.ticket import DRAFT_FIELDS, NOTE_LIMIT, RequestKind, Stage, Ticket, TicketId, Urgency
from app.domain.transcript import NOTHING_SAID, Transcript
from app.errors import RuleBroken

KINDS: dict[str, type[RequestKind] | type[Urgency]] = {"kind": RequestKind, "urgency": Urgency}


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

    def edited(self, name: str, value: object) -> "Case":
        """The case after the agent set a field: the agent's word stands above whatever was heard.

        Raises RuleBroken for a field no draft has, a value it cannot hold or a text over NOTE_LIMIT.
        """
        if self.draft is None:
            raise RuleBroken(name, "no draft")
        ticket = with_field(self.draft.ticket, name, value)
        evidence = {field: words for field, words in ticket.evidence.items() if field != name}
        draft = Draft(replace(ticket, evidence=evidence), self.draft.own_fields | {name}, self.draft.unsure - {name})
        return replace(self, draft=draft, is_dirty=True)

    def confirmed(self, name: str) -> "Case":
        """The case after the agent said that a heard field is right; its evidence stays."""
        if self.draft is None or name not in self.draft.unsure:
            return self
        draft = replace(self.draft, own_fields=self.draft.own_fields | {name}, unsure=self.draft.unsure - {name})
        return replace(self, draft=draft, is_dirty=True)

    def filled(self, proposal: Proposal) -> "Case":
        """The case after words of the call proposed fields; the agent's own fields are never touched."""
        if self.draft is None:
            return self
        ticket, unsure = self.draft.ticket, set(self.draft.unsure)
        for name, (value, evidence) in proposal.items():
            if name in self.draft.own_fields or (isinstance(value, str) and len(value) > NOTE_LIMIT):
                continue
            if getattr(ticket, name) == value and ticket.evidence.get(name) == evidence:
                continue
            ticket = replace(with_field(ticket, name, value), evidence={**ticket.evidence, name: evidence})
            unsure.add(name)
        if ticket is self.draft.ticket:
            return self
        return replace(self, draft=replace(self.draft, ticket=ticket, unsure=frozenset(unsure)), is_dirty=True)

    def kept(self, ticket: Ticket) -> "Case":
        """The case after the store kept `ticket`: it takes the number and version, and keeps what was typed since."""
        if self.draft is None or self.draft.ticket.id != ticket.id:
            return self
        mine = self.draft.ticket
        as_saved = replace(mine, number=ticket.number, version=ticket.version, saved_at=ticket.saved_at, stage=ticket.stage)
        return replace(self, draft=replace(self.draft, ticket=as_saved), is_dirty=_differs(as_saved, ticket))


def _differs(left: Ticket, right: Ticket) -> bool:
    return any(getattr(left, name) != getattr(right, name) for name in DRAFT_FIELDS)


def with_field(ticket: Ticket, name: str, value: object) -> Ticket:
    """The ticket with one field of the draft set; raises RuleBroken where that cannot be."""
    if name not in DRAFT_FIELDS and name != "unit_name":
        raise RuleBroken(name, "not a field of a draft")
    if isinstance(value, str) and len(value) > NOTE_LIMIT:
        raise RuleBroken(name, f"{len(value)} > {NOTE_LIMIT}")
    if name == "kind" and value in ("", None):
        return replace(ticket, kind=None)
    if name in KINDS:
        try:
            return replace(ticket, **{name: KINDS[name](value)})  # type: ignore[arg-type]  # a field chosen at run time
        except ValueError:
            raise RuleBroken(name, str(value)) from None
    wanted = bool if name == "is_confidential" else str
    if not isinstance(value, wanted):
        raise RuleBroken(name, type(value).__name__)
    return replace(ticket, **{name: value})  # type: ignore[arg-type]  # a field chosen at run time


def new_case(call: CallId, ticket: TicketId, caller: str, agent: str, at: float) -> Case:
    """A case with an empty draft; the number the caller rings from is the contact until another is given."""
    draft = Ticket(ticket, call=call, caller=caller, contact=caller, agent=agent, created_at=at)
    return Case(call, Draft(draft))


def may_save(draft: Draft, stage: Stage, may_decline: bool) -> None:
    """Raises RuleBroken where a ticket may not take this step yet: which field is wanted, and why."""
    ticket = draft.ticket
    if not (ticket.content.strip() or ticket.matter.strip()):
        raise RuleBroken(stage, "content")  # S2 art. 15: content, category, time, contact
    if stage is Stage.DISPATCHED:
        if ticket.kind is None:
            raise RuleBroken(stage, "kind")
        if not ticket.unit:
            raise RuleBroken(stage, "unit")
        if draft.unsure:
            raise RuleBroken(stage, ", ".join(sorted(draft.unsure)))
    if stage is Stage.ANSWERED_ON_CALL and not (ticket.reply.strip() or ticket.answer):
        raise RuleBroken(stage, "reply")
    if stage is Stage.DECLINED and not may_decline:
        raise RuleBroken(stage, "rule_pack")  # Beijing receives everything (S1)
    if stage is Stage.DECLINED and not ticket.reply.strip():
        raise RuleBroken(stage, "reply")  # the caller is told the reason (S2 art. 16(3))
