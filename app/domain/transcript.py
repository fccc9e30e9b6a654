"""The words of a call, two voices apart, each with its place in time."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.alignment import Step, moved, steps_between
from app.errors import RuleBroken

SENTENCE_LIMIT = 1000
"""Characters that a corrected utterance may have; longer input is refused, never cut."""

DOUBTFUL = 0.65
"""Words that the recogniser is less sure of are shown as such.

Measured with Whisper-base over a telephone line on read Mandarin (AISHELL-1), by sign. Chosen on 80 sentences of one voice:
0.65 marks 23 % of the signs; 42 % of these are wrong, and they are 60 % of all that is wrong. 0.5 marks 14 %, 39 % of them
wrong, 33 % of all; above 0.65 what is marked is ever more often right (0.8: 36 % wrong, 0.9: 29 %). Tried on 80 sentences of
another voice: 28 %, 47 %, 58 % (0.5: 15 %, 54 %, 34 %). Of what is not marked 9 % and 13 % are wrong: likelier right, not
surely."""


class Speaker(StrEnum):
    CALLER = "caller"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Word:
    """Times are seconds since the call was answered; `confidence` 0…1, 1 where the engine says nothing of it."""

    text: str
    start_s: float
    end_s: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters `start`…`end` of an utterance's text that were put right after recognition; `was` is what was heard there."""

    start: int
    end: int
    was: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech of one voice; a partial has the same `number` as the final that will replace it.

    The texts of `words`, put together, are `text` (written form, repairs done); `heard_as` is what the recogniser itself wrote,
    "" where that is the same. `is_missing`: somebody spoke here and nothing could listen; `text` is "".
    `original` is what stood here before the agent corrected it, "" where nobody did; `first` is the whole of that state.
    """

    speaker: Speaker
    number: int
    text: str
    start_s: float
    end_s: float
    final: bool
    words: tuple[Word, ...] = ()
    confidence: float = 1.0
    heard_as: str = ""
    repairs: tuple[Repair, ...] = ()
    is_missing: bool = False
    original: str = ""
    first: "Utterance | None" = None

    @property
    def is_corrected(self) -> bool:
        """Whether the agent put other words here: what is heard later never takes their place."""
        return self.first is not None or bool(self.original)

    def corrected(self, text: str) -> "Utterance":
        """With the agent's words; words that stay keep their times. The words of the first state bring that state back.

        Raises RuleBroken for more than SENTENCE_LIMIT characters.
        """
        text = " ".join(text.split("\n")).strip()
        if len(text) > SENTENCE_LIMIT:
            raise RuleBroken("sentence", f"{len(text)} > {SENTENCE_LIMIT}")
        if text == self.text or not self.final:
            return self
        if self.first is not None and text == self.first.text:
            return self.first
        return self._rewritten(text, self.repairs)

    def with_repair_undone(self, start: int) -> "Utterance":
        """With what was heard in the place of the repair that begins at `start`; unchanged where none does."""
        undone = next((repair for repair in self.repairs if repair.start == start), None)
        if undone is None or not self.final:
            return self
        text = self.text[: undone.start] + undone.was + self.text[undone.end :]
        return self._rewritten(text, tuple(repair for repair in self.repairs if repair is not undone))

    def restored(self) -> "Utterance":
        """As it stood before the agent's first correction."""
        return self.first if self.first is not None else self

    def times_of(self, start: int, end: int) -> tuple[float, float]:
        """Seconds at which these characters were said, by the words they lie in; evenly spread where words are unknown."""
        done, inside = 0, []
        for word in self.words:
            if done < end and done + len(word.text) > start:
                inside.append(word)
            done += len(word.text)
        if inside:
            return inside[0].start_s, max(word.end_s for word in inside)
        share = (self.end_s - self.start_s) / max(1, len(self.text))
        first, last = max(0, min(start, len(self.text))), max(0, min(end, len(self.text)))
        return self.start_s + first * share, self.start_s + last * share

    def doubtful_spans(self, below: float = DOUBTFUL) -> tuple[tuple[int, int, float], ...]:
        """Stretches that the recogniser is unsure of, and how sure (0…1); a sentence that the agent put right is sure."""
        if self.is_missing or not self.text or self.is_corrected:
            return ()
        if not any(word.confidence < 1.0 for word in self.words):
            return ((0, len(self.text), self.confidence),) if self.confidence < below else ()
        spans, done = [], 0
        for word in self.words:
            if word.confidence < below and any(sign.isalnum() for sign in word.text):
                spans.append((done, done + len(word.text), word.confidence))
            done += len(word.text)
        return tuple(spans)

    def _rewritten(self, text: str, repairs: tuple[Repair, ...]) -> "Utterance":
        steps = steps_between(self.text, text)
        places = [(repair, moved(steps, repair.start, repair.end)) for repair in repairs]
        kept = tuple(replace(repair, start=at.start, end=at.end) for repair, at in places if at is not None and at.is_whole)
        first = self.restored()
        words = _retimed(self, text, steps)
        return replace(
            self, text=text, words=words, repairs=kept, is_missing=False, original=first.text, first=replace(first, first=None)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a field came from (证据片段), how sure that is (0…1), and the rule that read the field in them."""

    speaker: Speaker
    utterance: int
    start: int  # characters within the utterance's text
    end: int
    text: str
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Utterances in order of their beginning; a partial settles in place when its final comes."""

    utterances: tuple[Utterance, ...] = ()

    def with_heard(self, heard: Utterance) -> "Transcript":
        """The transcript after `heard`: replaces the partial of the same voice and number, drops an empty one.

        What the agent has corrected stays as corrected.
        """
        said = self.utterances
        known = self.place_of(heard.speaker, heard.number)
        if known is not None:
            if said[known].is_corrected:
                return self
            said = said[:known] + said[known + 1 :]
        if not (heard.text or heard.is_missing or heard.is_corrected):
            return replace(self, utterances=said)
        place = bisect_right(said, heard.start_s, key=_start_of)
        return replace(self, utterances=(*said[:place], heard, *said[place:]))

    def place_of(self, speaker: Speaker, number: int) -> int | None:
        """Where in `utterances` it stands; the latest are looked at first."""
        said = self.utterances
        for place in range(len(said) - 1, -1, -1):
            if said[place].number == number and said[place].speaker == speaker:
                return place
        return None

    def utterance(self, speaker: Speaker, number: int) -> Utterance | None:
        place = self.place_of(speaker, number)
        return None if place is None else self.utterances[place]

    def holds(self, part: Evidence) -> bool:
        """Whether these very words stand here: the numbers of another call's utterances may be the same."""
        said = self.utterance(part.speaker, part.utterance)
        return said is not None and said.text[part.start : part.end] == part.text

    def with_changed(self, utterance: Utterance) -> "Transcript":
        """With this utterance in the place of the one of the same voice and number; unchanged where there is none."""
        place = self.place_of(utterance.speaker, utterance.number)
        if place is None or self.utterances[place] is utterance:
            return self
        return replace(self, utterances=(*self.utterances[:place], utterance, *self.utterances[place + 1 :]))

    def corrected(self, speaker: Speaker, number: int, text: str) -> "Transcript":
        """With the agent's words in the place of what was heard; see Utterance.corrected."""
        said = self.utterance(speaker, number)
        return self if said is None else self.with_changed(said.corrected(text))

    def with_repair_undone(self, speaker: Speaker, number: int, start: int) -> "Transcript":
        said = self.utterance(speaker, number)
        return self if said is None else self.with_changed(said.with_repair_undone(start))

    def with_original_restored(self, speaker: Speaker, number: int) -> "Transcript":
        said = self.utterance(speaker, number)
        return self if said is None else self.with_changed(said.restored())

    def said_by(self, speaker: Speaker, final_only: bool = False) -> str:
        """All that this voice said, one utterance a line."""
        return "\n".join(u.text for u in self.utterances if u.speaker == speaker and (u.final or not final_only))


NOTHING_SAID = Transcript()

EvidenceOf = Mapping[str, tuple[Evidence, ...]]
"""The words that each field came from."""


def transcript_of(utterances: Iterable[Utterance]) -> Transcript:
    """A transcript of utterances in any order, each of them once."""
    return Transcript(tuple(sorted(utterances, key=_start_of)))


def moved_evidence(evidence: EvidenceOf, before: Utterance, after: Utterance) -> tuple[EvidenceOf, frozenset[str]]:
    """The evidence after `before` became `after`, and the fields whose words there are not the same any more.

    A span goes where its characters went; one of which none is left is dropped.
    """
    steps = steps_between(before.text, after.text)
    changed: set[str] = set()
    result: dict[str, tuple[Evidence, ...]] = {}
    for name, parts in evidence.items():
        kept: list[Evidence] = []
        for part in parts:
            if (part.speaker, part.utterance) != (before.speaker, before.number):
                kept.append(part)
                continue
            at = moved(steps, part.start, part.end)
            if at is None or not at.is_whole:
                changed.add(name)
            if at is not None:
                kept.append(replace(part, start=at.start, end=at.end, text=after.text[at.start : at.end]))
        if kept:
            result[name] = tuple(kept)
    return result, frozenset(changed)


def _start_of(utterance: Utterance) -> float:
    return utterance.start_s


def _retimed(before: Utterance, text: str, steps: tuple[Step, ...]) -> tuple[Word, ...]:
    """The words of a corrected text: what stayed keeps its times, what is new has the time of what stood there."""
    if "".join(word.text for word in before.words) != before.text or not before.words:
        return (Word(text, before.start_s, before.end_s),) if text else ()
    made: list[Word] = []
    for step in steps:
        if step.is_same:
            made += _part_of(before.words, step.start, step.end)
        elif step.new_start < step.new_end:
            made.append(Word(text[step.new_start : step.new_end], *_gap(before, step)))
    return tuple(made)


def _part_of(words: tuple[Word, ...], start: int, end: int) -> list[Word]:
    """The words between two characters; one that is cut has its share of the time."""
    parts, done = [], 0
    for word in words:
        left, right = max(start, done), min(end, done + len(word.text))
        if left < right:
            share = (word.end_s - word.start_s) / len(word.text)
            cut = Word(
                word.text[left - done : right - done],
                word.start_s + (left - done) * share,
                word.end_s - (done + len(word.text) - right) * share,
                word.confidence,
            )
            parts.append(word if right - left == len(word.text) else cut)
        done += len(word.text)
    return parts


def _gap(before: Utterance, step: Step) -> tuple[float, float]:
    """When what stood at the place of a change was said; for words that were added, the pause between their neighbours."""
    if step.start < step.end:
        inside = _part_of(before.words, step.start, step.end)
        return inside[0].start_s, inside[-1].end_s
    ahead = _part_of(before.words, max(0, step.start - 1), step.start)
    behind = _part_of(before.words, step.start, step.start + 1)
    since = ahead[-1].end_s if ahead else before.start_s
    until = behind[0].start_s if behind else before.end_s
    return since, max(since, until)
