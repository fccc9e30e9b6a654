"""The agent's place in the queue, as the desk knows it: what the site chose, and how it stands now."""

from dataclasses import dataclass

from app.domain.agent import QueueStanding, SupervisionMode
from app.domain.call import NO_CALL, CallId

REASONS = ("会议", "培训", "回访", "查询资料", "设备故障")


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """What the settings say. `kept_by`: "none", "codes" (feature codes dialled by telephony) or "centre"."""

    kept_by: str = "none"
    extension: str = ""
    login_code: str = ""
    logout_code: str = ""
    pause_code: str = ""
    unpause_code: str = ""
    busy_reasons: tuple[str, ...] = REASONS
    no_answer_is_busy: bool = False
    no_answer_s: float = 20.0
    is_lead: bool = False  # shows what a lead can do; whether it may be done the centre alone says


@dataclass(frozen=True, slots=True)
class Supervising:
    """What this desk, a team lead's, takes part in. `id` is told to the centre; `call` is ours, once it has come."""

    id: str
    console: str
    mode: SupervisionMode
    asked_at: float
    call: CallId = NO_CALL


@dataclass(frozen=True, slots=True)
class QueueView:
    """How it stands. `unanswered`: calls that rang here and were not taken since the agent last did something."""

    policy: QueuePolicy = QueuePolicy()
    standing: QueueStanding = QueueStanding.UNKNOWN
    unanswered: int = 0
    supervising: Supervising | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """What the centre is told of the agent's place beside the state."""

    reason: str = ""
    extension: str = ""  # "" = the centre is not to keep it in the queue
    phone: str = ""
    unanswered: int = 0
    is_joined: bool = False  # further parties are on a call, or being called into it


NO_SEAT = Seat()
