"""Which fields a kind of request wants (最小必要): what is empty is pointed out and may stay so (R10, R28)."""

from dataclasses import dataclass

from app.domain.ticket import DRAFT_FIELDS, RequestKind, Ticket


@dataclass(frozen=True, slots=True)
class Wanted:
    """Fields that requests of these kinds want. With `words` only where the request holds one of them, and none of `unless`."""

    fields: tuple[str, ...]
    source: str
    kinds: tuple[RequestKind, ...] = ()  # empty = every kind
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def fits(self, ticket: Ticket) -> bool:
        text = f"{ticket.matter}\n{ticket.content}\n{ticket.demand}"
        return (
            (not self.kinds or ticket.kind in self.kinds)
            and (not self.words or any(word in text for word in self.words))
            and not any(word in text for word in self.unless)
        )


@dataclass(frozen=True, slots=True)
class WantedFields:
    """The city's table, as resources/wanted_fields.toml says it."""

    rules: tuple[Wanted, ...] = ()

    def still_empty(self, ticket: Ticket) -> tuple[str, ...]:
        """In the order of the form; nothing before the kind is known. A district or street is place enough to be sent to."""
        if ticket.kind is None:
            return ()
        wanted = {name for rule in self.rules if rule.fits(ticket) for name in rule.fields}
        return tuple(name for name in DRAFT_FIELDS if name in wanted and not _holds(ticket, name))


def _holds(ticket: Ticket, name: str) -> bool:
    return bool(ticket.address if name == "place" else str(getattr(ticket, name) or "").strip())
