"""Commas, full stops and question marks by rule: from pauses, particles and question words. No model is asked.

No package of the registry carries a Chinese punctuation model that could be loaded here; all download one.
"""

import re
from collections.abc import Sequence

from app.domain.transcript import Word
from app.speech.engine import text_of
from app.speech.signs import Change, gaps

COMMA_S = 0.3
STOP_S = 0.9
"""Silence between words that ends a clause, and one that ends a sentence."""
_LEAST = 4
"""Signs of a clause that gets its own comma for what follows, not for a pause."""

_HALF_WIDE = {",": "，", "?": "？", "!": "！", ";": "；", ":": "："}
_MARKS = "，。？！；：、…,.?!;:"
_NUMERALS = "0123456789零〇一二三四五六七八九十百千万亿两几半点幺."
_UNITS = "号楼栋幢座单元室层门户组期院弄条点时分月日年块元角个人名位米平公里吨斤度岁天次%％"
_ASKS = re.compile(
    r"[吗么嘛]$|(?:什么|怎么|怎样|怎么样|为什么|为啥|干嘛|谁|哪|多少|多久|多长|几[个点号天岁楼时月年]|何时|是不是|能不能|可不可以|有没有|"
    r"会不会|行不行|对不对|要不要|好不好|可以不|如何|是否)(?!都|也)"
)
_TOLD_OF = re.compile(
    r"不知道|不清楚|不晓得|没什么|没怎么|不管|无论|告诉我?(?:您|你)?|查到|(?:^|，)(?:您|你)?(?:看看|说说)|什么都|谁都|哪都|怎么都|就是说"
)
_FOLLOWS = re.compile(r"但是|可是|不过|所以|因为|而且|然后|如果|要是|结果|另外|还有就是|希望|麻烦|请问|请您|请你|能不能|到现在")
_GREETING = re.compile(r"^(?:喂+)?(?:您好|你好|喂+)")
_PARTICLE = re.compile(r"(?:的话|吗|呢|吧|啊|呀|嘛|啦)(?=[\u4e00-\u9fff])")
_NOT_PARTICLE = re.compile(r"吧台|网吧|酒吧|呢子|啊姨|干吗")


def sentence_marks(words: Sequence[Word]) -> list[Change]:
    """The marks to put in, in order; positions count in `text_of(words)`. Marks that are there already stay."""
    text = text_of(tuple(words))
    if not re.search(r"[\u4e00-\u9fff]", text):
        return []
    ends = _ends_by_pause(text, words)
    for at in _ends_by_words(text):
        ends.setdefault(at, COMMA_S)
    changes = _marks(text, ends)
    last = len(text)
    if text[-1] not in _MARKS:
        changes.append(Change(last, last, _final_mark(_sentence(text, last, changes))))
    elif text[-1] in "，、,：":
        changes.append(Change(last - 1, last, _final_mark(_sentence(text, last - 1, changes))))
    return changes


def wide_marks(text: str) -> str:
    """Chinese marks for Latin ones after Chinese; as many signs as before. Points and colons of numbers stay."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[,?!;]|(?<=\d)[,?!;](?=[\u4e00-\u9fff]|$)|(?<=[\u4e00-\u9fff])\.(?=$|[\u4e00-\u9fff ])",
                  lambda match: _HALF_WIDE.get(match[0], "。"), text)  # fmt: skip


def _ends_by_pause(text: str, words: Sequence[Word]) -> dict[int, float]:
    return {at: pause for at, pause in gaps(words) if pause >= COMMA_S and not _is_marked(text, at)}


def _ends_by_words(text: str) -> list[int]:
    ends = []
    greeting = _GREETING.match(text)
    if greeting and len(text) > greeting.end() and not _is_marked(text, greeting.end()):
        ends.append(greeting.end())
    for match in _PARTICLE.finditer(text):
        if not _NOT_PARTICLE.search(text[max(0, match.start() - 1) : match.end() + 1]):
            ends.append(match.end())
    ends += [match.start() for match in _FOLLOWS.finditer(text)]
    kept: list[int] = []
    for at in sorted(set(ends)):
        begin = max([0, *kept, *(mark.end() for mark in re.finditer(f"[{_MARKS}]", text[:at]))])
        is_long = at - begin >= _LEAST or (greeting is not None and at == greeting.end())
        if is_long and len(text.rstrip(_MARKS)) - at >= 2 and not _is_marked(text, at):
            kept.append(at)
    return kept


def _marks(text: str, ends: dict[int, float]) -> list[Change]:
    changes: list[Change] = []
    for at in sorted(ends):
        clause = _sentence(text, at, changes)
        if len(clause) < 2 and at != len(text):
            continue
        is_over = ends[at] >= STOP_S and len(clause) >= _LEAST
        asks = bool(re.search(r"[吗呢]$", clause)) and _final_mark(clause) == "？"
        changes.append(Change(at, at, _final_mark(clause) if is_over or asks else "，"))
    return changes


def _sentence(text: str, at: int, changes: Sequence[Change]) -> str:
    """What was said since the last mark."""
    done = max([0, *(change.end for change in changes), *(mark.end() for mark in re.finditer(f"[{_MARKS}]", text[:at]))])
    return text[done:at]


def _final_mark(clause: str) -> str:
    return "？" if _ASKS.search(clause) and not _TOLD_OF.search(clause) else "。"


def _is_marked(text: str, at: int) -> bool:
    """Or within a number and its unit, or between two parts of one (3号楼5单元, 1元5), which no pause for breath parts."""
    if at <= 0 or at >= len(text) or text[at - 1] in _MARKS or text[at] in _MARKS:
        return True
    if text[at - 1] in _NUMERALS:
        return text[at] in _NUMERALS + _UNITS
    return text[at - 1] in _UNITS and text[at - 2 : at - 1] != "" and text[at - 2] in _NUMERALS and text[at] in _NUMERALS
