"""Wordings found in what was heard, by spelling and by sound, and whether they are said of something that happens now."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.sound import SoundOf, fuzzy
from app.domain.word_table import WordTable
from app.domain.wordings import Segment

GAP = 8
"""Characters that may stand where a wording has "…"."""

SHORT_GAP = 5
"""A longer one holds no comma."""

BEFORE, BEHIND = 14, 8
"""Characters ahead of and behind a wording in which words can say that it is not happening now."""

SPOKEN = 60
"""Characters of two utterances at most: what is longer was written and not called out."""

AROUND = 24
"""Characters on either side in which other words speak for or against what was heard."""

READINGS = {"着": "zhao"}
"""Characters that a table of single readings gives the wrong sound for the words of danger: 着火 sounds as 找火 does."""

_SMALL = frozenset(
    "我你他她它们人了的得地过不没在把被让给有是又都就也要想到上下里来去起个一这那好很啊呢吧和跟二三四五六七八九十两几多半百千万只条"
)
"""Characters that every sentence has: a word is known by sound only where two more of it sound right."""

SENTENCE_ENDS = "。！？!?；;…"
_PAUSES = SENTENCE_ENDS + ",，、:："
_FIRST = 0xE000  # signs of sounds: the private use area of Unicode


@dataclass(frozen=True, slots=True)
class Frame:
    """One wording of what is listened for: its segments follow each other.

    `is_feared`: counts also where it is feared or put as a condition. `is_past`: also where it is told of yesterday.
    `without`: words nearby that give it another sense.
    """

    tag: str
    segments: tuple[Segment, ...]
    weight: int = 2
    is_feared: bool = False
    is_past: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contexts:
    """Words that take the sense out of a wording, or give it back."""

    harmless: tuple[str, ...] = ()  # hold a wording and mean something else: 火锅, 跳楼价
    denied: tuple[str, ...] = ()  # right before: 没有, 不是
    feared: tuple[str, ...] = ()  # ahead: 如果, 怕
    general: tuple[str, ...] = ()  # ahead: 经常, 容易, 听说
    recent: tuple[str, ...] = ()  # ahead: 昨天, 前几天
    past: tuple[str, ...] = ()  # ahead: 去年, 以前
    present: tuple[str, ...] = ()  # ahead: 现在, 刚; the marker next to the wording decides
    explained: tuple[str, ...] = ()  # behind: 隐患, 演习
    topics: tuple[str, ...] = ()  # around: 请问, 政策, 补贴: the talk is about rules, not about what happens
    urgent: tuple[str, ...] = ()  # around: 快来, 救命
    vivid: tuple[str, ...] = ()  # around: 有人, 现在: somebody tells what he sees
    ordinary: frozenset[str] = frozenset()  # spellings that are words of their own: by sound they say nothing


@dataclass(frozen=True, slots=True)
class Spot:
    """A frame found in the text. `weight` is what it counts here; `is_spelt`: every character as it is written."""

    tag: str
    start: int
    end: int
    weight: int
    words: str
    is_spelt: bool = True


Found = tuple[int, int, int]
"""Start and end of a segment in the text, and how it was known: SPELT, SOUNDED or DOUBTFUL."""

SPELT, SOUNDED, DOUBTFUL = range(3)
"""As written; by three syllables or more; by two, which are often another word."""


class _Tables:
    """The words of all segments: `spelt` gives their segments; the others, by sound, the words as they are written."""

    def __init__(self) -> None:
        self.spelt = WordTable()
        self.strict = WordTable()  # two syllables must sound the same
        self.alike = WordTable()  # three and more may be mixed up as on the telephone


@dataclass(frozen=True, slots=True)
class Text:
    """Heard words without spaces, and where harmless words stand in them."""

    plain: str
    harmless: tuple[tuple[int, int], ...] = ()

    def is_harmless(self, start: int, end: int) -> bool:
        """Whether a harmless word shares characters with this place; one that lies within a longer wording says nothing."""
        return any(a < end and start < b and not (start <= a and b <= end and b - a < end - start) for a, b in self.harmless)


class Spotter:
    """Pure: the same text gives the same spots. One walk over the text, whatever the number of wordings."""

    def __init__(self, frames: Iterable[Frame], contexts: Contexts, sound_of: SoundOf) -> None:
        """The sounds are asked for at the first hearing, not here: their tables take a while to load."""
        self._frames, self._sound_of = tuple(frames), sound_of
        self._known: dict[str, tuple[str, str]] = {}
        self._signs: dict[str, str] = {}
        self._tables: _Tables | None = None
        self._steps: list[tuple[int, ...]] = []
        self._openers: dict[int, list[int]] = {}
        self._ordinary = contexts.ordinary
        self._harmless = _any_of(contexts.harmless)
        self._denied = re.compile(f"(?:{_alternatives(contexts.denied)})$")
        self._explained = _any_of(contexts.explained)
        kinds = (contexts.feared, contexts.general, contexts.recent, contexts.past, contexts.present)
        names = ("feared", "general", "recent", "past", "present")
        self._kind_of = {word: name for name, words in zip(names, kinds, strict=True) for word in words}
        self._marker = _any_of(tuple(self._kind_of))
        self._topics, self._urgent = _any_of(contexts.topics), _any_of(contexts.urgent)
        self._vivid = _any_of(contexts.vivid)

    def prepare(self) -> None:
        """Builds the tables, which else happens at the first hearing: some 0.2 s."""
        self._ready()

    def spots(self, text: str) -> tuple[Text, list[Spot]]:
        """The text as it was looked at, and what was found and stands there as something that happens now."""
        heard = self._prepared(text)
        found = self._segments_in(heard)
        return heard, [
            spot
            for opener in found.keys() & self._openers.keys()
            for frame in self._openers[opener]
            for spot in self._spots_of(frame, found, heard)
        ]

    def taken_by_sound(self, text: str) -> set[str]:
        """Spellings of the text that are no words of a wording and are taken for one by their sound alone."""
        found = {text[start:end] for start, end, how, _ in self._words_in(Text(text)) if how != SPELT}
        return {spelling for spelling in found if not self._ready().spelt.of(spelling)}

    def bias(self, heard: Text, start: int, end: int) -> int:
        """What the words around speak: +1 for a cry for help, -1 for each of up to two words of rules and offices.

        Without either: +1 where somebody tells what he sees, so that one weak word is enough.
        """
        is_written = len(heard.plain) > SPOKEN
        reach = 2 * AROUND if is_written else AROUND
        ahead, behind = heard.plain[max(0, start - reach) : start], heard.plain[end : end + reach]
        if not is_written and self._urgent.search(heard.plain, max(0, start - AROUND), end + AROUND):
            return 1
        topics = {found[0] for part in (ahead, behind) for found in self._topics.finditer(part)}
        if topics:
            return -min(2, len(topics))
        if is_written:
            return 0
        return 1 if self._vivid.search(ahead) or self._vivid.search(behind) else 0

    # --- the words of a text ---

    def _sounds(self, text: str) -> tuple[str, str]:
        """One sign for each character's sound, strictly, and as it may be mixed up."""
        pairs = [self._sound(sign) for sign in text]
        return "".join(strict for strict, _ in pairs), "".join(alike for _, alike in pairs)

    def _sound(self, sign: str) -> tuple[str, str]:
        known = self._known.get(sign)
        if known is None:
            sound = READINGS.get(sign) or self._sound_of(sign)[0]
            strict, alike = (self._signs.setdefault(one, chr(_FIRST + len(self._signs))) for one in (sound, fuzzy(sound)))
            known = self._known[sign] = (strict, alike)
        return known

    def _prepared(self, text: str) -> Text:
        plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
        return Text(plain, tuple(found.span() for found in self._harmless.finditer(plain)))

    def _ready(self) -> _Tables:
        if self._tables is None:
            numbers: dict[frozenset[str], int] = {}
            self._tables = _Tables()
            for place, frame in enumerate(self._frames):
                steps = tuple(numbers.setdefault(segment.words, len(numbers)) for segment in frame.segments)
                self._steps.append(steps)
                self._openers.setdefault(steps[0], []).append(place)
            for segment, number in numbers.items():
                for word in segment:
                    self._learn(self._tables, word, number)
        return self._tables

    def _learn(self, tables: _Tables, word: str, number: int) -> None:
        tables.spelt.add(word, number)
        if len(word) < 2 or len(set(word) - _SMALL) < 2:
            return
        strict, alike = self._sounds(word)
        if len(word) == 2:
            tables.strict.add(strict, word)
        else:
            tables.alike.add(alike, word)

    def _segments_in(self, heard: Text) -> dict[int, list[Found]]:
        found: dict[int, dict[tuple[int, int], int]] = {}
        for start, end, how, words in self._words_in(heard):
            for word in words:
                for number in self._ready().spelt.of(word):
                    found.setdefault(int(number), {}).setdefault((start, end), how)
        return {number: [(a, b, how) for (a, b), how in places.items()] for number, places in found.items()}

    def _words_in(self, heard: Text) -> Iterator[tuple[int, int, int, list[str]]]:
        """Start, end and how it was known of each place that is a word, and the words that it may be."""
        tables, plain = self._ready(), heard.plain
        strict, alike = self._sounds(plain)
        for start in range(len(plain)):
            for end, _ in tables.spelt.at(plain, start):
                if not heard.is_harmless(start, end):
                    yield start, end, SPELT, [plain[start:end]]
            for signs, table, how in ((alike, tables.alike, SOUNDED), (strict, tables.strict, DOUBTFUL)):
                for end, words in table.at(signs, start):
                    written = plain[start:end]
                    close = [str(word) for word in words if _is_close(written, str(word))]
                    if close and written not in self._ordinary and not heard.is_harmless(start, end):
                        yield start, end, how, close

    # --- frames ---

    def _spots_of(self, place: int, found: dict[int, list[Found]], heard: Text) -> Iterator[Spot]:
        frame, steps = self._frames[place], self._steps[place]
        if any(step not in found and not segment.is_optional for step, segment in zip(steps, frame.segments, strict=True)):
            return
        seen = set()
        for first in found[steps[0]]:
            for chain in self._chains(first, list(zip(steps, frame.segments, strict=True))[1:], found, heard.plain):
                weight = _weight(frame, chain)
                span = (first[0], chain[-1][1])
                if weight > 0 and span not in seen and self._is_now(frame, chain, heard.plain):
                    seen.add(span)
                    is_spelt = all(how == SPELT for _, _, how in chain)
                    yield Spot(frame.tag, *span, weight, heard.plain[slice(*span)], is_spelt)

    def _chains(
        self, last: Found, left: list[tuple[int, Segment]], found: dict[int, list[Found]], plain: str
    ) -> Iterator[tuple[Found, ...]]:
        if not left:
            yield (last,)
            return
        (step, segment), rest = left[0], left[1:]
        end = last[1]
        limit = end if segment.is_adjacent else end + GAP
        for following in found.get(step, ()):
            if end <= following[0] <= limit and not _is_cut(plain[end : following[0]]):
                for chain in self._chains(following, rest, found, plain):
                    yield (last, *chain)
        if segment.is_optional:
            yield from self._chains(last, rest, found, plain)

    def _is_now(self, frame: Frame, chain: tuple[Found, ...], plain: str) -> bool:
        """Whether the words around a wording leave it standing as something that happens now."""
        start, end = chain[0][0], chain[-1][1]
        for a, _, _ in chain:
            if self._denied.search(plain[max(0, a - 6) : a]):
                return False
        behind = _until(_PAUSES, plain[end : end + BEHIND])
        if _is_over(behind) or self._explained.search(behind):
            return False
        if frame.without:
            around = plain[max(0, start - AROUND) : end + AROUND]
            if any(word in around for word in frame.without):
                return False
        ahead = plain[max(0, start - BEFORE) : chain[-1][0]]
        tense = self._tense(ahead[_last_end(ahead) :])
        if tense == "recent" and self._tense(behind) == "present":
            return True  # since yesterday, and still
        return tense not in _speaks_against(frame)

    def _tense(self, ahead: str) -> str:
        """The kind of the marker that stands next to the wording; "" without any."""
        last = ""
        for found in self._marker.finditer(ahead):
            last = found[0]
        return self._kind_of[last] if last else ""


def _is_close(written: str, word: str) -> bool:
    """Whether at least half of the characters are the word's own: a recogniser misses some, seldom most."""
    return 2 * sum(a == b for a, b in zip(written, word, strict=True)) >= len(word)


def _weight(frame: Frame, chain: tuple[Found, ...]) -> int:
    """Two characters of the same sound are often another word: alone they need company."""
    if all(how != DOUBTFUL for _, _, how in chain):
        return frame.weight
    return frame.weight - 1 if len(chain) > 1 else min(frame.weight - 1, 1)


def _speaks_against(frame: Frame) -> tuple[str, ...]:
    feared = () if frame.is_feared else ("feared",)
    recent = () if frame.is_past else ("recent",)
    return ("past", "general", *feared, *recent)


def _is_over(behind: str) -> bool:
    """晕倒过, 着过火: told of an experience, where 晕过去 is not."""
    return behind[:1] == "过" and behind[1:2] not in ("去", "来")


def _is_cut(between: str) -> bool:
    """A sentence ends between, or a pause stands in a long gap: that is another thought."""
    return any(sign in (_PAUSES if len(between) > SHORT_GAP else SENTENCE_ENDS) for sign in between)


def _until(marks: str, text: str) -> str:
    for place, sign in enumerate(text):
        if sign in marks:
            return text[:place]
    return text


def _last_end(text: str) -> int:
    return max(text.rfind(mark) for mark in SENTENCE_ENDS) + 1


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_alternatives(words))
