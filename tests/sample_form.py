"""Sample states of the ticket form: what was heard with its words, what is sure, confirmed, offered, verified, or very long."""

from dataclasses import replace

from app.desk.filling import Offer
from app.desk.state import DeskState, Draft
from app.domain.ticket import RequestKind, Ticket, TicketId, Urgency
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance
from tests import sample_state as sample

_WORDS = (
    (Speaker.AGENT, "您好，12345 热线，请问有什么可以帮您？", 0.6, 3.4),
    (Speaker.CALLER, "我要投诉，海淀区学院路街道幸福路123号楼下的老王烧烤店，每天晚上营业到凌晨2点，噪音很大。", 4.0, 11.2),
    (Speaker.AGENT, "有没有人受伤？您希望怎么处理？", 12.0, 15.5),
    (Speaker.CALLER, "没有人受伤，就是老人孩子睡不着。希望让他们11点以前关门，别把我的名字告诉他们。", 16.1, 22.8),
    (Speaker.AGENT, "好的，您贵姓，电话是多少？", 23.5, 27.0),
    (Speaker.CALLER, "我姓刘，13800138000。", 27.9, 31.0),
)


def said() -> Transcript:
    return Transcript(tuple(Utterance(who, n, text, start, end, True) for n, (who, text, start, end) in enumerate(_WORDS)))


def _words(utterance: int, words: str, sure: float, rule: str) -> tuple[Evidence, ...]:
    who, text = _WORDS[utterance][:2]
    start = text.index(words)
    return (Evidence(who, utterance, start, start + len(words), words, sure, rule),)


def heard_ticket() -> Ticket:
    return Ticket(
        TicketId("ticket-heard"),
        kind=RequestKind.COMPLAINT,
        matter="楼下的老王烧烤店每天晚上营业到凌晨2点，噪音很大",
        content="来电人投诉海淀区学院路街道幸福路123号楼下的老王烧烤店，每天晚上营业到凌晨2点，噪音很大，老人孩子睡不着。"
        "希望让他们11点以前关门。",
        district="海淀区",
        street="学院路街道",
        place="幸福路123号",
        requester="刘",
        contact="13800138000",
        happened="每天晚上",
        hurt="没有人受伤",
        named_unit="老王烧烤店",
        demand="让他们11点以前关门",
        is_confidential=True,
        call=sample.CALL,
        caller="13810245600",
        agent=sample.AGENT,
        created_at=sample.NOW - 31,
        evidence={
            "is_confidential": _words(3, "别把我的名字告诉他们", 0.9, "confidential:wish"),
            "kind": _words(1, "我要投诉", 0.9, "kind:said"),
            "matter": _words(1, "每天晚上营业到凌晨2点，噪音很大", 0.6, "matter:problem"),
            "content": _words(1, "每天晚上营业到凌晨2点，噪音很大", 0.9, "content:said"),
            "district": _words(1, "海淀区", 0.9, "district:name"),
            "street": _words(1, "学院路街道", 0.9, "street:name"),
            "place": _words(1, "幸福路123号", 0.9, "place:road+number"),
            "requester": _words(5, "刘", 0.9, "requester:surname"),
            "contact": _words(5, "13800138000", 0.95, "contact:answer"),
            "happened": _words(1, "每天晚上", 0.75, "happened:lasting"),
            "hurt": _words(3, "没有人受伤", 0.9, "hurt:none"),
            "named_unit": _words(1, "老王烧烤店", 0.55, "unit:named"),
            "demand": _words(3, "让他们11点以前关门", 0.8, "demand:wish"),
        },
    )


UNSURE = frozenset({"matter", "happened", "named_unit", "demand"})


def heard() -> DeskState:
    """Straight from the words: most of it sure, four fields that want a look."""
    return replace(sample.talking(), transcript=said(), draft=Draft(heard_ticket(), frozenset(), UNSURE))


def looked_at() -> DeskState:
    """Confirmed but for one field; another place and another time were heard since; the agent verified something."""
    ticket = replace(
        heard_ticket(),
        verified="9月12日10:20电话联系社区居委会李某核实：该店无夜间经营许可，居民已多次反映。",
        requester="",
        urgency=Urgency.URGENT,
        reply="已告知诉求人将转属地街道办理。",
    )
    ticket = replace(ticket, evidence={name: words for name, words in ticket.evidence.items() if name != "requester"})
    own = frozenset({*ticket.evidence, "requester", "verified", "reply"}) - {"happened"}
    offered = {
        "place": Offer("幸福路125号", _words(1, "幸福路123号", 0.9, "place:road+number")),
        "happened": Offer("凌晨2点", _words(1, "凌晨2点", 0.6, "happened:vague")),
        "district": Offer("朝阳区", _words(1, "海淀区", 0.6, "district:sound")),
    }
    draft = Draft(ticket, own, frozenset({"happened"}), offered)
    return replace(sample.talking(), transcript=said(), draft=draft, wanting=("requester",))


def long_values() -> DeskState:
    """Values as long as a caller can make them."""
    ticket = heard_ticket()
    long = replace(
        ticket,
        matter=ticket.matter * 4,
        content=ticket.content * 12,
        district="鄂尔多斯市康巴什新区",
        street="锡林郭勒盟正蓝旗桑根达来镇",
        place="内蒙古自治区鄂尔多斯市康巴什新区永康路街道金色阳光小区二期十七号楼三单元一千五百零二室",
        requester="阿卜杜拉·买买提江",
        named_unit="北京某某某某餐饮管理有限责任公司海淀学院路第二分公司",
        demand=ticket.demand * 6,
        verified="经核实，" * 60,
        reply="已答复。" * 60,
    )
    return replace(
        sample.talking(), transcript=said(), draft=Draft(long, frozenset(), UNSURE | {"content", "district", "street"})
    )


def wanting() -> DeskState:
    """The kind is known, and what it wants is still empty."""
    ticket = Ticket(
        TicketId("ticket-new"), kind=RequestKind.COMPLAINT, content="烧烤店噪音", call=sample.CALL, agent=sample.AGENT
    )
    draft = Draft(ticket, frozenset({"kind", "content"}))
    return replace(sample.talking(), draft=draft, wanting=("place", "contact", "happened", "demand"))


FORM_SCENES = {
    "form_heard": heard,
    "form_looked_at": looked_at,
    "form_long": long_values,
    "form_wanting": wanting,
}
