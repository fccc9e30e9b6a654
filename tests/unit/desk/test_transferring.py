"""Consult, complete, back, swap, join and park: what the desk asks of telephony, and what it does when that is refused."""

from app.desk.commands import (
    AddLeg,
    Dial,
    FocusCall,
    HangUp,
    HoldCall,
    JoinCalls,
    ParkCall,
    SendDigits,
    TransferAttended,
    TransferBlind,
)
from app.desk.events import (
    Bonds,
    CallAnswered,
    CallDialled,
    CallEnded,
    CallFocused,
    CallHeld,
    CallKept,
    CallsBound,
    Heard,
    LegChanged,
    LineAttached,
    ParkedAway,
    Ticked,
    TransferEnded,
)
from app.domain.call import NO_CALL, CallId, Direction, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.domain.transcript import Speaker, Utterance
from tests.fakes import FIRST, SECOND, Place


def codes(place: Place) -> list[NoticeCode]:
    return [notice.code for notice in place.state.notices]


def bind(place: Place, bonds: Bonds) -> None:
    place.desk.handle(CallsBound(bonds))


def consulting(place: Place, number: str = "8002", *, is_answered: bool = True) -> CallId:
    """The first caller is on hold, and somebody is asked about him: as telephony tells it."""
    place.talks()
    place.desk.handle(CallFocused(FIRST))
    place.desk.consult(number)
    call = place.line.of(Dial)[-1].call
    bind(place, Bonds(((call, FIRST),)))
    place.desk.handle(CallDialled(call, number, place.clock.now))
    place.desk.handle(CallHeld(FIRST, True))
    place.desk.handle(CallFocused(call))
    if is_answered:
        place.desk.handle(CallAnswered(call, place.clock.now))
    place.line.sent.clear()
    return CallId(call)


def test_a_consult_dials_for_the_caller_and_the_ticket_stays_on_the_screen() -> None:
    place = Place()
    call = consulting(place)

    assert place.state.focus == FIRST
    assert place.state.voiced == call
    assert place.state.draft is not None
    assert place.state.draft.ticket.call == FIRST
    assert call not in place.desk.cases


def test_an_emergency_number_is_never_consulted_but_called_in() -> None:
    place = Place()
    place.talks()

    place.desk.consult("1 1 9")

    assert not place.line.of(Dial)
    assert [leg.purpose for leg in place.line.of(AddLeg)] == [LegPurpose.EMERGENCY]


def test_a_second_consult_is_not_begun_beside_the_first() -> None:
    place = Place()
    consulting(place)

    place.desk.consult("8003")

    assert not place.line.of(Dial)
    assert NoticeCode.CONSULT_RUNS in codes(place)


def test_an_emergency_pressed_during_a_consult_is_for_the_caller() -> None:
    place = Place()
    consulting(place)

    place.desk.press_emergency("119")

    assert [leg.call for leg in place.line.of(AddLeg)] == [FIRST]


def test_completing_hands_the_caller_to_the_consulted_party() -> None:
    place = Place()
    call = consulting(place)

    place.desk.complete_transfer()

    assert place.line.sent == [TransferAttended(FIRST, call)]


def test_completing_before_the_answer_is_a_blind_transfer() -> None:
    place = Place()
    call = consulting(place, is_answered=False)

    place.desk.complete_transfer()

    assert place.line.sent == [HangUp(call), TransferBlind(FIRST, "8002")]


def test_a_refused_attended_transfer_joins_all_three_and_says_so() -> None:
    place = Place()
    call = consulting(place)

    place.desk.handle(TransferEnded(FIRST, "8002", False, "501 Not Implemented", call))

    assert place.line.sent == [JoinCalls(FIRST, (call,))]
    assert NoticeCode.TRANSFER_JOINED in codes(place)


def test_a_refused_blind_transfer_brings_the_target_in_and_says_so() -> None:
    place = Place()
    place.talks()
    place.desk.handle(CallHeld(FIRST, True))
    place.line.sent.clear()

    place.desk.handle(TransferEnded(FIRST, "8002", False, "603 Decline"))

    resumed, leg = place.line.sent
    assert resumed == HoldCall(FIRST, False)
    assert isinstance(leg, AddLeg)
    assert (leg.call, leg.purpose, leg.targets) == (FIRST, LegPurpose.THREE_WAY, (("pbx", "8002"),))
    assert NoticeCode.TRANSFER_BROUGHT_IN in codes(place)


def test_a_transfer_that_failed_because_the_caller_left_calls_nobody() -> None:
    place = Place()
    place.talks()
    place.ends()
    place.line.sent.clear()

    place.desk.handle(TransferEnded(FIRST, "8002", False, "the call ended first"))

    assert place.line.sent == []


def test_nobody_is_transferred_away_from_an_emergency_line() -> None:
    place = Place()
    place.talks()
    place.desk.press_emergency("119")
    leg = place.line.of(AddLeg)[0].leg
    place.desk.handle(LegChanged(FIRST, leg, LegPurpose.EMERGENCY, "119", "119", "pbx", LegStage.TALKING, "", 1.0))

    place.desk.transfer_blind("8002")

    assert not place.line.of(TransferBlind)
    assert [known.purpose for known in place.line.of(AddLeg)] == [LegPurpose.EMERGENCY, LegPurpose.THREE_WAY]
    assert NoticeCode.TRANSFER_KEEPS in codes(place)


def test_a_consult_completed_with_an_emergency_line_on_joins_instead() -> None:
    place = Place()
    call = consulting(place)
    place.desk.handle(LegChanged(FIRST, CallId("e" * 32), LegPurpose.EMERGENCY, "119", "119", "pbx", LegStage.TALKING, "", 1.0))

    place.desk.complete_transfer()

    assert place.line.sent == [JoinCalls(FIRST, (call,))]


def test_back_to_the_caller_ends_the_consult_only() -> None:
    place = Place()
    call = consulting(place)

    place.desk.back_to_caller()

    assert place.line.sent == [HangUp(call)]


def test_hanging_up_during_a_consult_ends_the_consult_only() -> None:
    place = Place()
    call = consulting(place)

    place.desk.hang_up()

    assert place.line.sent == [HangUp(call)]


def test_a_consult_that_is_over_leaves_no_trace_on_the_desk_but_a_record() -> None:
    place = Place()
    call = consulting(place)

    place.desk.handle(CallEnded(call, 200, "", "agent", place.clock.now))

    assert [view.call for view in place.state.calls] == [FIRST]
    assert [record.call for record in place.store.calls] == [call]
    assert place.state.focus == FIRST


def test_swapping_during_a_consult_turns_the_voice_and_not_the_screen() -> None:
    place = Place()
    call = consulting(place)

    place.desk.swap()
    place.desk.handle(CallFocused(FIRST))
    place.desk.swap()

    assert place.line.sent == [FocusCall(FIRST), FocusCall(call)]
    assert place.state.focus == FIRST


def test_words_of_a_consult_are_not_put_down_to_the_caller() -> None:
    place = Place()
    call = consulting(place)

    place.desk.handle(Heard(call, Utterance(Speaker.CALLER, 0, "着火了", 0.0, 1.0, True)))

    assert place.state.transcript.utterances == ()
    assert place.state.emergency.suggested == ""


def test_joining_takes_every_call_that_is_up_but_the_parked() -> None:
    place = Place()
    call = consulting(place)
    place.rings(SECOND, "13900000002")
    place.desk.handle(CallAnswered(SECOND, 1.0))
    place.desk.handle(CallHeld(SECOND, True))
    bind(place, Bonds(((call, FIRST),), parked=(SECOND,)))

    place.desk.join_all()

    assert place.line.of(JoinCalls) == [JoinCalls(FIRST, (call,))]


def test_two_callers_are_joined_by_the_agents_own_key_only() -> None:
    place = Place()
    place.talks()
    place.talks(SECOND, "13900000002")
    place.desk.handle(CallFocused(SECOND))
    assert not place.line.of(JoinCalls)

    place.desk.join_all()

    assert place.line.of(JoinCalls) == [JoinCalls(SECOND, (FIRST,))]


def test_parking_uses_the_exchange_where_it_has_an_extension() -> None:
    place = Place(park_extension="700")
    place.talks()

    place.desk.park()

    assert place.line.of(ParkCall) == [ParkCall(FIRST, "700")]


def test_a_parking_that_is_refused_parks_here_and_says_so() -> None:
    place = Place(park_extension="700")
    place.talks()
    place.line.sent.clear()

    place.desk.handle(TransferEnded(FIRST, "700", False, "404 Not Found", NO_CALL, True))

    assert place.line.sent == [ParkCall(FIRST)]
    assert NoticeCode.PARK_FAILED in codes(place)


def test_a_caller_parked_here_is_not_hung_up_by_f3_and_comes_back_by_the_same_key() -> None:
    place = Place()
    place.talks()
    place.desk.handle(CallHeld(FIRST, True))
    bind(place, Bonds(parked=(FIRST,)))
    place.desk.handle(CallFocused(NO_CALL))
    place.line.sent.clear()

    place.desk.hang_up()
    place.desk.park()

    assert place.line.sent == [FocusCall(FIRST)]


def test_a_caller_parked_here_is_brought_to_mind_every_minute() -> None:
    place = Place()
    place.talks()
    place.desk.handle(Ticked(1000.0))
    bind(place, Bonds(parked=(FIRST,)))

    place.desk.handle(Ticked(1059.0))
    before = codes(place)
    place.desk.handle(Ticked(1061.0))

    assert NoticeCode.PARKED_LONG not in before
    assert NoticeCode.PARKED_LONG in codes(place)


def test_a_caller_parked_away_is_taken_back_by_dialling_his_place_and_his_ticket_goes_on() -> None:
    place = Place(park_extension="700")
    place.talks()
    place.desk.edit("content", "停水")
    bind(place, Bonds(away=(ParkedAway(FIRST, "13800000001", "", "701", 1.0),)))
    place.ends(by="transfer")

    place.desk.park()

    dialled = place.line.of(Dial)[-1]
    assert (dialled.number, dialled.takes_back) == ("701", FIRST)
    place.desk.handle(CallDialled(dialled.call, "701", 2.0))
    assert place.desk.cases[dialled.call].draft is not None
    assert place.desk.cases[dialled.call].draft.ticket.content == "停水"  # type: ignore[union-attr]


def test_without_a_place_the_exchange_told_the_agent_is_asked_to_dial_it() -> None:
    place = Place(park_extension="700")
    bind(place, Bonds(away=(ParkedAway(FIRST, "13800000001", "", "", 1.0),)))

    place.desk.park()

    assert not place.line.of(Dial)
    assert NoticeCode.PARK_SLOT_UNTOLD in codes(place)


def test_tones_go_to_everybody_on_the_line() -> None:
    place = Place()
    call = consulting(place)
    bind(place, Bonds(((call, FIRST),), rooms=((FIRST, call),)))
    leg = CallId("e" * 32)
    place.desk.handle(LegChanged(call, leg, LegPurpose.THREE_WAY, "95598", "95598", "pbx", LegStage.TALKING, "", 1.0))

    place.desk.send_digits("1#")

    assert {sent.call for sent in place.line.of(SendDigits)} == {FIRST, call, leg}


def test_a_window_that_was_killed_finds_consult_and_parked_caller_again() -> None:
    place = Place()
    consult, parked = CallId("c" * 32), CallId("d" * 32)
    kept = (
        CallKept(FIRST, "13800000001", "", {}, Direction.INCOMING, 1.0, 2.0, True),
        CallKept(consult, "8002", "", {}, Direction.OUTGOING, 3.0, 4.0, False),
        CallKept(parked, "13900000002", "", {}, Direction.INCOMING, 1.0, 2.0, True),
    )

    place.desk.handle(LineAttached(kept, (), consult, False, Bonds(((consult, FIRST),), parked=(parked,))))

    assert place.state.focus == FIRST
    assert consult not in place.desk.cases
    assert place.desk.subject is not None
    assert place.desk.subject.call == FIRST
    place.desk.complete_transfer()
    assert place.line.of(TransferAttended) == [TransferAttended(FIRST, consult)]
