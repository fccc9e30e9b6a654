"""Tickets: kept whole or not at all, numbered once, never taken away by the program."""

from dataclasses import replace

from app.desk.events import (
    AdviceFound,
    DraftKept,
    HistoryFound,
    StoreOpened,
    TicketArrived,
    TicketKept,
    TicketNotKept,
    TicketsFound,
)
from app.domain.agent import AgentState
from app.domain.call import NO_CALL
from app.domain.dispatch import Unit, UnitAdvice
from app.domain.notice import Notice, NoticeCode
from app.domain.ticket import RequestKind, Stage, Ticket, TicketId, ticket_number
from app.domain.transcript import Evidence, Speaker
from tests.fakes import FIRST, Place

NUMBER = ticket_number(2026, 7)
UNIT = Unit("water", "市水务局")


def opened(*drafts: DraftKept) -> StoreOpened:
    return StoreOpened("8001", AgentState.OFFLINE, 0.0, 100, drafts, ())


def test_every_edit_goes_into_the_journal_and_the_kept_draft() -> None:
    place = Place()
    place.talks()

    place.desk.edit("content", "停水天")
    place.desk.edit("content", "停水三天")

    noted = [body for _, kind, body in place.store.notes if kind == "typed"]
    assert noted[-1] == {"field": "content", "at": 2, "cut": 0, "put": "三"}
    assert [ticket.content for ticket in place.store.drafts.values()] == ["停水三天"]


def test_typing_without_a_call_begins_a_ticket() -> None:
    place = Place()

    place.desk.edit("content", "网上来信")

    assert place.state.draft is not None and place.state.draft.ticket.content == "网上来信"


def test_a_kept_ticket_shows_its_number_and_drops_the_draft() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "停水三天")
    place.desk.save()

    place.desk.handle(TicketKept(replace(place.store.saved[0], number=NUMBER, version=1, saved_at=1.0)))

    assert place.state.draft is not None and place.state.draft.ticket.number == NUMBER
    assert place.store.drafts == {} and place.state.tickets[0].number == NUMBER
    assert place.state.notices[-1].values == (NUMBER,)


def test_what_was_typed_while_the_store_wrote_is_not_lost() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "停水")
    place.desk.save()
    place.desk.edit("content", "停水三天")

    place.desk.handle(TicketKept(replace(place.store.saved[0], number=NUMBER, version=1)))

    assert place.state.draft is not None and place.state.draft.ticket.content == "停水三天"
    assert [ticket.content for ticket in place.store.drafts.values()] == ["停水三天"]


def test_a_second_save_keeps_the_number() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "停水")
    place.desk.save()
    place.desk.handle(TicketKept(replace(place.store.saved[0], number=NUMBER, version=1)))
    place.desk.edit("content", "停水三天")

    place.desk.save()

    assert (place.store.saved[1].number, place.store.saved[1].version) == (NUMBER, 1)


def test_a_ticket_that_could_not_be_kept_leaves_the_draft_as_it_was() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "停水")
    place.desk.save()

    place.desk.handle(TicketNotKept(place.store.saved[0], Notice(NoticeCode.DISK_FULL)))

    assert place.state.draft is not None and place.state.draft.ticket.stage is Stage.DRAFT
    assert place.state.notices[-1].code is NoticeCode.DISK_FULL


def test_an_empty_ticket_is_not_saved() -> None:
    place = Place()
    place.talks()

    place.desk.save()

    assert place.store.saved == [] and place.state.notices[-1].code is NoticeCode.RULE_BROKEN


def test_a_dispatch_wants_kind_unit_and_every_unsure_field_confirmed() -> None:
    place = Place()
    place.talks()
    place.hears("幸福路停水")
    place.desk.edit("content", "停水")
    place.desk.dispatch()
    place.desk.edit("kind", RequestKind.HELP)
    place.desk.dispatch()
    place.desk.handle(AdviceFound("停水", (UnitAdvice(UNIT, 1.0),)))
    place.desk.choose_unit("water")
    place.desk.dispatch()
    place.desk.confirm("place")

    place.desk.dispatch()

    wanted = [body for _, kind, body in place.store.notes if kind == "typed"]
    assert [ticket.stage for ticket in place.store.saved] == [Stage.DISPATCHED] and wanted
    assert (place.store.saved[0].unit, place.store.saved[0].unit_name) == ("water", "市水务局")


def test_a_city_that_receives_everything_declines_nothing() -> None:
    place = Place(may_decline=False)
    place.talks()
    place.desk.edit("content", "法院判错了")
    place.desk.edit("reply", "请依法上诉")

    place.desk.decline()

    assert place.store.saved == []


def test_a_city_that_may_decline_wants_the_reason_the_caller_was_told() -> None:
    place = Place(may_decline=True)
    place.talks()
    place.desk.edit("content", "法院判错了")
    place.desk.decline()
    place.desk.edit("reply", "请依法上诉")

    place.desk.decline()

    assert [ticket.stage for ticket in place.store.saved] == [Stage.DECLINED]


def test_an_open_ticket_of_the_caller_can_be_supplemented_in_place_of_an_empty_draft() -> None:
    place = Place()
    place.talks()
    old = Ticket(TicketId("old"), NUMBER, Stage.DISPATCHED, content="上周停水", version=3)
    place.desk.handle(HistoryFound(FIRST, (old,)))

    place.desk.open_ticket(old.id)
    place.desk.edit("content", "上周停水，今天又停")
    place.desk.save()

    assert (place.store.saved[0].number, place.store.saved[0].stage) == (NUMBER, Stage.DISPATCHED)


def test_a_draft_of_the_last_window_comes_back_with_its_own_fields() -> None:
    place = Place()
    evidence = {"place": (Evidence(Speaker.CALLER, 0, 0, 3, "幸福路", 0.6),)}
    kept = Ticket(TicketId("kept"), content="停水", place="幸福路", call=FIRST, caller="13800000001", evidence=evidence)

    place.desk.handle(opened(DraftKept(FIRST, kept, ("content",), ())))

    assert place.state.draft is not None and place.state.draft.ticket == kept
    assert place.state.draft.own_fields == {"content"} and place.state.draft.unsure == {"place"}
    assert NoticeCode.DRAFT_RESTORED in [notice.code for notice in place.state.notices]


def test_a_restored_draft_without_a_call_can_be_turned_to() -> None:
    place = Place()
    kept = Ticket(TicketId("kept"), content="停水")

    place.desk.handle(opened(DraftKept(NO_CALL, kept, ("content",), ())))

    assert place.state.focus in [view.call for view in place.state.calls]


def test_a_ticket_from_elsewhere_comes_into_the_table_once() -> None:
    place = Place()
    ticket = Ticket(TicketId("far"), NUMBER, Stage.TAKEN)

    place.desk.handle(TicketArrived(ticket))
    place.desk.handle(TicketArrived(replace(ticket, stage=Stage.DISPATCHED)))

    assert [(known.id, known.stage) for known in place.state.tickets] == [("far", Stage.DISPATCHED)]


def test_an_answer_to_an_older_search_of_tickets_is_dropped() -> None:
    place = Place()
    place.desk.find_tickets("停水")

    place.desk.handle(TicketsFound("停", (Ticket(TicketId("x")),)))

    assert place.state.tickets == () and place.store.tickets_asked == ["停水"]


def test_discarding_is_the_agents_own_act_and_the_journal_remembers() -> None:
    place = Place()
    place.talks()
    place.desk.edit("content", "打错了")

    place.desk.discard_draft()

    assert place.store.drafts == {} and "discarded" in place.store.kinds()
    assert place.state.draft is not None and place.state.draft.ticket.content == ""
