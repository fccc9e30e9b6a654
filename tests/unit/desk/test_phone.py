"""Calls on the desk: nothing is lost, nothing mixes, nothing goes away by itself."""

from dataclasses import replace

from app.desk.commands import (
    AddLeg,
    AnswerCall,
    Dial,
    FocusCall,
    HoldCall,
    ListenTo,
    RejectCall,
    SetUpLines,
    StopListening,
    TransferBlind,
)
from app.desk.events import (
    CallEnded,
    CallFocused,
    CallHeld,
    CallKept,
    LineAttached,
    ProcessFound,
    ProcessLost,
    TicketKept,
    TransferEnded,
)
from app.domain.agent import AgentState
from app.domain.call import CallStage, Direction
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, SECOND, Place


def test_a_ringing_call_shows_its_number_and_asks_for_the_callers_history() -> None:
    place = Place()

    place.rings(number="138 0000 0001")

    assert place.state.ringing is not None and place.state.ringing.number == "13800000001"
    assert place.state.focus == FIRST
    assert place.store.history_asked == [(FIRST, "13800000001")]


def test_a_number_with_a_slash_is_no_number_and_matches_nobody() -> None:
    place = Place()

    place.rings(number="1380000/0001")

    assert place.state.focused is not None and place.state.focused.number == ""
    assert place.state.focused.raw_number == "1380000/0001"
    assert place.store.history_asked == []
    assert [notice.code for notice in place.state.notices] == [NoticeCode.NUMBER_ODD]


def test_a_withheld_number_is_no_reason_for_a_notice() -> None:
    place = Place()

    place.rings(number="")

    assert place.state.notices == () and place.state.ringing is not None


def test_answering_tells_telephony_and_then_the_recogniser() -> None:
    place = Place()

    place.talks()

    assert place.line.of(AnswerCall) == [AnswerCall(FIRST)]
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, 1000.0)]
    assert place.state.focused is not None and place.state.focused.stage is CallStage.TALKING


def test_a_second_call_waits_without_pushing_the_first_from_the_screen() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")

    place.rings(SECOND, "13900000002")

    assert place.state.focus == FIRST
    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"
    assert place.state.ringing is not None and place.state.ringing.call == SECOND


def test_taking_the_second_call_parks_the_first_with_its_draft() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.talks(SECOND, "13900000002")

    place.desk.focus_call(FIRST)

    assert place.line.of(FocusCall) == [FocusCall(FIRST)]
    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"


def test_hold_and_resume_go_to_the_call_the_headset_is_wired_to() -> None:
    place = Place()
    place.talks()
    place.desk.handle(CallFocused(FIRST))

    place.desk.hold_or_resume()
    place.desk.handle(CallHeld(FIRST, True))
    place.desk.hold_or_resume()

    assert place.line.of(HoldCall) == [HoldCall(FIRST, True), HoldCall(FIRST, False)]


def test_the_end_of_a_call_keeps_the_screen_and_begins_a_wrap_up_that_no_clock_ends() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")

    place.ends()

    assert place.state.agent_state is AgentState.WRAP_UP
    assert place.state.focused is not None and place.state.focused.stage is CallStage.ENDED
    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"
    assert place.ears.of(StopListening) == [StopListening(FIRST)]
    assert place.store.calls[0].answered_at == place.clock.now


def test_becoming_ready_leaves_an_unsaved_draft_on_the_screen() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.ends()

    place.desk.become(AgentState.READY)

    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"


def test_the_next_call_parks_an_unsaved_draft_where_the_agent_finds_it() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.ends()
    place.talks(SECOND)
    place.ends(SECOND)

    place.desk.focus_call(FIRST)

    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"


def test_a_kept_ticket_leaves_the_desk_with_the_next_call() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.ends()
    place.desk.save()
    place.desk.handle(TicketKept(replace(place.store.saved[0], number=None, version=1)))

    place.talks(SECOND)

    assert [view.call for view in place.state.calls] == [SECOND]


def test_a_call_nobody_answered_is_recorded_and_leaves_the_desk() -> None:
    place = Place()
    place.rings()

    place.ends()

    assert place.state.calls == () and place.store.calls[0].answered_at == 0
    assert place.state.agent_state is not AgentState.WRAP_UP


def test_rejecting_says_busy_to_the_network() -> None:
    place = Place()
    place.rings()

    place.desk.reject()

    assert place.line.of(RejectCall) == [RejectCall(FIRST)]


def test_a_number_that_is_dialled_goes_through_the_exchange_an_emergency_number_the_emergency_way() -> None:
    place = Place()

    place.desk.dial("010-12345678")
    place.desk.dial("119")

    assert [command.number for command in place.line.of(Dial)] == ["01012345678"]
    assert place.line.of(AddLeg)[0].line == "119"


def test_handing_over_to_an_emergency_number_keeps_the_caller_on_the_line() -> None:
    place = Place()
    place.talks()

    place.desk.transfer_blind("119")

    assert place.line.of(TransferBlind) == [] and place.line.of(AddLeg)[0].call == FIRST


def test_a_transfer_that_was_refused_is_said() -> None:
    place = Place()
    place.talks()

    place.desk.handle(TransferEnded(FIRST, "8002", False, "486 Busy"))

    assert [notice.code for notice in place.state.notices] == [NoticeCode.TRANSFER_BROUGHT_IN]


def test_a_window_that_attaches_again_finds_the_call_that_lives_on() -> None:
    place = Place()
    kept = CallKept(FIRST, "13800000001", "", {}, Direction.INCOMING, 10.0, 12.0, False)

    place.desk.handle(LineAttached((kept,), (), FIRST, False))

    assert place.state.focused is not None and place.state.focused.stage is CallStage.TALKING
    assert place.ears.of(ListenTo) == [ListenTo(FIRST, 12.0)]


def test_telephony_that_came_back_without_the_call_ends_it_but_not_its_draft() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.desk.handle(ProcessLost("telephony"))

    place.desk.handle(ProcessFound("telephony"))
    place.desk.handle(LineAttached((), (), FIRST, False))

    assert place.line.of(SetUpLines) != []
    assert place.state.focused is not None and place.state.focused.stage is CallStage.ENDED
    assert place.state.draft is not None and place.state.draft.ticket.content == "楼道没有灯"


def test_an_answer_that_cannot_reach_telephony_is_said_and_the_call_goes_on_ringing() -> None:
    place = Place()
    place.rings()
    place.line.is_there = False

    place.desk.take()

    assert [notice.code for notice in place.state.notices] == [NoticeCode.TELEPHONY_DOWN]
    assert place.state.ringing is not None


def test_an_end_told_twice_is_recorded_once() -> None:
    place = Place()
    place.talks()

    place.ends()
    place.desk.handle(CallEnded(FIRST, 200, "", "caller", 5.0))

    assert len(place.store.calls) == 1
