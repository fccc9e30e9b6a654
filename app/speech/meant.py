"""What speaks for a stretch being meant as it was written: a word, a denial, a rare sign, words that read on past its ends."""

import math
from collections.abc import Sequence

from app.speech.lexicon import Entry, Match
from app.speech.word_frequency import CommonWords

AROUND = 3
"""Signs before and behind a stretch that are read with it."""
_MET = 50
"""A word that the list counts so often is one that people meet."""
_SHORT = 3
_DENIALS = frozenset("不没无非未别勿")
"""A repair never makes a denial, nor takes one away: 补发工资 is not 不发工资."""


class Meaning:
    """Asks the words of general language; never changes once built; any thread."""

    def __init__(self, common: CommonWords) -> None:
        self._common = common

    def denies(self, entry: Entry, heard: str) -> bool:
        """Whether a denial would come or go; 没 before what is no word is none: 没气位 is 煤气味, 没气味 is not."""
        return any(
            entry.word[at] in _DENIALS
            or (heard[at] in _DENIALS and (heard[at] != "没" or self._common.is_common(heard[at + 1 : at + 3])))
            for at in unlike(entry, heard)
        )

    def is_meant(self, entry: Entry, heard: str) -> bool:
        """Whether what was heard is a word or made of words, holds another one (市税务局 is not 市水务局), or is a place
        that bears another word's name: 新华街道 is not 兴华街道."""
        if self._common.is_common(heard) or self._is_made_of_words(entry, heard) or self._holds(entry, heard, 3, 3):
            return True
        return entry.is_place and self._is_another_name(entry, heard)

    def _is_another_name(self, entry: Entry, heard: str) -> bool:
        stem = heard[: entry.stem]
        if stem != entry.word[: entry.stem] and len(stem) > 1 and self._common.is_common(stem):
            return True
        return len(heard) <= _SHORT and self._holds(entry, heard, 2, _MET)

    def reads_on(self, match: Match, text: str, left: int, right: int) -> bool:
        """Whether the likeliest reading of `text[left:right]` has a word across an end of the stretch (施[工的噪音]),
        or the stretch begins with what a figure or a letter before it counts or names: 10[栋新房]."""
        heard = text[match.start : match.end]
        if (
            match.start
            and heard[0] != match.entry.word[0]
            and text[match.start - 1].isascii()
            and text[match.start - 1].isalnum()
        ):
            return True
        ends = (match.start,) if _ends_as_its_kind(match.entry, heard) else (match.start, match.end)
        at = left
        for word in self.cut(text[left:right]):
            if any(at < end < at + len(word) for end in ends):
                return True
            at += len(word)
        return False

    def cut(self, text: str) -> list[str]:
        """The likeliest words of these signs."""
        _, lengths = self._read(text)
        words: list[str] = []
        end = len(text)
        while end:
            words.append(text[end - lengths[end] : end])
            end -= lengths[end]
        return words[::-1]

    def likelihood(self, text: str) -> float:
        """Of the likeliest way to cut these signs into words."""
        return self._read(text)[0]

    def _read(self, text: str) -> tuple[float, list[int]]:
        best = [0.0, *([-math.inf] * len(text))]
        lengths = [0] * len(best)
        for end in range(1, len(best)):
            for start in range(max(0, end - 5), end):
                share = self._common.share(text[start:end])
                if best[start] + share > best[end]:
                    best[end], lengths[end] = best[start] + share, end - start
        return best[-1], lengths

    def has_rare_sign(self, entry: Entry, heard: str) -> bool:
        """Recognisers err towards what is common: 麓谷街道 is hardly 鲁谷街道."""
        return any(self._common.is_rare(heard[at]) and not self._common.is_rare(entry.word[at]) for at in unlike(entry, heard))

    def _is_made_of_words(self, entry: Entry, heard: str) -> bool:
        """物业公示 is not 物业公司: two words, of which the other one is met, too."""
        return any(
            all(self._common.is_common(part, 3 if part == wanted else _MET) for part, wanted in parts)
            for middle in range(2, len(heard) - 1)
            for parts in [((heard[:middle], entry.word[:middle]), (heard[middle:], entry.word[middle:]))]
        )

    def _holds(self, entry: Entry, heard: str, shortest: int, least: int) -> bool:
        return any(
            self._common.is_common(heard[start:end], least) and heard[start:end] != entry.word[start:end]
            for start in range(len(heard)) for end in range(start + shortest, len(heard) + 1)
        )  # fmt: skip


def _ends_as_its_kind(entry: Entry, heard: str) -> bool:
    """A place that is called a town or a street is one, though 镇住 is a word, too."""
    return entry.is_place and entry.stem < len(heard) and heard[entry.stem :] == entry.word[entry.stem :]


def unlike(entry: Entry, heard: str) -> Sequence[int]:
    """Where the signs differ."""
    return [at for at, sign in enumerate(heard) if sign != entry.word[at]]
