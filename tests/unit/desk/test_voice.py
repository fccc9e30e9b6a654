"""The voice on the desk: never over the caller, never to the wrong one, stopped and said again by one key."""

import pytest

from app.desk.commands import ListenTo, PlaySound, PlayToEar, Say, StopEar, StopSound
from app.desk.events import SoundOver, SpeechMade
from app.desk.voice_state import VoiceChoice
from app.domain.announcement import SoundEnd
from app.domain.notice import NoticeCode
from app.domain.read_back import number_in
from tests.fakes import FIRST, SECOND, Place


def said(place: Place, text: str = "请稍等") -> str:
    """A sentence for the caller that has been made and handed to telephony; its request."""
    place.desk.say(text, is_for_caller=True)
    return made(place)


def made(place: Place) -> str:
    request: str = place.ears.of(Say)[-1].request
    place.desk.handle(SpeechMade(request, f"/said/{request}.wav", 2.0))
    return request


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def test_a_sentence_is_made_as_the_site_or_the_agent_wants_it() -> None:
    place = Place(voice="kokoro:zf_xiaoni", voice_speed=1.3, voice_volume=0.6)
    place.talks()

    place.desk.say("您好", True)
    place.desk.say("您好", True, VoiceChoice("pyttsx3:sit/cmn", 0.8, 1.0))

    asked = [(say.voice, say.speed, say.volume) for say in place.ears.of(Say)]
    assert asked == [("kokoro:zf_xiaoni", 1.3, 0.6), ("pyttsx3:sit/cmn", 0.8, 1.0)]


def test_a_sentence_the_caller_left_no_room_for_is_kept_for_one_key() -> None:
    place = Place()
    place.talks()
    request = said(place)

    place.desk.handle(SoundOver(request, SoundEnd.WAITED))
    assert codes(place) == [NoticeCode.VOICE_WAITED] and place.state.voice.unsaid == "请稍等"
    place.desk.say_again_or_stop()

    assert [played.path for played in place.line.of(PlaySound)] == [f"/said/{request}.wav"] * 2
    assert place.state.voice.unsaid == "" and place.state.voice.saying == "请稍等"


def test_a_caller_who_spoke_into_it_is_told_to_the_agent() -> None:
    place = Place()
    place.talks()

    place.desk.handle(SoundOver(said(place), SoundEnd.CUT))

    assert codes(place) == [NoticeCode.VOICE_CUT]


def test_one_key_stops_what_is_being_said() -> None:
    place = Place()
    place.talks()
    request = said(place)

    place.desk.say_again_or_stop()
    place.desk.handle(SoundOver(request, SoundEnd.STOPPED))

    assert len(place.line.of(StopSound)) == 1 and place.state.voice.saying == "" and codes(place) == []


def test_a_sentence_stopped_before_it_was_made_is_not_heard() -> None:
    place = Place()
    place.talks()
    place.desk.say("请稍等", True)

    place.desk.stop_saying()
    made(place)

    assert place.line.of(PlaySound) == []


def test_nothing_meant_for_one_caller_is_heard_by_the_next() -> None:
    place = Place()
    place.talks()
    place.desk.say("张先生您好", True)
    place.ends()
    place.talks(SECOND)

    made(place)
    place.desk.say_again_or_stop()

    assert place.line.of(PlaySound) == []


def test_a_sentence_being_said_ends_with_its_call_and_is_not_said_again_to_another() -> None:
    place = Place()
    place.talks()
    place.desk.handle(SoundOver(said(place), SoundEnd.WAITED))
    second = said(place)
    place.ends()
    place.talks(SECOND)

    place.desk.say_again_or_stop()

    assert second and len(place.line.of(StopSound)) == 1 and place.state.voice.unsaid == ""
    assert [played.call for played in place.line.of(PlaySound)] == [FIRST, FIRST]


def test_a_press_for_help_ends_what_waits_for_a_pause() -> None:
    place = Place()
    place.talks()
    said(place)

    place.desk.press_emergency("119")

    assert len(place.line.of(StopSound)) == 1


def test_the_callback_number_is_read_back_to_the_caller() -> None:
    place = Place()
    place.talks(number="13800000001")

    place.desk.read_back()

    assert [say.text for say in place.ears.of(Say)] == [" ".join("13800000001")]


@pytest.mark.parametrize(
    ("field", "number"),
    [("身份证 11010519491231002X，本人", "11010519491231002X"), ("0312-5888666", "03125888666"), ("幸福路三号", "13800000001")],
)
def test_a_number_in_the_field_under_the_cursor_goes_before_it(field: str, number: str) -> None:
    place = Place()
    place.talks(number="13800000001")

    place.desk.read_back(field)

    assert place.ears.of(Say)[0].text == " ".join(number)


def test_without_a_number_it_is_said_what_is_wanted() -> None:
    place = Place()
    place.desk.new_ticket()

    place.desk.read_back("没有")

    assert codes(place) == [NoticeCode.RULE_BROKEN] and place.ears.of(Say) == []


@pytest.mark.parametrize(
    ("text", "number"), [("", ""), ("2024年", ""), ("138 0000 0001", "13800000001"), ("+86 10 6555", "86106555")]
)
def test_numbers_are_found_however_they_are_written(text: str, number: str) -> None:
    assert number_in(text) == number


def test_an_announcement_is_heard_by_the_agent_first_and_then_by_the_caller() -> None:
    place = Place(
        announcements={"hold": "/hold.wav", "farewell": "/f.wav"}, announcement_texts={"hold": "请稍候", "farewell": "再见"}
    )
    place.talks()

    place.desk.announce("hold", False)
    place.desk.announce("hold", True)

    assert place.state.voice.announcements == (("hold", "请稍候"),), "the shield's are not played by hand"
    assert [played.path for played in place.line.of(PlayToEar)] == ["/hold.wav"]
    assert [(played.path, played.patience_s > 0) for played in place.line.of(PlaySound)] == [("/hold.wav", True)]


def test_what_is_said_to_the_agent_alone_never_goes_into_the_call() -> None:
    place = Place()
    place.talks()
    place.desk.say("试听", False)
    made(place)

    place.desk.say_again_or_stop()

    assert place.line.of(PlaySound) == [] and len(place.line.of(PlayToEar)) == len(place.line.of(StopEar)) == 1


def test_a_voice_that_cannot_be_reached_is_said() -> None:
    place = Place()
    place.talks()
    place.ears.is_there = False

    place.desk.say("您好", True)

    assert codes(place) == [NoticeCode.SPEECH_DOWN] and place.state.voice.saying == ""
    assert place.ears.of(ListenTo)
