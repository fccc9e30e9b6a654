"""Clauses of what the caller said: cut at signs and, where the recogniser wrote none, at words that begin anew."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.numerals import spoken_digit_runs

LONG = 14
"""From so many characters without a sign on, a clause is cut at a word that begins anew."""

_SIGN = re.compile(r"[，,。.！!？?；;、：:\s…]+")
_ANEW = re.compile(
    r"但是|可是|不过|而且|所以|然后|因为|结果|另外|还有就是|并且|后来|希望|建议|能不能|能否|可不可以|麻烦你|麻烦您|请你们|请问|"
    r"我想问|我要投诉|我要举报|我想咨询|我要反映|每天|昨天|今天|昨晚|前天|刚才|现在|已经|我们小区|我家|我住|老人孩子|影响"
)
FILLER = re.compile(
    r"(?:嗯+|啊+|呃+|额+|哎+|唉+|诶+|哦+|噢+|喂+|那个(?=[，,、 嗯呃那就我]|$)|这个(?=[，,、 嗯呃这就我]|$)|就是说|"
    r"怎么说呢|你知道吧|你知道吗|对吧|是吧|是不是啊)"
)
_LEAD = re.compile(
    r"^(?:喂+|您好|你好|[嗯啊呃额哎唉诶哦噢]+|那个(?![人男女车地店老小])|这个(?![人男女车地店老小])|"
    r"就是说?(?![因不])|然后|那么?(?=我)|"
    r"所以说?|反正|其实|说实话|怎么说呢|(?:我就?)?(?:是)?(?:想|要)?(?:给你们|跟你们|向你们|跟您)?(?:反映|反应|说|问|"
    r"咨询|了解)(?:一下|下)?(?:一?个|这个)?(?:事儿?|情况|问题)(?:啊|呢|就是)?$|"
    r"我(?:是)?(?:想|要)(?:反映|反应|说|问|咨询|了解|请教)(?:一下|下)?(?!过)|请问(?:一下|下)?|同志|师傅|小姐|姑娘|"
    r"工作人员|客服)+"
)
_TAIL = re.compile(r"(?:[啊呀呢吧嘛哦噢哈啦嗯]|对吧|是吧|谢谢(?:你们?|您)?|麻烦(?:你们?|您)?了?|好吗|行吗|行不行)+$")
_EMPTY = re.compile(
    r"^(?:喂|您好|你好|再见|谢谢(?:你们?|您|啊)*|好的?|行|可以|对+|是的?|没错|没有|有|不是|不用了?|不需要|需要|"
    r"知道了?|明白了?|(?:你|您|能|可以|我)*听(?:得|不)?(?:见|到|清楚?)(?:了)?(?:吗|啊)?|"
    r"嗯+|啊+|哦+|噢+|这样啊?|等一下|稍等|我说完了|就这些|没了|没有了|辛苦(?:你们?|您)?了?|麻烦(?:你们?|您)?了?|拜拜|"
    r"在吗|我在听|你说|您说|"
    r"(?:是)?12345吗?|一二三四五吗|市民热线吗|就是|那个|这个|然后|反正|怎么说呢|我跟你说|我告诉你|你听我说|是这样的?|"
    r"是这么回事|情况是这样的?|"
    r"[我你他她]?不?(?:清楚|知道|记得)(?:了)?|不对|错了|我说错了|不用保密|需要保密|要保密|随便|都可以|都行|就这样吧?)$"
)
_CONTACT = re.compile(
    r"(?:电话|手机|号码|联系方式)(?:号码?)?(?:是|就是|就打|打|就用|留|为)(?:我|这|现在|的|打|个|号|来电|"
    r"[0-9零一二三四五六七八九幺])|(?:电话|手机|号码|联系方式)(?:号码?)?(?:是|就是)?$|就打(?:我)?(?:这个|现在)|"
    r"就是我打的?这个|我姓|免贵姓|我叫[\u4e00-\u9fff]{2,3}$|^姓[\u4e00-\u9fff]|"
    r"(?:帮我|给我|请|要|需要)保密|^保密|[弓立木双走耳古言]\S{0,3}(?:张|章|李|徐|赵|陈|胡|许)$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters `start`…`end` of an utterance's text; `parts` leaves out fillers within."""

    start: int
    end: int
    text: str
    parts: tuple[tuple[int, int], ...]

    @property
    def plain(self) -> str:
        """The words without the fillers."""
        return "".join(self.text[start - self.start : end - self.start] for start, end in self.parts)


@lru_cache(1024)
def clauses_in(text: str) -> tuple[Clause, ...]:
    """The clauses that state something, without greetings, fillers at their ends and pure numbers."""
    return tuple(clause for span in _pieces(text) if (clause := _trimmed(text, *span)) is not None)


def is_only_contact(text: str) -> bool:
    """Whether a clause says no more than a name, a number or a wish for confidentiality: those have fields of their own."""
    return _CONTACT.search(text) is not None and len(text) < 20


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for sign in [*_SIGN.finditer(text), None]:
        end = sign.start() if sign is not None else len(text)
        if sign is not None and _is_within_number(text, sign):
            continue
        if end > start:
            pieces.extend(_shorter(text, start, end))
        start = sign.end() if sign is not None else end
    return pieces


def _is_within_number(text: str, sign: re.Match[str]) -> bool:
    """3.5 and 22:30 are not two clauses."""
    before, after = text[: sign.start()][-1:], text[sign.end() :][:1]
    return sign[0] in ".:：" and before.isdigit() and after.isdigit()


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch without any sign, cut where a clause begins anew; no piece gets shorter than a few words."""
    spans, begun = [], start
    if end - start > LONG:
        for match in _ANEW.finditer(text, start, end):
            if match.start() - begun >= 8 and end - match.start() >= 4:
                spans.append((begun, match.start()))
                begun = match.start()
    spans.append((begun, end))
    return spans


def _trimmed(text: str, start: int, end: int) -> Clause | None:
    lead = _LEAD.match(text[start:end])
    if lead is not None:
        start += lead.end()
    tail = _TAIL.search(text[start:end])
    if tail is not None and tail.start() > 0:
        end = start + tail.start()
    piece = text[start:end]
    if len(piece) < 2 or _EMPTY.match(piece) or _is_number(piece):
        return None
    parts = _parts(text, start, end)
    if sum(b - a for a, b in parts) < 2:
        return None
    return Clause(start, end, piece, parts)


def _parts(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    parts, at = [], start
    for match in FILLER.finditer(text, start, end):
        if match.start() > at:
            parts.append((at, match.start()))
        at = match.end()
    if at < end:
        parts.append((at, end))
    return tuple(parts)


def _is_number(piece: str) -> bool:
    digits = sum(end - start for start, end, _ in spoken_digit_runs(piece))
    longest = max((len(found) for _, _, found in spoken_digit_runs(piece)), default=0)
    return (digits >= len(piece) - 3 and longest >= 4) or (longest >= 11 and digits >= len(piece) - 12)
