"""Draft fields from the words of a call: each proposal carries the words it came from, and the agent confirms it."""

import re
from collections.abc import Iterable

from app.domain.intake_words import KIND_WORDS, URGENT_WORDS
from app.domain.numerals import spoken_digit_runs
from app.domain.places import places_in
from app.domain.ticket import NOTE_LIMIT, RequestKind, Urgency
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance

Value = str | bool | RequestKind | Urgency
Proposal = dict[str, tuple[Value, tuple[Evidence, ...]]]

MATTER_LENGTH = 40

KIND_ENOUGH = 2
"""The loudness of words under which no kind is proposed."""

_TIMES = re.compile(
    r"(?:每天|天天|每晚|每周|昨天|昨晚|今天|今早|今晚|前天|刚才|刚刚|上周[一二三四五六日天末]?|上个?月|这个?月|这几天|最近|去年|今年|前年|明年)"
    r"(?:早上|上午|中午|下午|傍晚|晚上|夜里|夜间|凌晨|半夜)?"
    r"(?:[0-9零一二三四五六七八九十两]+点(?:半|多|[0-9零一二三四五六七八九十]+分)?)?"
    r"|(?:有|已经|都)?(?:[0-9零一二三四五六七八九十两半几好多]+)个?(?:多)?(?:小时|天|星期|周|月|年)(?:多)?了"
)
_GREETINGS = re.compile(
    r"^(?:喂|你好|您好|那个|就是|嗯|啊|呃|我|想|要|打电话|是|来|给你们|跟你们|向你们|反映|投诉|举报|咨询|问|请问|一下"
    r"|下|个|事|情况|说|，|,|、|。| )+"
)
_SURNAME = re.compile(r"(?:我姓|免贵姓)([\u4e00-\u9fff])(?:[，,。\s]|叫|$)")
_FULL_NAME = re.compile(r"(?:我叫|我的名字叫|我名字叫)([\u4e00-\u9fff]{2,3})(?:[，,。\s]|$)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{9,10}")


def propose(transcript: Transcript) -> Proposal:
    """Fields that the caller's final words suggest; a field that nothing speaks for is left out."""
    said = [u for u in transcript.utterances if u.speaker is Speaker.CALLER and u.final and u.text.strip()]
    found: dict[str, tuple[Value, tuple[Evidence, ...]] | None] = {
        "kind": _kind(said),
        "matter": _matter(said),
        "content": _content(said),
        "place": _place(said),
        "requester": _requester(said),
        "contact": _contact(said),
        "happened": _happened(said),
        "urgency": _urgency(said),
    }
    return {name: proposal for name, proposal in found.items() if proposal is not None}


def guess_kind(text: str) -> RequestKind | None:
    """The kind of request that the words speak for most loudly; None where they hardly speak."""
    weights = {kind: sum(weight for word, weight in words.items() if word in text) for kind, words in KIND_WORDS.items()}
    best = max(weights, key=lambda kind: weights[kind])
    return best if weights[best] >= KIND_ENOUGH else None


def guess_urgency(text: str) -> Urgency:
    return Urgency.URGENT if any(word in text for word in URGENT_WORDS) else Urgency.NORMAL


def _kind(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    kind = guess_kind("\n".join(u.text for u in said))
    return None if kind is None else (kind, _evidence_of(said, KIND_WORDS[kind]))


def _urgency(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    evidence = _evidence_of(said, URGENT_WORDS)
    return (Urgency.URGENT, evidence) if evidence else None


def _matter(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    """The utterance that says most of what it is about, in one line without greetings."""
    words = {word: weight for kind in KIND_WORDS.values() for word, weight in kind.items()}
    ranked = [(sum(weight for word, weight in words.items() if word in u.text), u) for u in said]
    if not ranked:
        return None
    _, heaviest = max(ranked, key=lambda pair: pair[0])
    greeting = _GREETINGS.match(heaviest.text)
    start = greeting.end() if greeting and greeting.end() < len(heaviest.text) else 0
    end = min(len(heaviest.text), start + MATTER_LENGTH)
    text = heaviest.text[start:end].strip(" ，,。、？?！!")
    return (text, (_evidence(heaviest, start, end),)) if len(text) > 1 else None


def _content(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    """All that the caller stated, except answers that are nothing but a number; as much as a field may hold."""
    kept: list[Utterance] = []
    length = 0
    for utterance in said:
        text = utterance.text.strip()
        if any(start == 0 and end == len(text) for start, end, _ in spoken_digit_runs(text)):
            continue
        length += len(text) + 1
        if length > NOTE_LIMIT:
            break
        kept.append(utterance)
    if not kept:
        return None
    text = "".join(part if part[-1] in "。！？!?" else part + "。" for part in (u.text.strip(" ，,、") for u in kept) if part)
    return text, tuple(_evidence(u, 0, len(u.text)) for u in kept)


def _place(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    evidence = [_evidence(u, start, end) for u in said for start, end in places_in(u.text)]
    distinct = {
        one.text: one for one in evidence if not any(one.text != other.text and one.text in other.text for other in evidence)
    }
    chosen = sorted(distinct.values(), key=lambda one: -len(one.text))[:2]
    ordered = [one for one in distinct.values() if one in chosen]
    return (" ".join(one.text for one in ordered), tuple(ordered)) if ordered else None


def _requester(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    for utterance in reversed(said):
        for pattern in (_FULL_NAME, _SURNAME):
            if (match := pattern.search(utterance.text)) is not None:
                return match[1], (_evidence(utterance, *match.span(1)),)
    return None


def _contact(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    """The last whole telephone number, also where it was said in two breaths. Digits that make no number propose nothing."""
    chosen: tuple[Value, tuple[Evidence, ...]] | None = None
    carried, carried_evidence = "", ()  # type: str, tuple[Evidence, ...]
    for utterance in said:
        text = utterance.text.rstrip(" ，,。、.")
        for start, end, digits in spoken_digit_runs(text):
            evidence: tuple[Evidence, ...] = (_evidence(utterance, start, end),)
            if start == 0 and carried:
                digits, evidence = carried + digits, carried_evidence + evidence
            if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
                chosen = digits, evidence
            carried, carried_evidence = (digits, evidence) if end == len(text) and len(digits) < 11 else ("", ())
    return chosen


def _happened(said: list[Utterance]) -> tuple[Value, tuple[Evidence, ...]] | None:
    evidence = tuple(_evidence(u, *match.span()) for u in said for match in _TIMES.finditer(u.text))[:2]
    return ("，".join(one.text for one in evidence), evidence) if evidence else None


def _evidence_of(said: list[Utterance], words: Iterable[str]) -> tuple[Evidence, ...]:
    found = []
    for utterance in said:
        for word in words:
            place = utterance.text.find(word)
            if place >= 0:
                found.append(_evidence(utterance, place, place + len(word)))
    return tuple(found)


def _evidence(utterance: Utterance, start: int, end: int) -> Evidence:
    return Evidence(utterance.speaker, utterance.number, start, end, utterance.text[start:end])
