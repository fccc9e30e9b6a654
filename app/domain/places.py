"""Places in what was said: districts, streets, roads with house numbers, housing estates, crossings. By pattern, not by map."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Level(IntEnum):
    """How far down an address goes; an address names each level once."""

    DISTRICT = 0
    STREET = 1
    ROAD = 2
    ESTATE = 3
    BUILDING = 4
    UNIT = 5
    ROOM = 6


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    levels: frozenset[Level]
    has_number: bool = False
    is_crossing: bool = False


_COUNT = "0-9零〇一二三四五六七八九十百千两幺甲乙丙A-Za-z"
_NAME = (
    r"(?:(?![在住到是从于诉我你他她们的了就说问请去来叫找有想要这那个把给被让跟与很都也还不没吧呢啊吗得着过]|对(?!外)|"
    r"和(?![平谐睦美兴义田县顺静林硕政]))[\u4e00-\u9fffA-Za-z])"
)
_ROAD = rf"{_NAME}{{1,5}}?(?:大街|大道|胡同|路|街|巷|弄堂)(?:[东西南北中]?(?:段|里|侧)(?=[{_COUNT}]))?"
_ROOMS = (
    rf"(?:的?[{_COUNT}]+(?:号楼(?![下上前后道顶])|号院|号|栋|幢|座|单元|层|楼(?![下上前后道顶])|室|门|"
    rf"户))*(?:[0-9零〇一二三四五六七八九幺]{{3,4}}(?![0-9零〇一二三四五六七八九年月点块元个人户平米天]))?"
)
_ESTATE = (
    "小区|家园|花园|嘉园|佳园|新苑|雅苑|[北南东西]苑|新城|新居|名城|华庭|公馆|花城|社区|新村|公寓|大厦|广场|市场|"
    "商场|商城|医院|幼儿园|"
    "(?<!上)(?:小学|中学|大学)|公园|地铁站|火车站|公交站|汽车站|车站|高新区|开发区|新区|工业园|产业园|科技园|菜市场|"
    "农贸市场|家属院|大院|"
    "[东西南北一二三四五六七八九]里(?![面边头外屯])|村"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_NAME}{{2,3}}(?<![小社学校景片地郊市新发高一二三四五六七八九十])(?:区|县)(?!别|分|域|政府|长|委|里|政|"
        rf"间|块|隔))(?:{_NAME}{{2,6}}?(?:街道|镇|乡))?",
        rf"(?<=[在住]){_NAME}{{2}}区{_NAME}{{2,6}}(?=这边|那边|附近|[，,。、 ]|$)",
        r"[A-Z][0-9]{0,2}(?:区|县|市)",
        rf"{_NAME}{{2,6}}?(?:园|里|苑|庄|坊|湾|府|轩|阁|邸|庭|城|楼)(?=[0-9零〇一二三四五六七八九十百两]+(?:号楼|栋|"
        rf"幢|号院|单元)){_ROOMS}",
        rf"{_NAME}{{2,6}}?(?:街道(?:办事处)?|镇|乡)(?![上下边亲长])",
        rf"{_ROAD}(?:和|与|跟|同|到|交){_ROAD}(?:的)?(?:路口|交叉口|交口|交汇处|十字路口|交界处?)?",
        rf"{_ROAD}[{_COUNT}]+(?:号|弄|条)(?:院|楼(?![下上前后道顶]))?{_ROOMS}",
        rf"{_NAME}{{2,8}}?(?:[一二三四五六七八九十]+区|(?<!城)(?<!郊)[东西南北中]区(?=[0-9零〇一二三四五六七八九十]|"
        rf"[，,。]|$|的|那|这)){_ROOMS}",
        rf"{_NAME}{{1,8}}?(?:{_ESTATE})(?:[一二三四五六七八九东南西北]+[区期](?!别))?{_ROOMS}",
        rf"{_ROAD}(?!上|口|面|边|灯|人|况|过|线|费|公交|车|由器|程|途|径|子)",
        rf"{_NAME}{{2,6}}?(?:站(?![起着在长点了立台岗队出一错不满住里上前])|桥(?![段梁洞头]))(?:[东西南北]?广场)?",
        rf"{_ROAD}(?=路口|口|上|边)(?!口子|边摊)",
        rf"[{_COUNT}]+(?:号楼(?![下上前后道顶])|号院|栋|幢|单元)(?:[{_COUNT}]+(?:单元|层|楼(?![下上前后道顶])|室|门|"
        rf"号))*(?:[0-9零〇一二三四五六七八九幺]{{3,4}}(?![0-9零〇一二三四五六七八九年月点块元个人户平米天]))?",
        r"(?:北京|天津|上海|保定|石家庄)?(?:东|南|西|北)?[一二三四五六七八九]环(?:路)?[东西南北]?(?:路)?(?![保境节卫])",
    )
)
_EVERY_PLACE = (
    "马路 公路 道路 一路 这条路 条路 条街 半路 走路 线路 电路 铁路 网路 思路 回路 路 逛街 上街 整条街 楼下小区 "
    "物业小区 修路 铺路 带路 迷路 出路 "
    "退路 套路 弯路 后路 活路 小路 大路 土路 水泥路 泥路 柏油路 村路 主路 辅路 支路 断头路 门前路 盲路 堵路 拦路 "
    "大街 小巷 街巷 小街 老街 步行街 同路 "
    "们小区 本小区 老旧小区 全小区 整个小区 封闭小区 我们小区 咱小区 咱们小区 两小区 各小区 社区 学区 地区 片区 "
    "老旧社区 全村 农村 同村 本村 各村 邻村 乡村 新农村 各区 市区 城区 老城区 新城区 主城区 中心城区 县城区 旧城区 "
    "郊区 景区 山区 "
    "校区 灾区 街道 辖区 村 乡镇 城镇 小学 中学 大学 医院 大医院 小医院 家医院 公园 广场 商场 超市 市场 菜市场 "
    "农贸市场 车站 公交站 地铁站 火车站 幼儿园 社区医院 "
    "私立幼儿园 公立幼儿园 公立小学 重点小学 重点中学 公立医院 私立医院 读小学 上小学 读中学 上中学 上大学 考大学 "
    "读大学 二手市场 房产市场 人才市场 劳动力市场 大厦 公寓 花园 小花园 空中花园 大院 家属院 "
    "国外大学 全日制大学 老年大学 二环 重灾区 居民区 生活区 商业区 老城区 主城区 行政区 功能区 服务区 休息区 公共区 "
    "停车区 厂区 库区 小区 县 乡 镇 门店 上路 下路 让路 问路 网约车站 二手房市场 楼市场 加油站 网站 垃圾站 快递站 "
    "水站 中转站 充电站 车站 地铁站 火车站 公交站 汽车站 高铁站 服务站 医务站 工作站 网约车站 过街天桥 天桥 立交桥 "
    "高架桥 人行天桥 大桥 小桥 公办幼儿园 民办幼儿园 普惠幼儿园"
)
_NOT_PLACES = frozenset(_EVERY_PLACE.split())
_LEAD = re.compile(
    r"^(?:家|里|前面|后面|附近|旁边|楼下|楼上|对面|隔壁|反映|投诉|举报|表扬|属于|关于|地址|具体|位置|一下|像|即|叫做|"
    r"为|由|沿|往|向|靠近|靠|经|至|以及|及|开|修|改造)+"
)
_ELSE = re.compile(
    r"(?:每天|天天|昨天|今天|前天|刚才|刚刚|早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|半夜|昨晚|今早|今晚|每晚|去年|"
    r"今年|明年|前年|上周|上个?月|最近|现在|目前|"
    r"但是|因为|所以|然后|而且|如果|或者|就是|应该|可能|已经|一直|还是|只有|所有|全部|整个|这边|那边|这里|那里|这儿|"
    r"那儿|位于|属于|发现|看见|看到|听见|路过|经过|走到|"
    r"投诉|举报|反映|反应|咨询|建议|希望|要求|表扬|感谢|爸爸|妈妈|父亲|母亲|老人|孩子|小孩|儿子|女儿|邻居|业主|居民|老板|"
    r"师傅|同志|领导|政府|部门|物业|开发商|"
    r"小区里|小区内|门口|楼下|楼上|对面|旁边|附近|后面|前面|隔壁|知道|人行道|车道|跑道|楼道|通道|下水道|管道|街道上|"
    r"贵姓|免贵|姓.(?=[，,。\s]|$)|我姓.|半天|几天|天了|年了|月了|"
    r"跑路|绕路|让路|堵路|修路|走路|铺路|过路|拦路|问路|带路|迷路|挡路|占路|回家|上学|放学|上班|下班|两辆|一辆|三辆|"
    r"几辆|没人|有人|全是|都是|没有|不能|无法|不让|需要|可以|为什么|怎么|什么|哪个|哪里|多少|工作人员|具体)"
)
_LEVELS = (
    (Level.DISTRICT, re.compile(r"(?<![小社学校景片地郊一二三四五六七八九十])区|县|^[A-Z][0-9]*市")),
    (Level.STREET, re.compile(r"街道|镇|乡")),
    (Level.ROAD, re.compile(r"大街|大道|胡同|路|(?<!大)街(?!道)|巷|环(?!境|保|卫)|桥")),
    (Level.ESTATE, re.compile(rf"{_ESTATE}|号院|站|[一二三四五六七八九十东西南北中]区")),
    (Level.BUILDING, re.compile(r"号楼|栋|幢|座")),
    (Level.UNIT, re.compile(r"单元")),
    (Level.ROOM, re.compile(rf"[{_COUNT}](?:层|室|户)|[{_COUNT}]楼|[0-9零〇一二三四五六七八九幺]{{3,4}}$")),
)
_STREET_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}?街道")
_NUMBER = re.compile(rf"[{_COUNT}](?:号|弄|条|栋|幢|座|单元|室|门)")
_CROSSING = re.compile(r"路口|交叉口|交口|交汇|(?:路|街|道)(?:和|与|跟|同|交)")


def _masked(text: str) -> str:
    """The text with words that are no part of a name replaced, each sign by one that no name holds.

    A recogniser writes no signs between words, so they end a name.
    """
    return _ELSE.sub(lambda match: "我" * len(match[0]), text)


@lru_cache(1024)
def parsed_places(text: str) -> tuple[Place, ...]:
    """The places with what they say of an address."""
    masked = _masked(text)
    spans: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            lead = _LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            if (
                text[start : match.end()] not in _NOT_PLACES
                and not text[: match.end()].endswith("马路")
                and match.end() - start > 2
            ):
                spans.append((start, match.end()))
    return tuple(_place(text, start, end) for start, end in _joined(spans))


def _place(text: str, start: int, end: int) -> Place:
    words = text[start:end]
    roads = _STREET_NAME.sub("街道", words)  # 学院路街道 is no road
    levels = frozenset(level for level, pattern in _LEVELS if pattern.search(roads))
    return Place(start, end, levels, _NUMBER.search(words) is not None, _CROSSING.search(words) is not None)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
