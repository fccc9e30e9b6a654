"""Digits as they are spoken in Mandarin: telephone and identity numbers told in breaths and with corrections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SPOKEN_DIGITS = dict(zip("零〇一二三四五六七八九幺洞两", "00123456789102", strict=True))
"""幺 is one; 洞 is zero; 两 is two."""

_RUN = re.compile(r"[零〇一二三四五六七八九幺洞两0-9](?:[\s,，、.。-]?[零〇一二三四五六七八九幺洞两0-9])*")


def spoken_digit_runs(text: str) -> list[tuple[int, int, str]]:
    """Stretches of digits, spoken or written, that follow each other: start, end and the digits as 0-9."""
    found = []
    for run in _RUN.finditer(text):
        digits = "".join(SPOKEN_DIGITS.get(sign, sign) for sign in run[0] if sign in SPOKEN_DIGITS or sign.isdigit())
        found.append((run.start(), run.end(), digits))
    return found


class NumberKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"  # with its area code, or a local one of seven or eight digits
    SERVICE = "service"  # 400 and 800 numbers
    ID = "id"  # the eighteen signs of an identity card (身份证号)


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number told in characters `start`…`end`. `is_valid`: its length, its prefix and its check digit are right.

    One that is not valid is told all the same where the words before it announce a number: the caller wants to be asked again.
    """

    start: int
    end: int
    digits: str
    kind: NumberKind
    is_valid: bool = True


_ONE = "零〇一二三四五六七八九幺洞0-9０-９"
_COUNTED = "个位名块天次层条家人岁点月年楼栋单幢室路元座层排门户多几十百千万亿分"
_DIGITS = re.compile(rf"(?:[{_ONE}]|两(?=[{_ONE}])|(?<=[{_ONE}])两)+(?:[Xx叉]|艾克斯)?")
_BREATH = re.compile(r"(?:[\s,，、.。;；…—-]|[呃嗯额啊哦诶欸唉]|那个|这个|然后|就是|后面|接着|还有|再|是|对|好|吧|的|杠)*")
_CORRECTED = re.compile(r"不对|说?错了?|不是|应该是|更正|重说|改成|重新说")
_ANNOUNCED = re.compile(r"电话|手机|号码|联系方式|座机|固话|身份证|证件号|打我|我的号|回电")
_ANNOUNCED_BEFORE = 16
_LONGEST_BREATH = 16
_LONGEST = 20
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)")


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    digits: str
    is_correction: bool  # what was said just before was taken back


def numbers_in(text: str) -> tuple[SaidNumber, ...]:
    """Telephone and identity numbers in what one voice said, in order; lines of a text are breaths of the same voice.

    >>> [(number.digits, number.kind.value) for number in numbers_in("我电话一三八，呃，零零一二不对，零零一三，四五六七")]
    [('13800134567', 'mobile')]
    """
    found: list[SaidNumber] = []
    for group in _groups(text):
        found += _numbers_of(group) or _announced(group, text)
    return tuple(found)


def is_valid_id(number: str) -> bool:
    """Whether these eighteen signs are an identity number: date of birth and check digit (GB 11643)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(sign) for weight, sign in zip(weights, number, strict=False))
    return 1900 <= born.year <= 2100 and "10X98765432"[total % 11] == number[17]


def kind_of(digits: str) -> NumberKind | None:
    """Which kind of number these digits are by themselves; None where they are none that can be called or belongs to a card."""
    if is_valid_id(digits):
        return NumberKind.ID
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return NumberKind.MOBILE
    if re.fullmatch(r"[48]00\d{7}", digits):
        return NumberKind.SERVICE
    area = _AREA.match(digits)
    if area and re.fullmatch(r"[2-8]\d{7}" if len(area[0]) == 3 else r"[2-8]\d{6,7}", digits[area.end() :]):
        return NumberKind.LANDLINE
    return None


def _groups(text: str) -> list[list[_Run]]:
    """Runs of digits with nothing between them but breaths, hesitation and corrections."""
    groups: list[list[_Run]] = []
    last = 0
    for match in _DIGITS.finditer(text):
        if len(match[0]) == 1 and text[match.end() : match.end() + 1] in tuple(_COUNTED):
            continue  # 一个, 三楼
        is_near, is_correction = _joins(text[last : match.start()]) if groups else (False, False)
        run = _Run(match.start(), match.end(), _digits_of(match[0]), is_correction)
        if is_near:
            groups[-1].append(run)
        else:
            groups.append([run])
        last = match.end()
    return groups


def _joins(between: str) -> tuple[bool, bool]:
    """Whether what stands between two runs lets them be one number, and whether it takes back what was said before."""
    if len(between) > _LONGEST_BREATH:
        return False, False
    rest = _CORRECTED.sub("", between)
    return _BREATH.fullmatch(rest) is not None, rest != between


def _digits_of(said: str) -> str:
    tail = re.search(r"(?:[Xx叉]|艾克斯)$", said)
    body = said[: tail.start()] if tail else said
    digits = "".join(SPOKEN_DIGITS.get(sign, sign) for sign in body.translate(_HALF))
    return digits + ("X" if tail else "")


_HALF = str.maketrans("０１２３４５６７８９", "0123456789")


def _numbers_of(group: Sequence[_Run]) -> list[SaidNumber]:
    """The valid numbers that neighbouring runs make, the longest reading first: a repeated beginning is left out."""
    found: list[SaidNumber] = []
    at = 0
    while at < len(group):
        number, after = _best_from(group, at)
        if number is not None:
            found.append(number)
        at = after
    return found


def _best_from(group: Sequence[_Run], at: int) -> tuple[SaidNumber | None, int]:
    best: tuple[SaidNumber | None, int] = (None, at + 1)
    for end in range(at + 1, len(group) + 1):
        runs = group[at:end]
        if sum(len(run.digits) for run in runs) > 2 * _LONGEST:
            break
        number = _read(runs)
        if number is not None and (best[0] is None or len(number.digits) > len(best[0].digits) or runs[-1].is_correction):
            best = number, end
    return best


def _read(runs: Sequence[_Run]) -> SaidNumber | None:
    for digits in _readings(runs):
        stripped = re.sub(r"^(?:0086|86)(?=1[3-9]\d{9}$)|^0(?=1[3-9]\d{9}$)", "", digits)
        kind = kind_of(stripped)
        if kind is not None:
            return SaidNumber(runs[0].start, runs[-1].end, stripped, kind)
    return None


def _readings(runs: Sequence[_Run]) -> list[str]:
    """What the runs may mean: put together, or with a correction in the place of what it takes back."""
    corrected = next((at for at in range(len(runs) - 1, 0, -1) if runs[at].is_correction), 0)
    after = "".join(run.digits for run in runs[corrected:])
    if not corrected:
        return [after]
    before = [run.digits for run in runs[:corrected]]
    whole, first = "".join(before), runs[corrected].digits
    return [after, "".join(before[:-1]) + after, whole[: len(whole) - len(first)] + after]


def _announced(group: Sequence[_Run], text: str) -> list[SaidNumber]:
    """A number that is wrong or local, but was announced as one."""
    start, end = group[0].start, group[-1].end
    before = text[max(0, start - _ANNOUNCED_BEFORE) : start]
    announced = _ANNOUNCED.search(before)
    digits = _readings(group)[0]
    if not announced or not 7 <= len(digits) <= _LONGEST:
        return []
    if "证" in announced[0] or len(digits) >= 15:
        return [SaidNumber(start, end, digits, NumberKind.ID, is_valid=False)]
    if digits[0] == "1":
        return [SaidNumber(start, end, digits, NumberKind.MOBILE, is_valid=False)]
    return [SaidNumber(start, end, digits, NumberKind.LANDLINE, is_valid=bool(re.fullmatch(r"[2-8]\d{6,7}", digits)))]
