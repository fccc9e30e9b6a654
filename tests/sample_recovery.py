"""States of a desk beside the call: a lost caller, missed calls, a directory, a headset check, a queue with its lead."""

from dataclasses import replace

from app.desk.events import ShiftCheckChanged, ShiftFinding
from app.desk.queue_state import QueuePolicy, QueueView, Supervising
from app.desk.shield_events import ShieldTold
from app.desk.state import DeskState, DirectoryState, RecordingView
from app.domain.agent import AgentState, QueueStanding, SupervisionMode
from app.domain.call import CallId, CallStage
from app.domain.directory import Contact, ContactProblem
from app.domain.figures import QueueFigure
from app.domain.missed import MissedCall
from app.domain.quality import Trouble
from app.domain.recording import RecordingStage
from app.domain.shield import ShieldStep, StepKind
from tests import sample_quality
from tests import sample_state as sample

NOW = sample.NOW
MISSED = (
    MissedCall("13900139000", (NOW - 40,), 0.0, is_torn=True),
    MissedCall("13700137000", (NOW - 400, NOW - 260, NOW - 190), 31.0),
    MissedCall("01084625500", (NOW - 3_700,), 18.0),
    MissedCall("anonymous", (NOW - 5_200,), 9.0),
    MissedCall("13610246600", (NOW - 9_000,), 22.0, done_at=NOW - 600, done_by=sample.AGENT, done_why="reached"),
)
CONTACTS = (
    Contact("市自来水集团抢修调度", "96116", "市水务局", "24 小时", "szlsjtqxdd"),
    Contact("市民政局社会救助处", "01055551234", "市民政局", "工作日 8:30–17:30", "smzjshjzc"),
    Contact("青河区城市管理指挥中心", "01084620021", "青河区政府", "", "qhqcsglzhzx"),
    Contact("锦绣街道办事处值班室", "01084627700", "青河区政府", "夜间由总值班代接", "jxjdbsczbs"),
)


def recorded() -> DeskState:
    """A good line and a recording that runs."""
    bad = sample_quality.line_bad().qualities[sample.CALL]
    lines = {sample.CALL: replace(bad, looks=bad.looks[:40], trouble=Trouble.NONE)}
    state = sample.talking()
    running = {sample.CALL: RecordingView(RecordingStage.RUNNING, NOW - 31)}
    return replace(state, qualities=lines, recordings=running)


def lost() -> DeskState:
    """The network lost the caller; others wait to be rung back."""
    state = sample.chosen()
    torn = replace(state.calls[0], stage=CallStage.ENDED, is_lost=True, ended_at=NOW - 7)
    return replace(state, calls=(torn,), voiced=CallId(""), agent_state=AgentState.WRAP_UP, state_since=NOW - 7, missed=MISSED)


def found() -> DeskState:
    problems = (ContactProblem(12, "number"), ContactProblem(31, "columns"))
    return replace(
        sample.talking(), contacts=CONTACTS, contacts_query="市", directory=DirectoryState(286, problems), missed=MISSED
    )


def busy() -> DeskState:
    return replace(sample.IDLE, agent_state=AgentState.BUSY, state_reason="设备故障", missed=MISSED[2:3])


_FINDINGS = (
    ShiftFinding("level", "good", "", -24.0),
    ShiftFinding("noise", "fair", "", -41.0),
    ShiftFinding("clipping", "good", "", 0.0),
    ShiftFinding("echo", "bad", "", -12.0),
    ShiftFinding("latency", "fair", "", 180.0),
)


def checking(step: str) -> DeskState:
    """The headset check at this step."""
    findings = {"sentence": _FINDINGS[1:2], "ringer": _FINDINGS, "done": (*_FINDINGS, ShiftFinding("ringer", "good"))}
    progress = {"sentence": 0.4, "ringer": 0.8, "done": 1.0}
    check = ShiftCheckChanged(step, progress[step], -23.0, findings[step], at=NOW - 1)
    last = check if step == "done" else None
    return replace(sample.IDLE, headset=replace(sample.HEADSET, check=check, last_check=last))


def queue_board() -> DeskState:
    """A team lead's wallboard: the exchange's queue, agents with reasons, one who is being abused, one who is supervised."""
    told = ShieldTold("刘志强", sample.CALL, ShieldStep(StepKind.NOTICE, NOW - 50, "8002", "civility_2", 2))
    extra = {
        0: {"id": "id-0", "supervised": SupervisionMode.WHISPER, "supervised_by": "王班长"},
        2: {"is_in_call": False, "state": AgentState.BUSY, "reason": "查询资料"},
        5: {"unanswered": 2},
        7: {"queue": QueueStanding.FAILED},
        10: {"is_lost": True},
    }
    figures = sample.FIGURES
    agents = tuple(replace(one, **extra.get(at, {})) for at, one in enumerate(figures.agents))  # type: ignore[arg-type]
    queues = (QueueFigure("市民热线", 6, 42.0, 296, 9, 93.7, 12, 5), QueueFigure("夜间专席", 0, 0.0, 21, 0, 100.0, 3, 1))
    view = QueueView(QueuePolicy(is_lead=True), supervising=Supervising("a" * 32, "id-0", SupervisionMode.WHISPER, NOW - 20))
    state = replace(sample.IDLE, figures=replace(figures, queues=queues, queue_link="up", agents=agents), queue=view)
    return replace(state, shield=replace(state.shield, told=(told,)))
