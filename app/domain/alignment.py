"""How a corrected text follows from the one before: which characters stayed, and where spans of the old text are in the new."""

from dataclasses import dataclass
from difflib import SequenceMatcher

_COMPARED = 250_000
"""Pairs of characters up to which two texts are compared sign by sign: beyond it what differs counts as one change."""


@dataclass(frozen=True, slots=True)
class Step:
    """`start`…`end` of the old text is `new_start`…`new_end` of the new one; `is_same`: the characters are the same."""

    start: int
    end: int
    new_start: int
    new_end: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a span went; `is_whole`: with all its characters, and with no others among them."""

    start: int
    end: int
    is_whole: bool


def steps_between(before: str, after: str) -> tuple[Step, ...]:
    """The steps in order; together they cover both texts without gaps."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    steps = [Step(0, head, 0, head, True)] if head else []
    if len(old) * len(new) > _COMPARED:
        steps.append(Step(head, head + len(old), head, head + len(new), False))
    else:
        for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            steps.append(Step(head + start, head + end, head + new_start, head + new_end, tag == "equal"))
    if tail:
        steps.append(Step(len(before) - tail, len(before), len(after) - tail, len(after), True))
    return tuple(steps)


def moved(steps: tuple[Step, ...], start: int, end: int) -> Moved | None:
    """Where the characters `start`…`end` are now; None where none of them is left."""
    kept = 0
    places: list[int] = []
    for step in steps:
        left, right = max(start, step.start), min(end, step.end)
        if step.is_same and left < right:
            kept += right - left
            places += [step.new_start + left - step.start, step.new_start + right - step.start]
        elif not step.is_same and start <= step.start < step.end <= end:
            places += [step.new_start, step.new_end]  # words that were put in the place of some of the span's own
    if not kept:
        return None
    return Moved(min(places), max(places), kept == end - start == max(places) - min(places))


def _alike(left: str, right: str) -> int:
    """How many characters the two begin with in common."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
