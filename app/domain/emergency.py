"""Words that suggest a matter of 110, 119, 120 or 122 (R18): heard by sound as well as by spelling. The agent decides."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.sound import SoundOf, fuzzy

LINES = ("119", "120", "110", "122")
"""The emergency lines, the gravest first where words speak equally for two."""

ENOUGH = 2
"""The weight that lights a button: one sign that stands alone, or two that need company."""

GAP = 6
"""Characters that may stand where a sign has "…"."""

BEFORE, AFTER = 12, 6
"""Characters ahead of and behind a sign in which words can say that it is not happening now."""

READINGS = {"着": "zhao"}
"""Characters that a table of single readings gives the wrong sound for the words of danger: 着火 sounds as 找火 does."""

_SENTENCE_ENDS = "。！？!?；;"


@dataclass(frozen=True, slots=True)
class EmergencySign:
    """One wording. Its `weight` is ENOUGH where it suffices alone. `by_sound`: other characters of the same sound count.

    `always`: also counts when it is feared or told of the past ("I am afraid he will jump").
    """

    line: str
    wording: str
    weight: int = ENOUGH
    by_sound: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """The signs, and the words that take the danger out of them."""

    signs: tuple[EmergencySign, ...]
    harmless: tuple[str, ...] = ()  # wordings that hold a sign and mean something else: 火锅, 跳楼价
    denied: tuple[str, ...] = ()  # right before a sign: 没有, 不是
    unreal: tuple[str, ...] = ()  # ahead of a sign: 如果, 去年, 听说
    present: tuple[str, ...] = ()  # ahead of a sign: 现在, 刚, 开始; they outweigh `unreal`
    explained: tuple[str, ...] = ()  # behind a sign: 隐患, 演习


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The emergency line that words suggest, and the words themselves as they were heard."""

    line: str
    because: str


@dataclass(frozen=True, slots=True)
class _Text:
    """Heard words, and where each character and each sound stands in them: most signs are ruled out by one look."""

    plain: str
    sounds: tuple[str, ...]
    alike: tuple[str, ...]  # the sounds, fuzzy
    is_harmless: tuple[bool, ...]
    places: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class _Segment:
    plain: str
    sounds: tuple[str, ...]
    is_fuzzy: bool


class EmergencyListener:
    """Pure: the same text gives the same suggestion. Fast enough for every partial result."""

    def __init__(self, words: EmergencyWords, sound_of: SoundOf) -> None:
        """The sounds of the signs are asked for at the first hearing, not here: their tables take a while to load."""
        self._words, self._sound_of = words, sound_of
        self._prepared_signs: list[tuple[EmergencySign, tuple[_Segment, ...]]] = []

    def hear(self, text: str) -> Suggestion | None:
        """The line that the caller's latest words (one or two utterances, partial or final) suggest, if any."""
        heard = self._prepared(text)
        spans: dict[str, dict[tuple[int, int], int]] = {line: {} for line in LINES}
        for sign, segments in self._signs():
            for start, end in _matches(segments, heard):
                if not any(heard.is_harmless[start:end]) and self._is_now(sign, heard.plain, start, end):
                    spans[sign.line][start, end] = max(sign.weight, spans[sign.line].get((start, end), 0))
        found = {line: _without_overlaps(weights) for line, weights in spans.items()}
        wording = {line: {heard.plain[a:b]: weight for (a, b), weight in kept.items()} for line, kept in found.items()}
        best = max(LINES, key=lambda line: (sum(wording[line].values()), -LINES.index(line)))
        if sum(wording[best].values()) < ENOUGH:
            return None
        return Suggestion(best, "、".join(list(wording[best])[:3]))

    def _signs(self) -> list[tuple[EmergencySign, tuple[_Segment, ...]]]:
        if not self._prepared_signs:
            self._prepared_signs = [
                (sign, tuple(self._segment(part, sign) for part in sign.wording.split("…"))) for sign in self._words.signs
            ]
        return self._prepared_signs

    def _sounds(self, text: str) -> tuple[str, ...]:
        heard = self._sound_of(text)
        return tuple(READINGS.get(sign, sound) for sign, sound in zip(text, heard, strict=True))

    def _segment(self, part: str, sign: EmergencySign) -> _Segment:
        by_sound = sign.by_sound and len(part) > 1
        is_fuzzy = len(part) > 2
        sounds = self._sounds(part) if by_sound else ()
        return _Segment(part, tuple(map(fuzzy, sounds)) if is_fuzzy else sounds, is_fuzzy)

    def _prepared(self, text: str) -> _Text:
        plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
        harmless = [False] * len(plain)
        for word in self._words.harmless:
            for start in _places(word, plain):
                harmless[start : start + len(word)] = [True] * len(word)
        sounds = self._sounds(plain)
        alike = tuple(map(fuzzy, sounds))
        places: dict[str, list[int]] = {}
        for place, keys in enumerate(zip(plain, sounds, alike, strict=True)):
            for key in set(keys):
                places.setdefault(key, []).append(place)
        return _Text(plain, sounds, alike, tuple(harmless), places)

    def _is_now(self, sign: EmergencySign, plain: str, start: int, end: int) -> bool:
        """Whether the words around a sign leave it standing as something that happens now."""
        ahead = _last_sentence(plain[max(0, start - BEFORE) : start])
        behind = plain[end : end + AFTER]
        for place, sign_of_end in enumerate(behind):
            if sign_of_end in _SENTENCE_ENDS + ",，、":
                behind = behind[:place]
                break
        if ahead.endswith(self._words.denied) or any(word in behind for word in self._words.explained):
            return False
        if sign.always or any(word in ahead or word in behind for word in self._words.present):
            return True
        return not any(word in ahead for word in self._words.unreal)


def _matches(segments: tuple[_Segment, ...], heard: _Text) -> Iterator[tuple[int, int]]:
    """Where the segments follow each other, with at most GAP characters between them."""
    first, rest = segments[0], segments[1:]
    for start in _starts(first, heard, 0, len(heard.plain)):
        end = start + len(first.plain)
        for segment in rest:
            place = next(_starts(segment, heard, end, end + GAP + len(segment.plain)), None)
            if place is None:
                break
            end = place + len(segment.plain)
        else:
            yield start, end


def _starts(segment: _Segment, heard: _Text, begin: int, limit: int) -> Iterator[int]:
    length = len(segment.plain)
    sound = segment.sounds[0] if segment.sounds else ""
    candidates = {*heard.places.get(segment.plain[0], ()), *heard.places.get(sound, ())}
    for place in sorted(candidates):
        if begin <= place <= min(limit, len(heard.plain)) - length and _is_at(segment, heard, place):
            yield place


def _is_at(segment: _Segment, heard: _Text, place: int) -> bool:
    if heard.plain.startswith(segment.plain, place):
        return True
    sounds = heard.alike if segment.is_fuzzy else heard.sounds
    return bool(segment.sounds) and sounds[place : place + len(segment.plain)] == segment.sounds


def _without_overlaps(weights: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Of signs that share characters the heaviest and longest counts, in the order of the text."""
    kept: dict[tuple[int, int], int] = {}
    for span in sorted(weights, key=lambda span: (-weights[span], span[0] - span[1], span[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept[span] = weights[span]
    return dict(sorted(kept.items()))


def _places(word: str, plain: str) -> Iterator[int]:
    place = plain.find(word)
    while place >= 0:
        yield place
        place = plain.find(word, place + 1)


def _last_sentence(ahead: str) -> str:
    return ahead[max(ahead.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]
