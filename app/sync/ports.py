"""What the sync thread asks of the local store."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.ticket import Ticket
from app.wire import Change, Identity, NumberRange, Operation


class Outbox(Protocol):
    """The changes that wait for the centre, and what came from there. Called on the sync thread only; may block for a disk
    write; everything is durable when a method returns. Raises StoreError where the store cannot be used."""

    def identity(self) -> Identity | None:
        """Who this console is at the centre; None before the first enrolment."""
        ...

    def set_identity(self, identity: Identity) -> None:
        """Keeps a new identity. In the same transaction everything starts anew: unused ticket numbers are forgotten (another
        centre or a copy of this store may have them too), the cursor is "", and every kept operation waits again."""
        ...

    def first_seq(self) -> int:
        """The lowest `seq` that is kept, or the one the next operation will get where none is kept."""
        ...

    def waiting(self, limit: int) -> list[Operation]:
        """The oldest operations not yet taken, in the order of `seq`, without gaps."""
        ...

    def count(self) -> int:
        """How many operations wait."""
        ...

    def acked(self, upto_seq: int) -> None:
        """The centre has everything up to here: it waits no longer. Refused ones stay marked as refused."""
        ...

    def rewind(self, expect: int) -> None:
        """The centre lacks `expect` and what follows: these wait again."""
        ...

    def refused(self, seq: int, reason: str) -> None:
        """The centre will not apply this one; it is kept, marked, with the reason. Called before the `acked` that covers it.
        A ticket whose number was taken (wire.NUMBER_TAKEN) gets another one and waits again."""
        ...

    def cursor(self) -> str:
        """How far the feed was read; "" = nothing yet."""
        ...

    def set_cursor(self, cursor: str) -> None: ...

    def apply(self, changes: Sequence[Change]) -> list[Ticket]:
        """Keeps tickets made or changed elsewhere where `wire.precedence` says that they are newer than ours; repeats and our
        own are no change; kinds that are not known are passed over. Returns the tickets that are new here or came newer."""
        ...

    def add_lease(self, ranges: Sequence[NumberRange]) -> None:
        """Keeps ticket numbers for later use; a range that is already known adds nothing."""
        ...

    def forget_numbers(self) -> None:
        """Gives no ticket number any more until a new lease comes: another console may be giving the same ones."""
        ...

    def numbers_left(self) -> int:
        """How many ticket numbers of the present year can still be given. When they are used up and the centre cannot be
        reached, the store gives numbers of another year's range rather than none."""
        ...
