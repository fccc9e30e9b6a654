"""Two gaps of one case are two marks: the second never takes the place of the first."""

from app.desk.events import CallAnswered
from app.desk.unheard_calls import PATIENCE_S
from tests.fakes import FIRST, Place
from tests.unit.desk.test_unheard_calls import finds_speech, goes_on, loses_speech, marks


def test_a_call_whose_beginning_and_end_nobody_heard_has_both_marks() -> None:
    place = Place()
    place.rings()
    loses_speech(place)
    place.desk.take(FIRST)
    place.desk.handle(CallAnswered(FIRST, place.clock.now))
    goes_on(place, 5)
    finds_speech(place)
    goes_on(place, 60)
    loses_speech(place)
    goes_on(place, 4)
    place.ends()

    goes_on(place, PATIENCE_S + 1)

    assert sorted({(mark.start_s, mark.end_s) for mark in marks(place)}) == [(0.0, 5.0), (65.0, 69.0)]
