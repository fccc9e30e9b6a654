"""Recognition by policy: which calls, what the caller is told before the first word, and his objection."""

from typing import Any

import pytest

from app.desk.commands import ListenTo, LoadEars, PlaySound, StopListening
from app.desk.events import CallKept, LineAttached, ListeningTold, ProcessFound, RecordingReady, SoundOver
from app.desk.policy import Policy
from app.domain.announcement import SoundEnd
from app.domain.call import NO_CALL, Direction
from app.domain.notice import NoticeCode
from app.domain.recognition import RecognitionRules, RecognitionStage
from app.domain.recording import RecordingPolicy, RecordingRules
from tests.fakes import FIRST, Place

SOUNDS = {"words": "/words.wav", "recording": "/recording.wav", "recording_words": "/both.wav"}
TOLD = RecognitionRules(RecordingPolicy.ALL, is_announced=True)
BY_AGENT = RecognitionRules(RecordingPolicy.BY_AGENT)


def place_with(rules: RecognitionRules, records: bool = False, **policy: Any) -> Place:
    place = Place(**{"recognition": rules, "announcements": SOUNDS, **policy})
    if records:
        place.desk.handle(RecordingReady("/recordings", b"public"))
    place.talks()
    return place


def paths(place: Place) -> list[str]:
    return [played.path for played in place.line.of(PlaySound)]


def stage(place: Place) -> RecognitionStage:
    return place.state.recognitions[FIRST]


def hears_notice(place: Place, how: SoundEnd = SoundEnd.HEARD) -> None:
    place.desk.handle(SoundOver(place.line.of(PlaySound)[-1].request, how))


def test_where_nobody_need_be_told_the_call_is_heard_from_its_first_word() -> None:
    place = place_with(RecognitionRules())

    assert place.ears.of(ListenTo) == [ListenTo(FIRST, place.clock.now)] and stage(place) is RecognitionStage.ON
    assert paths(place) == []


def test_nothing_is_recognised_before_the_caller_has_heard_the_notice() -> None:
    place = place_with(TOLD)
    before, telling = place.ears.of(ListenTo), stage(place)

    hears_notice(place)

    assert (before, telling, paths(place)) == ([], RecognitionStage.TELLING, ["/words.wav"])
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, place.clock.now, is_from_now=True)]
    assert stage(place) is RecognitionStage.ON


def test_a_caller_who_is_told_of_the_recording_too_hears_one_sentence() -> None:
    place = place_with(TOLD, records=True)

    hears_notice(place)

    assert paths(place) == ["/both.wav"] and stage(place) is RecognitionStage.ON
    assert "recording-told" in place.store.kinds()


def test_where_only_the_recording_is_told_of_its_own_sentence_is_played() -> None:
    place = place_with(RecognitionRules(), records=True)

    assert paths(place) == ["/recording.wav"] and stage(place) is RecognitionStage.ON


def test_where_only_words_are_told_of_the_recording_is_not_mentioned() -> None:
    place = place_with(TOLD, records=True, recording=RecordingRules(is_announced=False))

    assert paths(place) == ["/words.wav"]


@pytest.mark.parametrize("how", [SoundEnd.WAITED, SoundEnd.CUT, SoundEnd.FAILED])
def test_a_notice_that_was_not_heard_lets_nothing_be_recognised_until_it_was(how: SoundEnd) -> None:
    place = place_with(TOLD)
    hears_notice(place, how)
    untold = stage(place), place.ears.of(ListenTo)

    place.desk.toggle_recognition()
    hears_notice(place)

    assert untold == (RecognitionStage.OFF, []) and paths(place) == ["/words.wav"] * 2
    assert stage(place) is RecognitionStage.ON and place.ears.of(ListenTo)


def test_a_missing_notice_keeps_recognition_off_and_is_said() -> None:
    place = place_with(TOLD, announcements={})

    assert stage(place) is RecognitionStage.OFF and place.ears.of(ListenTo) == []
    assert NoticeCode.ANNOUNCEMENT_SILENT in [notice.code for notice in place.state.notices]


def test_a_caller_who_objects_is_not_written_down_any_more() -> None:
    place = place_with(RecognitionRules())

    place.desk.toggle_recognition()

    assert place.ears.of(StopListening) == [StopListening(FIRST, is_refused=True)] and stage(place) is RecognitionStage.REFUSED
    assert "recognition-refused" in place.store.kinds()


def test_an_objection_outlives_the_speech_process() -> None:
    place = place_with(RecognitionRules())
    place.desk.toggle_recognition()
    before = len(place.ears.of(ListenTo))

    place.desk.handle(ProcessFound("speech"))

    assert len(place.ears.of(ListenTo)) == before and place.ears.of(LoadEars)


def test_an_objection_outlives_the_window() -> None:
    kept = CallKept(FIRST, "13800000001", "", {}, Direction.INCOMING, 990.0, 995.0, False)
    place = Place()
    place.desk.handle(ListeningTold(NO_CALL, (FIRST,)))

    place.desk.handle(LineAttached((kept,), (), FIRST, False))

    assert stage(place) is RecognitionStage.REFUSED and place.ears.of(ListenTo) == []


@pytest.mark.parametrize("comes_first", [True, False])
def test_a_call_whose_caller_was_told_by_the_window_before_goes_on_being_heard(comes_first: bool) -> None:
    kept = CallKept(FIRST, "13800000001", "", {}, Direction.INCOMING, 990.0, 995.0, False)
    attached, told = LineAttached((kept,), (), FIRST, False), ListeningTold(FIRST)
    place = Place(recognition=TOLD, announcements=SOUNDS)

    for event in (told, attached) if comes_first else (attached, told):
        place.desk.handle(event)

    assert stage(place) is RecognitionStage.ON


def test_by_the_agents_word_only_what_is_said_from_then_on_is_recognised() -> None:
    place = place_with(BY_AGENT)
    before = stage(place), place.ears.of(ListenTo)

    place.desk.toggle_recognition()

    assert before == (RecognitionStage.OFF, [])
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, place.clock.now, is_from_now=True)]


def test_where_the_site_wants_none_the_key_says_so() -> None:
    place = place_with(RecognitionRules(RecordingPolicy.NONE), is_listening=False)

    place.desk.toggle_recognition()

    assert place.ears.of(ListenTo) == [] and [n.code for n in place.state.notices] == [NoticeCode.RECOGNITION_NOT_ALLOWED]


def test_an_emergency_press_ends_the_notice_and_an_operator_is_not_talked_over() -> None:
    place = place_with(TOLD)

    place.desk.press_emergency("119")
    hears_notice(place, SoundEnd.STOPPED)

    assert stage(place) is RecognitionStage.OFF and paths(place) == ["/words.wav"]


def untold(place: Place) -> list[bool]:
    return [notice.standing for notice in place.state.notices if notice.code is NoticeCode.RECOGNITION_UNTOLD]


@pytest.mark.parametrize("how", [SoundEnd.STOPPED, SoundEnd.WAITED, SoundEnd.CUT, SoundEnd.FAILED])
def test_a_notice_that_was_cut_short_is_offered_again_and_stays_on_the_screen_until_it_is_heard(how: SoundEnd) -> None:
    place = place_with(TOLD)
    if how is SoundEnd.STOPPED:
        place.desk.say_again_or_stop()  # the agent's own press
    hears_notice(place, how)
    offered = stage(place), untold(place), place.ears.of(ListenTo)

    place.desk.toggle_recognition()
    while_it_plays = untold(place)
    hears_notice(place)

    assert offered == (RecognitionStage.OFF, [True], []) and while_it_plays == []
    assert stage(place) is RecognitionStage.ON and untold(place) == []
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, place.clock.now, is_from_now=True)]


def test_a_notice_that_is_stopped_a_second_time_is_not_pressed_on_the_agent() -> None:
    place = place_with(TOLD)
    hears_notice(place, SoundEnd.STOPPED)
    place.desk.toggle_recognition()

    hears_notice(place, SoundEnd.STOPPED)

    assert untold(place) == [False] and stage(place) is RecognitionStage.OFF


def test_the_offer_goes_with_its_call() -> None:
    place = place_with(TOLD)
    hears_notice(place, SoundEnd.STOPPED)

    place.ends()

    assert untold(place) == []


def test_nobody_is_written_down_untold_because_an_operator_is_on_the_line() -> None:
    place = place_with(TOLD)
    place.desk.press_emergency("119")
    hears_notice(place, SoundEnd.STOPPED)

    place.desk.toggle_recognition()

    assert stage(place) is RecognitionStage.OFF and place.ears.of(ListenTo) == [] and paths(place) == ["/words.wav"]
    assert len(untold(place)) == 1


def test_recognition_switched_off_in_the_settings_ends_at_once_and_comes_back_with_its_model() -> None:
    place = place_with(RecognitionRules())

    place.desk.follow_speech(Policy("8001", is_listening=False))
    off = stage(place), place.ears.of(StopListening)
    place.desk.follow_speech(Policy("8001", models=("whisper-base",), models_folder="/models"))

    assert off == (RecognitionStage.OFF, [StopListening(FIRST)])
    assert place.ears.of(LoadEars) == [LoadEars(("whisper-base",), "/models")]
