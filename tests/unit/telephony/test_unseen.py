"""What telephony keeps of calls that ended unseen."""

from app.desk.events import CallAnswered, CallDialled, CallEnded, CallEndedUnseen, CallHeld, CallRang, DeskEvent
from app.domain.call import CallId, Direction
from app.telephony.unseen import KEPT, Unseen
from tests.fakes import FIRST, SECOND


def followed(*events: DeskEvent) -> tuple[Unseen, list[DeskEvent]]:
    told: list[DeskEvent] = []
    unseen = Unseen(told.append)
    for event in events:
        unseen.pass_on(event)
    return unseen, told


def of_tell(unseen: Unseen, told: list[DeskEvent]) -> list[CallEndedUnseen]:
    told.clear()
    unseen.tell()
    return [event for event in told if isinstance(event, CallEndedUnseen)]


RANG = CallRang(FIRST, "13800000001", "张三", {"X-Call-ID": "7"}, 10.0)
ENDED = CallEnded(FIRST, 200, "", "caller", 60.0)


def test_every_event_goes_on_to_the_window() -> None:
    _, told = followed(RANG, CallAnswered(FIRST, 15.0), ENDED)

    assert told == [RANG, CallAnswered(FIRST, 15.0), ENDED]


def test_a_call_that_ended_is_told_to_each_window_until_one_has_written_it_down() -> None:
    unseen, told = followed(RANG, CallAnswered(FIRST, 15.0), CallHeld(FIRST, True), ENDED)

    first, second = of_tell(unseen, told), of_tell(unseen, told)
    unseen.forget((FIRST,))

    assert first == second and len(first) == 1
    kept = first[0].kept
    assert (kept.number, kept.headers, kept.direction, kept.rang_at, kept.answered_at, kept.is_held) == (
        "13800000001", {"X-Call-ID": "7"}, Direction.INCOMING, 10.0, 15.0, True
    )  # fmt: skip
    assert first[0].ended == ENDED
    assert of_tell(unseen, told) == []


def test_a_call_that_is_up_is_not_told_of_as_ended() -> None:
    unseen, told = followed(RANG, CallDialled(SECOND, "119", 20.0), CallEnded(SECOND, 486, "Busy", "caller", 21.0))

    assert [(event.kept.call, event.kept.direction) for event in of_tell(unseen, told)] == [(SECOND, Direction.OUTGOING)]


def test_an_end_of_a_call_it_never_knew_is_nothing_to_keep() -> None:
    unseen, told = followed(CallEnded(FIRST, 481, "no such call", "network", 1.0))

    assert of_tell(unseen, told) == []


def test_the_oldest_are_given_up_where_no_window_comes_for_very_long() -> None:
    calls = [CallId(f"{number:032x}") for number in range(KEPT + 3)]
    events: list[DeskEvent] = []
    for call in calls:
        events += [CallRang(call, "1", "", {}, 1.0), CallEnded(call, 487, "", "caller", 2.0)]

    unseen, told = followed(*events)

    assert [event.kept.call for event in of_tell(unseen, told)] == calls[3:]
