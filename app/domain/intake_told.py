"""The turns of a call in order, and what readers find in them; only what is new or was corrected is cut and read anew."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from time import perf_counter
from typing import TypeVar, cast

from app.domain.intake_turns import HOLDS, Asked, Turn, affirmed, asked_by
from app.domain.transcript import Speaker, Transcript, Utterance

T = TypeVar("T")
Reader = Callable[[Turn], T | None]

_LATEST = 12
"""So many utterances of the agent in a row are looked at for what was asked."""

_MOST_STEPS = 12_000
_MOST_BLOCKS = 600
"""So much is kept of calls that were read; then all is cut anew, once."""

_STRIDE = 128
"""Utterances that are compared at once."""

_SPREAD = 40503
_BLOCK = 64
"""Turns of a block, on average: it begins at turns that their own number chooses, so that a turn more moves no other block."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring turns, and what each reader found in them."""

    turns: tuple[Turn, ...]
    found: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def of(self, reader: Reader[T]) -> list[T]:
        """What the reader finds in each turn, without what is nothing."""
        if reader not in self.found:
            self.found[reader] = [one for turn in self.turns if (one := turn.once(reader))]
        return cast(list[T], self.found[reader])


@dataclass(frozen=True, slots=True)
class Told:
    """What was told in a call: its turns in order, in blocks."""

    turns: tuple[Turn, ...] = ()
    blocks: tuple[Block, ...] = ()

    def all(self, reader: Reader[T]) -> list[T]:
        """What the reader finds, in order, without what is nothing."""
        return [one for block in self.blocks for one in block.of(reader)]

    def first(self, reader: Reader[T]) -> T | None:
        return next((found[0] for block in self.blocks if (found := block.of(reader))), None)

    def last(self, reader: Reader[T]) -> T | None:
        return next((found[-1] for block in reversed(self.blocks) if (found := block.of(reader))), None)

    def place_of(self, turn: Turn) -> int:
        return next(place for place, one in enumerate(self.turns) if one is turn)

    def around(self, turn: Turn, reach: int) -> Sequence[Turn]:
        """The turn and so many before and after it."""
        place = self.place_of(turn)
        return self.turns[max(0, place - reach) : place + reach + 1]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What stands open when somebody begins to speak: the agent's words since the caller's, what was asked, how long ago."""

    questions: tuple[Utterance, ...] = ()
    asked: frozenset[Asked] = frozenset()
    since: int = 0


_NOTHING_ASKED = _Asking()


@dataclass(frozen=True, slots=True)
class _Step:
    said: Utterance
    before: _Asking
    after: _Asking
    turns: tuple[Turn, ...]


class Turns:
    """Cuts calls into turns as they grow or are corrected. Not for several threads at once."""

    def __init__(self) -> None:
        self._steps: dict[tuple[Speaker, int], _Step] = {}
        self._blocks: dict[int, Block] = {}
        self._line: list[_Step] = []  # of the call that was cut last
        self._said: list[Utterance] = []

    def of(self, transcript: Transcript, until: float = inf) -> Told | None:
        """The caller's final utterances in order, and those of the agent that the caller agreed to right after.

        None where `until` (of perf_counter) came first; the next call goes on from there.
        """
        said = transcript.utterances
        same = _same(self._said, said)
        del self._said[same:], self._line[same:]
        if len(self._steps) > _MOST_STEPS:
            self._steps.clear()
        asking = self._line[-1].after if self._line else _NOTHING_ASKED
        for utterance in said[same:]:
            step = self._steps.get((utterance.speaker, utterance.number))
            if step is None or not _is_same(step, utterance, asking):
                if perf_counter() > until:
                    return None
                step = self._steps[utterance.speaker, utterance.number] = _step(utterance, asking, step)
            asking = step.after
            self._said.append(utterance)
            self._line.append(step)
        turns = tuple(turn for step in self._line for turn in step.turns)
        return Told(turns, tuple(self._in_blocks(turns)))

    def _in_blocks(self, turns: tuple[Turn, ...]) -> Iterator[Block]:
        if len(self._blocks) > _MOST_BLOCKS:
            self._blocks.clear()
        starts = [place for place, turn in enumerate(turns) if turn.opens or not place]
        for start, end in pairwise([*starts, len(turns)]):
            own = turns[start:end]
            block = self._blocks.get(id(own[0]))
            if block is None or len(block.turns) != len(own) or any(a is not b for a, b in zip(block.turns, own, strict=True)):
                block = self._blocks[id(own[0])] = Block(own)
            yield block


def turns_of(transcript: Transcript) -> Told:
    """The turns of a call, cut anew."""
    return Turns().of(transcript) or Told()


def _same(before: Sequence[Utterance], now: Sequence[Utterance]) -> int:
    """How many utterances at the beginning are the same."""
    most = min(len(before), len(now))
    same = next((at for at in range(0, most, _STRIDE) if list(before[at : at + _STRIDE]) != list(now[at : at + _STRIDE])), most)
    while same < most and (before[same] is now[same] or before[same] == now[same]):
        same += 1
    return same


def _is_same(step: _Step, said: Utterance, asking: _Asking) -> bool:
    return (step.said is said or step.said == said) and (step.before is asking or step.before == asking)


def _step(said: Utterance, asking: _Asking, known: _Step | None) -> _Step:
    if not said.final or not said.text.strip():
        return _Step(said, asking, asking, ())
    if said.speaker is Speaker.AGENT:
        return _Step(said, asking, replace(asking, questions=(*asking.questions, said)[-_LATEST:]), ())
    questions, asked, since = asking.questions, asking.asked, asking.since
    if questions:
        asked = asked_by(" ".join(q.text for q in questions)) or (asked if since < HOLDS else frozenset())
        since = 0
    asked = asked if since < HOLDS else frozenset()
    opens = (said.number * _SPREAD & 0xFFFF) * _BLOCK < 0x10000
    turns = (*affirmed(questions, said), Turn(said, asked, since == 0 and bool(questions), opens=opens))
    if known is not None and known.turns == turns:
        turns = known.turns  # with what was read in them
    return _Step(said, asking, _Asking((), asked, min(since + 1, HOLDS)), turns)
