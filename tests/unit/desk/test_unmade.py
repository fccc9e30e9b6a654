"""A sentence that no voice made: it does not stand on the screen for ever, nor in the way of the next one."""

from app.desk.commands import Say
from app.desk.events import ProcessLost, SoundOver
from app.domain.announcement import SoundEnd
from tests.fakes import Place
from tests.unit.desk.test_voice import made


def asked() -> Place:
    place = Place()
    place.talks()
    place.desk.say("请稍等", is_for_caller=True)
    return place


def test_a_sentence_that_no_voice_can_speak_is_over() -> None:
    place = asked()

    place.desk.handle(SoundOver(place.ears.of(Say)[-1].request, SoundEnd.FAILED))

    assert place.state.voice.saying == ""


def test_a_sentence_whose_process_died_is_over_and_one_that_was_made_goes_on() -> None:
    place = asked()
    made(place)
    place.desk.say("谢谢", is_for_caller=True)

    place.desk.handle(ProcessLost("speech"))

    before = place.state.voice.saying
    place.desk.handle(SoundOver(place.ears.of(Say)[0].request, SoundEnd.HEARD))

    assert (before, place.state.voice.saying) == ("请稍等", "")
