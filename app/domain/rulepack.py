"""A rule pack (规则包): what one city's rules say of what is received and how long each kind may take."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.shield import AbuseRules
from app.domain.ticket import RequestKind, Urgency


class LimitUnit(StrEnum):
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    AT_ONCE = "at_once"


class LimitStart(StrEnum):
    DISPATCH = "dispatch"  # 派单
    SIGNING = "signing"  # 签收


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit (时限) of one step, from which moment it counts, and the article it rests on.

    Without `kinds` or `urgencies` it holds for all; without `words` it does not depend on the matter.
    """

    step: str
    amount: int
    unit: LimitUnit
    start: LimitStart
    source: str
    kinds: tuple[RequestKind, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    words: tuple[str, ...] = ()

    def fits(self, kind: RequestKind | None, urgency: Urgency, text: str) -> bool:
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.urgencies or urgency in self.urgencies)
            and (not self.words or any(word in text for word in self.words))
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to take a matter up (不予受理), the words that suggest it, and the proper channel to name (R6, R7)."""

    key: str
    reason: str
    channel: str
    source: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulePack:
    """`may_decline` False: everything is received (Beijing, R8). A ticket keeps the pack it was born under."""

    key: str
    city: str
    version: str
    source: str
    may_decline: bool
    limits: tuple[Limit, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    abuse: AbuseRules = field(default_factory=AbuseRules)

    def refusal_for(self, text: str) -> Refusal | None:
        """The refusal that the caller's words suggest most strongly; None where nothing does or nothing may be declined."""
        if not self.may_decline:
            return None
        weights = {refusal.key: sum(word in text for word in refusal.words) for refusal in self.refusals}
        best = max(self.refusals, key=lambda refusal: weights[refusal.key], default=None)
        return best if best is not None and weights[best.key] else None
