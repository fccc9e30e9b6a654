"""Missed calls (未接来电): who rang unheard, how urgently, and whether he was reached since (N1: they are called back)."""

from dataclasses import dataclass, replace

from app.domain.call import CallRecord, Direction, clean_number

HASTE_S = 180.0
"""Two calls within this, nobody answering: whoever rings again at once may be in danger."""

REPEATS, REPEATS_S = 3, 900.0
"""So many calls within so many seconds look like it too."""

REMEMBERED = 50
"""Moments at which one caller rang that are kept; more say nothing new."""


@dataclass(frozen=True, slots=True)
class MissedCall:
    """What one number rang in vain since it was last reached. Times are Unix seconds; `done_at` 0 = still to be called back.

    `number` is as CallRecord holds it: what is no number cannot be called back, but is counted. `is_torn`: he was talking with
    us when the network lost him. `done_why`: "reached" (we rang back), "answered" (he rang again and was heard), "ticket" (a
    colleague has kept a ticket of his), or the agent's own words.
    """

    number: str
    rang_at: tuple[float, ...]  # oldest first
    longest_wait_s: float = 0.0
    is_torn: bool = False
    done_at: float = 0.0
    done_by: str = ""
    done_why: str = ""

    @property
    def times(self) -> int:
        return len(self.rang_at)

    @property
    def first_at(self) -> float:
        return self.rang_at[0] if self.rang_at else 0.0

    @property
    def last_at(self) -> float:
        return self.rang_at[-1] if self.rang_at else 0.0

    @property
    def can_ring_back(self) -> bool:
        return bool(clean_number(self.number))

    @property
    def is_urgent(self) -> bool:
        """Whether this looks like an emergency: torn off, or rung again and again at once."""
        pairs = zip(self.rang_at, self.rang_at[1:], strict=False)
        spans = zip(self.rang_at, self.rang_at[REPEATS - 1 :], strict=False)
        in_haste = any(later - earlier <= HASTE_S for earlier, later in pairs)
        return self.is_torn or in_haste or any(last - first <= REPEATS_S for first, last in spans)

    def rung_again(self, record: CallRecord) -> "MissedCall":
        """The entry after one more call in vain; one that was done begins anew."""
        before = replace(self, rang_at=(), longest_wait_s=0.0, is_torn=False, done_at=0.0, done_by="", done_why="") if (
            self.done_at
        ) else self  # fmt: skip
        rang = tuple(sorted({*before.rang_at, record.rang_at}))[-REMEMBERED:]
        return replace(
            before,
            rang_at=rang,
            longest_wait_s=max(before.longest_wait_s, record.wait_s),
            is_torn=before.is_torn or is_torn(record),
        )

    def settled(self, why: str, by: str, at: float) -> "MissedCall":
        return self if self.done_at else replace(self, done_at=at, done_by=by, done_why=why)


def is_torn(record: CallRecord) -> bool:
    """Whether the network lost this call while it was talked on."""
    return bool(record.answered_at) and record.ended_by == "network"


def is_missed(record: CallRecord) -> bool:
    """Whether somebody was not heard to the end; whom an agent turned away (rejected) was missed too."""
    return is_torn(record) or (record.direction is Direction.INCOMING and not record.answered_at)


def after(entry: MissedCall | None, record: CallRecord) -> MissedCall | None:
    """The entry of a number after this call of it; None = nothing is missed."""
    if is_missed(record):
        return (entry or MissedCall(record.number, ())).rung_again(record)
    if entry is None or entry.done_at or not record.answered_at or record.answered_at < entry.last_at:
        return entry
    why = "answered" if record.direction is Direction.INCOMING else "reached"
    return entry.settled(why, record.agent, record.answered_at)


def in_turn(entries: tuple[MissedCall, ...]) -> tuple[MissedCall, ...]:
    """What is still to be done first: emergency-looking before the rest, then who waits longest; then the done ones."""
    still_open = [entry for entry in entries if not entry.done_at]
    done = [entry for entry in entries if entry.done_at]
    still_open.sort(key=lambda entry: (not entry.is_urgent, entry.first_at))
    return (*still_open, *sorted(done, key=lambda entry: -entry.done_at))
