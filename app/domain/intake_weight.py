"""How much a clause says: of the matter, of where, when and how much, of what is wanted. Nothing here judges the caller."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.intake_words import KIND_WORDS, URGENT_WORDS
from app.domain.places import parsed_places

_WISH = re.compile(
    r"希望|我(?:们)?(?:就)?(?:想|要)(?:求)?(?:让|退|他们|你们|物业|公司|政府|一个说法|个说法|要回|拿回|讨)|(?:^|我|"
    r"我们|强烈|请)要求(?!我|我们|业主|必须)|诉求|"
    r"请(?:你们|政府|有关|相关|尽快|帮|派|协调|督促|部门|及时)|麻烦(?:你们|您|你)?(?:帮|尽快|派|处理|协调|催|给|快|"
    r"过来|来|跟|问|看|管)|"
    r"(?:能不能|能否|可不可以|可否|是否能)(?:快点|尽快|帮|派|来|给我|给我们|让|管|处理|解决|改|增|加|设|查|催|"
    r"协调|督促|修|清理|安排|把|早点|赶紧|延|取消|恢复|退)|"
    r"(?:帮我|帮我们|帮忙|给我们?|替我们?)(?:解决|处理|协调|催|查|问|要|个说法|一个说法|个答复|修|退|看看|找)|管一管|"
    r"管管|查一查|查一下他|查处|"
    r"(?:赶紧|赶快|尽快|快点|早点|马上|快)(?:派|来人|来(?!不及)|处理|解决|修|恢复|整改|清理|安排|给|把|疏通|救|查)|"
    r"建议|你们(?:快|赶紧)|派人|退(?:我|还|钱|款)(?!难)|赔(?:偿|钱|我)(?!标准)|恳请|请求|呼吁"
)
_PAST_WISH = re.compile(
    r"(?:物业|他们|公司|领导|当时|之前|对方|店家|商家|老板|说)(?:说|要求|让|叫|建议|希望|答应).{0,2}$|打(?:了|过)?.{0,6}$"
)
_ASKS = re.compile(
    r"怎么(?!样|回事|能|会|不|这么|那么|没|又|还|说)|如何|需要(?:准备|带|提供)?(?:什么|哪些|多长|多久|多少)|"
    r"什么(?:材料|手续|条件|时候|流程|部门|标准|政策)|"
    r"哪些(?:材料|手续|条件)|多少钱|多久|哪里(?:办|可以|能|交|领)|能不能|可不可以|是否|能否|可以.*吗|有没有|什么时候|"
    r"是多少|归谁管|哪个部门"
)
_NUMBER = re.compile(r"[0-9]|[一二三四五六七八九十百千万两几]+(?:个|块|元|天|年|月|次|户|人|点|栋|层|米|辆|家|棵|趟)")
_TIME = re.compile(r"昨天|今天|前天|每天|晚上|凌晨|上个?月|去年|最近|早上|下午|夜里|半夜|一直|已经|[天周月年]了")
_PROBLEM = re.compile(
    r"不(?:给|退|发|管|来|修|亮|热|通|让|处理|解决|开|合理|方便|见)|没(?:有|人|水|电|气|暖)?|坏|漏|堵|吵|噪|臭|脏|乱|"
    r"断|破|塌|倒|丢|欠|骗|偷|扰|占|停|爆|撞|着火|冒|拖|涨|扣|砸|危险|严重|影响|违|假|"
    r"污染|垃圾|油烟|收费|施工|停车|积水|态度|超载|闯|咬|摔|昏|疼|困"
)
_NAMES = re.compile(r"投诉|举报|求助|建议|意见|咨询|想问|问一下|请问|请教|了解一下|打听|表扬|感谢|反映|满意|点赞|我认为|觉得")
"""What a caller calls the request says nothing of what it is about."""

_MATTER_WORDS = {word: weight for kind in KIND_WORDS.values() for word, weight in kind.items() if not _NAMES.search(word)}


@dataclass(frozen=True, slots=True)
class Weight:
    """`says`: how much; `problem`: how much of what is wrong; `pairs`: neighbouring characters, to know repetitions by."""

    says: float
    problem: float
    is_wish: bool
    is_question: bool
    pairs: frozenset[str]


class Weighing:
    """Weighs clauses; each text once."""

    def __init__(self, matters: Iterable[str]) -> None:
        """`matters`: words of the matters that units answer for."""
        self._matters = frozenset(matters)
        self.of = lru_cache(2048)(self._of)

    def _of(self, text: str) -> Weight:
        loud = sum(weight for word, weight in _MATTER_WORDS.items() if word in text)
        matters = sum(word in text for word in self._matters)
        wrong = bool(_PROBLEM.search(text))
        says = min(len(text), 20) / 10 + min(4.0, 0.8 * loud) + min(3.0, 1.5 * matters)
        says += 2.0 * any(word in text for word in URGENT_WORDS) + 2.0 * bool(parsed_places(text)) + 1.5 * wrong
        says += bool(_NUMBER.search(text)) + bool(_TIME.search(text)) + 2.0 * bool(_WISH.search(text))
        pairs = frozenset(text[at : at + 2] for at in range(len(text) - 1))
        return Weight(says, loud + 2.0 * matters + 2.0 * wrong, _is_wish(text), bool(_ASKS.search(text)), pairs)


def _is_wish(text: str) -> bool:
    match = _WISH.search(text)
    return match is not None and not _PAST_WISH.search(text[: match.start()])
