"""Spoken numbers as they are written on a ticket: digits for what is counted, dated, dialled or lived at; idioms stay words.

The values are cn2an's. Where a number stands is decided here: the ready grammars (WeTextProcessing, wetext) write 3:30p.m.,
¥35600, 03/15, 10分着急 and 号院六号楼, so that nearly everything on a ticket would have to be taken back.
Units stay as they were said (下午3点半), but for money and per cent.
"""

import re
from collections.abc import Callable
from itertools import pairwise

import cn2an

from app.domain.numerals import SPOKEN_DIGITS, numbers_in
from app.speech.signs import Change

_D = "零〇一二三四五六七八九幺"
_N = "零〇一二三四五六七八九十百千万亿两"
_STRONG = "号楼|号院|号线|号门|号|栋|幢|单元|室|楼"
_WEAK = "层|座|门|户|排|组|区|期|院|弄|条"
_MEASURED = "公里|千米|平方米|平米|厘米|毫米|米|公斤|千克|克|斤|吨|升|倍|度|小时|个小时|个月|年|天|万|亿|元|块|角|亩|公顷"
_EACH = "斤个平度吨张份人天月年条只公米"
_GOODS = "地砖石板玻肉布木蛋田瓷糖香电屏表招牌儿头广黑大小"
_FEW = re.compile(
    r"[一二三四五六七八九两][一二三四五六七八九](?=[十百千万亿])|十[一二三四五六七八九]{2}|^[一二三四五六七八九两][一二三四五六七八九]$"
)
"""About so many: 二三十, 三四百, 十五六, 五六. Written in words, as 20~30 is not what was said."""

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]


def number_changes(text: str, is_name: Callable[[int, int], bool]) -> list[Change]:
    """What is to be written otherwise, in order and apart. `is_name(start, end)`: these signs are of a name or an idiom."""
    if not _ANY.search(text):
        return []
    found = [change for change in _told(text) if _is_new(text, change)]
    for pattern, written in _RULES:
        for match in pattern.finditer(text):
            new = written(match)
            if new is None or new == match[0]:
                continue
            change = _narrowed(match, new)
            if not any(change.start < other.end and change.end > other.start for other in found) and not is_name(
                change.start, change.end
            ):
                found.append(change)
    return sorted(found, key=lambda change: change.start)


def value_of(said: str) -> int | None:
    """The whole number these signs mean: 三千二百 → 3200; None where they mean none, or about so many."""
    if not said or _FEW.search(said) or not re.search(rf"[{_D}两]|^十", said):
        return None
    try:
        value = cn2an.cn2an(said.replace("〇", "零"), "normal")
    except (ValueError, KeyError):  # KeyError: 零十一
        return None
    return int(value) if value == int(value) else None


def _told(text: str) -> list[Change]:
    """Telephone and identity numbers: digits only, as one where nothing but a pause parts them."""
    changes: list[Change] = []
    for number in numbers_in(text):
        said = text[number.start : number.end]
        if number.is_valid and re.fullmatch(rf"[{_D}两洞0-9Xx叉艾克斯\s,，、-]+", said):
            all_said = "".join(_digits(run[0]) for run in re.finditer(rf"[{_D}两洞0-9]+", said))
            is_prefixed = len(all_said) > len(number.digits) and all_said.endswith(number.digits)  # 0 or 0086 ahead of a mobile
            changes.append(Change(number.start, number.end, all_said if is_prefixed else number.digits))
        else:
            changes += [
                Change(number.start + run.start(), number.start + run.end(), _digits(run[0]))
                for run in re.finditer(rf"[{_D}两洞]+", said)
            ]
    return changes


def _is_new(text: str, change: Change) -> bool:
    return text[change.start : change.end] != change.text


def _narrowed(match: re.Match[str], new: str) -> Change:
    """Only the signs that differ: the unit stays the word it was."""
    old, start, end = match[0], match.start(), match.end()
    while old and new and old[-1] == new[-1]:
        old, new, end = old[:-1], new[:-1], end - 1
    while old and new and old[0] == new[0]:
        old, new, start = old[1:], new[1:], start + 1
    return Change(start, end, new)


def _digits(said: str) -> str:
    return "".join(SPOKEN_DIGITS.get(sign, sign) for sign in said)


def _written(said: str) -> str | None:
    """Big round numbers keep their 万 and 亿 (三十五万 → 35万), as they are read more easily."""
    for unit in "亿万":
        if said.endswith(unit) and said[:-1]:
            value = value_of(said[:-1])
            return None if value is None else f"{value}{unit}"
    value = value_of(said)
    return None if value is None else str(value)


def _either(said: str) -> str | None:
    """A number said as a count (二十六) or sign by sign (四零二)."""
    return _digits(said) if re.fullmatch(rf"[{_D}]{{2,}}", said) and not _FEW.fullmatch(said) else _written(said)


def _percent(match: re.Match[str]) -> str | None:
    whole, part = _written(match[2]), match[3]
    if whole is None or match[2] == "百":
        return None
    return f"{whole}{'.' + _digits(part) if part else ''}{'%' if match[1] == '百' else '‰'}"


def _decimal(match: re.Match[str]) -> str | None:
    whole = "0" if match[1] in "零〇" else _written(match[1])
    return None if whole is None else f"{whole}.{_digits(match[2])}"


def _year(match: re.Match[str]) -> str | None:
    return _digits(match[1]) + match[2]


def _short_year(match: re.Match[str]) -> str | None:
    year = _digits(match[1])
    return None if int(year[1]) == int(year[0]) + 1 else year + match[2]


def _month(match: re.Match[str]) -> str | None:
    month = value_of(match[1])
    if month is None or not 1 <= month <= 12:
        return None
    if match[2] is None:
        return f"{month}月"
    day = value_of(match[2])
    return None if day is None or not 1 <= day <= 31 else f"{month}月{day}"


def _hour(match: re.Match[str]) -> str | None:
    """下午三点半 → 下午3点半: what was not said (a colon, 分) is not put in."""
    hour = 0 if match[1] in ("零", "〇") else value_of(match[1])
    return None if hour is None or hour > 24 else f"{hour}{match[2]}"


def _minutes(match: re.Match[str]) -> str | None:
    hour, said = _hour(match), match[3]
    minute = _digits(said) if said[0] in "零〇" else _written(said)
    return None if hour is None or minute is None or not minute.isdigit() or int(minute) > 59 else hour + minute


def _money(match: re.Match[str]) -> str | None:
    amount = _written(match[1])
    if amount is None:
        return None
    tail = match[4]
    if tail:  # 五块五, 十二块零五
        if amount.endswith(("万", "亿")):
            return None
        return f"{amount}.{_digits(tail)}元"
    is_surely_money = match[3] or match[2] == "元" or int(re.sub(r"\D", "", amount)) >= 10
    return f"{amount}元" if is_surely_money else None


def _address(match: re.Match[str]) -> str | None:
    return _either(match[1])


def _weak_address(match: re.Match[str]) -> str | None:
    number = _either(match[1])
    return None if number in ("1", None) else number


def _sequence(match: re.Match[str]) -> str | None:
    """Said sign by sign: 一二三四五热线. Not 七七八八 nor 一二三."""
    digits = _digits(match[0])
    if re.fullmatch(r"(.)\1(.)\2", digits) or digits in ("123", "1234", "321") or _is_about(digits, match):
        return None
    return digits


def _is_about(digits: str, match: re.Match[str]) -> bool:
    """五六七个: some, not 567."""
    rises = all(int(right) - int(left) == 1 for left, right in pairwise(digits))
    return rises and len(digits) <= 4 and match.string[match.end() : match.end() + 1] not in ("", *"，。热号")


def _code(match: re.Match[str]) -> str | None:
    return _digits(match[0])


def _count(match: re.Match[str]) -> str | None:
    said, before, after = match[0], match.string[: match.start()], match.string[match.end() :]
    if not re.search("[十百千万亿]", said) or _NO_COUNT_AFTER.search(before) or _NO_COUNT_BEFORE.match(after):
        return None
    if _IDIOMS.match(said + after) or (said == "十" and not after.startswith(tuple(_AFTER_TEN))):
        return None
    value = value_of(said)
    return None if value is None or value < 10 else _written(said)


_NO_COUNT_AFTER = re.compile(r"(?:[几数好成上近]|正月|腊月|冬月|百分之|千分之|[一二三四五六七八九十]点)$")
_NO_COUNT_BEFORE = re.compile(r"[几里道]|分(?!钟)")
_IDIOMS = re.compile(r"十一(?:期间|放假|长假|假期|黄金)|二百五(?![块元多个公斤米平])|一百八十度|千万(?![元块人吨])")
_AFTER_TEN = "个天年岁名位元万亿人斤米吨户层小点家条次张套辆台件周里多公平度倍分"
_ANY = re.compile(rf"[{_N}{_D}]")
_BEGIN = rf"(?<![{_N}])"
_NOT_FEW = rf"(?<![{_N}几数第])"
_HOUR = rf"([{_N}]{{1,3}})(点|时)"
_RULES: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (rf"([百千])分之([{_N}]+)(?:点([{_D}]+))?(?![几多分])", _percent),
        (rf"([{_D}]{{4}})(年)", _year),
        (rf"(?<![{_N}{_D}])([零〇一二][{_D}])(年)(?![多来半前后内里])", _short_year),
        (rf"(?<![{_N}正腊个])([一二三四五六七八九十]{{1,2}})月(?:([一二三四五六七八九十]{{1,3}})(?=[日号]|$|[，。]))?", _month),
        (rf"{_BEGIN}([{_N}]+)点([{_D}]+)(?={_MEASURED})", _decimal),
        (rf"{_BEGIN}([零〇])点([{_D}]+)(?![分十])", _decimal),
        (rf"{_BEGIN}{_HOUR}([{_N}]{{1,3}})(?=分(?!钟))", _minutes),
        (rf"{_BEGIN}{_HOUR}([二三四五]?十[一二三四五六七八九]?|[零〇][{_D}])(?![{_N}]|{_MEASURED})", _minutes),
        (rf"{_BEGIN}{_HOUR}(?=钟|半(?![天年])|一刻|三刻|整)", _hour),
        (
            rf"(?<=上午|下午|中午|晚上|早上|早晨|凌晨|夜里|夜间|半夜|傍晚|清晨|深夜|今早|今晚|昨晚|明早|明晚|当晚|每晚){_HOUR}",
            _hour,
        ),
        (rf"(?<=[到至从]){_HOUR}(?!儿|[{_N}意建要疑])", _hour),
        (
            rf"{_NOT_FEW}(?<!点)([{_N}]+)(块|元)(钱)?(?:(?<=块)((?![零〇](?![{_D}]))[零〇]?[{_D}])(?=一[{_EACH}]|[^{_N}{_EACH}]|$))?(?![{_GOODS}])",
            _money,
        ),
        (rf"{_NOT_FEW}([{_N}{_D}]+)(?={_STRONG})(?!楼(?:[上道梯]|下(?!水))|号召|号码|室内|室外|室[{_N}]厅|楼市)", _address),
        (rf"(?<=[号楼栋幢座院元弄])([{_N}{_D}]+)(?={_WEAK})", _address),
        (rf"(?<=[号楼栋幢座院元层弄])([{_D}]{{3,4}})(?![{_N}个人])", _address),
        (rf"{_NOT_FEW}([{_N}{_D}]+)(?=[层排]|期(?!间))", _weak_address),
        (rf"{_BEGIN}[{_D}]{{3,}}(?![{_N}])", _sequence),
        (rf"{_BEGIN}(?:幺[{_D}]|[{_D}]幺)(?![{_N}])", _code),
        (rf"{_BEGIN}[{_N}]{{1,12}}(?![{_N}])", _count),
    )
)
