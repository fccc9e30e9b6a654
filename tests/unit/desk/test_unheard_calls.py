"""Calls that end while no speech process is there: heard late by the next one, or marked as missing by the desk."""

from typing import Any

from app.desk.commands import HearOut, ListenTo
from app.desk.events import ProcessFound, ProcessLost, Ticked
from app.desk.unheard_calls import PATIENCE_S
from app.domain.recognition import RecognitionRules
from app.domain.recording import RecordingPolicy
from app.domain.transcript import Speaker, Utterance
from tests.fakes import FIRST, Place

BY_AGENT = RecognitionRules(RecordingPolicy.BY_AGENT)


def talking(seconds: float, **policy: Any) -> Place:
    place = Place(**policy)
    place.talks()
    place.clock.now += seconds
    return place


def loses_speech(place: Place) -> None:
    place.ears.is_there = False
    place.desk.handle(ProcessLost("speech"))


def finds_speech(place: Place) -> None:
    place.ears.is_there = True
    place.desk.handle(ProcessFound("speech"))


def goes_on(place: Place, seconds: float) -> None:
    place.clock.now += seconds
    place.desk.handle(Ticked(place.clock.now))


def marks(place: Place) -> list[Utterance]:
    return [said for said in place.state.transcript.utterances if said.is_missing]


def test_a_call_that_ended_meanwhile_is_given_to_the_speech_process_that_comes_back() -> None:
    place = talking(10)
    began = place.clock.now - 10
    loses_speech(place)
    goes_on(place, 4)
    place.ends()
    goes_on(place, 2)

    finds_speech(place)

    assert place.ears.of(HearOut) == [HearOut(FIRST, began, began + 10, began + 14)]
    goes_on(place, PATIENCE_S + 10)
    assert marks(place) == []


def test_where_no_speech_process_comes_back_in_time_the_desk_marks_what_nobody_heard_and_the_journal_has_it() -> None:
    place = talking(10)
    loses_speech(place)
    goes_on(place, 4)
    place.ends()
    goes_on(place, PATIENCE_S - 1)
    before = marks(place)

    goes_on(place, 1)

    assert before == []
    assert [(mark.speaker, mark.start_s, mark.end_s) for mark in marks(place)] == [(speaker, 10, 14) for speaker in Speaker]
    assert [body["is_missing"] for _, kind, body in place.store.notes if kind == "heard"] == [True, True]
    finds_speech(place)
    assert place.ears.of(HearOut) == []


def test_a_call_that_began_and_ended_without_a_speech_process_is_marked_from_its_first_second() -> None:
    place = Place()
    loses_speech(place)
    goes_on(place, 5)
    place.talks()
    goes_on(place, 7)
    place.ends()

    goes_on(place, PATIENCE_S)

    assert [(mark.start_s, mark.end_s) for mark in marks(place)] == [(0, 7)] * 2


def test_a_call_that_was_answered_meanwhile_and_is_still_up_is_marked_up_to_the_moment_it_is_listened_to() -> None:
    place = Place()
    loses_speech(place)
    goes_on(place, 5)
    place.talks()
    goes_on(place, 7)

    finds_speech(place)

    assert [(mark.start_s, mark.end_s) for mark in marks(place)] == [(0, 7)] * 2
    assert place.ears.of(ListenTo)[-1].call == FIRST


def test_a_process_that_cannot_be_told_of_the_end_though_nobody_said_that_it_is_gone_counts_as_gone() -> None:
    place = talking(10)
    place.ears.is_there = False
    place.ends()

    goes_on(place, PATIENCE_S)

    assert [(mark.start_s, mark.end_s) for mark in marks(place)] == [(0, 10)] * 2


def test_a_process_that_dies_over_what_it_was_asked_to_hear_out_leaves_the_mark_to_the_desk() -> None:
    place = talking(10)
    loses_speech(place)
    place.clock.now += 4
    place.ends()
    finds_speech(place)

    loses_speech(place)

    assert [(mark.start_s, mark.end_s) for mark in marks(place)] == [(10, 14)] * 2


def test_a_call_that_nobody_was_to_listen_to_gets_no_mark() -> None:
    place = talking(10, recognition=BY_AGENT)
    loses_speech(place)
    place.ends()

    goes_on(place, PATIENCE_S)
    finds_speech(place)

    assert marks(place) == [] and place.ears.of(HearOut) == []


def test_a_case_that_leaves_the_desk_first_has_the_mark_in_the_journal() -> None:
    place = talking(10)
    loses_speech(place)
    place.clock.now += 4
    place.ends()

    place.desk._forget(FIRST)

    assert [body["is_missing"] for _, kind, body in place.store.notes if kind == "heard"] == [True, True]
    goes_on(place, PATIENCE_S)
