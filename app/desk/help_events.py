"""What happens around the emergency desk and silent alerts. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.alert import Alert


class CardPushed(Event, frozen=True, tag=True):
    """A revision of a hand-off card reached the emergency desk, or did not: with `is_final` it is not tried again."""

    card: str
    revision: int
    is_done: bool
    is_final: bool
    case_number: str
    reason: str
    at: float


class TextSent(Event, frozen=True, tag=True):
    """The text gateway took a message, or did not."""

    request: str
    is_done: bool
    reason: str


class AlertArrived(Event, frozen=True, tag=True):
    """Somebody of the team asked for help in silence."""

    alert: Alert


HelpEvent = CardPushed | TextSent | AlertArrived
