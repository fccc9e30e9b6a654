"""Two calls, and a store that opens late: words, units and drafts stay with the call they belong to."""

from dataclasses import replace

from app.desk.commands import ListenTo
from app.desk.events import (
    AdviceFound,
    AnswersFound,
    CallFocused,
    DraftKept,
    HistoryFound,
    ProcessFound,
    StoreOpened,
    TicketKept,
)
from app.domain.agent import AgentState
from app.domain.dispatch import Unit, UnitAdvice
from app.domain.knowledge import Answer, KnowledgePoint
from app.domain.ticket import Stage, Ticket, TicketId, ticket_number
from tests.fakes import FIRST, SECOND, Place

NUMBER = ticket_number(2026, 7)
WATER = (UnitAdvice(Unit("water", "市水务局"), 1.0),)


def opened(*drafts: DraftKept, state: AgentState = AgentState.OFFLINE) -> StoreOpened:
    return StoreOpened("8001", state, 5.0, 100, drafts, ())


def with_two_calls() -> Place:
    """FIRST is on hold behind SECOND."""
    place = Place()
    place.talks()
    place.talks(SECOND, "13900000002")
    place.desk.handle(CallFocused(SECOND))
    return place


def test_turning_back_to_the_first_call_lets_the_recogniser_hear_it_again() -> None:
    place = with_two_calls()

    place.desk.focus_call(FIRST)
    place.desk.handle(CallFocused(FIRST))

    assert place.ears.of(ListenTo)[-1] == ListenTo(FIRST, 1000.0)


def test_a_recogniser_that_comes_back_hears_the_call_that_is_talked_with() -> None:
    place = with_two_calls()
    place.desk.handle(CallFocused(FIRST))

    place.desk.handle(ProcessFound("speech"))

    assert place.ears.of(ListenTo)[-1] == ListenTo(FIRST, 1000.0)


def test_units_for_a_late_word_of_the_first_call_do_not_stand_beside_the_second() -> None:
    place = with_two_calls()
    place.hears("停水三天")

    place.desk.handle(AdviceFound("停水三天", WATER))

    assert place.state.focus == SECOND and not place.state.advice
    place.desk.focus_call(FIRST)
    assert place.state.advice == WATER


def test_answers_go_to_the_call_whose_words_asked() -> None:
    place = with_two_calls()
    place.hears("居住证怎么办")
    found = (Answer(KnowledgePoint("permit", "居住证", "带身份证。"), 1.0),)

    place.desk.handle(AnswersFound("居住证怎么办", found))

    assert not place.state.answers
    place.desk.focus_call(FIRST)
    assert place.state.answers == found


def test_words_of_the_call_never_overwrite_what_an_opened_ticket_holds() -> None:
    place = Place()
    place.talks()
    old = Ticket(TicketId("old"), NUMBER, Stage.DISPATCHED, content="停水", place="解放街", version=3)
    place.desk.handle(HistoryFound(FIRST, (old,)))
    place.desk.open_ticket(old.id)

    place.hears("我现在在幸福路")

    assert place.state.draft is not None and place.state.draft.ticket.place == "解放街"


def test_a_ticket_kept_after_the_next_call_was_taken_leaves_the_desk() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "楼道没有灯")
    place.ends()
    place.desk.save()
    place.talks(SECOND)

    place.desk.handle(TicketKept(replace(place.store.saved[0], number=NUMBER, version=1)))

    assert [view.call for view in place.state.calls] == [SECOND]


def test_a_store_that_opens_late_does_not_write_over_what_was_typed_meanwhile() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "刚写的")
    before = Ticket(TicketId("before"), content="以前写的", call=FIRST)

    place.desk.handle(opened(DraftKept(FIRST, before, ("content",), ())))

    assert place.state.draft is not None and place.state.draft.ticket.content == "刚写的"
    drafts = [case.draft.ticket.content for case in place.desk.cases.values() if case.draft]
    assert drafts == ["刚写的", "以前写的"]


def test_a_draft_that_only_held_heard_words_gives_way_to_the_kept_one() -> None:
    place = Place()
    place.talks()
    place.hears("幸福路停水")
    before = Ticket(TicketId("before"), content="以前写的", call=FIRST)

    place.desk.handle(opened(DraftKept(FIRST, before, ("content",), ())))

    assert place.state.draft is not None and place.state.draft.ticket.id == "before" and place.store.drafts == {}


def test_two_kept_drafts_of_one_call_both_come_back() -> None:
    place = Place()
    kept = [DraftKept(FIRST, Ticket(TicketId(name), content=name, call=FIRST), (), ()) for name in ("one", "two")]

    place.desk.handle(opened(*kept))

    assert [case.draft.ticket.id for case in place.desk.cases.values() if case.draft] == ["one", "two"]


def test_a_store_that_opens_late_leaves_the_state_that_the_agent_chose() -> None:
    place = Place()
    place.desk.become(AgentState.ON_BREAK)

    place.desk.handle(opened(state=AgentState.READY))

    assert (place.state.agent_state, place.state.state_since) == (AgentState.ON_BREAK, place.clock.now)
