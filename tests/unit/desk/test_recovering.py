"""A caller who was lost: his case stays, one key rings him back, and whoever returns goes on where he was cut off."""

from app.desk.commands import Dial, ForgetEnded, LineAccount
from app.desk.events import (
    CallAnswered,
    CallDialled,
    CallEnded,
    CallEndedUnseen,
    CallKept,
    CallsRecorded,
    DeskEvent,
    DraftKept,
    Heard,
    LineAttached,
    LineChanged,
    StoreOpened,
)
from app.domain.agent import AgentState
from app.domain.call import NO_CALL, CallId, CallStage, Direction
from app.domain.ticket import Ticket, TicketId
from app.domain.transcript import Speaker, Utterance
from tests.fakes import FIRST, SECOND, Place

NUMBER = "13800000001"
THIRD = CallId("3" * 32)
NOTHING_THERE = LineAttached((), (), NO_CALL, False)


def lost_in_call(**policy: object) -> Place:
    """Telephony died in mid-call and is back, without calls."""
    place = Place(**policy)
    place.talks()
    place.desk.edit("content", "三楼冒烟")
    place.hears("在人民路", number=7)
    place.clock.now += 20
    place.desk.handle(NOTHING_THERE)
    return place


def dialled(place: Place) -> CallId:
    """The call that ringing back made, as telephony tells of it."""
    asked = place.line.of(Dial)[-1]
    place.desk.handle(CallDialled(asked.call, asked.number, place.clock.now))
    call: CallId = asked.call
    return call


def unseen(call: CallId = FIRST, answered_at: float = 1_005.0, by: str = "caller") -> CallEndedUnseen:
    kept = CallKept(call, NUMBER, "", {"X-Call-ID": "7"}, Direction.INCOMING, 1_000.0, answered_at, False)
    return CallEndedUnseen(kept, CallEnded(call, 200, "", by, 1_060.0))


def opened(*drafts: DraftKept, state_since: float = 900.0) -> StoreOpened:
    return StoreOpened("8001", AgentState.READY, state_since, 100, drafts, ())


def test_a_call_that_telephony_lost_is_offered_to_be_rung_back_with_all_that_was_written() -> None:
    place = lost_in_call()

    lost = place.state.lost
    assert lost is not None and (lost.call, lost.number, lost.stage) == (FIRST, NUMBER, CallStage.ENDED)
    assert place.state.focus == FIRST
    assert place.state.draft is not None and place.state.draft.ticket.content == "三楼冒烟"
    assert "ring-back-offered" in place.store.kinds()


def test_a_call_that_its_caller_ended_is_not_offered() -> None:
    place = Place()
    place.talks()

    place.ends(by="caller")

    assert place.state.lost is None


def test_ringing_back_dials_the_same_number_and_the_same_case_goes_on() -> None:
    place = lost_in_call()
    ticket = place.state.draft.ticket.id if place.state.draft else ""

    place.desk.ring_back()
    call = dialled(place)

    assert place.line.of(Dial) == [Dial(call, NUMBER, "pbx")]
    assert place.state.focus == call and [view.call for view in place.state.calls] == [call]
    assert place.state.focused is not None and place.state.focused.continues == FIRST
    assert place.state.draft is not None
    assert (place.state.draft.ticket.id, place.state.draft.ticket.call) == (ticket, call)
    assert (place.state.draft.ticket.content, place.state.draft.ticket.place) == ("三楼冒烟", "在人民路")
    assert [said.text for said in place.state.transcript.utterances] == ["在人民路"]
    assert place.state.lost is None
    assert place.store.drafts[place.state.draft.ticket.id].call == call
    assert (call, "continues", {"calls": ((FIRST, 1000.0),)}) in place.store.notes


def test_words_after_ringing_back_stand_below_those_before() -> None:
    place = lost_in_call()
    place.desk.ring_back()
    call = dialled(place)
    place.clock.now += 10
    place.desk.handle(CallAnswered(call, place.clock.now))

    place.desk.handle(Heard(call, Utterance(Speaker.CALLER, 90, "我又来了", 0.5, 1.5, final=True)))

    assert [(said.text, said.start_s) for said in place.state.transcript.utterances] == [("在人民路", 7.0), ("我又来了", 30.5)]


def test_a_late_word_of_the_lost_call_still_joins_its_case() -> None:
    place = lost_in_call()
    place.desk.ring_back()
    dialled(place)

    place.hears("救命", number=9)

    assert [said.text for said in place.state.transcript.utterances] == ["在人民路", "救命"]


def test_a_second_press_does_not_dial_twice() -> None:
    place = lost_in_call()

    place.desk.ring_back()
    place.desk.ring_back()

    assert len(place.line.of(Dial)) == 1


def test_ringing_back_takes_the_first_line_that_is_up() -> None:
    accounts = (LineAccount("pbx", "127.0.0.2:5060"), LineAccount("gateway", "127.0.0.3:5060"))
    place = lost_in_call(ring_back_lines=("pbx", "gateway"), accounts=accounts)
    place.desk.handle(LineChanged("pbx", False, 503, "gone"))
    place.desk.handle(LineChanged("gateway", True, 200, ""))

    place.desk.ring_back()

    assert place.line.of(Dial)[0].line == "gateway"


def test_a_caller_who_is_not_reached_is_offered_again() -> None:
    place = lost_in_call()
    place.desk.ring_back()
    call = dialled(place)

    place.desk.handle(CallEnded(call, 486, "Busy Here", "caller", place.clock.now))

    assert place.state.lost is not None and place.state.lost.call == call
    assert place.state.draft is not None and place.state.draft.ticket.content == "三楼冒烟"


def test_an_empty_case_of_a_lost_caller_stays_until_he_is_let_go() -> None:
    place = Place()
    place.talks()
    place.desk.handle(NOTHING_THERE)
    place.talks(SECOND, "13900000002")
    assert place.state.lost is not None

    place.desk.let_go(FIRST)

    assert [view.call for view in place.state.calls] == [SECOND]


def test_a_lost_caller_who_rings_again_goes_on_with_his_case() -> None:
    place = lost_in_call()

    place.talks(SECOND, NUMBER)

    assert [view.call for view in place.state.calls] == [SECOND]
    assert place.state.draft is not None and place.state.draft.ticket.content == "三楼冒烟"
    assert place.state.focused is not None and place.state.focused.continues == FIRST


def test_a_lost_caller_who_rings_an_hour_later_has_a_case_of_his_own() -> None:
    place = lost_in_call()
    place.clock.now += 3600

    place.rings(SECOND, NUMBER)

    assert place.state.draft is not None and place.state.draft.ticket.content == "三楼冒烟"
    fresh = place.desk.cases[SECOND].draft
    assert fresh is not None and fresh.ticket.content == ""


def test_a_caller_without_a_number_is_nobody_who_was_lost() -> None:
    place = Place()
    place.talks(number="")
    place.desk.edit("content", "三楼冒烟")
    place.ends(by="network")

    place.rings(SECOND, "")

    fresh = place.desk.cases[SECOND].draft
    assert fresh is not None and fresh.ticket.content == ""


def test_whoever_hung_up_by_a_slip_finds_his_unsaved_ticket_open() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "路灯不亮")
    place.ends(by="caller")

    place.rings(SECOND, NUMBER)

    assert place.state.focus == SECOND
    assert place.state.draft is not None and place.state.draft.ticket.content == "路灯不亮"


def test_a_call_that_ended_unseen_is_recorded_shown_and_wrapped_up() -> None:
    place = Place()
    place.desk.handle(opened())
    place.desk.handle(NOTHING_THERE)

    place.desk.handle(unseen())

    assert [(kept.call, kept.number, kept.answered_at, kept.ended_at) for kept in place.store.calls] == [
        (FIRST, NUMBER, 1_005.0, 1_060.0)
    ]
    assert place.state.agent_state is AgentState.WRAP_UP
    assert place.state.focused is not None and place.state.focused.stage is CallStage.ENDED
    assert place.state.draft is not None and place.state.draft.ticket.contact == NUMBER


def test_an_unseen_call_takes_the_draft_that_the_store_has_of_it_whichever_comes_first() -> None:
    kept = DraftKept(FIRST, Ticket(TicketId("t"), call=FIRST, caller=NUMBER, content="冒烟"), ("content",), (), "", (), 1_005.0)
    orders: list[list[DeskEvent]] = [[opened(kept), NOTHING_THERE, unseen()], [NOTHING_THERE, unseen(), opened(kept)]]
    for events in orders:
        place = Place()

        for event in events:
            place.desk.handle(event)

        assert place.state.draft is not None and place.state.draft.ticket.content == "冒烟"
        assert place.state.agent_state is AgentState.WRAP_UP
        assert place.state.lost is None
        assert len(place.store.calls) == 1


def test_a_wrap_up_that_the_agent_has_ended_since_does_not_begin_again() -> None:
    place = Place()
    place.desk.handle(NOTHING_THERE)
    place.desk.handle(unseen())

    place.desk.handle(opened(state_since=2_000.0))

    assert place.state.agent_state is AgentState.READY


def test_an_agent_who_never_said_a_state_wraps_up_what_ended_unseen_whichever_comes_first() -> None:
    first_day = StoreOpened("8001", AgentState.OFFLINE, 0.0, 100, (), ())
    orders: list[list[DeskEvent]] = [[first_day, NOTHING_THERE, unseen()], [NOTHING_THERE, unseen(), first_day]]
    for events in orders:
        place = Place()
        place.clock.now = 1_070.0

        for event in events:
            place.desk.handle(event)

        assert place.state.agent_state is AgentState.WRAP_UP


def test_a_call_that_rang_unseen_is_only_recorded() -> None:
    place = Place()
    place.desk.handle(opened())

    place.desk.handle(unseen(answered_at=0.0))

    assert len(place.store.calls) == 1 and place.state.calls == ()
    assert place.state.agent_state is AgentState.READY


def test_telephony_may_forget_an_end_once_its_record_is_durable() -> None:
    place = Place()
    place.talks()

    place.ends()
    assert place.line.of(ForgetEnded) == [] and place.store.confirmed == [(FIRST,)]
    place.desk.handle(CallsRecorded((FIRST,)))

    assert place.line.of(ForgetEnded) == [ForgetEnded((FIRST,))]


def test_an_end_that_is_told_again_is_not_shown_again() -> None:
    place = Place()
    place.talks()
    place.ends()

    place.desk.handle(unseen())

    assert len(place.store.calls) == 1 and place.store.confirmed == [(FIRST,), (FIRST,)]


def test_a_window_and_a_telephony_that_died_together_still_offer_to_ring_back() -> None:
    ticket = Ticket(TicketId("t"), call=SECOND, caller=NUMBER, contact=NUMBER, content="冒烟")
    kept = DraftKept(SECOND, ticket, ("content",), (), "", ((FIRST, 900.0),), 990.0)
    orders: list[list[DeskEvent]] = [[opened(kept), NOTHING_THERE], [NOTHING_THERE, opened(kept)]]
    for events in orders:
        place = Place()

        for event in events:
            place.desk.handle(event)

        assert place.state.lost is not None
        assert (place.state.lost.call, place.state.lost.number, place.state.lost.continues) == (SECOND, NUMBER, FIRST)


def test_a_window_that_comes_back_to_a_live_call_offers_nothing() -> None:
    ticket = Ticket(TicketId("t"), call=FIRST, caller=NUMBER, content="冒烟")
    live = CallKept(FIRST, NUMBER, "", {}, Direction.INCOMING, 980.0, 990.0, False)
    place = Place()

    place.desk.handle(opened(DraftKept(FIRST, ticket, ("content",), (), "", (), 990.0)))
    place.desk.handle(LineAttached((live,), (), FIRST, False))

    assert place.state.lost is None
    assert place.state.focused is not None and place.state.focused.stage is CallStage.TALKING
    assert place.state.draft is not None and place.state.draft.ticket.content == "冒烟"
