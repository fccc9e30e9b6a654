"""How the words of a call fill a draft: what is sure, what wants a look, what is only offered beside the agent's own word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.intake_contact import CALLING
from app.domain.ticket import DRAFT_FIELDS, NOTE_LIMIT, RequestKind, Ticket, Urgency
from app.domain.transcript import Evidence
from app.errors import RuleBroken

Value = str | bool | RequestKind | Urgency
Heard = Mapping[str, tuple[Value, tuple[Evidence, ...]]]

KINDS: dict[str, type[RequestKind] | type[Urgency]] = {"kind": RequestKind, "urgency": Urgency}

NEVER_HEARD = frozenset({"verified", "reply", "answer", "unit"})
"""What was verified or answered is the agent's word alone (R13)."""

GROWING = frozenset({"matter", "content", "kind", "urgency"})
"""Each word adds to what these say: another value of them is more of the same, and no contradiction."""

DOUBTED = 0.5
"""At most so sure is a field once the words speak against themselves."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that was heard, with its words, for a field that holds another: the agent takes it, or leaves it."""

    value: Value
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """What a draft holds, and from where; see `app.desk.state.Draft`."""

    ticket: Ticket
    own_fields: frozenset[str]
    unsure: frozenset[str]
    offered: Mapping[str, Offer]

    def with_heard(self, heard: Heard, sure_from: float) -> "Filling":
        """After words proposed fields. What the agent typed or emptied stays; what he confirmed stays beside an offer."""
        filling = self
        for name, (value, evidence) in heard.items():
            if name in NEVER_HEARD or (isinstance(value, str) and len(value) > NOTE_LIMIT):
                continue
            if name == "contact" and value == CALLING and not (value := self.ticket.caller):
                continue  # "the one I ring from", and the exchange does not know it
            filling = filling._with(name, Offer(value, evidence), sure_from)
        return filling

    def _with(self, name: str, heard: Offer, sure_from: float) -> "Filling":
        if getattr(self.ticket, name) == heard.value:
            return self._agreed(name, heard, sure_from)
        if name in self.own_fields:
            return self._offering(name, heard) if name in self.ticket.evidence else self
        if name == "is_confidential" and not heard.value:
            return self._offering(name, heard)  # words may ask for confidentiality, and only the agent takes it back
        if self._speaks_against(name, heard, sure_from):
            return replace(self._offering(name, heard), ticket=doubted(self.ticket, name), unsure=self.unsure | {name})
        return self._taking(name, heard, sure_from)

    def _agreed(self, name: str, heard: Offer, sure_from: float) -> "Filling":
        """The words say what stands there: the surer words are its evidence, and no other value is offered any more."""
        known = self.ticket.evidence.get(name, ())
        if name in self.own_fields or not heard.evidence:
            return replace(self, offered=_without(self.offered, name)) if name in self.offered else self
        if not known and name == "is_confidential" and not heard.value:
            return self
        is_surer = not known or name in self.offered or sureness(heard.evidence) >= sureness(known)
        return self._taking(name, heard, sure_from) if is_surer and known != heard.evidence else self

    def _speaks_against(self, name: str, heard: Offer, sure_from: float) -> bool:
        """Whether a less sure reading speaks against one the agent may already rely on: then he must look at both."""
        if name in GROWING or sureness(heard.evidence) >= sure_from:
            return False
        known = self.ticket.evidence.get(name, ())
        return name in self.offered or (bool(known) and sureness(known) >= sure_from)

    def _taking(self, name: str, heard: Offer, sure_from: float) -> "Filling":
        ticket = with_field(self.ticket, name, heard.value)
        ticket = replace(ticket, evidence={**ticket.evidence, name: heard.evidence})
        unsure = self.unsure - {name} if sureness(heard.evidence) >= sure_from else self.unsure | {name}
        return replace(self, ticket=ticket, unsure=unsure, offered=_without(self.offered, name))

    def _offering(self, name: str, heard: Offer) -> "Filling":
        if self.offered.get(name) == heard:
            return self
        return replace(self, offered={**self.offered, name: heard})

    def taken(self, name: str) -> "Filling":
        """After the agent took what is offered: it is his own from now on, with the words it came from."""
        offer = self.offered.get(name)
        if offer is None:
            return self
        ticket = with_field(self.ticket, name, offer.value)
        ticket = replace(ticket, evidence={**ticket.evidence, name: offer.evidence})
        return Filling(ticket, self.own_fields | {name}, self.unsure - {name}, _without(self.offered, name))


def sureness(evidence: tuple[Evidence, ...]) -> float:
    """Of a field that came from several words the least sure counts; 0 where no words are."""
    return min((part.confidence for part in evidence), default=0.0)


def unsure_fields(ticket: Ticket, own_fields: frozenset[str], sure_from: float) -> frozenset[str]:
    """Which heard fields of a kept draft still want a confirmation."""
    return frozenset(name for name, words in ticket.evidence.items() if name not in own_fields and sureness(words) < sure_from)


def doubted(ticket: Ticket, name: str) -> Ticket:
    """The ticket with that field's words trusted less, so that a window that comes back asks for the confirmation too."""
    words = tuple(replace(part, confidence=min(part.confidence, DOUBTED)) for part in ticket.evidence.get(name, ()))
    return replace(ticket, evidence={**ticket.evidence, name: words})


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


def _without(offered: Mapping[str, Offer], name: str) -> Mapping[str, Offer]:
    return {other: offer for other, offer in offered.items() if other != name}
