"""People: who is hurt, as stated, and whether the caller wishes to stay unknown."""

import re

from app.domain.intake_told import Told
from app.domain.intake_turns import Asked, Turn, evidence_in
from app.domain.transcript import Evidence

NOBODY_HURT = "无人受伤"
"""One wording for "nobody was hurt", however it was said: whoever reads the ticket must not overlook it."""

_NONE = re.compile(
    r"(?:没(?:有)?|无|未)(?:任何)?(?:造成)?(?:什么)?(?:人员?|一个人|谁)?(?:受伤|伤亡|伤着|伤到人?|受什么伤|被(?:砸|"
    r"撞|烧)(?:到|伤)|大碍)|人(?:员|倒是|倒|都|是|也)*(?:没事|没受伤|平安|没什么事|安全)|(?:没|无)人?(?:员)?伤亡"
)
_HURT = re.compile(
    r"受(?:了)?(?:重|轻)?伤|(?:摔|烧|烫|砸|撞|打|咬|抓|划|扎|刮|割|炸|压|碰|弄|电|刺|踩|戳|夹)伤|"
    r"伤了(?:[一二两三四五六七八九十几0-9]+个)?人?|伤(?:到|着)了?人|摔(?:进|下|断|破|了一跤)|骨折|流血|出血|昏迷|"
    r"昏过去|昏倒|晕倒|晕过去|晕倒在|不省人事|休克|"
    r"(?<![堵吵累烦气急热冷臭脏挤要难笑饿困渴恶吓])死(?:了|亡)|去世|遇难|中毒|喘不上气|呼吸困难|胸口疼|抽搐|头破|"
    r"(?:打|撞|摔|砸|伤|咬|烫|烧)[^，,。]{0,4}住院|缝了?[一二两三四五六七八九十几0-9]+针|(?:被|让).{0,6}(?:撞|砸|咬|"
    r"打|绊|电|压|夹|烫|烧)(?:了|倒|飞|得)|"
    r"(?:[一二两三四五六七八九十几0-9]+个)?(?:老人|老头|老太太|孩子|小孩|人|爸|妈|父亲|母亲|邻居|同事|工人|乘客|学生|"
    r"老师|大爷|大妈|阿姨).{0,6}(?:摔倒|摔了|摔下|跌倒|掉下去|掉进|头晕|呕吐|吐了|晕了|恶心|发烧|烧着了)"
)
_UNREAL = re.compile(
    r"(?:如果|要是|万一|假如|会|怕|担心|容易|差点|险些|可能|有没有|是不是|是否|随时|迟早|早晚|防止|避免|以免|免得|别|"
    r"不能等|难道|等着|非要|等到|多少人|小心).{0,12}$"
)
_NOT = re.compile(r"(?:没有?|未|无|不是|并没有?|不)(?:有)?(?:人|谁|造成|发生|出现|被)?.{0,2}$")
_UNREAL_AFTER = re.compile(r"^(?:的话|怎么办|谁负责|赔偿标准|怎么赔|的风险|的危险|的隐患|保险|鉴定|证明|报销)")
_OLD = re.compile(r"(?:去年|前年|以前|之前|当时|早就|[0-9一二三四五六七八九十]+年前).{0,10}$")
_NO = re.compile(
    r"^(?:[嗯啊呃哦，, ]|目前|现在|应该|暂时|还)*(?:没有|没|无|都没事|没事|都还好|还好|没人|人没事)(?!看清|注意|办法|法|来得及)"
)
_YES = re.compile(r"^(?:[嗯啊呃哦对，, ]|是的|目前|现在|好像)*有(?!没有)")
_LONGEST = 24
_BREAK = re.compile(r"[，,。；;！!？?\s]")

_SECRET = re.compile(
    r"(?:请|希望|要求|想要?|得|一定要?|务必|麻烦|帮我|给我|替我|为我|能不能|可不可以|可以|可|需要|要|必须|"
    r"我的?(?:个人)?(?:信息|身份|电话|名字|姓名|号码))(?:给我|帮我|替我|对我|请|你们|要|一下|给|帮|做到|严格|注意|"
    r"信息|身份|的|个人){0,4}保密|^(?:嗯|啊|对|，|,| )*保密(?:吧|一下|啊|$)|"
    r"匿名(?:举报|投诉|反映|吧|处理|$|，|。)|"
    r"(?:不要|别|不能|千万别|请勿|勿|不想|不愿意?|不希望)(?:把|让|跟|给|向|告诉|对|透露|泄露|泄漏|暴露|公开|说|他们|"
    r"她们|他|她|对方|别人|物业|公司|单位|老板|邻居|商家|店里|店家|人家|知道|出去|出来|我的?|到|了|们|校方|学校|"
    r"老师){1,8}(?:是我|我的?(?:个人)?(?:信息|电话|名字|姓名|身份|号码|情况)|(?:我|谁)(?:投诉|举报|反映|打|说)的?|"
    r"我来电|暴露我|我知道)|"
    r"(?:不要|别|不能|千万别|不想|不愿意?)(?:透露|泄露|泄漏|暴露|公开|说出|告诉)(?:我的?|他们|对方|别人|个人|出去|"
    r"身份|信息|给)|(?:怕|担心)(?:他们|他|对方|被)?(?:打击)?报复"
)
_FEAR = re.compile(r"报复")
_OPEN = re.compile(
    r"(?:不用|不需要|不必|没必要|无需|用不着)(?:给我|帮我|替我|你们)?(?:保密|匿名)|(?:可以|能)公开(?!透明)|实名(?:举报|投诉)"
)
_REFUSED = re.compile(r"^(?:[嗯啊呃哦，, ])*(?:不用|不需要|不必|没必要|无所谓|没关系|不要紧|都行|随便|可以公开|不保密|没事)")
_AGREED = re.compile(
    r"^(?:[嗯啊呃哦，, ])*(?:需要|要(?!不)|对(?!不)|是的|是(?=[，,。]|$)|好(?:的)?|保密|麻烦|请|最好|那就保密|必须|当然|可以)"
)
_NOT_A_WISH = re.compile(
    r"保密(?:协议|合同|措施|规定|单位|工作|局|费|制度|条款)|(?:他们|公司|单位|对方)(?:说|要求|让我|叫我).{0,6}保密"
)
_MAY_NOT = re.compile(r"^(?:[嗯啊呃哦，, ])*(?:不可以|不行|不要|不能|不想|不愿意|别|不公开|最好不要|最好别|不太方便)")
_MAY = re.compile(r"^(?:[嗯啊呃哦，, ])*(?:可以|能|行|没事|没关系|无所谓|公开吧|随便)")


def read_hurt(told: Told) -> tuple[str, tuple[Evidence, ...]] | None:
    """Who is hurt, in the caller's words; NOBODY_HURT where they said so. The last word counts, hurt people above none."""
    return told.last(_somebody) or told.last(_nobody)


def _nobody(turn: Turn) -> tuple[str, tuple[Evidence, ...]] | None:
    if turn.yes is not None:
        return None
    match = _NONE.search(turn.text)
    if match is not None and not _UNREAL.search(turn.text[: match.start()]):
        return NOBODY_HURT, evidence_in(turn, *match.span(), "hurt:answer" if Asked.HURT in turn.asked else "hurt:none")
    if Asked.HURT in turn.asked and turn.fresh and (match := _NO.match(turn.text)) is not None:
        return NOBODY_HURT, evidence_in(turn, *match.span(), "hurt:answer")
    return None


def _somebody(turn: Turn) -> tuple[str, tuple[Evidence, ...]] | None:
    if turn.yes is not None:
        return None
    for match in _HURT.finditer(turn.text):
        before, after = turn.text[: match.start()], turn.text[match.end() :]
        clause = _BREAK.split(before)[-1]
        if _NOT.search(clause) or _UNREAL.search(clause + match[0]) or _UNREAL_AFTER.match(after) or _OLD.search(clause):
            continue
        start, end = _clause(turn.text, *match.span())
        more = [other.end() for other in _HURT.finditer(turn.text, end) if not _NOT.search(turn.text[end : other.start()])]
        if more and more[-1] - start <= _LONGEST:
            end = _clause(turn.text, start, more[-1])[1]
        return turn.text[start:end], evidence_in(turn, start, end, "hurt:answer" if Asked.HURT in turn.asked else "hurt:words")
    if Asked.HURT in turn.asked and turn.fresh and _YES.match(turn.text):
        start, end = _clause(turn.text, 0, 1)
        return turn.text[start:end], evidence_in(turn, start, end, "hurt:answer")
    return None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around these characters, shortened on both sides where it is long."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    first = max((at + 1 for at in breaks if at < start), default=0)
    last = min((at for at in breaks if at >= end), default=len(text))
    if last - first > _LONGEST:
        first, last = max(first, start - 12), min(last, end + 6)
    return first, last


def read_confidential(told: Told) -> tuple[bool, tuple[Evidence, ...]] | None:
    """The caller's last word on it; silence proposes nothing."""
    return told.last(_wish)


def _wish(turn: Turn) -> tuple[bool, tuple[Evidence, ...]] | None:
    if turn.yes is not None:
        return None
    if (match := _OPEN.search(turn.text)) is not None:
        return False, evidence_in(turn, *match.span(), "confidential:waived")
    if Asked.PUBLISH in turn.asked and turn.fresh:
        for pattern, value in ((_MAY_NOT, True), (_MAY, False)):
            if (match := pattern.match(turn.text)) is not None:
                return value, evidence_in(turn, *match.span(), "confidential:answer")
    asked = Asked.CONFIDENTIAL in turn.asked and turn.fresh and Asked.PUBLISH not in turn.asked
    if asked and (match := _REFUSED.match(turn.text)) is not None:
        return False, evidence_in(turn, *match.span(), "confidential:answer")
    match = _SECRET.search(turn.text)
    if match is not None and not _NOT_A_WISH.search(turn.text):
        rule = "confidential:fear" if _FEAR.search(match[0]) else "confidential:answer" if asked else "confidential:wish"
        return True, evidence_in(turn, *match.span(), rule)
    if asked and (match := _AGREED.match(turn.text)) is not None:
        return True, evidence_in(turn, *match.span(), "confidential:answer")
    return None


PEOPLE_READERS = (_nobody, _somebody, _wish)
