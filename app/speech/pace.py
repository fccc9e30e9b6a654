"""How fast this PC hears, measured as it hears, and how well it can therefore afford to."""

from enum import IntEnum
from typing import Protocol, runtime_checkable

from app.domain.transcript import Word
from app.speech.engine import Sound


class Effort(IntEnum):
    """How well to hear: the width of the search. HASTY also gives up the model's liking for longer windows."""

    HASTY = 0
    QUICK = 1
    FAIR = 2
    BEST = 5


@runtime_checkable
class PacedEar(Protocol):
    """An ear that can trade words for time."""

    def listen_with(self, sound: Sound, effort: Effort, is_final: bool) -> tuple[Word, ...]:
        """As Ear.listen; `is_final` = nothing more will come, so that words get their exact places."""
        ...


_FIXED_S = {Effort.HASTY: 0.09, Effort.QUICK: 0.13, Effort.FAIR: 0.17, Effort.BEST: 0.18}
_EACH_S = {Effort.HASTY: 0.020, Effort.QUICK: 0.022, Effort.FAIR: 0.030, Effort.BEST: 0.045}
"""Seconds, and seconds a second of sound, on the two cores that Whisper-base was measured on; only their proportion counts."""
_MEMORY = 0.2
_WORST = 50.0


class Pace:
    """One number, how many times slower this PC is than the one measured, follows every decoding. Guarded by its owner."""

    def __init__(self) -> None:
        self.slowness = 1.0

    def learn(self, effort: Effort, sound_s: float, took_s: float) -> None:
        now = min(_WORST, took_s / _plan(effort, sound_s))
        self.slowness += _MEMORY * (now - self.slowness)

    def expected_s(self, effort: Effort, sound_s: float) -> float:
        return _plan(effort, sound_s) * self.slowness

    def best_within(self, sound_s: float, budget_s: float) -> Effort:
        """The best effort that is expected to end in time; QUICK where none is, HASTY where that takes twice too long."""
        for effort in (Effort.BEST, Effort.FAIR):
            if self.expected_s(effort, sound_s) <= budget_s:
                return effort
        return Effort.QUICK if self.expected_s(Effort.QUICK, sound_s) <= 2 * budget_s else Effort.HASTY


def _plan(effort: Effort, sound_s: float) -> float:
    return _FIXED_S[effort] + _EACH_S[effort] * sound_s
