"""The abuse shield (R14, S2 art. 14, 40(3)): graded notices, an end by the city's rule, never for somebody in danger."""

from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class AbuseRules:
    """What a city's rule pack allows. `steps` are keys of announcements, mildest first; without them there is no shield.

    `pause_s`: seconds from one step to the next, so that a caller has time to mend. `may_end`: after the last step the call
    may be ended by rule. A call of a number is "many" from `many_calls` within `window_days` on; nights go from `night_from`
    to `night_to` (hours). `silent_s`: an answered caller who says nothing for so long may be unable to speak.
    """

    steps: tuple[str, ...] = ()
    farewell: str = "farewell"
    pause_s: int = 10
    may_end: bool = False
    tells_lead: bool = True
    threats: tuple[str, ...] = ()
    to_police: str = ""
    silent_s: int = 8
    night_from: int = 22
    night_to: int = 6
    many_calls: int = 5
    many_at_night: int = 3
    window_days: int = 7
    mark_days: int = 30
    source: str = ""


class StepKind(StrEnum):
    NOTICE = "notice"  # a civility notice was played
    QUESTION = "question"  # a silent caller was asked to press 1
    SUSPENDED = "suspended"  # emergency words or an emergency line: the shield rests
    RESUMED = "resumed"  # the agent said that nobody is in danger
    ENDING = "ending"  # the farewell is being played
    STAYED = "stayed"  # the ending was called off
    ENDED = "ended"  # the call was ended by the city's rule
    SEALED = "sealed"  # an evidence pack was sealed
    EXPORTED = "exported"  # an open copy was given out


class ShieldWhy(StrEnum):
    """Why the shield does not do what was asked."""

    NO_RULES = "no_rules"
    NO_CALL = "no_call"
    SUSPENDED = "suspended"
    EMERGENCY = "emergency"
    THREE_WAY = "three_way"
    HELD = "held"
    TOO_SOON = "too_soon"
    LAST_PLAYED = "last_played"
    STEPS_WANTED = "steps_wanted"
    MAY_NOT_END = "may_not_end"
    SILENT_CALLER = "silent_caller"
    NO_SOUND = "no_sound"


@dataclass(frozen=True, slots=True)
class ShieldStep:
    """One step, as the journal, the centre and the evidence keep it. `what`: announcement, words, or "".

    `grade`: 1, 2, 3… of a notice. Times are Unix seconds.
    """

    kind: StepKind
    at: float
    by: str
    what: str = ""
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the shield must know of a call before it does anything."""

    is_talking: bool = False
    is_held: bool = False
    has_emergency: bool = False
    has_third_party: bool = False
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Shield:
    """The shield of one call. `suspended_by`: the words that did it, "" = it stands; `ends_at`: when the farewell is over."""

    steps: tuple[ShieldStep, ...] = ()
    suspended_by: str = ""
    ends_at: float = 0.0
    was_ended: bool = False

    @property
    def grade(self) -> int:
        """How many notices were played."""
        return sum(step.kind is StepKind.NOTICE for step in self.steps)

    @property
    def last_notice_at(self) -> float:
        return max((step.at for step in self.steps if step.kind is StepKind.NOTICE), default=0.0)

    @property
    def is_used(self) -> bool:
        """Whether there is something to be proved later."""
        return any(step.kind in (StepKind.NOTICE, StepKind.ENDING, StepKind.ENDED) for step in self.steps)

    @property
    def is_ending(self) -> bool:
        return self.ends_at > 0

    def next_key(self, rules: AbuseRules) -> str:
        """The announcement of the next step; "" after the last."""
        return rules.steps[self.grade] if self.grade < len(rules.steps) else ""

    def why_no_notice(self, rules: AbuseRules, call: Standing, now: float) -> ShieldWhy | None:
        """What speaks against the next notice; None = it may be played."""
        if not rules.steps:
            return ShieldWhy.NO_RULES
        if (why := self._why_not(call)) is not None:
            return why
        if not self.next_key(rules):
            return ShieldWhy.LAST_PLAYED
        if self.grade and now - self.last_notice_at < rules.pause_s:
            return ShieldWhy.TOO_SOON
        return None

    def why_no_end(self, rules: AbuseRules, call: Standing, now: float) -> ShieldWhy | None:
        """What speaks against ending the call by rule; None = the city allows it."""
        if not rules.steps or not rules.may_end:
            return ShieldWhy.MAY_NOT_END
        if (why := self._why_not(call)) is not None:
            return why
        if call.has_third_party:
            return ShieldWhy.THREE_WAY
        if call.is_silent:
            return ShieldWhy.SILENT_CALLER
        if self.next_key(rules):
            return ShieldWhy.STEPS_WANTED
        if now - self.last_notice_at < rules.pause_s:
            return ShieldWhy.TOO_SOON
        return None

    def _why_not(self, call: Standing) -> ShieldWhy | None:
        if call.has_emergency:
            return ShieldWhy.EMERGENCY
        if self.suspended_by:
            return ShieldWhy.SUSPENDED
        if call.is_held:
            return ShieldWhy.HELD
        return None if call.is_talking else ShieldWhy.NO_CALL

    def with_step(self, step: ShieldStep) -> "Shield":
        """The shield after a step, however it came about: also read again from the journal."""
        after = replace(self, steps=(*self.steps, step))
        match step.kind:
            case StepKind.SUSPENDED:
                return replace(after, suspended_by=step.what or self.suspended_by or "?", ends_at=0.0)
            case StepKind.RESUMED:
                return replace(after, suspended_by="")
            case StepKind.STAYED:
                return replace(after, ends_at=0.0)
            case StepKind.ENDED:
                return replace(after, ends_at=0.0, was_ended=True)
            case _:
                return after

    def ending_at(self, at: float) -> "Shield":
        return replace(self, ends_at=at)


def heard_threat(rules: AbuseRules, text: str) -> str:
    """The word of the pack that makes what was said a threat to staff (a matter for the police, art. 40(3)); "" = none."""
    return next((word for word in rules.threats if word in text), "")
