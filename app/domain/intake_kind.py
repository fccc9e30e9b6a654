"""Of which kind a request is (咨询 求助 意见 建议 投诉 举报) and how urgent: by what the caller calls it, else by words."""

import re
from collections.abc import Collection
from functools import lru_cache

from app.domain.intake_turns import Turn, evidence_in
from app.domain.intake_words import KIND_WORDS, URGENT_WORDS
from app.domain.ticket import RequestKind, Urgency
from app.domain.transcript import Evidence

ENOUGH = 2
"""The loudness of words under which no kind is proposed."""

CLEAR = 3
"""So much louder than the next kind the loudest must be to count as clear."""

_SAID = (
    (
        RequestKind.REPORT,
        re.compile(
            r"(?:(?:想|要|来|再|实名|匿名)(?:向你们|跟你们|匿名|实名|去)?举报(?!过|电话|中心|信)|^(?:您好|你好|喂|我|"
            r"，|,)*举报(?!过|电话)|举报(?:一下|一个|一家))"
        ),
    ),
    (
        RequestKind.COMPLAINT,
        re.compile(
            r"(?:(?:想|要|来|再|必须|就)(?:向你们|跟你们|继续)?投诉(?!过|电话|信)|^(?:您好|你好|喂|我|，|"
            r",)*投诉(?!过|电话)|投诉(?:一下|一个|一家|你们))"
        ),
    ),
    (
        RequestKind.SUGGESTION,
        re.compile(
            r"(?:提|有)(?:一?个|几个|点|一点|几点|一些|条|一条)?(?:小)?建议|我建议|建议(?:(?:你们|咱们|政府)(?!管|查|"
            r"处理|治|赶紧|快)|在|把|能|给|增|延|加|将|公交|尽快|设|取消|地铁|相关)|希望(?:我们|你们|咱们|政府|小区|"
            r"公交|这里|能够|能)*(?:装|增|加|设|建|多|开通|延长)|(?:^|[，,。 ])建议(?!你们|咱们|政府)"
        ),
    ),
    (
        RequestKind.INQUIRY,
        re.compile(
            r"(?:(?:想|要|来)(?:跟你们|向你们|跟您|向您|给你们)?(?:咨询|问|了解|请教|打听|查询|查)(?:一下|下|问|个|"
            r"点|一个|清楚|您|你们)?(?!过|题)|咨询(?:一下|个|一个|点)|请教一下|问一下|打听一下)"
        ),
    ),
    (
        RequestKind.HELP,
        re.compile(
            r"(?:想|要|来)(?:向你们|跟你们|向政府)?(?:求助|请求帮助|寻求帮助)|求助(?:一下|你们)|救救|帮帮(?:我|忙)|"
            r"能(?:不能)?帮(?:我|忙)"
        ),
    ),
    (
        RequestKind.OPINION,
        re.compile(
            r"(?:想|要|来|再)?(?:表扬|感谢)(?:一下|一个|咱们|你们|我们|社区|那|这|他|她)|提(?:一?个|点|一点|条)?意见|点个赞"
        ),
    ),
)
_PAST = re.compile(
    r"(?:已经|曾经|之前|以前|上次|昨天|上个月|上周|多次|也|去年|过|没用|不是(?:要|想|来)?|没有|不想|不用).{0,4}$"
)
_ASKED = re.compile(
    r"怎么(?:办理|申请|查|交|报|领|提|转|补|算|弄|预约)|如何|什么(?:时候|条件|材料|手续|标准)|多少钱|"
    r"在?哪[里边儿](?:可以|能|办|交|报|领)|哪个部门|几点|多久|是否|能不能(?:报|办|用|领|享)|何时|能(?:补|办|领|报|查|"
    r"用|退|转|享受|申请)[^，。]{0,6}吗|归谁管|(?<![见到清在是好行道吧])[吗呢][？?。]?$"
)
_UNREAL = re.compile(
    r"(?:如果|要是|万一|假如|会不会|怕|担心|防止|避免|没有?|不是|去年|以前|之前|上次|演习|听说|差点|容易).{0,8}$"
)
_SIGN = re.compile(r"[，,。；;！!？?]")
_DENIED = re.compile(r"(?:不是|不想|并非)(?:要|来|想)?$")
_ONE_SHOT = 3

_OPEN = 1.0
"""A question weighs so much for an inquiry: complaints ask too."""

_EXPLICIT = 3.0
"""What a caller calls their own request weighs as much as a loud word more."""


def guess_kind(text: str) -> RequestKind | None:
    """The kind of request that the words speak for most loudly; None where they hardly speak."""
    weights = _weighed({word for word, _ in _words_in(text)})
    best = max(weights, key=lambda kind: weights[kind])
    return best if weights[best] >= ENOUGH else None


def guess_urgency(text: str) -> Urgency:
    return Urgency.URGENT if any(word in text for word in URGENT_WORDS) else Urgency.NORMAL


def read_kind(turns: list[Turn]) -> tuple[RequestKind, tuple[Evidence, ...]] | None:
    said = [turn for turn in turns if turn.yes is None]
    named = _named(turns)
    asked = [(turn, *match.span()) for turn in said if (match := _ASKED.search(turn.text)) is not None]
    heard = [(turn, *word) for turn in said for word in _words_in(turn.text)]
    weights = _weighed({word for _, word, _ in heard})
    weights[RequestKind.INQUIRY] += _OPEN * min(2, len(asked))
    for kind, evidence in named.items():
        weights[kind] += _EXPLICIT * min(len(evidence), _ONE_SHOT)
    ranked = sorted(weights, key=lambda kind: -weights[kind])
    best, lead = ranked[0], weights[ranked[0]] - weights[ranked[1]]
    if weights[best] < ENOUGH:
        return (
            (RequestKind.INQUIRY, tuple(one for found in asked for one in evidence_in(*found, "kind:question")))
            if asked
            else None
        )
    if best in named:
        rule = "kind:said" if len(named) == 1 or lead >= CLEAR else "kind:words"
        return best, tuple(one for found in named[best] for one in evidence_in(*found, rule))
    rule = "kind:words" if lead >= CLEAR and not named else "kind:hint"
    words = [(turn, start, start + len(word)) for turn, word, start in heard if word in KIND_WORDS[best]]
    return best, tuple(one for found in words or asked for one in evidence_in(*found, rule))


def read_urgency(turns: list[Turn]) -> tuple[Urgency, tuple[Evidence, ...]] | None:
    found = [(turn, start, end) for turn in turns for start, end in _urgent_in(turn.text) if turn.yes is None]
    return (Urgency.URGENT, tuple(one for place in found for one in evidence_in(*place, "urgency:words"))) if found else None


def _named(said: list[Turn]) -> dict[RequestKind, list[tuple[Turn, int, int]]]:
    named: dict[RequestKind, list[tuple[Turn, int, int]]] = {}
    for turn in said:
        for kind, start, end in _named_in(turn.text):
            named.setdefault(kind, []).append((turn, start, end))
    return named


@lru_cache(1024)
def _named_in(text: str) -> tuple[tuple[RequestKind, int, int], ...]:
    """What the caller calls the request: 我要投诉, 咨询一下; not what was done before (投诉过) or is denied."""
    found = [(kind, match) for kind, pattern in _SAID if (match := pattern.search(text)) is not None]
    return tuple((kind, *match.span()) for kind, match in found if not _PAST.search(text[: match.start()]))


@lru_cache(1024)
def _words_in(text: str) -> tuple[tuple[str, int], ...]:
    """Words of any kind, and where each stands first."""
    found = [(word, text.index(word)) for words in KIND_WORDS.values() for word in words if word in text]
    return tuple((word, at) for word, at in found if not _DENIED.search(text[:at]))


@lru_cache(1024)
def _urgent_in(text: str) -> tuple[tuple[int, int], ...]:
    found = [(text.index(word), word) for word in URGENT_WORDS if word in text]
    return tuple((at, at + len(word)) for at, word in found if not _UNREAL.search(_SIGN.split(text[:at])[-1]))


def _weighed(heard: Collection[str]) -> dict[RequestKind, float]:
    """Each word counts once; one within a longer one that also counts does not."""
    weights: dict[RequestKind, float] = {}
    for kind, words in KIND_WORDS.items():
        own = [word for word in words if word in heard]
        kept = [word for word in own if not any(word != other and word in other for other in own)]
        weights[kind] = float(sum(words[word] for word in kept))
    return weights
