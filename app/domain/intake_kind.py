"""Of which kind a request is (咨询 求助 意见 建议 投诉 举报) and how urgent: by what the caller calls it, else by words."""

import re
from collections.abc import Collection, Mapping, Set
from functools import lru_cache
from math import exp

from app.domain.intake_told import Told
from app.domain.intake_turns import Asked, Turn, evidence_in
from app.domain.intake_words import KIND_WORDS, URGENT_WORDS
from app.domain.linear_text import LinearText
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
_LONGER = {
    word: frozenset(other for other in words if word != other and word in other)
    for words in KIND_WORDS.values()
    for word in words
}
_DENIED = re.compile(r"(?:不是|不想|并非)(?:要|来|想)?$")
_DEMANDING = re.compile(
    r"建议(?:你们|咱们|政府|有关部门|相关部门|城管|交警)?(?:赶紧|赶快|尽快|好好|来|去|快)?(?:管|查|处理|治|整治|处罚|罚|清理)"
)
"""建议你们管一管 is no suggestion: who says so wants something done."""

_ONE_SHOT = 3

SHOWN = 12
"""So many of the words are shown as evidence, the first ones: a call of an hour holds hundreds."""

OPENING = 120
"""From so many characters of the caller on, the kind has been told."""

_LEARNT, _UNHEARD = 2.0, -2.5
"""How much what was learnt weighs beside the loudness of words, and what is taken for it where nothing was said yet."""

_SHARPNESS, _NOTHING = 0.8, -5.2
"""Set by five-fold trials on tests/data/kind_training.tsv:
what is 0.9 sure was right in 97 of 100, a guess in three of four."""

_BANDS = ((0.9, "kind:clear"), (0.7, "kind:words"), (0.5, "kind:hint"), (0.27, "kind:guess"))
_DEMANDS = (RequestKind.COMPLAINT, RequestKind.REPORT, RequestKind.SUGGESTION)
_ANSWERS = frozenset({Asked.WHERE, Asked.NAME, Asked.CONTACT, Asked.CONFIDENTIAL, Asked.PUBLISH, Asked.UNIT})

_Spot = tuple[Turn, int, int]
Kind = tuple[RequestKind, tuple[Evidence, ...]]

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


class KindSense:
    """Tells the kind by what the caller calls it, by loud words, and by what was learnt of how people begin."""

    def __init__(self, learnt: LinearText | None = None) -> None:
        """`learnt`: one label a kind (resources/intake/kinds.bin, made by tests/train_kind.py); None: by words alone."""
        self._learnt = learnt
        self._scores = lru_cache(64)(learnt.scores) if learnt is not None else None

    def read(self, told: Told) -> Kind | None:
        named, asked = _named(told), told.all(_question_in)
        heard = [word for words in told.all(_words_of) for word in words]
        weights = _weighed({word for _, word, _ in heard})
        weights[RequestKind.INQUIRY] += _OPEN * min(2, len(asked))
        for kind, spots in named.items():
            weights[kind] += _EXPLICIT * min(len(spots), _ONE_SHOT)
        if self._scores is None:
            return _by_words(weights, named, asked, heard)
        opening = _opening(told)
        scores = self._scores("，".join(turn.text for turn in opening)) if opening else {}
        total = {kind: weight + _LEARNT * scores.get(kind, _UNHEARD) for kind, weight in weights.items()}
        best, sure = _chosen(total, named)
        rule = next((rule for least, rule in _BANDS if sure >= least), None)
        if rule is None:
            return _by_words(weights, named, asked, heard)
        if best in named:
            rule = "kind:said" if len(named) == 1 or rule == "kind:clear" else "kind:words"
        words = [(turn, start, start + len(word)) for turn, word, start in heard if word in KIND_WORDS[best]]
        questions = asked if best is RequestKind.INQUIRY else []
        return _shown(best, named.get(best) or words or questions or self._because(opening, best), rule)

    def _because(self, opening: list[Turn], kind: RequestKind) -> list[_Spot]:
        """The words of the opening that speak for the kind, of the turn that says so most."""
        learnt = self._learnt
        if learnt is None or not opening:
            return []
        turn = max(opening, key=lambda turn: learnt.scores(turn.text)[kind])
        start, end = learnt.because(turn.text, kind)
        return [(turn, start, end)] if end > start else [(turn, 0, len(turn.text))]


def _opening(told: Told) -> list[Turn]:
    """What the caller said first that says anything: the kind is told at the beginning, addresses and numbers come later."""
    opening, length = [], 0
    for turn in told.turns:
        if length >= OPENING:
            break
        if turn.yes is None and not turn.asked & _ANSWERS and len(turn.text) > 3:
            opening.append(turn)
            length += len(turn.text)
    return opening


def _chosen(total: Mapping[RequestKind, float], named: Collection[RequestKind]) -> tuple[RequestKind, float]:
    """The kind, and how sure it is (0…1): one that the caller names as a demand wins whatever else speaks."""
    demanded = [kind for kind in named if kind in _DEMANDS]
    best = max(demanded or total, key=lambda kind: total[kind])
    odds = [exp(_SHARPNESS * (total[kind] - total[best])) for kind in total]
    return best, 1.0 / (sum(odds) + exp(_SHARPNESS * (_NOTHING - total[best])))


def _by_words(
    weights: Mapping[RequestKind, float],
    named: Mapping[RequestKind, list[_Spot]],
    asked: list[_Spot],
    heard: list[tuple[Turn, str, int]],
) -> Kind | None:
    ranked = sorted(weights, key=lambda kind: -weights[kind])
    best, lead = ranked[0], weights[ranked[0]] - weights[ranked[1]]
    if weights[best] < ENOUGH:
        return _shown(RequestKind.INQUIRY, asked, "kind:question") if asked else None
    if best in named:
        return _shown(best, named[best], "kind:said" if len(named) == 1 or lead >= CLEAR else "kind:words")
    words = [(turn, start, start + len(word)) for turn, word, start in heard if word in KIND_WORDS[best]]
    return _shown(best, words or asked, "kind:words" if lead >= CLEAR and not named else "kind:hint")


def _shown(kind: RequestKind, spots: list[_Spot], rule: str) -> Kind:
    return kind, tuple(one for spot in spots[:SHOWN] for one in evidence_in(*spot, rule))


def read_urgency(told: Told) -> tuple[Urgency, tuple[Evidence, ...]] | None:
    found = [spot for spots in told.all(_urgent_of) for spot in spots][:SHOWN]
    return (Urgency.URGENT, tuple(one for place in found for one in evidence_in(*place, "urgency:words"))) if found else None


def _question_in(turn: Turn) -> _Spot | None:
    match = _ASKED.search(turn.text) if turn.yes is None else None
    return (turn, *match.span()) if match is not None else None


def _words_of(turn: Turn) -> list[tuple[Turn, str, int]]:
    return [(turn, *word) for word in _words_in(turn.text)] if turn.yes is None else []


def _urgent_of(turn: Turn) -> list[_Spot]:
    return [(turn, *span) for span in _urgent_in(turn.text)] if turn.yes is None else []


def _named_of(turn: Turn) -> list[tuple[RequestKind, _Spot]]:
    return [(kind, (turn, start, end)) for kind, start, end in _named_in(turn.text)]


KIND_READERS = (_question_in, _words_of, _urgent_of, _named_of)


def _named(told: Told) -> dict[RequestKind, list[_Spot]]:
    named: dict[RequestKind, list[_Spot]] = {}
    for turn in told.all(_named_of):
        for kind, spot in turn:
            named.setdefault(kind, []).append(spot)
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
    return tuple(
        (word, at)
        for word, at in found
        if not _DENIED.search(text[:at]) and not (word == "建议" and _DEMANDING.match(text[at:]))
    )


@lru_cache(1024)
def _urgent_in(text: str) -> tuple[tuple[int, int], ...]:
    found = [(text.index(word), word) for word in URGENT_WORDS if word in text]
    return tuple((at, at + len(word)) for at, word in found if not _UNREAL.search(_SIGN.split(text[:at])[-1]))


def _weighed(heard: Set[str]) -> dict[RequestKind, float]:
    """Each word counts once; one within a longer one that also counts does not."""
    weights: dict[RequestKind, float] = {}
    for kind, words in KIND_WORDS.items():
        own = [word for word in words if word in heard]
        kept = [word for word in own if heard.isdisjoint(_LONGER[word])]
        weights[kind] = float(sum(words[word] for word in kept))
    return weights
