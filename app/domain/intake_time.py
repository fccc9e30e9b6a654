"""When it happened: the time of the event as the caller named it, apart from other times that are spoken of."""

import re
from dataclasses import dataclass

from app.domain.intake_told import Told
from app.domain.intake_turns import Asked, Turn, evidence_in
from app.domain.transcript import Evidence

_N = "0-9零〇一二三四五六七八九十两"
_DAY = (
    rf"(?:[{_N}]{{2,4}}年|今年|去年|前年|当年)?(?:[{_N}]{{1,3}}月份?(?:[{_N}]{{1,3}}[号日])?|"
    rf"(?<![{_N}月路街巷院道弄里区第楼园])[{_N}]{{1,3}}[号日](?=早|上午|中午|下午|晚|夜|凌晨|那天|左右|开始|到))"
    rf"|[{_N}]{{2,4}}年(?:年初|年底|上半年|下半年|初|底)?"
    r"|大前天|前天|昨天|昨晚|昨儿(?:个)?|昨日|今天|今早|今晨|今晚|今儿(?:个)?|当天|当晚|前几天|前两天|前段时间|"
    r"这几天|这两天|这段时间|最近(?:几天|这几天|一段时间|这段时间|两天|一周|一个月)?|近期|近来"
    r"|每天|天天|每晚|每周[一二三四五六日天末]?|每个月|每年|一到(?:晚上|夏天|冬天|下雨天?|周末)|周末|(?:上|这|"
    r"本)个?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:周|星期|礼拜)[一二三四五六日天]"
    r"|上个?月(?:初|底|中旬|[0-9一二三四五六七八九十]{1,3}[号日])?|这个?月|本月(?:初)?|月初|今年(?!多大|"
    r"[0-9一二三四五六七八九十]+[了岁多])(?:年初|春天|夏天|秋天|冬天|以来|开始)?|去年(?:年底|年初|春天|夏天|秋天|"
    r"冬天|底)?|前年|春节(?:期间)?|国庆(?:节)?(?:期间)?|五一(?:期间)?|过年(?:的时候|期间)?|刚才|刚刚"
)
_PART = r"早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|夜间|深夜|凌晨|半夜|大半夜|早高峰|晚高峰|白天"
_CLOCK = (
    rf"[{_N}]{{1,3}}点(?:半|一刻|三刻|钟|多|[{_N}]{{1,3}}分?)?(?:多|钟|左右|的时候|前后)*|"
    rf"[0-2]?[0-9][:：][0-5][0-9](?:分)?(?:左右)?"
)
_POINT = re.compile(
    rf"(?:从|自)?(?:(?:{_DAY})(?:的)?(?:大概|大约|差不多)?(?:{_PART})?(?:大概|大约|差不多)?(?:{_CLOCK})?|"
    rf"(?:{_PART})(?:大概|大约|差不多)?(?:{_CLOCK})?|(?:{_CLOCK}))"
    rf"(?:到(?:现在|今天|目前|(?:第二天)?(?:{_PART})?(?:{_CLOCK})|{_PART}))?(?:开始|起|以来|左右)?"
)
_LASTING = re.compile(
    r"(?:已经|都|有|持续了?|连续|断断续续|整整|快|将近|大概|差不多)*(?:[0-9一二三四五六七八九十两半几多]+|好几|好多|"
    r"十几|二十几)个?(?:多|半|来)?(?:分钟|小时|钟头|天|晚上|星期|周|礼拜|月|年)(?:多|半)?(?:了|没|都没|以上)"
)
_ASKED_LASTING = re.compile(
    r"(?:已经|都|有|持续了?|大概|差不多|快|将近)*(?:[0-9一二三四五六七八九十两半几多]+|好几|好多|十几)个?(?:多|半|"
    r"来)?(?:分钟|小时|钟头|天|晚上|星期|周|礼拜|月|年)(?:多|半)?(?:了|吧|左右)?"
)
_OTHER_THING = re.compile(
    r"^[^，。,]{0,6}?(?:打过|反映过|投诉过|打了电话|打电话|来电|咨询过|问过|报过|报警|报修|找过|打的|联系过|说过|"
    r"答复|回复|买的|入住|交房|办的|签的|毕业|出生|退休|结婚|也?[^，。,]{0,4}过[一两几]次)|^(?:全天|正常)?(?:上班|"
    r"开门|营业|办公|休息)[吗么]?"
)
_NOT_EVENT = re.compile(
    r"(?:住|工作|干|上班|结婚|结|买|用|活|开|做|租|退休|离婚|毕业|嫁|交|签|有效期|岁|要|得|需要|还有|为期|每隔|不到|"
    r"超过|未满|不满|差|保修|质保|孩子|房龄|前|后|年龄|生)(?:了)?$"
)
_CLOSING = re.compile(r"(?:营业|开放|上班|下班|办公|工作|截止|末班车|首班车|开门|关门).{0,4}$")
_VAGUE = frozenset(
    [
        "最近",
        "近期",
        "近来",
        ("这个月"),
        "今年",
        "这几天",
        "这两天",
        "本月",
        "周末",
        "白天",
        "晚上",
        "早上",
        "上午",
        "下午",
        "中午",
        "每年",
        "去年",
        "前年",
        ("这段时间"),
        "前段时间",
    ]
)
_CLOCK_ALONE = re.compile(rf"^(?:{_CLOCK})$")
_FIRM_CLOCK = re.compile(r"点(?:半|钟|多|一刻|左右|[0-9一二三四五六七八九十]{1,3}分)|[:：]")
_YEAR = re.compile(rf"^[{_N}]{{2,4}}年$")


@dataclass(frozen=True, slots=True)
class _Time:
    turn: Turn
    start: int
    end: int
    rule: str
    weight: float


def read_happened(told: Told) -> tuple[str, tuple[Evidence, ...]] | None:
    """The weightiest point in time and, where one was told, how long it has lasted; in the order they were said."""
    found = [[time for times in told.all(reader) for time in times] for reader in TIME_READERS]
    times = [max(kind, key=lambda time: time.weight) for kind in found if kind]
    if not times:
        return None
    times.sort(key=lambda time: (told.place_of(time.turn), time.start))
    evidence = tuple(one for time in times for one in evidence_in(time.turn, time.start, time.end, time.rule))
    return "，".join(time.turn.text[time.start : time.end] for time in times), evidence


def _points(turn: Turn) -> list[_Time]:
    if turn.yes is not None and Asked.WHEN not in turn.asked:
        return []
    return [_point(turn, match) for match in _POINT.finditer(turn.text) if _is_event(turn, match)]


def _is_event(turn: Turn, match: re.Match[str]) -> bool:
    words, before, after = match[0], turn.text[: match.start()], turn.text[match.end() :]
    if _CLOCK_ALONE.match(words) and not _FIRM_CLOCK.search(words) and Asked.WHEN not in turn.asked:
        return False  # 三点建议, 快点, 一点都没有
    if words.startswith("一点") or (before[-1:] in "第快早晚差有" and "点" in words[:2]):
        return bool(_FIRM_CLOCK.search(words)) and before[-1:] not in "第快差"
    if _YEAR.match(words) and after[:1] in "级的后" and len(words) < 5:
        return False
    return not (_OTHER_THING.match(after) and Asked.WHEN not in turn.asked) and not _CLOSING.search(before)


def _point(turn: Turn, match: re.Match[str]) -> _Time:
    words = match[0]
    is_asked = Asked.WHEN in turn.asked
    weight = 1.0 + 0.15 * min(len(words), 12) + 3.0 * is_asked * turn.fresh - 0.8 * (words in _VAGUE)
    rule = "happened:answer" if is_asked and turn.fresh else "happened:vague" if words in _VAGUE else "happened:day"
    return _Time(turn, *match.span(), rule, weight)


def _lasting(turn: Turn) -> list[_Time]:
    found: list[_Time] = []
    is_asked = Asked.WHEN in turn.asked and turn.fresh
    if turn.yes is not None and not is_asked:
        return found
    for match in (_ASKED_LASTING if is_asked else _LASTING).finditer(turn.text):
        clause = re.split(r"[，,。 ]", turn.text[: match.start()])[-1]
        if not is_asked and (_NOT_EVENT.search(clause) or re.search(r"(?:住|结婚|工作|上班|干|买|退休).{0,6}$", clause)):
            continue
        rule = "happened:answer" if is_asked else "happened:lasting"
        found.append(_Time(turn, *match.span(), rule, 1.0 + 2.0 * is_asked))
    return found


TIME_READERS = (_points, _lasting)
