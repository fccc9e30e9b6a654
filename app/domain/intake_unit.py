"""Whom the request is about (被反映单位): the company, shop or office that the caller named; not one that only lies nearby."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.intake_told import Told
from app.domain.intake_turns import CORRECTED, Asked, Turn, evidence_in
from app.domain.transcript import Evidence

_SIGN = (
    r"(?:(?![我你他她们在的了是把被给跟让和向对从到说叫去来就问找想有没这那都也还很与请告将于因为着过个些某，。、！？])"
    r"[\u4e00-\u9fffA-Za-z0-9·])"
)
_COMPANY = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|集团|物业服务中心|物业(?!费|不|管|公|服|经|说|也|的|人|保|就|没|"
    "从|都|一|态|来|收|停|工|给|和|推|乱|部|用|处|经理)|事务所|旅行社|工作室|专卖店|旗舰店|直营店|4S店|分店|加盟店|"
    "健身房|健身俱乐部|健身中心|健身|俱乐部|美容院|美发店|理发店|养生馆|足浴店|影楼|摄影店|网吧|KTV|歌厅|酒吧|酒店|"
    "宾馆|饭店|餐厅|餐馆|饭馆|酒楼|烧烤店|火锅店|面馆|小吃店|奶茶店|蛋糕店|超市|便利店|药店|药房|"
    "商店|商行|商贸|家具店|家居|装饰城|建材城|菜店|水果店|服装店|手机店|眼镜店|洗衣店|宠物店|修理厂|汽修厂|汽修店|"
    "洗车店|电动车行|车行|驾校|培训机构|培训学校|培训班|教育机构|补习班|托管班|"
    "工厂|化工厂|印刷厂|家具厂|水泥厂|食品厂|搅拌站|养殖场|屠宰场|废品站|加工厂|厂(?![区房长家门子里外])|快递站|"
    "快递点|快递|外卖平台|棋牌室|麻将馆|舞厅|洗浴中心|会所|诊所|口腔|养老院|敬老院|殡仪馆|加油站|洗车行|房产中介|中介"
)
_OFFICE = (
    "派出所|居委会|村委会|街道办事处|街道办|业委会|公安局|教育局|税务局|社保局|人社局|民政局|卫健委|卫生局|住建局|"
    "环保局|城管局|执法局|工商局|市场监管局|供电所|供电局|营业厅|服务中心|办事大厅|政务大厅|"
    "人民医院|中心医院|妇幼医院|中医院|医院|卫生院|卫生服务中心|幼儿园|小学|中学|大学|学院|学校|银行|工地|项目部"
)
_NAMED = re.compile(rf"{_SIGN}{{2,14}}?(?:{_COMPANY})")
_OFFICES = re.compile(rf"{_SIGN}{{2,10}}?(?:{_OFFICE})")
_LEAD = re.compile(
    r"^(?:投诉|举报|反映|表扬|感谢|咨询|建议|一下|一个|就是|叫做|名叫|名字|名称|全称|楼下|楼上|门口|附近|旁边|对面|"
    r"隔壁|小区|里面|里|前面|后面|这边|那边|现在|昨天|今天|上个月|去年|已经|"
    r"关于|开发商|物业公司(?=.{3,})|老板|我们|单位|商家|一家|开的|开了|新开|路口|号|楼|层|栋|院|要|会|于|由|为|但是|"
    r"因为|所以|可是|上班|工作|路(?=.{3}))+"
)
_PLAIN = re.compile(
    r"^(?:物业|建筑|装饰|装修|科技|教育|培训|旅游|搬家|快递|餐饮|保洁|劳务|房地产|地产|置业|家政|保安|热力|供热|电力|"
    r"供电|公交|出租车|出租|租车|贷款|金融|投资|保险|网络|传媒|广告|施工|开发|建设|管理|服务|中介|房产|"
    r"软件|互联网|文化|设计|物流|运输|医疗|服装|电子|机械|环保|上市|皮包|外包|派遣|股份|有限|责任|国营|私人|私营|"
    r"民营|外地|本地|小型|大型|新|老|旧|大|小|整|全|各|本|该|此|同|几|两|三|多|每|其|其他|别|任何|正规|黑|无证|非法|"
    r"连锁|二手|汽车|电商|直播|理财|健身|美容|烧烤|火锅|"
    r"早点|早餐|路边|街边|露天|卖|收|送|交|一|二|所|夜宵|麻辣烫|面|自助|水果|水产|超市|食品|化工|家具|印刷|废品|养|"
    r"猪|鸡|开|做|干|办|当|上|进|出|下|学|重点|公立|私立|民办|附属|公办|中心|社区|街道|县|市|区|"
    r"村|乡镇|镇|当地|辖区|基层|儿童|妇幼|住|看|到|报|附近|孩子|国家|地方|政府|相关|有关|主管|居民|业主|连|那些|好|"
    r"不|没|买|租|换|修|便宜|最|很|太)*$"
)
_ELSE = re.compile(
    r"每天|天天|昨天|今天|前天|刚才|刚刚|早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|半夜|昨晚|去年|今年|上周|上个?月|"
    r"最近|现在|目前|但是|可是|因为|所以|然后|而且|如果|或者|应该|可能|已经|一直|还是|"
    r"一家|那家|这家|哪家|几家|有家|家里|大家|我家|自家|希望|能不能|能够|可以|要求|催一下|催|一下|一趟|通知|联系|"
    r"督促|协调|发现|看见|看到|位于|属于|经过|里面|外面|附近|旁边|对面|门口|楼下|楼上|隔壁|"
    r"排队|停车|收费|知道|怎么|什么|哪个|没有|不给|不让|必须|需要|赶紧|尽快|马上|后来|结果|反正|其实|孩子|老人|我爸|"
    r"我妈|爸爸|妈妈|朋友|邻居|业主"
)
_CALLED = re.compile(
    rf"(?:公司|店|单位|厂|馆|物业|机构|中介|平台|一家|那家|这家|老板|商家)(?:的)?(?:名字|名称|全称)?(?:是|"
    rf"叫做?)({_SIGN}{{2,14}}?(?:{_COMPANY})|{_SIGN}{{2,8}}(?=的(?:公司|店|厂|单位|机构|平台)|[，,。]|$))"
)
_UTILITY = re.compile(r"(?:自来水|燃气|天然气|煤气|热力|供热|供暖|供电|电力|公交|地铁|有线电视|排水|环卫)(?:集团|公司)")
_ACCUSED = re.compile(
    r"(?:投诉|举报|反映|表扬|感谢|控告|告)(?:一下|的是|一个|一家|这个|那个|那家|这家|咱们|我们|你们|他们)?[^，,。]{0,12}$"
)
_ACTS = re.compile(
    r"^(?:的)?(?:老板|员工|工作人员|人|老师|医生|护士|大夫|校长|园长|保安|经理|司机|客服|服务员|营业员|"
    r"领导)?[^，,。]{0,4}(?:拖欠|欠|不给|不退|不发|拒绝|强制|乱收|收了?我|收费|态度|服务|骗|卖|推|不让|不处理|不解决|"
    r"不作为|"
    r"偷|排|违规|克扣|跑路|倒闭|关门|不开|不办|扣|多收|涨|虚假|乱|噪音|天天|每天|半夜|夜里|晚上|一直|占|要求我|让我|"
    r"说|辞退|开除|挂|罚|没收|食堂|热心|帮|做)"
)
_ANSWER = re.compile(
    r"^(?:[嗯啊呃哦对，, ]|是|就|叫|他们|我们|名字|公司|店|全称|那家|那个|物业|单位|学校|在|"
    r"做)*(?P<name>[\u4e00-\u9fffA-Za-z0-9·]{2,20}?)(?=(?:吧|啊|呢|的)?(?:[，,。、 ]|$)|在|位于)"
)
_NO_ANSWER = re.compile(r"不|没|什么|我|你|怎么|记|知道|清楚|那|这|哪|说|好像|叫|对|想|了")


@dataclass(frozen=True, slots=True)
class _Name:
    turn: Turn
    start: int
    end: int
    rule: str
    weight: float


def read_unit(told: Told) -> tuple[str, tuple[Evidence, ...]] | None:
    names = [name for names in told.all(_names) for name in names]
    if not names:
        return told.last(_answer_in)
    best = max(names, key=lambda name: name.weight)
    return best.turn.text[best.start : best.end], evidence_in(best.turn, best.start, best.end, best.rule)


def _names(turn: Turn) -> list[_Name]:
    weighed = [_weighed(turn, *span) for span in _spans(turn.text)]
    called = [_Name(turn, *match.span(1), "unit:called", 3.0) for match in _CALLED.finditer(turn.text) if _is_name(match[1])]
    return [name for name in weighed if name is not None] + (called if turn.yes is None else [])


@lru_cache(1024)
def _spans(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Start and end of each name, and whether it is one of an office."""
    found = []
    masked = _ELSE.sub(lambda match: "我" * len(match[0]), text)  # words that are no part of a name end it
    for pattern, is_office in ((_NAMED, False), (_OFFICES, True), (_UTILITY, False)):
        for match in pattern.finditer(masked):
            lead = _LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            if pattern is _UTILITY or _is_name(text[start : match.end()]):
                found.append((start, match.end(), is_office))
    return tuple(found)


def _is_name(words: str) -> bool:
    """Whether anything is left that is no trade and no "a", "some", "big": 宏达建筑公司, not 一家装修公司."""
    bare = re.sub(rf"(?:{_COMPANY}|{_OFFICE})$", "", words)
    return len(bare) >= 2 and not _PLAIN.match(bare)


def _weighed(turn: Turn, start: int, end: int, is_office: bool) -> _Name | None:
    before, after = turn.text[:start], turn.text[end:]
    is_answer = Asked.UNIT in turn.asked
    is_accused = bool(_ACCUSED.search(before)) or bool(_ACTS.match(after))
    if is_office and not (is_answer or is_accused):
        return None  # a school, an office, a hospital is named as a place more often than as the one complained of
    rule = (
        "unit:answer"
        if is_answer
        else "unit:accused"
        if is_accused
        else "unit:company"
        if turn.text[:end].endswith("公司")
        else "unit:named"
    )
    weight = 3.0 * is_answer + 2.0 * is_accused + (rule == "unit:company") + 2.0 * bool(CORRECTED.search(before))
    return _Name(turn, start, end, rule, weight)


def _answer_in(turn: Turn) -> tuple[str, tuple[Evidence, ...]] | None:
    """A name right after the question for it, also one without the word for what it is: 叫美乐佳."""
    if Asked.UNIT not in turn.asked or not turn.fresh or turn.yes is not None:
        return None
    match = _ANSWER.match(turn.text)
    if match is None or _NO_ANSWER.search(match["name"]) or _PLAIN.match(match["name"]):
        return None
    return match["name"], evidence_in(turn, *match.span("name"), "unit:answer-words")


UNIT_READERS = (_names, _answer_in)
