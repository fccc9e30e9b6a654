"""Eyes-free: what the ear hears, in which order, and what is dropped."""

from app.desk.commands import PlayToEar, Say, StopEar
from app.desk.events import SoundOver, SpeechMade
from app.desk.eyes_free import Rank
from app.domain.announcement import SoundEnd
from tests.fakes import Place


def eyes_free() -> Place:
    place = Place(is_eyes_free=True)
    place.talks()
    return place


def asked(place: Place) -> list[str]:
    return [say.text for say in place.ears.of(Say) if say.is_for_ear]


def hear(place: Place) -> str:
    """The sentence asked for last is made and played; its request."""
    request: str = place.ears.of(Say)[-1].request
    place.desk.handle(SpeechMade(request, f"/ear/{request}.wav", 1.0))
    return request


def test_nothing_is_said_while_it_is_off() -> None:
    place = Place()

    place.desk.read_out("地点，空")

    assert asked(place) == []


def test_the_field_under_the_cursor_is_said_in_a_pause_of_the_caller() -> None:
    place = eyes_free()

    place.desk.read_out("地点，幸福路")
    hear(place)

    assert [played.patience_s > 0 for played in place.line.of(PlayToEar)] == [True]


def test_a_field_that_was_left_is_not_heard_any_more() -> None:
    place = eyes_free()
    place.desk.read_out("地点")
    left = place.ears.of(Say)[-1].request

    place.desk.read_out("来电人")
    place.desk.handle(SpeechMade(left, "/ear/left.wav", 1.0))
    now = hear(place)

    assert [played.request for played in place.line.of(PlayToEar)] == [now] and place.line.of(StopEar)


def test_danger_is_said_at_once_and_no_field_takes_its_place() -> None:
    place = eyes_free()
    place.desk.read_out("地点")
    hear(place)

    place.desk.read_out("建议119：厨房着火", Rank.DANGER)
    danger = hear(place)
    place.desk.read_out("来电人")
    place.desk.read_out("联系电话")

    assert asked(place) == ["地点", "建议119：厨房着火"], "the field waits"
    assert place.line.of(PlayToEar)[-1].patience_s == 0.0
    place.desk.handle(SoundOver(danger, SoundEnd.HEARD))
    assert asked(place)[-1] == "联系电话", "of those that waited only the last is still true"


def test_news_that_the_caller_talked_into_are_said_again_but_fields_are_not() -> None:
    place = eyes_free()
    place.desk.read_out("工单已保存", Rank.NEWS)
    place.desk.handle(SoundOver(hear(place), SoundEnd.CUT))
    place.desk.handle(SoundOver(hear(place), SoundEnd.HEARD))
    place.desk.read_out("地点")
    place.desk.handle(SoundOver(hear(place), SoundEnd.CUT))

    assert asked(place) == ["工单已保存", "工单已保存", "地点"]


def test_news_wait_for_danger_and_danger_for_nothing() -> None:
    place = eyes_free()
    place.desk.read_out("线路中断", Rank.NEWS)
    hear(place)

    place.desk.read_out("建议119", Rank.DANGER)
    place.desk.handle(SoundOver(hear(place), SoundEnd.HEARD))

    assert asked(place) == ["线路中断", "建议119", "线路中断"]


def test_a_sentence_whose_end_nobody_told_blocks_nothing_for_long() -> None:
    place = eyes_free()
    place.desk.read_out("建议119", Rank.DANGER)
    place.clock.now += 30

    place.desk.read_out("地点")

    assert asked(place)[-1] == "地点"


def test_switching_it_off_ends_what_is_heard() -> None:
    place = eyes_free()
    place.desk.read_out("地点")

    place.desk.toggle_eyes_free()
    hear(place)

    assert place.line.of(StopEar) and place.line.of(PlayToEar) == [] and not place.state.voice.is_eyes_free


def test_what_waited_behind_a_sentence_whose_end_nobody_told_is_not_read_out_minutes_later() -> None:
    place = eyes_free()
    place.desk.read_out("出错了", Rank.NEWS)
    place.desk.read_out("没有网络", Rank.NEWS)
    place.clock.now += 300.0

    place.desk.read_out("地点")
    place.desk.handle(SoundOver(hear(place), SoundEnd.HEARD))

    assert asked(place) == ["出错了", "地点"]
