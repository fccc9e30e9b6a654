"""A call in which one sentence was heard, with a repair and a doubtful word."""

from app.desk.events import Heard
from app.domain.recording import VOICE_RATE
from app.domain.ticket import Ticket
from app.domain.transcript import Repair, Speaker, Utterance, Word
from tests.fakes import FIRST, Place

CALLER = Speaker.CALLER
HEARD = Utterance(
    CALLER,
    0,
    "兴福路有噪音",
    1.0,
    4.0,
    True,
    (Word("兴福路", 1.0, 2.0, 0.8), Word("有", 2.0, 2.4), Word("噪音", 2.4, 4.0)),
    repairs=(Repair(0, 2, "幸福"),),
)
LOUD = b"\x11" * VOICE_RATE


def heard(place: Place, utterance: Utterance = HEARD) -> None:
    place.desk.handle(Heard(FIRST, utterance))


def talking(place: Place | None = None) -> Place:
    place = place or Place()
    place.talks()
    heard(place)
    return place


def ticket_of(place: Place) -> Ticket:
    assert place.state.draft is not None
    return place.state.draft.ticket
