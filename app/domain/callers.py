"""Who rings again and again (R15, R16, N1): what the record says of a number, and what a lead has written beside it.

It advises and never blocks: the same number may be the one that calls for help tonight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.call import CallId
from app.domain.shield import AbuseRules

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class PastCall:
    """One call of a number, here or at a colleague's, without a word of what was said. `notices`: civility notices played."""

    call: CallId
    rang_at: float
    answered_at: float = 0.0
    is_silent: bool = False
    notices: int = 0


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A lead's note on one number (R16: restrict these people, not everyone), shown to every agent until `until`.

    `until` at or before `at` takes an earlier mark away.
    """

    number: str
    advice: str
    by: str
    at: float
    until: float

    def is_valid(self, now: float) -> bool:
        return bool(self.number) and self.at <= now + 300 and now < self.until


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often a number rang. `tonight` counts the night that is now, 0 by day; `nights` all night calls of the window."""

    today: int = 0
    tonight: int = 0
    nights: int = 0
    window: int = 0
    window_days: int = 7
    silent: int = 0
    shielded: int = 0
    is_many: bool = False
    is_many_tonight: bool = False

    @property
    def is_remarkable(self) -> bool:
        return self.is_many or self.is_many_tonight or self.silent > 0 or self.shielded > 0


NO_REPEATS = Repeats()


def repeats(past: Iterable[PastCall], rules: AbuseRules, now: float) -> Repeats:
    """Counts the calls of one number before and at `now`, each call once, by the clock and zone of this machine."""
    since = now - rules.window_days * DAY_S
    seen = {call.call: call for call in past if since <= call.rang_at <= now + 60}
    night = night_began(rules, now)
    day = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    tonight = sum(call.rang_at >= night for call in seen.values()) if night else 0
    return Repeats(
        today=sum(call.rang_at >= day for call in seen.values()),
        tonight=tonight,
        nights=sum(bool(night_began(rules, call.rang_at)) for call in seen.values()),
        window=len(seen),
        window_days=rules.window_days,
        silent=sum(call.is_silent for call in seen.values()),
        shielded=sum(call.notices > 0 for call in seen.values()),
        is_many=len(seen) >= rules.many_calls > 0,
        is_many_tonight=tonight >= rules.many_at_night > 0,
    )


def night_began(rules: AbuseRules, at: float) -> float:
    """When the night that `at` lies in began; 0 by day."""
    clock = datetime.fromtimestamp(at)
    start = clock.replace(hour=rules.night_from % 24, minute=0, second=0, microsecond=0)
    if rules.night_from <= rules.night_to:  # a "night" within one day
        return start.timestamp() if rules.night_from <= clock.hour < rules.night_to else 0.0
    if clock.hour >= rules.night_from:
        return start.timestamp()
    return (start - timedelta(days=1)).timestamp() if clock.hour < rules.night_to else 0.0


def standing_mark(marks: Iterable[NumberMark], now: float) -> NumberMark | None:
    """The lead's latest word on a number, where it still holds."""
    latest = max(marks, key=lambda mark: (mark.at, mark.by), default=None)
    return latest if latest is not None and latest.is_valid(now) else None
