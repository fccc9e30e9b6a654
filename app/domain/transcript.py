"""The words of a call, two voices apart, each with its place in time."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum


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
    `original` is what stood here before the agent corrected it, "" where nobody did.
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
        if any(u.original for u in self.utterances if (u.speaker, u.number) == (heard.speaker, heard.number)):
            return self
        kept = tuple(u for u in self.utterances if (u.speaker, u.number) != (heard.speaker, heard.number))
        if not heard.text and not heard.is_missing:
            return replace(self, utterances=kept)
        place = bisect_right([u.start_s for u in kept], heard.start_s)
        return replace(self, utterances=(*kept[:place], heard, *kept[place:]))

    def said_by(self, speaker: Speaker, final_only: bool = False) -> str:
        """All that this voice said, one utterance a line."""
        return "\n".join(u.text for u in self.utterances if u.speaker == speaker and (u.final or not final_only))


NOTHING_SAID = Transcript()
