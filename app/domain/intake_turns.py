"""One turn of a call: a final utterance, what the agent had asked before it, and what the caller agreed to in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import TypeVar

from app.domain.intake_sureness import DOUBTFUL, SURENESS
from app.domain.transcript import Evidence, Utterance

HOLDS = 2
"""So many utterances of the caller after a question still count as its answer: "嗯", and then the answer."""

MISHEARD = 0.35
"""Words that the recogniser itself trusts less than this fill no field for sure."""


class Asked(Enum):
    CONTACT = auto()
    WHERE = auto()
    NAME = auto()
    HURT = auto()
    CONFIDENTIAL = auto()
    PUBLISH = auto()  # the same question the other way round: may we name you?
    WHEN = auto()
    UNIT = auto()
    DEMAND = auto()


_UNITS = "公司|店|单位|商家|商户|物业|企业|学校|机构|饭店|餐厅|超市|工地|医院|厂|中介|平台|部门|开发商|银行|幼儿园|酒店"
_QUESTIONS = {
    Asked.CONTACT: re.compile(
        r"(?:电话|手机|号码|联系方式)(?:号码?)?(?:是多少|多少|是什么|呢|留一?下|方便|给我|[吗呢？?]|$)"
        r"|(?:留|提供|说|报|记|告诉我?)(?:一?下|一个)?(?:您|你)?的?(?:联系)?(?:电话|手机|号码|方式)|怎么联系您|"
        r"(?:核对|确认).{0,6}(?:电话|号码)"
        r"|(?:电话|号码)是.*(?:对吗|对吧|是吗|是吧)"
    ),
    Asked.WHERE: re.compile(
        r"(?:在|住|是|位于)(?:您|你)?(?:的)?(?:哪里|哪儿|哪块|哪一?[个条栋片]?(?:区|街道|小区|路|街|位置|地方|社区|"
        r"村|镇|乡|楼|城市|县|路口|市场)?)"
        r"|哪[一]?[个条栋]?(?:区|街道|小区|路口|路|位置|地方|社区|村|镇|乡|楼|县|市场|站)|什么(?:位置|地方|路|街|"
        r"小区)|地址|位置|几号楼|几单元|几栋|门牌|住哪"
        r"|(?:所在|属于)[的]?(?:区|街道|地区)"
    ),
    Asked.NAME: re.compile(
        r"贵姓|怎么称呼|如何称呼|(?:您|你)的?(?:姓名|名字)|(?:您|你)(?:叫|姓)什么|留一?下(?:姓名|名字|姓)|姓什么"
    ),
    Asked.HURT: re.compile(r"受伤|伤亡|伤员|伤者|伤到|伤着|(?:人|您|老人|孩子)[^，。]{0,4}(?:没事|有事|怎么样)吗|不舒服"),
    Asked.CONFIDENTIAL: re.compile(r"保密|匿名"),
    Asked.PUBLISH: re.compile(
        r"(?:公开|透露|告知|告诉).{0,6}(?:您|你|个人|信息|身份).{0,8}[吗吧？?]|把(?:您|你).{0,8}(?:告诉|透露|公开|提供|转)"
    ),
    Asked.WHEN: re.compile(r"什么时候|什么时间|何时|多久|几点|多长时间|哪一?天|几天|几号|从哪天|时间是|持续"),
    Asked.UNIT: re.compile(
        rf"(?:{_UNITS})(?:的)?(?:全称|名称|名字|叫什么|是哪|叫啥)|哪[一]?[家个](?:{_UNITS})|(?:什么|"
        rf"哪个)(?:{_UNITS})|(?:它|他们)叫什么|(?<![您你他她子人])叫(?:什么|啥)"
    ),
    Asked.DEMAND: re.compile(
        r"诉求|什么要求|(?:希望|想|需要|要求)(?:我们|政府|部门|他们|对方)?(?:怎么|如何|怎样|得到|达到|做什么|什么)|"
        r"怎么(?:解决|处理)(?:呢|吗|？|$)"
    ),
}
_YES = re.compile(
    r"^(?:[嗯啊哎噢哦呃唉诶]|，|,|、|。| )*(?:对(?![不面方于象着外门岸])|是的|是(?=[，,。啊呀 ]|$)|没错|正确|"
    r"就是(?=[，,。 ]|$)|嗯+[。，]?$)"
)
_CHECKED = re.compile(r"[吗吧？?]|是不是|对不对|是…|核对|确认|您说的|重复一下|记录的是")
_EITHER = re.compile(r"还是")
CORRECTED = re.compile(r"(?:不对|不是|说错|错了|更正|改成|换成|应该是|我记错|哦不|啊不|不不)")


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """A final utterance with words. `fresh`: the question came right before.

    `yes`: the caller's words that agreed to `said`, which then is the agent's: what the agent named, the caller affirmed.
    `opens`: a block of turns begins here, see app.domain.intake_told.
    `memo`: what was read in it, by its reader; a turn never changes, so that is read once.
    """

    said: Utterance
    asked: frozenset[Asked] = frozenset()
    fresh: bool = False
    yes: Evidence | None = None
    opens: bool = False
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        return self.said.text

    def once(self, reader: Callable[["Turn"], T]) -> T:
        """What `reader` reads in this turn; asked again, the same without reading."""
        try:
            return self.memo[reader]  # type: ignore[return-value]  # kept by the reader itself
        except KeyError:
            found = self.memo[reader] = reader(self)
            return found


@lru_cache(512)
def asked_by(question: str) -> frozenset[Asked]:
    return frozenset(kind for kind, pattern in _QUESTIONS.items() if pattern.search(question))


def affirmed(questions: Sequence[Utterance], answer: Utterance) -> list[Turn]:
    match = _YES.match(answer.text)
    whole = " ".join(q.text for q in questions)
    if match is None or not _CHECKED.search(whole) or _EITHER.search(whole):
        return []
    yes = Evidence(answer.speaker, answer.number, *match.span(), match[0], SURENESS["affirmed"], "affirmed")
    return [Turn(q, asked_by(whole), True, yes) for q in questions]


def evidence_in(turn: Turn, start: int, end: int, rule: str) -> tuple[Evidence, ...]:
    """The characters as evidence with the sureness of their rule; with the caller's yes where the agent said them."""
    sure = SURENESS["affirmed"] if turn.yes is not None else SURENESS[rule]
    if is_doubtful(turn.said, start, end):
        sure = min(sure, DOUBTFUL)
    found = Evidence(turn.said.speaker, turn.said.number, start, end, turn.text[start:end], sure, rule)
    return (found,) if turn.yes is None else (found, turn.yes)


def is_doubtful(said: Utterance, start: int, end: int) -> bool:
    """Whether the recogniser hardly trusts a word between these characters; words that do not make up the text say nothing."""
    at = 0
    for word in said.words:
        if at < end and at + len(word.text) > start and word.confidence < MISHEARD:
            return True
        at += len(word.text)
    return said.confidence < MISHEARD
