"""Emergency lines and third parties in trouble: seen as long as they are on, never called twice, never dropped by a slip."""

from app.desk.commands import AddLeg, FocusCall, HangUp
from app.desk.events import CallFocused, LegChanged, LineAttached, ProcessFound, ProcessLost, Ticked
from app.domain.call import CallId, CallStage, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, SECOND, Place

BOTH = {line: (("pbx", line), ("gateway", line)) for line in ("119", "120")}
LEG = CallId("a" * 32)


def leg_changed(
    leg: CallId, stage: LegStage, line: str = "119", call: CallId = FIRST, pressed_at: float = 1000.0, reason: str = ""
) -> LegChanged:
    return LegChanged(call, leg, LegPurpose.EMERGENCY, line, line, "pbx", stage, reason, 1005.0, pressed_at)


def pressed(place: Place, line: str = "119") -> CallId:
    """Presses the line; gives the leg that was asked for."""
    place.desk.press_emergency(line)
    leg: CallId = place.line.of(AddLeg)[-1].leg
    return leg


def with_fire_brigade() -> tuple[Place, CallId]:
    """A citizen on the line, and 119 with them."""
    place = Place(emergency_targets=BOTH)
    place.talks()
    place.desk.handle(CallFocused(FIRST))
    leg = pressed(place)
    place.desk.handle(leg_changed(leg, LegStage.TALKING))
    return place, leg


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def test_a_second_tap_does_not_call_the_line_twice() -> None:
    place = Place()
    place.talks()
    pressed(place)

    place.desk.press_emergency("119")

    assert len(place.line.of(AddLeg)) == 1 and "emergency-pressed-again" in place.store.kinds()


def test_a_line_that_was_undone_can_be_pressed_again_at_once() -> None:
    place = Place()
    place.talks()
    pressed(place)
    place.desk.undo_emergency()

    place.desk.press_emergency("119")

    assert len(place.line.of(AddLeg)) == 2


def test_a_line_that_failed_can_be_pressed_again() -> None:
    place = Place()
    place.talks()
    place.desk.handle(leg_changed(pressed(place), LegStage.FAILED))

    place.desk.press_emergency("119")

    assert len(place.line.of(AddLeg)) == 2


def test_undoing_a_press_that_failed_leaves_the_line_alone_that_is_talked_with() -> None:
    place, _ = with_fire_brigade()
    place.clock.now += 600
    second = pressed(place, "120")
    place.desk.handle(leg_changed(second, LegStage.FAILED, "120"))

    place.desk.undo_emergency()

    assert place.line.of(HangUp) == [] and place.state.emergency.undo_until == 0


def test_an_undo_that_cannot_reach_telephony_is_not_written_down_as_done() -> None:
    place = Place()
    place.talks()
    pressed(place)
    place.line.is_there = False

    place.desk.undo_emergency()

    assert place.store.emergencies[-1].outcome == "dialling" and NoticeCode.TELEPHONY_DOWN in codes(place)


def test_telephony_that_came_back_without_the_line_is_said_and_the_line_is_no_longer_shown_as_on() -> None:
    place, leg = with_fire_brigade()
    place.desk.handle(ProcessLost("telephony"))

    place.desk.handle(ProcessFound("telephony"))
    place.desk.handle(LineAttached((), (), CallId(""), False))

    assert place.state.calls[0].living_legs == () and NoticeCode.EMERGENCY_FAILED in codes(place)
    assert place.store.emergencies[-1].outcome == "failed: telephony" and leg


def test_a_press_that_telephony_never_speaks_of_is_said_to_have_failed() -> None:
    place = Place()
    place.talks()
    pressed(place)

    place.desk.handle(Ticked(place.clock.now + 6))

    assert NoticeCode.EMERGENCY_FAILED in codes(place)


def test_a_press_that_rings_long_is_not_said_to_have_failed() -> None:
    place = Place()
    place.talks()
    place.desk.handle(leg_changed(pressed(place), LegStage.RINGING))

    place.desk.handle(Ticked(place.clock.now + 60))

    assert NoticeCode.EMERGENCY_FAILED not in codes(place) and place.state.calls[0].living_legs


def test_a_new_window_writes_the_record_of_the_old_ones_press_on_and_says_its_failure() -> None:
    place = Place()
    place.desk.handle(LineAttached((), (leg_changed(LEG, LegStage.DIALLING, pressed_at=950.0),), FIRST, False))

    place.desk.handle(leg_changed(LEG, LegStage.FAILED, pressed_at=950.0, reason="503"))

    record = place.store.emergencies[-1]
    assert (record.call, record.line, record.pressed_at, record.outcome) == (FIRST, "119", 950.0, "failed: 503")
    assert NoticeCode.EMERGENCY_FAILED in codes(place)


def test_a_new_window_sees_a_line_whose_caller_is_gone_and_can_end_it() -> None:
    place = Place()
    place.desk.handle(LineAttached((), (leg_changed(LEG, LegStage.TALKING),), FIRST, False))

    place.desk.hang_up()

    assert [leg.leg for leg in place.state.calls[0].living_legs] == [LEG]
    assert place.line.of(HangUp) == [HangUp(LEG)]


def test_a_case_whose_emergency_line_is_still_on_does_not_leave_the_desk() -> None:
    place, leg = with_fire_brigade()
    place.ends()
    place.desk.discard_draft()

    place.talks(SECOND)

    view = place.state.call(FIRST)
    assert view is not None and [known.leg for known in view.living_legs] == [leg]


def test_the_case_leaves_when_its_line_has_ended() -> None:
    place, leg = with_fire_brigade()
    place.ends()
    place.desk.discard_draft()
    place.talks(SECOND)

    place.desk.handle(leg_changed(leg, LegStage.ENDED))

    assert [view.call for view in place.state.calls] == [SECOND]


def test_turning_back_to_a_line_whose_caller_is_gone_asks_telephony_for_it() -> None:
    place, _ = with_fire_brigade()
    place.ends()
    place.talks(SECOND)

    place.desk.focus_call(FIRST)

    assert place.line.of(FocusCall) == [FocusCall(FIRST)]


def test_a_line_goes_over_to_the_call_that_rings_the_citizen_back() -> None:
    place, leg = with_fire_brigade()
    place.ends(by="network")
    place.talks(SECOND)

    place.desk.handle(leg_changed(leg, LegStage.TALKING, call=SECOND))

    assert [(view.call, view.continues, len(view.legs)) for view in place.state.calls] == [(SECOND, FIRST, 1)]


def test_hanging_up_with_an_emergency_line_on_is_asked_first() -> None:
    place, _ = with_fire_brigade()

    place.desk.hang_up()

    assert place.line.of(HangUp) == []
    assert [notice.values for notice in place.state.notices if notice.code is NoticeCode.EMERGENCY_STILL_ON] == [("119",)]


def test_a_second_hang_up_ends_the_call_and_its_emergency_line() -> None:
    place, _ = with_fire_brigade()
    place.desk.hang_up()

    place.desk.hang_up()

    assert place.line.of(HangUp) == [HangUp(FIRST)] and NoticeCode.EMERGENCY_STILL_ON not in codes(place)


def test_a_hang_up_long_after_the_question_is_asked_again() -> None:
    place, _ = with_fire_brigade()
    place.desk.hang_up()
    place.clock.now += 30
    place.desk.handle(Ticked(place.clock.now))

    place.desk.hang_up()

    assert place.line.of(HangUp) == []


def test_a_window_that_is_left_in_a_call_ends_it_and_writes_it_down() -> None:
    place = Place()
    place.talks()

    place.desk.leave()

    assert place.line.of(HangUp) == [HangUp(FIRST)]
    assert [(record.call, record.ended_by) for record in place.store.calls] == [(FIRST, "agent")]
    assert place.state.calls[0].stage is CallStage.ENDED
