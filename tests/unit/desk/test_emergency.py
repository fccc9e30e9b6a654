"""One press brings the emergency line into the call; every step is written down."""

from app.desk.commands import AddLeg, HangUp
from app.desk.events import LegChanged, Ticked
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.domain.ticket import Urgency
from tests.fakes import FIRST, Place


def leg_changed(leg: CallId, stage: LegStage, route: str = "pbx", reason: str = "", line: str = "119") -> LegChanged:
    return LegChanged(FIRST, leg, LegPurpose.EMERGENCY, line, line, route, stage, reason, 1005.0)


def test_one_press_calls_the_line_by_both_routes_with_the_citizen_on_it() -> None:
    place = Place()
    place.talks()

    place.desk.press_emergency("119")

    asked = place.line.of(AddLeg)[0]
    assert (asked.call, asked.line, asked.targets) == (FIRST, "119", (("pbx", "119"), ("gateway", "119")))
    assert place.state.draft is not None and place.state.draft.ticket.urgency is Urgency.EMERGENCY


def test_the_press_is_written_down_with_time_number_and_who_pressed() -> None:
    place = Place()
    place.talks()

    place.desk.press_emergency("119")

    record = place.store.emergencies[0]
    assert (record.line, record.target, record.pressed_by, record.pressed_at) == ("119", "119", "8001", place.clock.now)
    assert "emergency-pressed" in place.store.kinds()


def test_the_answer_of_the_line_is_written_down_with_the_route_it_took() -> None:
    place = Place()
    place.talks()
    place.desk.press_emergency("119")
    leg = place.line.of(AddLeg)[0].leg

    place.desk.handle(leg_changed(leg, LegStage.TALKING, "gateway"))

    record = place.store.emergencies[-1]
    assert (record.outcome, record.route, record.answered_at) == ("answered", "gateway", 1005.0)


def test_undo_within_three_seconds_ends_the_leg_and_says_so() -> None:
    place = Place()
    place.talks()
    place.desk.press_emergency("119")
    leg = place.line.of(AddLeg)[0].leg

    place.desk.undo_emergency()
    place.desk.handle(leg_changed(leg, LegStage.ENDED))

    assert place.line.of(HangUp) == [HangUp(leg)]
    assert place.store.emergencies[-1].outcome == "undone"


def test_after_three_seconds_there_is_nothing_to_undo() -> None:
    place = Place()
    place.talks()
    place.desk.press_emergency("119")
    place.clock.now += 3.1
    place.desk.handle(Ticked(place.clock.now))

    place.desk.undo_emergency()

    assert place.line.of(HangUp) == [] and place.state.emergency.undo_until == 0


def test_all_routes_dead_is_said_until_it_is_mended() -> None:
    place = Place()
    place.talks()
    place.desk.press_emergency("119")
    leg = place.line.of(AddLeg)[0].leg

    place.desk.handle(leg_changed(leg, LegStage.FAILED, "gateway", "503"))

    said = [(notice.code, notice.values, notice.standing) for notice in place.state.notices]
    assert said == [
        (NoticeCode.EMERGENCY_FAILED, ("119", "503"), True),
        (NoticeCode.GATEWAY_UNREACHABLE, ("119", "503"), True),
    ]
    assert place.store.emergencies[-1].outcome == "failed: 503"


def test_a_line_that_is_reached_takes_back_only_what_was_said_of_itself() -> None:
    place = Place(emergency_targets={line: (("pbx", line), ("gateway", line)) for line in ("119", "120")})
    place.talks()
    for line in ("119", "120"):
        place.desk.press_emergency(line)
    first, second = (asked.leg for asked in place.line.of(AddLeg))
    place.desk.handle(leg_changed(first, LegStage.FAILED, "gateway", "503"))
    place.desk.handle(leg_changed(second, LegStage.FAILED, "gateway", "503", "120"))
    place.desk.press_emergency("119")
    again = place.line.of(AddLeg)[-1].leg

    place.desk.handle(leg_changed(again, LegStage.TALKING, "pbx"))

    said = [(notice.code, notice.values[0]) for notice in place.state.notices]
    assert (NoticeCode.EMERGENCY_FAILED, "119") not in said
    assert (NoticeCode.EMERGENCY_FAILED, "120") in said and (NoticeCode.GATEWAY_UNREACHABLE, "119") in said


def test_without_telephony_the_press_is_written_down_and_said_to_have_failed() -> None:
    place = Place()
    place.talks()
    place.line.is_there = False

    place.desk.press_emergency("119")

    codes = [notice.code for notice in place.state.notices]
    assert NoticeCode.TELEPHONY_DOWN in codes and NoticeCode.EMERGENCY_FAILED in codes
    assert place.store.emergencies[-1].outcome.startswith("failed")


def test_a_line_nobody_mapped_is_said_and_not_dialled() -> None:
    place = Place(emergency_targets={})
    place.talks()

    place.desk.press_emergency("119")

    assert place.line.of(AddLeg) == []
    assert place.state.notices[-1].code is NoticeCode.EMERGENCY_FAILED


def test_with_no_call_up_the_agent_alone_is_connected_and_a_draft_begins() -> None:
    place = Place()

    place.desk.press_emergency("119")

    asked = place.line.of(AddLeg)[0]
    assert place.state.call(asked.call) is not None and place.state.draft is not None
    assert place.state.calls[0].legs[0].line == "119"


def test_after_the_caller_hung_up_the_line_still_belongs_to_his_case() -> None:
    place = Place()
    place.talks()
    place.hears("着火")
    place.ends()

    place.desk.press_emergency("119")

    assert place.line.of(AddLeg)[0].call == FIRST and place.store.emergencies[0].call == FIRST
