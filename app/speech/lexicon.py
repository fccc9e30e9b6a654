"""The words of the site (专有词表) by their sound: which of them a stretch of recognised text may have been."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from app.domain.sound import fuzzy

ReadingsOf = Callable[[str], Sequence[frozenset[str]]]
"""All toneless readings of each sign of a word: 着 → {zhe, zhao, zhuo}."""

LONGEST = 12
_MOST_READINGS = 12
_SHORT_NEEDS_CONTEXT = 2
_SUFFIXES = (
    "街道办事处",
    "人民政府",
    "街道",
    "地区",
    "新区",
    "社区",
    "小区",
    "家园",
    "花园",
    *"镇乡区路街村里桥巷园苑庄寺门口站营店屯",
)
"""How names of places end; what stands before is their own name."""
_JOINTS = "和与及的、，。；：（）()《》“”/ 　"


@dataclass(frozen=True, slots=True)
class Entry:
    """`stem`: signs of a place's own name, all signs of any other word. `needs_context`: too short to be known by sound."""

    word: str
    readings: tuple[frozenset[str], ...]
    stem: int
    is_place: bool
    needs_context: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Signs from `start` on sound like this word, but for the sign `odd` (counted in the word; -1 = none)."""

    start: int
    entry: Entry
    odd: int = -1

    @property
    def end(self) -> int:
        return self.start + len(self.entry.word)


class Lexicon:
    """Finds entries in the time of a few look-ups a sign; never changes once built."""

    def __init__(self, words: Iterable[str], readings_of: ReadingsOf) -> None:
        self._alike: dict[tuple[str, ...], list[Entry]] = {}
        self._nearly: dict[tuple[str | None, ...], list[Entry]] = {}
        self._spelt: set[str] = set()
        for word, is_short_form in _all_forms(words):
            if word not in self._spelt:
                self._add(_entry(word, readings_of(word), is_short_form))
        self._lengths = sorted({len(word) for word in self._spelt}, reverse=True)
        self._firsts, self._seconds = _lengths_by(self._alike, 0), _lengths_by(self._alike, 1)

    def __len__(self) -> int:
        return len(self._spelt)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where words of the lexicon stand as they are written; the longest of those that begin together."""
        found = []
        for start in range(len(text)):
            for length in self._lengths:
                if text[start : start + length] in self._spelt and start + length <= len(text):
                    found.append((start, start + length))
                    break
        return found

    def matches(self, text: str, sounds: Sequence[str], with_near: bool) -> Iterator[Match]:
        """Words that sound like a stretch of `text`, which is written otherwise; `with_near`: also with one sign unlike.

        `sounds`: one fuzzy syllable a sign.
        """
        said = tuple(sounds)
        for start, first in enumerate(said):
            rest = len(said) - start
            for length in self._firsts.get(first, ()):
                if length <= rest:
                    window = said[start : start + length]
                    for entry in self._alike.get(window, ()):
                        if entry.word != text[start : start + length]:
                            yield Match(start, entry)
                    if with_near:
                        yield from self._near(start, window, range(1, length))
            if with_near and rest > 1:
                for length in self._seconds.get(said[start + 1], ()):
                    if length <= rest:
                        yield from self._near(start, said[start : start + length], range(1))

    def _near(self, start: int, window: tuple[str, ...], odds: Iterable[int]) -> Iterator[Match]:
        for odd in odds:
            for entry in self._nearly.get((*window[:odd], None, *window[odd + 1 :]), ()):
                if window[odd] not in {fuzzy(reading) for reading in entry.readings[odd]}:
                    yield Match(start, entry, odd)

    def _add(self, entry: Entry) -> None:
        self._spelt.add(entry.word)
        ways = [sorted({fuzzy(reading) for reading in readings}) for readings in entry.readings]
        for number, way in enumerate(product(*ways)):
            if number >= _MOST_READINGS:
                break
            self._alike.setdefault(way, []).append(entry)
            for odd in range(len(way)) if not entry.needs_context else ():
                self._nearly.setdefault((*way[:odd], None, *way[odd + 1 :]), []).append(entry)


def _entry(word: str, readings: Sequence[frozenset[str]], is_short_form: bool) -> Entry:
    suffix = next((suffix for suffix in _SUFFIXES if word.endswith(suffix) and len(word) > len(suffix) + 1), "")
    needs_context = is_short_form and len(word) <= _SHORT_NEEDS_CONTEXT
    return Entry(word, tuple(readings), len(word) - len(suffix), bool(suffix) or is_short_form, needs_context)


def _lengths_by(keys: Iterable[tuple[str, ...]], at: int) -> dict[str, list[int]]:
    """How long words are that have this syllable at this place: most places of a text begin none."""
    lengths: dict[str, set[int]] = {}
    for key in keys:
        if len(key) > at:
            lengths.setdefault(key[at], set()).add(len(key))
    return {syllable: sorted(found, reverse=True) for syllable, found in lengths.items()}


def _all_forms(words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The words and how they are said for short, and whether it is a place that is: 和平里街道 → 和平里; 市水务局 → 水务局."""
    for given in words:
        for word in _parts(given):
            yield word, False
            if word.startswith("市") and len(word) > 3:
                yield word[1:], False
            if word.endswith("街道"):
                stem = word.removesuffix("街道")
                yield from [(stem, True)] if len(stem) >= 2 else []


def _parts(given: str) -> list[str]:
    """A title is not said as a whole: its parts between and, of and marks, where these are words of three signs and more."""
    cut = given.translate(str.maketrans(_JOINTS, " " * len(_JOINTS))).split() if len(given) > LONGEST else given.split()
    return [part for part in cut if 3 <= len(part) <= LONGEST and all("\u4e00" <= sign <= "\u9fff" for sign in part)]
