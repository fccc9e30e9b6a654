"""From what an engine heard to what is read: simplified, words of the site put right, numbers in digits, sentence marks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import opencc

from app.domain.transcript import Repair, Word
from app.speech.context_words import context_changes
from app.speech.engine import text_of
from app.speech.lexicon import Lexicon
from app.speech.number_form import number_changes
from app.speech.repair import Repairer
from app.speech.sentence_marks import sentence_marks, wide_marks
from app.speech.signs import Change, changed, spread
from app.speech.sound import readings_of, sound_of
from app.speech.word_frequency import CommonWords, common_words

MOST_WORDS = 20_000
"""Words of a site that are learnt; what comes after is left out. Each takes some 2 kB."""
_ROUNDS = 6
_NUMERAL = re.compile("[零〇一二三四五六七八九十百千万亿两]")


@dataclass(frozen=True, slots=True)
class Written:
    """The words put together are the written text; `heard_as`: what the engine wrote, "" where that is the same."""

    words: tuple[Word, ...]
    heard_as: str = ""
    repairs: tuple[Repair, ...] = ()


class Writer:
    """Writes what was heard; knows the words of the site. `write` is one thread's, `learn` may be another's."""

    def __init__(self, common: Callable[[], CommonWords] = common_words) -> None:
        self._common = common
        self._learnt: tuple[str, ...] = ()
        self._repairer: Repairer | None = None

    def learn(self, words: Sequence[str]) -> None:
        """Replaces what was learnt before; 0.5 s the first time, as the dictionary is read then, and 0.1 s for 1,000 words."""
        wanted = tuple(words)[:MOST_WORDS]
        if wanted == self._learnt and self._repairer is not None:
            return
        lexicon, common = Lexicon(wanted, readings_of), self._common()
        knows_what_is_common = len(common) > 0  # else every word might be taken for a mistake
        self._repairer = Repairer(lexicon, common, sound_of) if len(lexicon) and knows_what_is_common else None
        self._learnt = wanted

    def write(self, words: tuple[Word, ...], is_final: bool) -> Written:
        """The written form; writing it again changes nothing. A partial gets no marks of its own: they would jump."""
        heard = text_of(words)
        if not heard:
            return Written(words)
        written = spread(words, simplified(wide_marks(heard)))
        repaired, repairs = self._repaired(text_of(written), is_final)
        written = spread(written, repaired)
        if is_final:
            marks = sentence_marks(written)
            written, repairs = changed(written, marks), _moved(repairs, marks)
        marked = text_of(written)
        numbers = number_changes(marked, self._is_name_in(marked))
        written, repairs = changed(written, numbers), _moved(repairs, numbers)
        text = text_of(written)
        return Written(written, heard if heard != text else "", tuple(repairs))

    def _repaired(self, text: str, is_final: bool) -> tuple[str, list[Repair]]:
        """A repair may be what another one needs to be seen (3单元502市): looked at again until nothing changes."""
        new = text
        spans: list[tuple[int, int]] = []
        for _ in range(_ROUNDS if is_final else 1):
            changes = [*(self._repairer.repairs(new, is_final) if self._repairer is not None else ())]
            changes += [change for change in context_changes(new, sound_of(new)) if _is_apart(change, changes)]
            if not changes:
                break
            for change in changes:
                new = new[: change.start] + change.text + new[change.end :]
                spans.append((change.start, change.end))
        return new, [Repair(start, end, text[start:end]) for start, end in _joined(spans) if text[start:end] != new[start:end]]

    def _is_name_in(self, text: str) -> Callable[[int, int], bool]:
        """Whether the numeral at a place is part of a word of the site: 三里屯街道, 十八里店."""
        spans = self._repairer.lexicon.spans(text) if self._repairer is not None and _NUMERAL.search(text) else []
        return lambda start, end: any(left < end and right > start for left, right in spans)


def _is_apart(change: Change, others: Sequence[Change]) -> bool:
    return all(change.end <= other.start or change.start >= other.end for other in others)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _moved(repairs: Sequence[Repair], changes: Sequence[Change]) -> list[Repair]:
    """The repairs at their places after the changes; what a change wrote anew is part of its repair."""
    moved = []
    for repair in repairs:
        start, end = repair.start, repair.end
        for change in changes:
            more = len(change.text) - (change.end - change.start)
            if change.end <= repair.start:
                start, end = start + more, end + more
            elif change.start < repair.end:
                end += more
        moved.append(Repair(start, max(start, end), repair.was))
    return moved


@lru_cache(1)
def _converter() -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@lru_cache(8192)
def _simple_sign(sign: str) -> str:
    simple = _converter()(sign)
    return simple if len(simple) == 1 else sign


def simplified(text: str) -> str:
    """Sign by sign, as an engine that writes Chinese well has done it in context already; 著 and 乾 are left to the engine."""
    return "".join(sign if sign < "\u4e00" or sign in "著乾" else _simple_sign(sign) for sign in text)
