"""States of a desk as a working day brings them: invented people, streets and figures, for the gallery and the window tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.desk.events import ScenarioKept
from app.desk.state import (
    CallView,
    DeskState,
    Draft,
    EmergencyState,
    HeadsetState,
    Leg,
    LineState,
    PracticeState,
    SpeechState,
    SyncState,
)
from app.domain.agent import AgentState
from app.domain.call import CallId, CallStage, Direction, LegPurpose, LegStage
from app.domain.dispatch import Unit, UnitAdvice
from app.domain.figures import AgentFigure, Figures
from app.domain.knowledge import Answer, KnowledgePoint
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.ticket import RequestKind, Stage, Ticket, TicketId, TicketNumber, Urgency, ticket_number
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance

NOW = datetime(2026, 3, 18, 9, 41, 20).timestamp()
CALL, SECOND = CallId("a" * 32), CallId("b" * 32)
AGENT = "周晓岚"


def number(serial: int) -> TicketNumber:
    return ticket_number(2026, serial)


def ticket(serial: int, matter: str, stage: Stage, days: float = 0.0, **more: object) -> Ticket:
    at = NOW - days * 86_400 - serial % 47 * 61
    born = Ticket(
        TicketId(f"ticket-{serial}"),
        number(serial),
        stage,
        RequestKind.COMPLAINT,
        matter,
        created_at=at,
        saved_at=at + 200,
        agent=AGENT,
        version=1,
    )
    return replace(born, **more)  # type: ignore[arg-type]


HISTORY = (
    ticket(104, "锦绣家园小区自来水夜间停水", Stage.DISPATCHED, 6.2, unit_name="市自来水集团", place="锦绣家园 7 号楼"),
    ticket(97, "咨询老旧小区加装电梯补贴标准", Stage.ANSWERED_ON_CALL, 43, kind=RequestKind.INQUIRY),
    ticket(88, "楼下烧烤店夜间油烟扰民", Stage.CLOSED, 121, unit_name="青河街道办事处"),
    ticket(61, "建议在中学路口增设信号灯", Stage.ARCHIVED, 402, kind=RequestKind.SUGGESTION, unit_name="市公安局交管支队"),
)

_WORDS = (
    (Speaker.AGENT, "您好，12345 热线，请问有什么可以帮您？", 0.6, 3.4),
    (Speaker.CALLER, "你好，我是青河区锦绣家园七号楼的，我们楼从昨天晚上八点开始停水，到现在也没来。", 4.0, 11.2),
    (Speaker.AGENT, "您先别着急，请问是整栋楼都停水，还是只有您一家？", 12.0, 15.5),
    (Speaker.CALLER, "整栋楼都停，四十多户人呢，家里还有老人要吃药，物业电话打了一上午没人接。", 16.1, 22.8),
    (Speaker.AGENT, "好的，我马上给您登记。您贵姓，回访打这个电话可以吗？", 23.5, 27.0),
    (Speaker.CALLER, "免贵姓陈，就打这个电话，最好今天下午之前能", 27.9, 31.0),
)


def said() -> Transcript:
    last = len(_WORDS) - 1
    return Transcript(
        tuple(Utterance(who, place, text, start, end, place < last) for place, (who, text, start, end) in enumerate(_WORDS))
    )


def _evidence(utterance: int, words: str) -> tuple[Evidence, ...]:
    who, text = _WORDS[utterance][:2]
    start = text.index(words)
    return (Evidence(who, utterance, start, start + len(words), words),)


def draft() -> Draft:
    written = Ticket(
        TicketId("ticket-draft"),
        kind=RequestKind.HELP,
        matter="锦绣家园 7 号楼整栋停水",
        content="来电人反映：青河区锦绣家园 7 号楼自昨晚 20 时起停水，整栋楼 40 余户受影响，"
        "家中有老人需用水服药，物业电话无人接听。",
        place="青河区锦绣家园 7 号楼",
        requester="陈先生",
        contact="13810245600",
        happened="昨晚 20 时至今",
        urgency=Urgency.URGENT,
        call=CALL,
        caller="13810245600",
        agent=AGENT,
        created_at=NOW - 31,
        evidence={
            "place": _evidence(1, "青河区锦绣家园七号楼"),
            "matter": _evidence(1, "停水"),
            "happened": _evidence(1, "昨天晚上八点"),
            "requester": _evidence(5, "姓陈"),
        },
    )
    return Draft(written, frozenset({"kind", "content"}), frozenset({"place", "happened", "requester"}))


ANSWERS = (
    Answer(
        KnowledgePoint(
            "kp-1",
            "计划外停水多久应恢复供水，如何报修",
            "一、计划外停水（爆管、设备故障）：供水单位接报后 2 小时内到达现场，24 小时内恢复供水；"
            "超过 24 小时不能恢复的，应当提供临时供水。\n\n"
            "二、二次供水设施（水泵、水箱）由物业或产权单位维修，供水单位协助。\n\n"
            "三、市自来水集团 24 小时报修热线 96116；来电时请提供小区、楼号和停水开始时间。",
            "市水务局",
            "《城市供水服务规范》2025 年版",
            "2025-05-01",
            "2027-04-30",
        ),
        9.1,
        "供水单位接报后 2 小时内到达现场，24 小时内恢复供水；超过 24 小时应当提供临时供水。",
    ),
    Answer(
        KnowledgePoint(
            "kp-2", "二次供水水泵故障由谁负责", "由物业服务企业或产权单位负责维修。", "市住建局", valid_until="2026-12-31"
        ),
        7.4,
        "二次供水设施由物业服务企业或产权单位负责维修养护。",
    ),
    Answer(
        KnowledgePoint("kp-3", "物业电话无人接听怎么办", "可向属地街道反映。", "市住建局", valid_until="2025-12-31"),
        5.2,
        "物业服务电话应当 24 小时有人值守，无人接听的可向属地街道反映。",
        is_expired=True,
    ),
    Answer(
        KnowledgePoint("kp-4", "临时送水车怎样申请", "由社区统一向供水单位申请。", "市自来水集团", valid_from="2024-08-01"),
        4.0,
        "停水超过 24 小时，由社区居委会统一向供水单位申请送水车。",
    ),
)

ADVICE = (
    UnitAdvice(
        Unit("water", "市自来水集团", ("停水", "供水", "水压"), (), "96116"), 0.92, ("停水",), (), "2 小时内到场，今日 11:41 前"
    ),
    UnitAdvice(Unit("qinghe", "青河区政府", (), ("青河区",)), 0.61, (), ("青河区",), "5 个工作日，3 月 25 日前"),
    UnitAdvice(
        Unit("jinxiu", "锦绣街道办事处", ("物业", "小区"), ("锦绣家园",), is_fallback=True),
        0.55,
        ("物业",),
        ("锦绣家园",),
        "5 个工作日，3 月 25 日前",
    ),
    UnitAdvice(Unit("housing", "市住房和城乡建设局", ("物业", "二次供水")), 0.31, ("物业",), (), "5 个工作日，3 月 25 日前"),
)

HEADSET = HeadsetState(
    "Jabra Evolve2 40 单声道",
    "Jabra Evolve2 40 单声道",
    True,
    False,
    ("Jabra Evolve2 40 单声道", "内置麦克风"),
    ("Jabra Evolve2 40 单声道", "内置扬声器", "显示器音频"),
)
SCENARIOS = (
    ScenarioKept("dry_taps", "整栋楼停水", "一位住户从昨晚起家中停水，整栋楼都受影响，物业电话无人接听。说话着急但配合。"),
    ScenarioKept("kitchen_fire", "厨房着火", "来电人家中厨房起火，说话断续。练习立即接通 119，并保持市民在线。"),
    ScenarioKept("shouting_man", "情绪激动的市民", "市民因多次反映未果而大声辱骂。练习安抚、记录和按规定结束通话。"),
    ScenarioKept("permit_question", "咨询开店证照", "准备开早餐店的市民询问需要办理哪些证照，问题一个接一个。"),
    ScenarioKept("unpaid_wages", "工地拖欠工资", "一位工人代表十余名工友反映被拖欠三个月工资，希望对身份保密。"),
    ScenarioKept("father_collapsed", "老人突然倒地", "来电人的父亲突然倒地不省人事。练习一键接通 120。"),
)

IDLE = DeskState(
    agent=AGENT,
    agent_state=AgentState.READY,
    state_since=NOW - 192,
    lines={"pbx": LineState(True, 200, "OK"), "gateway": LineState(True, 200, "OK"), "practice": LineState(True, 200, "OK")},
    sync=SyncState(True, 0, NOW - 2, 487, "C-0217"),
    headset=HEADSET,
    speech=SpeechState("whisper", "whisper-base", ("kokoro:zf_xiaobei", "kokoro:zm_yunxi", "pyttsx3:cmn")),
    practice=PracticeState(SCENARIOS),
    now=NOW,
)


def _view(stage: CallStage, answered_s: float = 0.0, call: CallId = CALL, caller: str = "13810245600") -> CallView:
    return CallView(
        call,
        caller,
        "",
        Direction.INCOMING,
        stage,
        NOW - answered_s - 4,
        NOW - answered_s if answered_s else 0.0,
        raw_number=caller,
    )


def ringing() -> DeskState:
    return replace(IDLE, calls=(_view(CallStage.RINGING),), focus=CALL, history=HISTORY)


def talking() -> DeskState:
    return replace(
        IDLE,
        agent_state=AgentState.BUSY,
        calls=(_view(CallStage.TALKING, 31),),
        focus=CALL,
        voiced=CALL,
        history=HISTORY,
        transcript=said(),
        draft=draft(),
        query="停水 恢复供水 物业",
        answers=ANSWERS,
        advice=ADVICE,
    )


def chosen() -> DeskState:
    """The unit and the answer have been chosen."""
    state = talking()
    written = replace(draft().ticket, unit="water", unit_name="市自来水集团", answer="kp-1")
    return replace(state, draft=Draft(written, frozenset({"kind", "content", "unit", "place"}), frozenset()))


def emergency_suggested() -> DeskState:
    words = "喂，12345 吗，我家厨房着火了，烟特别大，我婆婆还在里屋！"
    heard = Transcript(
        (
            Utterance(Speaker.AGENT, 0, "您好，12345 热线，请问有什么可以帮您？", 0.6, 3.4, True),
            Utterance(Speaker.CALLER, 1, words, 3.8, 9.0, False),
        )
    )
    written = Ticket(TicketId("ticket-fire"), urgency=Urgency.EMERGENCY, call=CALL, caller="13810245600", agent=AGENT)
    return replace(
        talking(),
        calls=(_view(CallStage.TALKING, 9),),
        transcript=heard,
        draft=Draft(written, unsure=frozenset({"urgency"})),
        history=(),
        answers=(),
        advice=(),
        query="",
        emergency=EmergencyState("119", "着火了"),
    )


def _with_fire_leg(stage: LegStage, undo_s: float) -> DeskState:
    state = emergency_suggested()
    leg = Leg(CallId("c" * 32), LegPurpose.EMERGENCY, "119", "pbx", stage, since=NOW - 1)
    view = replace(state.calls[0], legs=(leg,))
    return replace(state, calls=(view,), emergency=EmergencyState("119", "着火了", NOW + undo_s if undo_s else 0.0))


def emergency_pressed() -> DeskState:
    """A moment after the press: the line is being called and can still be undone."""
    return _with_fire_leg(LegStage.DIALLING, 2.4)


def emergency_connected() -> DeskState:
    return _with_fire_leg(LegStage.TALKING, 0)


def wrap_up() -> DeskState:
    state = chosen()
    view = replace(state.calls[0], stage=CallStage.ENDED)
    return replace(state, calls=(view,), voiced=CallId(""), agent_state=AgentState.WRAP_UP, state_since=NOW - 74)


def offline() -> DeskState:
    return replace(
        talking(),
        sync=SyncState(False, 7, NOW - 1260, 480, "C-0217"),
        lines={"pbx": LineState(False, 503, "Service Unavailable"), "gateway": LineState(True, 200, "OK")},
        notices=(
            Notice(NoticeCode.CENTRE_DOWN, ()),
            Notice(NoticeCode.PBX_UNREACHABLE, ("pbx", "503"), Gravity.ERROR),
        ),
    )


def no_model() -> DeskState:
    return replace(
        talking(),
        transcript=Transcript(),
        speech=SpeechState(),
        notices=(Notice(NoticeCode.MODEL_MISSING, ("whisper-base",)),),
    )


def no_headset() -> DeskState:
    return replace(IDLE, headset=HeadsetState(), notices=(Notice(NoticeCode.NO_HEADSET, (), Gravity.ERROR),))


def restored() -> DeskState:
    return replace(wrap_up(), notices=(Notice(NoticeCode.DRAFT_RESTORED, (), Gravity.INFO, False),))


def two_calls() -> DeskState:
    state = talking()
    return replace(state, calls=(*state.calls, _view(CallStage.RINGING, call=SECOND, caller="01084625500")))


_MATTERS = (
    (RequestKind.HELP, "康宁路与文化街交叉口路灯不亮", "康宁路", "市城市管理局", Stage.DISPATCHED, Urgency.NORMAL),
    (RequestKind.COMPLAINT, "工地夜间施工噪声扰民", "青河区银杏苑", "市生态环境局", Stage.DISPATCHED, Urgency.NORMAL),
    (RequestKind.INQUIRY, "咨询居住证签注所需材料", "", "", Stage.ANSWERED_ON_CALL, Urgency.NORMAL),
    (RequestKind.HELP, "老人走失请求协助查找", "北湖公园东门", "市公安局", Stage.ACCEPTED, Urgency.URGENT),
    (RequestKind.HELP, "燃气管道附近有异味", "槐安里 12 号院", "市燃气集团", Stage.ACCEPTED, Urgency.EMERGENCY),
    (RequestKind.COMPLAINT, "小区电梯困人后停用未修", "云景台 3 号楼", "市市场监管局", Stage.RETURNED, Urgency.URGENT),
    (RequestKind.REPORT, "反映某餐馆使用过期食材", "解放大街 88 号", "市市场监管局", Stage.DISPATCHED, Urgency.NORMAL),
    (RequestKind.SUGGESTION, "建议增加 32 路公交早高峰班次", "", "", Stage.TAKEN, Urgency.NORMAL),
    (RequestKind.OPINION, "公园健身器材损坏", "北湖公园", "市园林绿化局", Stage.CLOSED, Urgency.NORMAL),
    (RequestKind.HELP, "人行道地砖塌陷", "文化街 41 号门前", "市城市管理局", Stage.DISPATCHED, Urgency.URGENT),
)


def tickets(count: int = 40) -> tuple[Ticket, ...]:
    made = []
    for place in range(count):
        kind, matter, where, unit, stage, urgency = _MATTERS[place % len(_MATTERS)]
        born = ticket(500 - place, matter, stage, place * 0.07, place=where, unit_name=unit, urgency=urgency)
        elsewhere = AGENT if place % 3 == 0 else "刘志强"
        made.append(replace(born, kind=kind, agent=elsewhere, is_confidential=place % 9 == 6))
    return tuple(made)


def ticket_table() -> DeskState:
    return replace(IDLE, tickets=tickets(), sync=replace(IDLE.sync, waiting=2))


_NAMES = (AGENT, "刘志强", "王思雨", "孙浩然", "李梦琪", "赵一鸣", "陈嘉怡", "黄国栋", "吴佳宁", "徐明远", "马晓东", "朱雅雯")


def _agents() -> tuple[AgentFigure, ...]:
    states = (AgentState.BUSY, AgentState.READY, AgentState.WRAP_UP, AgentState.BUSY, AgentState.ON_BREAK, AgentState.READY)
    return tuple(
        AgentFigure(
            f"C-02{place:02d}",
            name,
            states[place % len(states)],
            NOW - 40 - 97 * place,
            states[place % len(states)] is AgentState.BUSY,
            NOW - (80 if place == 10 else 1),
            4 if place == 10 else 0,
            place != 10,
        )
        for place, name in enumerate(_NAMES)
    )


FIGURES = Figures(NOW, 318, 305, 296, 9, 4, 21.0, 6, 207, 64, 118, 3, 1, _agents())


def wallboard() -> DeskState:
    return replace(IDLE, figures=FIGURES)


def wallboard_well() -> DeskState:
    """The target is met and nothing hangs."""
    agents = tuple(replace(agent, is_online=True, waiting=0) for agent in FIGURES.agents)
    good = replace(FIGURES, answered_within_15_s=304, abandoned=4, waiting=0, longest_wait_s=0.0, unsynced=0, agents=agents)
    return replace(IDLE, figures=good)


def practising() -> DeskState:
    return replace(IDLE, practice=PracticeState(SCENARIOS, "dry_taps", "calling"))


DESK_SCENES: dict[str, Callable[[], DeskState]] = {
    "idle": lambda: IDLE,
    "ringing": ringing,
    "talking": talking,
    "chosen": chosen,
    "emergency_suggested": emergency_suggested,
    "emergency_pressed": emergency_pressed,
    "emergency_connected": emergency_connected,
    "wrap_up": wrap_up,
    "offline": offline,
    "no_model": no_model,
    "no_headset": no_headset,
    "restored": restored,
    "two_calls": two_calls,
}
"""The states of the main window, by name."""
