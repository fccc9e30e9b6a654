"""Recognition over a window that died, and over two callers: no word before its notice, and none lost after it."""

import pytest

from app.desk.commands import ListenTo, PlaySound
from app.desk.events import CallFocused, CallHeld, CallKept, LineAttached, ListeningTold, SoundOver
from app.domain.announcement import SoundEnd
from app.domain.call import NO_CALL, Direction
from app.domain.recognition import RecognitionRules, RecognitionStage
from app.domain.recording import RecordingPolicy
from tests.fakes import FIRST, SECOND, Place

TOLD = RecognitionRules(RecordingPolicy.ALL, is_announced=True)
KEPT = CallKept(FIRST, "13800000001", "", {}, Direction.INCOMING, 990.0, 995.0, False)


def place() -> Place:
    return Place(recognition=TOLD, announcements={"words": "/words.wav"})


def both_taken() -> tuple[Place, str]:
    """The agent turned to a second caller as the notice of the first was just over."""
    desk = place()
    desk.talks()
    desk.desk.handle(CallFocused(FIRST))
    request = desk.line.of(PlaySound)[-1].request
    desk.desk.handle(CallHeld(FIRST, True))
    desk.talks(SECOND, "13900000002")
    desk.desk.handle(CallFocused(SECOND))
    return desk, request


@pytest.mark.parametrize("comes_first", [True, False])
def test_a_window_started_anew_asks_for_the_words_of_the_time_it_was_gone(comes_first: bool) -> None:
    attached, told = LineAttached((KEPT,), (), FIRST, False), ListeningTold(FIRST)
    desk = place()

    for event in (told, attached) if comes_first else (attached, told):
        desk.desk.handle(event)

    assert desk.ears.of(ListenTo)[-1:] == [ListenTo(FIRST, 995.0)]


def test_a_caller_who_objects_is_not_asked_for_after_a_new_start_of_the_window() -> None:
    desk = place()

    desk.desk.handle(LineAttached((KEPT,), (), FIRST, False))
    desk.desk.handle(ListeningTold(NO_CALL, (FIRST,)))

    assert desk.ears.of(ListenTo) == []


def test_what_was_said_before_the_notice_was_over_stays_unheard_though_the_agent_turned_away() -> None:
    desk, request = both_taken()

    desk.desk.handle(SoundOver(request, SoundEnd.HEARD))

    assert desk.state.recognitions[FIRST] is RecognitionStage.ON
    assert [wish for wish in desk.ears.of(ListenTo) if wish.call == FIRST] == [ListenTo(FIRST, 1000.0, is_from_now=True)]


def test_the_caller_who_is_talked_with_goes_on_being_heard_when_the_notice_of_another_is_over() -> None:
    desk, request = both_taken()
    desk.desk.handle(SoundOver(desk.line.of(PlaySound)[-1].request, SoundEnd.HEARD))

    desk.desk.handle(SoundOver(request, SoundEnd.HEARD))

    assert desk.ears.of(ListenTo)[-1].call == SECOND
