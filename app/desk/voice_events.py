"""How what was to be heard ended. One of the parts of `app.desk.events`."""

from app.desk.line_events import Event
from app.domain.announcement import SoundEnd


class SoundOver(Event, frozen=True, tag=True):
    """A sound that was asked for with a `request` is over: heard to its end, or why not."""

    request: str
    how: SoundEnd
