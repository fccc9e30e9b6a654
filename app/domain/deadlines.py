"""The next limit (时限) of a ticket as a rule pack sets it: in words always, as a moment only where hours are counted.

Working days need the city's calendar with its make-up days; without it no date is named: a wrong date is worse than none.
"""

from dataclasses import dataclass

from app.domain.rulepack import Limit, LimitStart, LimitUnit, RulePack
from app.domain.ticket import RequestKind, Urgency

HOUR_S = 3600.0

_STARTS = {LimitStart.DISPATCH: "派单后", LimitStart.SIGNING: "签收后"}
_UNITS = {LimitUnit.HOURS: "小时", LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.DAYS: "日"}


@dataclass(frozen=True, slots=True)
class NextLimit:
    """`due_at`: Unix seconds, None where it cannot be said without a calendar or before the limit begins to run."""

    text: str
    source: str
    due_at: float | None = None


def next_limits(
    pack: RulePack, kind: RequestKind | None, urgency: Urgency, text: str, dispatched_at: float | None = None
) -> tuple[NextLimit, ...]:
    """The limits that begin when the ticket is dispatched, in the order of the pack: of each step only the first that fits."""
    chosen: dict[str, Limit] = {}
    for limit in pack.limits:
        if limit.fits(kind, urgency, text):
            chosen.setdefault(limit.step, limit)
    return tuple(NextLimit(in_words(limit), limit.source, _due_at(limit, dispatched_at)) for limit in chosen.values())


def deadline_text(pack: RulePack, kind: RequestKind | None, urgency: Urgency, text: str) -> str:
    """All that applies, for one line of the screen."""
    return "；".join(limit.text for limit in next_limits(pack, kind, urgency, text))


def in_words(limit: Limit) -> str:
    if limit.unit is LimitUnit.AT_ONCE:
        return f"立即{limit.step}"
    return f"{_STARTS[limit.start]}{limit.amount}{_UNITS[limit.unit]}内{limit.step}"


def _due_at(limit: Limit, dispatched_at: float | None) -> float | None:
    if dispatched_at is None or limit.start is not LimitStart.DISPATCH or limit.unit is not LimitUnit.HOURS:
        return None
    return dispatched_at + limit.amount * HOUR_S
