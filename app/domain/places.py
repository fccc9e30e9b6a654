"""Places in what was said: districts, streets, roads with house numbers, housing estates, crossings. By pattern, not by map."""

import re

_COUNT = "0-9零〇一二三四五六七八九十百千两幺"
_NAME = r"(?:(?![在住到是从于诉我你他她们的了就说问请去来叫找有想要这那个把给被让])[\u4e00-\u9fffA-Za-z])"
_ROAD = rf"{_NAME}{{1,5}}?(?:大街|大道|胡同|路|街|巷)"
_ROOMS = rf"(?:[{_COUNT}]+(?:号楼(?![下上前后道顶])|号院|号|栋|幢|座|单元|层|楼|室|门))*"
_ESTATE = (
    "小区|家园|花园|社区|新村|公寓|大厦|广场|市场|商场|商城|医院|幼儿园|(?<!上)(?:小学|中学|大学)|公园|地铁站|火车站|公交站|车站|"
    "高新区|开发区|新区|工业园|村"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_NAME}{{2,3}}(?<![小社学校景片地])区)(?:{_NAME}{{2,6}}?(?:街道|镇|乡))?",
        rf"{_NAME}{{2,6}}?(?:街道|镇|乡)(?![上下边])",
        rf"{_ROAD}(?:和|与|跟|同){_ROAD}(?:的)?(?:路口|交叉口|交口|十字路口)?",
        rf"{_ROAD}[{_COUNT}]+(?:号|弄|条)(?:院|楼(?![下上前后道顶]))?{_ROOMS}",
        rf"{_NAME}{{2,8}}?(?:{_ESTATE}){_ROOMS}",
        rf"{_ROAD}(?!上|口|面|边|灯|人|况|过|线)",
        rf"[{_COUNT}]+(?:号楼(?![下上前后道顶])|号院|栋|幢)(?:[{_COUNT}]+(?:单元|层|楼|室|门|号))*",
    )
)
_EVERY_PLACE = (
    "马路 公路 道路 一路 这条路 条路 条街 半路 走路 线路 电路 铁路 网路 思路 回路 路 逛街 上街 整条街 楼下小区 物业小区 "
    "们小区 本小区 老旧小区 全小区 整个小区 社区 学区 地区 片区 老旧社区 全村 农村 同村 各区 市区 城区 郊区 景区 山区 "
    "校区 灾区 街道 辖区 村 乡镇 城镇"
)
_NOT_PLACES = frozenset(_EVERY_PLACE.split())
_LEAD = re.compile(r"^(?:家|里|前面|后面|附近|旁边|楼下|楼上|对面|隔壁|反映|投诉|举报|表扬|属于|关于|地址|具体|位置|一下|上)+")


def places_in(text: str) -> list[tuple[int, int]]:
    """Start and end of each place named, in order; neighbouring ones (区 + 街道 + 路 + 号) are one."""
    spans: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            lead = _LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            if text[start : match.end()] not in _NOT_PLACES and match.end() - start > 2:
                spans.append((start, match.end()))
    return _joined(spans)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
