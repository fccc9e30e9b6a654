"""Puts right what was heard by sound but written wrong: 攻击金 → 公积金.

A noisy channel: how a word is heard wrong, against how likely what stands there is as general language. In doubt nothing is
touched: a wrong repair is worse than none.
"""

import math
import re
from collections.abc import Sequence

from app.domain.sound import SoundOf, fuzzy
from app.speech.lexicon import Entry, Lexicon, Match
from app.speech.meant import AROUND, Meaning, unlike
from app.speech.signs import Change
from app.speech.word_frequency import CommonWords

THRESHOLD = 2.0
"""Least advantage (natural logarithm) of a repair over what was heard."""
_SAME_SOUND, _LIKE_SOUND, _CLOSE_SOUND = 2.0, 3.5, 6.0
"""What it costs to have heard another sign: of the same sound, of a sound mixed up on the telephone, of one close to it."""
_OF_SITE = math.log(200 / 6.0e7)
"""The least share of a word of the site."""
_IN_PLACE = 1.5
_DOUBTFUL = 2.0
_SHORT_PLACE, _SHORT_STEM = 3, 2
_KINDS = frozenset("区局部处厅科站镇乡县市省院所路街村里桥")
"""Signs that tell one office or place from another: heard for another only where they sound the same."""
_LITTLE = frozenset("的了是在我你他她们和与及从到对向把被将为于由以就都也要说有这那")
"""Little words that recognisers know best: heard for another sign only where it sounds the same."""
_PLACE_BEFORE = re.compile(r"(?:住在|家在|位于|地址[是在]?|就在|我在|是在|在|到|去|位置[是在]?)$")
_PLACE_AFTER = re.compile(
    r"街道|地区|小区|社区|地铁站|车站|站|路口|大街|路|街|桥|医院|派出所|附近|这边|那边|这里|那里|这儿|那儿"
)
_WIDER = "区县市镇乡道"
"""How places end that have others within."""
_ROAD_AFTER = re.compile(r"[路街桥]|大街")
"""What makes another name of a short one: 迎丰路 is no road of 迎风街道."""
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
        self._meaning = Meaning(common)

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
                score = self._score(match, text, plain, kept)
                if score >= self._threshold:
                    scored.append((score, match))
        return _apart(scored)

    def _score(self, match: Match, text: str, plain: Sequence[str], kept: Sequence[tuple[int, int]]) -> float:
        entry, heard = match.entry, text[match.start : match.end]
        meaning = self._meaning
        if meaning.denies(entry, heard) or _MARKS.search(heard) or meaning.is_meant(entry, heard):
            return -math.inf
        bonus = _bonus(match, text, kept)
        costs = {at: _cost(plain[match.start + at], entry.readings[at]) for at in unlike(entry, heard)}
        is_too_unlike = any(cost > _worst(entry, heard[at] + entry.word[at], bonus) for at, cost in costs.items())
        if is_too_unlike or bonus < self._least_bonus(entry, heard):
            return -math.inf
        left, right = _around(match, text)
        if meaning.reads_on(match, text, left, right):
            return -math.inf
        is_doubtful = match.odd >= 0 or (entry.is_place and len(heard) <= _SHORT_PLACE and not bonus)
        return self._gain(match, text, left, right) + bonus - sum(costs.values()) - _DOUBTFUL * is_doubtful

    def _least_bonus(self, entry: Entry, heard: str) -> float:
        """A name of two signs is soon like another one; so is one all of whose signs differ (青园街道, 清源街道),
        or one of them with a sign that recognisers do not write by mistake."""
        own = len(heard) if entry.stem == len(entry.word) else entry.stem
        if not entry.is_place or own > _SHORT_STEM:
            return 0.0
        is_rare = self._meaning.has_rare_sign(entry, heard)
        if entry.needs_context:
            return math.inf if is_rare else 2 * _IN_PLACE
        if all(heard[at] != entry.word[at] for at in range(own)):
            return 2 * _IN_PLACE
        return _IN_PLACE * is_rare

    def _gain(self, match: Match, text: str, left: int, right: int) -> float:
        """How much likelier the sentence around is with the word than with what stands there."""
        likelihood = self._meaning.likelihood
        before, after = likelihood(text[left : match.start]), likelihood(text[match.end : right])
        return before + max(_OF_SITE, self._common.share(match.entry.word)) + after - likelihood(text[left:right])


def _around(match: Match, text: str) -> tuple[int, int]:
    """Some signs before and behind it, as far as no mark stands between."""
    left = max([max(0, match.start - AROUND), *(m.end() for m in _MARKS.finditer(text, 0, match.start))])
    right = min([len(text), match.end + AROUND, *(m.start() for m in _MARKS.finditer(text, match.end))])
    return left, right


def _bonus(match: Match, text: str, kept: Sequence[tuple[int, int]]) -> float:
    """What the words before and behind say for a place: 住在, 海淀区 before it, 附近 behind it."""
    if not match.entry.is_place:
        return 0.0
    is_before = _PLACE_BEFORE.search(text[: match.start]) or any(
        end == match.start and text[end - 1] in _WIDER for _, end in kept
    )
    is_after = _PLACE_AFTER.match(text, match.end) and not (match.entry.needs_context and _ROAD_AFTER.match(text, match.end))
    return _IN_PLACE * bool(is_before) + _IN_PLACE * bool(is_after)


def _worst(entry: Entry, pair: str, bonus: float) -> float:
    """How unlike a sign and the one it is to become may sound: names of places are alike among themselves, and there are many
    that no list knows."""
    if entry.is_place and len(entry.word) <= _SHORT_PLACE:
        return _SAME_SOUND
    if entry.is_place and entry.stem <= _SHORT_STEM:
        return _LIKE_SOUND if bonus else _SAME_SOUND
    return _SAME_SOUND if _KINDS.intersection(pair) or pair[0] in _LITTLE else _CLOSE_SOUND


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
