"""What is told of a stretch of speech: its words on the call's clock, in written form, or the mark that nobody heard it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.transcript import Repair, Utterance, Word
from app.speech.engine import RATE, text_of
from app.taps import FRAME_MS

FRAME_SAMPLES = RATE * FRAME_MS // 1000
UNHEARD_S = 0.5
"""Speech after the last words that were heard, from which on it is marked as missing."""


class Written(Protocol):
    """Words in written form; `heard_as`: what the recogniser wrote where that differs; `repairs`: what was put right."""

    @property
    def words(self) -> tuple[Word, ...]: ...
    @property
    def heard_as(self) -> str: ...
    @property
    def repairs(self) -> tuple[Repair, ...]: ...


Write = Callable[[tuple[Word, ...], bool], Written]
"""Gives words their written form; True for a final, which is worth more time. Called on the decoder's thread only."""


@dataclass(frozen=True, slots=True)
class AsHeard:
    words: tuple[Word, ...]
    heard_as: str = ""
    repairs: tuple[Repair, ...] = ()


def as_heard(words: tuple[Word, ...], is_final: bool) -> Written:  # noqa: ARG001  a `Write` that leaves words as they are
    return AsHeard(words)


def on_the_calls_clock(words: tuple[Word, ...], start_s: float) -> tuple[Word, ...]:
    return tuple(
        replace(word, start_s=round(start_s + word.start_s, 2), end_s=round(start_s + word.end_s, 2)) for word in words
    )


def told(blank: Utterance, written: Written, upto: int, is_final: bool) -> Utterance:
    """The utterance of these words, which reaches to the sample `upto` of its stretch."""
    return replace(
        blank,
        text=text_of(written.words),
        start_s=round(blank.start_s, 2),
        end_s=round(blank.start_s + upto / RATE, 2),
        final=is_final,
        words=written.words,
        confidence=confidence_of(written.words),
        heard_as=written.heard_as,
        repairs=written.repairs,
    )


def missing(blank: Utterance, begin: int, end: int) -> Utterance:
    """The mark for samples `begin` to `end` of a stretch; numbered by the tap frame it begins with, as all utterances are."""
    return Utterance(
        blank.speaker,
        blank.number + begin // FRAME_SAMPLES,
        "",
        round(blank.start_s + begin / RATE, 2),
        round(blank.start_s + end / RATE, 2),
        final=True,
        confidence=0.0,
        is_missing=True,
    )


def confidence_of(words: tuple[Word, ...]) -> float:
    """The mean over the signs, as each of them can be wrong."""
    signs = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / signs, 3) if signs else 0.0
