"""Who asks and how to reach them: the callback number (said in breaths, corrected) and the name."""

import re
from dataclasses import dataclass

from app.domain.intake_told import Told
from app.domain.intake_turns import Asked, Turn, evidence_in
from app.domain.numerals import spoken_digit_runs
from app.domain.transcript import Evidence

Found = tuple[str, tuple[Evidence, ...]]

CALLING = ""
"""As a value: the number that the caller rings from is the one to call."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{9,10}")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_OTHERS = re.compile(
    r"(?:公司|商家|店家?|物业|[他她]们?|房东|老板|中介|对方|骗子|师傅|司机|开发商|学校|医院|客服|施工队|负责人|邻居|"
    r"平台|经理|队长|那个人|工头|包工头|他的?|她的?)"
    r"(?:们)?的?(?:联系)?(?:电话|手机|号码|方式)(?:号码?)?.{0,4}$|(?:工单|订单|编号|单号|身份证|账号|卡号|车牌|尾号|"
    r"户号|合同号|运单|快递).{0,6}$"
)
_CALLING = re.compile(
    r"(?:就|还)?(?:是|打|用|留)?(?:我)?(?:现在)?(?:打|拨打|来电|打来|打过来|打电话)的?(?:这个|这)(?:电话|号码?|"
    r"手机)?|就(?:是|打|用|留)?(?:我)?(?:现在)?(?:这个|来电|本机|打的这个)(?:电话|号码?|手机|就)"
    r"|(?:打|用|留)(?:我)?(?:现在)?(?:这个|来电)(?:的)?(?:号码?|电话|手机)"
    r"|(?:来电|本机|现在打的|就打的)(?:这个)?(?:号码?|电话)|就打这个(?:就)?(?:行|可以|吧|号)?|"
    r"^(?:[嗯啊对就是，, ]*)(?:就)?(?:是)?这个(?:号码?|电话|手机)?(?:就)?(?:行|可以|吧)?[。，]?$"
)
_TAIL = re.compile(r"(?:后|最后|末|尾号)(?:面)?(?:四位|四个|是)?")
_BREATH = re.compile(r"^(?:[嗯啊呃额哦对，, 、。]|然后|后面是?|接着|完了是?|就是|再)*$")

_CLOSING = " ，,。、.啊吧"

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|令狐|慕容|宇文|长孙|端木"
_ONE = rf"(?:{_COMPOUND}|[{''.join(dict.fromkeys(_SURNAMES))}])"
_TITLE = r"(?:先生|女士|小姐|师傅|老师|大爷|阿姨|同志|某|大姐|大哥)"
_SURNAME = re.compile(rf"(?:我(?:是)?姓|免贵姓|本人姓|^(?:[嗯啊呃，, ]|对)*姓)({_ONE})(?!名)")
_ODD_SURNAME = re.compile(r"(?:我(?:是)?姓|免贵姓)([\u4e00-\u9fff])(?=[，,。\s]|叫|$)")
_FULL_NAME = re.compile(
    rf"(?:我(?:的名字)?叫|我名字(?:是|叫)|我是|本人叫?|姓名是?|名字(?:叫|"
    rf"是))({_ONE}[\u4e00-\u9fff]{{1,2}})(?=[，,。\s]|$|住|家住|在|电话|今年|我)"
)
_CALLED = re.compile(rf"({_ONE})({_TITLE})")
_SELF_CALLED = re.compile(rf"(?:我是|我叫|叫我|称呼我)({_ONE}){_TITLE}")
_ANSWERED = re.compile(
    rf"^(?:[嗯啊呃哦，, ]|对|我?(?:免贵)?(?:姓|叫|是))*({_ONE}[\u4e00-\u9fff]{{0,2}}?)(?:{_TITLE})?(?:[，,。啊 ]|$)"
)
_SPELT = {
    "弓长张": "张",
    "立早章": "章",
    "木子李": "李",
    "双人徐": "徐",
    "言午许": "许",
    "耳东陈": "陈",
    "走肖赵": "赵",
    "古月胡": "胡",
    "口天吴": "吴",
    "草头黄": "黄",
}
_NO_NAME = re.compile(r"不|没|什么|那|这|就|住|在|的|要|有|姓$|说|是|对|啊|呢|了|号|楼|方便|能")


_IS_OTHERS = re.compile(r"^[，, ]*(?:这|那)?是(?:他|她|公司|老板|店|物业|房东|中介|对方|我朋友|别人|客服|负责人)")


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits that follow each other. `is_others`: of somebody or something else. `goes_on`: nothing but breath before them."""

    turn: Turn
    start: int
    end: int
    digits: str
    is_others: bool
    goes_on: bool
    is_last: bool
    evidence: tuple[Evidence, ...]

    @property
    def is_number(self) -> bool:
        return _is_number(self.digits, self.turn)


@dataclass(frozen=True, slots=True)
class _Digits:
    """Digits said so far in breaths, and where."""

    digits: str = ""
    evidence: tuple[Evidence, ...] = ()


_NO_DIGITS = _Digits()


def read_contact(told: Told) -> Found | None:
    """The last whole number that is the caller's own. Digits that make no number propose nothing.

    CALLING where the caller said last that the number they ring from is the one.
    """
    chosen: Found | None = None
    carried = _NO_DIGITS
    for runs, calling in told.all(_digits_in):
        for run in runs:
            chosen, carried = _after(run, chosen, carried)
        if calling is not None:
            chosen, carried = calling, _NO_DIGITS
    return chosen


def _digits_in(turn: Turn) -> tuple[list[_Run], Found | None] | None:
    """Digits, and the words that the number of this call is the one."""
    if turn.yes is not None and Asked.CONTACT not in turn.asked:
        return None
    runs, calling = _runs_in(turn), _calling_in(turn)
    return (runs, calling) if runs or calling is not None else None


def _calling_in(turn: Turn) -> Found | None:
    calling = _CALLING.search(turn.text)
    if calling is None or turn.yes is not None:
        return None
    if Asked.CONTACT not in turn.asked and "电话" not in turn.text and "号" not in calling[0]:
        return None
    return CALLING, evidence_in(turn, *calling.span(), "contact:calling")


def _runs_in(turn: Turn) -> list[_Run]:
    text = turn.text.rstrip(_CLOSING)
    rule = "contact:answer" if Asked.CONTACT in turn.asked else "contact:number"
    found = []
    for start, end, digits in spoken_digit_runs(text):
        is_others = len(digits) < 2 or _OTHERS.search(text[:start]) is not None or _IS_OTHERS.match(text[end:]) is not None
        goes_on = _BREATH.match(text[:start]) is not None
        found.append(_Run(turn, start, end, digits, is_others, goes_on, end == len(text), evidence_in(turn, start, end, rule)))
    return found


def _after(run: _Run, chosen: Found | None, carried: _Digits) -> tuple[Found | None, _Digits]:
    """The number that is chosen after these digits too, and those that the next breath may continue."""
    if run.is_others:
        return chosen, _NO_DIGITS
    digits, evidence, is_number = run.digits, run.evidence, run.is_number
    if carried.digits:
        evidence = evidence_in(run.turn, run.start, run.end, "contact:two-breaths")
        if run.goes_on:
            digits, evidence = carried.digits + digits, carried.evidence + evidence
            is_number = _is_number(digits, run.turn)
    if is_number:
        chosen = digits, evidence
    elif chosen is not None and chosen[0] and (changed := _with_tail(chosen, digits, run)):
        chosen = changed
    return chosen, _Digits(digits, evidence) if run.is_last and len(digits) < 11 else _NO_DIGITS


def _is_number(digits: str, turn: Turn) -> bool:
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return True
    return Asked.CONTACT in turn.asked and turn.fresh and len(digits) == 8 and _LOCAL.fullmatch(digits) is not None


def _with_tail(chosen: Found, digits: str, run: _Run) -> Found | None:
    """The number with its last digits said anew: 后四位是八八八九."""
    if len(digits) != 4 or not _TAIL.search(run.turn.text[: run.start][-8:]) or len(chosen[0]) < 8:
        return None
    return chosen[0][:-4] + digits, chosen[1] + evidence_in(run.turn, run.start, run.end, "contact:tail")


def read_requester(told: Told) -> Found | None:
    """The name as it was given last; the surname alone where no more was given."""
    return told.last(_introduced)


def _introduced(turn: Turn) -> Found | None:
    if turn.yes is not None:
        match = _CALLED.search(turn.text) if Asked.NAME in turn.asked else None
        return (match[1], evidence_in(turn, *match.span(1), "requester:name")) if match is not None else None
    for spelt, name in _SPELT.items():
        if (at := turn.text.find(spelt)) >= 0 and (Asked.NAME in turn.asked or "姓" in turn.text):
            return name, evidence_in(turn, at + len(spelt) - 1, at + len(spelt), "requester:surname")
    for pattern, rule in ((_FULL_NAME, "name"), (_SELF_CALLED, "name"), (_SURNAME, "surname"), (_ODD_SURNAME, "surname")):
        match = pattern.search(turn.text)
        if match is not None and not _NO_NAME.search(match[1][1:]):
            return match[1], evidence_in(turn, *match.span(1), f"requester:{rule}")
    if Asked.NAME in turn.asked and turn.fresh:
        match = _ANSWERED.match(turn.text)
        if match is not None and not _NO_NAME.search(match[1]):
            return match[1], evidence_in(turn, *match.span(1), "requester:answer")
    return None


CONTACT_READERS = (_digits_in, _introduced)
