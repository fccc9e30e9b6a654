"""The figures of a hotline hall as the wallboard (大屏) shows them."""

from dataclasses import dataclass

from app.domain.agent import AgentState, QueueStanding, SupervisionMode


@dataclass(frozen=True, slots=True)
class AgentFigure:
    """One console and its agent. `seen_at` is when the centre last heard of it; `waiting` what it has not yet sent."""

    console: str
    agent: str
    state: AgentState
    since: float
    is_in_call: bool
    seen_at: float
    waiting: int
    is_online: bool
    id: str = ""  # the console's id at the centre
    reason: str = ""  # why busy, in the agent's words
    extension: str = ""
    is_lost: bool = False  # silent for a minute without taking leave: paused in the queue
    queue: QueueStanding = QueueStanding.UNKNOWN
    unanswered: int = 0  # calls that rang here and were not taken, since the agent last did something
    supervised: SupervisionMode | None = None
    supervised_by: str = ""


@dataclass(frozen=True, slots=True)
class QueueFigure:
    """A queue (排队) as the exchange counts it: `answered`, `abandoned` and the level since the exchange's own last reset."""

    name: str
    waiting: int
    longest_wait_s: float
    answered: int
    abandoned: int
    level_percent: float  # answered within the level that the exchange is set to; -1 = it counts none
    members: int = 0
    ready: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Counted by the centre at `at` (its clock, Unix seconds), since the day's local midnight.

    The service level (15 秒接通率) is answered_within_15_s / offered (GB/T 33358-2016: answer within 15 s; 95 % connected).
    """

    at: float
    offered: int = 0
    answered: int = 0
    answered_within_15_s: int = 0
    abandoned: int = 0
    waiting: int = 0  # calls ringing and not answered now
    longest_wait_s: float = 0.0
    talking: int = 0
    tickets: int = 0
    tickets_open: int = 0
    answered_on_call: int = 0
    emergencies: int = 0
    unsynced: int = 0  # consoles that are offline or hold unsent changes
    agents: tuple[AgentFigure, ...] = ()
    queues: tuple[QueueFigure, ...] = ()
    queue_link: str = ""  # "" = the centre knows no exchange's queue, "up", "down" = what it shows of the queue is not of now
