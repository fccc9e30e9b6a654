"""What is told about the queue and about supervision. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.agent import QueueStanding
from app.wire import Supervised


class QueueCodeDialled(Event, frozen=True, tag=True):
    """A feature code was dialled. `standing` is what we have reached (FAILED: not what was wanted, it is tried again)."""

    standing: QueueStanding
    code: str
    reason: str = ""


class BeatAnswered(Event, frozen=True, tag=True):
    """What the centre says of us: who takes part in our call, how we stand in the queue that it keeps, and which whispers of
    ours it ended because others would have heard them."""

    supervised: tuple[Supervised, ...]
    queue: QueueStanding
    overheard: tuple[str, ...] = ()


class SupervisionRefused(Event, frozen=True, tag=True):
    """The supervision `id` does not come about. `why`: "no-lead", "no-call", "busy", "joined", "no-exchange" or "centre"."""

    id: str
    why: str
    reason: str = ""


QueueEvent = QueueCodeDialled | BeatAnswered | SupervisionRefused
