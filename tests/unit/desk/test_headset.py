from app.desk.commands import AnswerCall, HangUp, MuteMicrophone, StartShiftCheck, StopShiftCheck, TellRingerHeard
from app.desk.events import HeadsetKeysFound, HeadsetPressed, LegChanged, ShiftCheckChanged, ShiftFinding
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, SECOND, Place


def press(place: Place, key: str, is_done: bool = False) -> None:
    place.desk.handle(HeadsetPressed(key, "H-TEL 3", place.clock.now, is_done))


def test_the_hook_answers_what_rings_and_hangs_up_what_is_up() -> None:
    place = Place()
    place.rings()

    press(place, "hook")
    place.talks()
    press(place, "hook")

    assert place.line.of(AnswerCall)[0] == AnswerCall(FIRST)
    assert place.line.of(HangUp) == [HangUp(FIRST)]


def test_the_hook_takes_a_second_call_and_does_not_cut_off_the_first() -> None:
    place = Place()
    place.talks()
    place.rings(SECOND, "13900000002")

    press(place, "hook")

    assert AnswerCall(SECOND) in place.line.sent
    assert place.line.of(HangUp) == []


def test_hanging_up_by_the_hook_is_asked_twice_with_an_emergency_line_on() -> None:
    place = Place()
    place.talks()
    place.desk.handle(LegChanged(FIRST, CallId("9" * 32), LegPurpose.EMERGENCY, "119", "119", "pbx", LegStage.TALKING, "", 1.0))

    press(place, "hook")
    once = place.line.of(HangUp)
    press(place, "hook")

    assert once == []
    assert place.line.of(HangUp) == [HangUp(FIRST)]
    assert NoticeCode.EMERGENCY_STILL_ON not in {notice.code for notice in place.state.notices}


def test_the_mute_key_mutes() -> None:
    place = Place()

    press(place, "mute")

    assert place.line.of(MuteMicrophone) == [MuteMicrophone(True)]


def test_what_telephony_did_itself_is_only_written_down() -> None:
    place = Place()
    place.talks()
    before = list(place.line.sent)

    press(place, "hook", is_done=True)

    assert place.line.sent == before


def test_every_press_stands_in_the_journal() -> None:
    place = Place()
    place.talks()

    press(place, "mute")
    press(place, "hook", is_done=True)

    lines = [(call, body["key"], body["done"]) for call, kind, body in place.store.notes if kind == "headset-key"]
    assert lines == [(FIRST, "mute", False), (FIRST, "hook", True)]


def test_the_headset_whose_keys_are_served_is_shown_and_written_down_once() -> None:
    place = Place()

    for _ in range(2):
        place.desk.handle(HeadsetKeysFound("H-TEL 3"))

    assert place.state.headset.keys == "H-TEL 3"
    assert place.store.kinds().count("headset-keys") == 1


def test_the_check_is_asked_for_answered_and_stopped_while_it_runs() -> None:
    place = Place()

    place.desk.stop_shift_check()
    place.desk.start_shift_check()
    place.desk.handle(ShiftCheckChanged("ringer", 0.7))
    place.desk.tell_ringer_heard(True)
    place.desk.stop_shift_check()

    kinds = [type(command) for command in place.line.sent]
    assert kinds == [StartShiftCheck, TellRingerHeard, StopShiftCheck]


def test_the_result_of_the_check_is_kept_and_written_down_once() -> None:
    place = Place()
    done = ShiftCheckChanged("done", 1.0, findings=(ShiftFinding("level", "good", "", -24.0),), microphone="mic", at=9.0)

    place.desk.handle(done)
    place.desk.handle(done)  # a window that attached again is told once more
    place.desk.handle(ShiftCheckChanged("refused"))

    assert place.state.headset.last_check == done
    written = [body for _, kind, body in place.store.notes if kind == "shift-check"]
    assert [body["level"] for body in written] == [["good", "", -24.0]]
