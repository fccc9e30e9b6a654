"""Puts right what was heard by sound but written wrong: 攻击金 → 公积金.

A noisy channel: how a word is heard wrong, against how likely what stands there is as general language. In doubt nothing is
touched: a wrong repair is worse than none.
"""

import math
import re
from collections.abc import Sequence

from app.domain.sound import SoundOf, fuzzy
from app.speech.lexicon import Entry, Lexicon, Match
from app.speech.signs import Change
from app.speech.word_frequency import CommonWords

THRESHOLD = 2.0
"""Least advantage (natural logarithm) of a repair over what was heard."""
_SAME_SOUND, _LIKE_SOUND, _CLOSE_SOUND = 2.0, 3.5, 6.0
"""What it costs to have heard another sign: of the same sound, of a sound mixed up on the telephone, of one close to it."""
_OF_SITE = math.log(200 / 6.0e7)
"""The least share of a word of the site."""
_AROUND = 3
_IN_PLACE = 1.5
_DOUBTFUL = 2.0
_SHORT_PLACE, _SHORT_STEM = 3, 2
_KINDS = frozenset("区局部处厅科站镇乡县市省院所路街村里桥")
"""Signs that tell one office or place from another: heard for another only where they sound the same."""
_DENIALS = frozenset("不没无非未别勿")
"""A repair never makes a denial, nor takes one away: 补发工资 is not 不发工资."""
_PLACE_BEFORE = re.compile(r"(?:住在|家在|位于|地址[是在]?|就在|我在|是在|在|到|去|位置[是在]?)$")
_PLACE_AFTER = re.compile(
    r"街道|地区|小区|社区|地铁站|车站|站|路口|大街|路|街|桥|医院|派出所|附近|这边|那边|这里|那里|这儿|那儿"
)
_MARKS = re.compile(r"[^\u4e00-\u9fff]")
_INITIAL = re.compile(r"(?:[bpmfdtnlgkhjqxrzcsyw]?)")
_CLOSE_INITIALS = frozenset(("hf", "lr", "nl", "nr", "jq", "zc", "bp", "dt", "gk", "jz", "qc", "xs", "zr", "xq", "fw", "mb"))
_CLOSE_FINALS = frozenset(
    ("i,u", "u,ue", "ie,ue", "i,ie", "an,uan", "ian,uan", "an,ian", "en,un", "in,un", "in,ian", "uo,u", "uo,ou", "e,o", "e,uo",
     "ai,ei", "ao,ou", "ei,ui", "a,ua", "ua,uo", "i,ei", "iu,iao", "iu,ou", "ong,un", "ong,en")
)  # fmt: skip
"""Pairs of initials, and of finals as `fuzzy` leaves them, that telephone speech and small recognisers mix up."""


class Repairer:
    """Never changes once built; any thread."""

    def __init__(self, lexicon: Lexicon, common: CommonWords, sound_of: SoundOf, threshold: float = THRESHOLD) -> None:
        self.lexicon, self._common, self._sound_of, self._threshold = lexicon, common, sound_of, threshold

    def repairs(self, text: str, is_final: bool = True) -> tuple[Change, ...]:
        """What is to be written instead, in order and apart, as many signs as it replaces.

        A partial has no time for sounds that are merely near.
        """
        plain = tuple(self._sound_of(text))
        sounds = [fuzzy(syllable) for syllable in plain]
        kept = self.lexicon.spans(text)
        scored = []
        for match in self.lexicon.matches(text, sounds, is_final):
            if _is_free(match, text, kept):
                score = self._score(match, text, plain)
                if score >= self._threshold:
                    scored.append((score, match))
        return _apart(scored)

    def _score(self, match: Match, text: str, plain: Sequence[str]) -> float:
        entry, heard = match.entry, text[match.start : match.end]
        unlike = _unlike(entry, heard)
        if self._denies(entry, heard) or _MARKS.search(heard) or self._means_something(entry, heard):
            return -math.inf
        bonus = self._bonus(match, text)
        costs = {at: _cost(plain[match.start + at], entry.readings[at]) for at in unlike}
        is_too_unlike = any(cost > _worst(entry, heard[at] + entry.word[at], bonus) for at, cost in costs.items())
        if (entry.needs_context and bonus <= _IN_PLACE) or is_too_unlike:
            return -math.inf
        is_doubtful = match.odd >= 0 or (entry.is_place and len(heard) <= _SHORT_PLACE and not bonus)
        return self._gain(match, text) + bonus - sum(costs.values()) - _DOUBTFUL * is_doubtful

    def _denies(self, entry: Entry, heard: str) -> bool:
        """Whether a denial would come or go; 没 before what is no word is none: 没气位 is 煤气味, 没气味 is not."""
        return any(
            entry.word[at] in _DENIALS
            or (heard[at] in _DENIALS and (heard[at] != "没" or self._common.is_common(heard[at + 1 : at + 3])))
            for at in _unlike(entry, heard)
        )

    def _means_something(self, entry: Entry, heard: str) -> bool:
        """Whether what was heard is a word, holds another word of three signs (市税务局 is not 市水务局), or is a place that
        bears another word's name: 新华街道 is not 兴华街道."""
        if self._common.is_common(heard):
            return True
        stem = heard[: entry.stem]
        if entry.is_place and stem != entry.word[: entry.stem] and len(stem) > 1 and self._common.is_common(stem):
            return True
        return any(
            self._common.is_common(heard[start:end]) and heard[start:end] != entry.word[start:end]
            for start in range(len(heard)) for end in range(start + 3, len(heard) + 1)
        )  # fmt: skip

    def _bonus(self, match: Match, text: str) -> float:
        if not match.entry.is_place:
            return 0.0
        return _IN_PLACE * bool(_PLACE_BEFORE.search(text[: match.start])) + _IN_PLACE * bool(
            _PLACE_AFTER.match(text, match.end)
        )

    def _gain(self, match: Match, text: str) -> float:
        """How much likelier the sentence around is with the word than with what stands there."""
        left = max([max(0, match.start - _AROUND), *(m.end() for m in _MARKS.finditer(text, 0, match.start))])
        right = min([len(text), match.end + _AROUND, *(m.start() for m in _MARKS.finditer(text, match.end))])
        as_heard = self._likelihood(text[left:right])
        before, after = self._likelihood(text[left : match.start]), self._likelihood(text[match.end : right])
        return before + max(_OF_SITE, self._common.share(match.entry.word)) + after - as_heard

    def _likelihood(self, text: str) -> float:
        """Of the likeliest way to cut these signs into words."""
        best = [0.0, *([-math.inf] * len(text))]
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - 5), end):
                share = self._common.share(text[start:end])
                if best[start] + share > best[end]:
                    best[end] = best[start] + share
        return best[-1]


def _worst(entry: Entry, pair: str, bonus: float) -> float:
    """How unlike a sign and the one it is to become may sound: names of places are alike among themselves, and there are many
    that no list knows."""
    if entry.is_place and len(entry.word) <= _SHORT_PLACE:
        return _SAME_SOUND
    if entry.is_place and entry.stem <= _SHORT_STEM:
        return _LIKE_SOUND if bonus else _SAME_SOUND
    return _LIKE_SOUND if _KINDS.intersection(pair) else _CLOSE_SOUND


def _is_free(match: Match, text: str, kept: Sequence[tuple[int, int]]) -> bool:
    """A word of the lexicon that stands there already stays, unless it is a part of the longer one."""
    word = match.entry.word
    return all(
        end <= match.start or start >= match.end
        or (match.start <= start and end <= match.end and text[start:end] == word[start - match.start : end - match.start])
        for start, end in kept
    )  # fmt: skip


def _apart(scored: list[tuple[float, Match]]) -> tuple[Change, ...]:
    chosen: list[Match] = []
    for _, match in sorted(scored, key=lambda pair: (-pair[0], pair[1].start)):
        if all(match.end <= other.start or match.start >= other.end for other in chosen):
            chosen.append(match)
    return tuple(Change(match.start, match.end, match.entry.word) for match in sorted(chosen, key=lambda match: match.start))


def _unlike(entry: Entry, heard: str) -> list[int]:
    return [at for at, sign in enumerate(heard) if sign != entry.word[at]]


def _cost(heard: str, readings: frozenset[str]) -> float:
    if heard in readings:
        return _SAME_SOUND
    sound, wanted = fuzzy(heard), {fuzzy(reading) for reading in readings}
    if sound in wanted:
        return _LIKE_SOUND
    return _CLOSE_SOUND if any(_is_close(sound, reading) for reading in wanted) else math.inf


def _is_close(left: str, right: str) -> bool:
    one, other = _INITIAL.match(left), _INITIAL.match(right)
    if one is None or other is None:
        return False
    first, second = (one[0], left[one.end() :]), (other[0], right[other.end() :])
    if first[1] == second[1]:
        return first[0] + second[0] in _CLOSE_INITIALS or second[0] + first[0] in _CLOSE_INITIALS
    return first[0] == second[0] and bool({f"{first[1]},{second[1]}", f"{second[1]},{first[1]}"} & _CLOSE_FINALS)
