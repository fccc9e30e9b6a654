"""The store on real SQLCipher files: what was told as kept is there after the next start."""

import time
from dataclasses import replace

import pytest

from app.desk.events import (
    HistoryFound,
    NoticeCleared,
    Noticed,
    NumbersCounted,
    StoreOpened,
    TicketKept,
    TicketNotKept,
    TicketsFound,
)
from app.domain.agent import AgentState
from app.domain.call import CallId, CallRecord, Direction, EmergencyRecord
from app.domain.notice import NoticeCode
from app.domain.ticket import NOTE_LIMIT, Stage, is_ticket_number
from app.domain.transcript import Evidence, Speaker
from app.wire import CALL_ENDED, EMERGENCY_ROUTED, TICKET_SAVED
from tests.integration.storage.conftest import CALL, Desk, OpenDesk, a_ticket
from tests.waiting import wait_for


def test_a_saved_ticket_has_a_final_number_with_no_centre_in_reach(desk: Desk) -> None:
    desk.lease(100, 199)

    desk.store.save(a_ticket())

    kept = desk.told.wait(TicketKept).ticket
    assert kept.number is not None
    assert is_ticket_number(kept.number)
    assert desk.again().recent == (kept,)


def test_a_ticket_saved_again_keeps_its_number_and_counts_its_versions(desk: Desk) -> None:
    desk.lease(1, 9)
    desk.store.save(a_ticket())
    first = desk.told.wait(TicketKept).ticket

    desk.store.save(a_ticket(matter="停水三天"))  # without the number, as a desk that has not heard of it yet

    second = desk.told.wait(TicketKept, 2).ticket
    assert (second.number, second.version, second.matter) == (first.number, 2, "停水三天")


def test_evidence_comes_back_as_it_was(desk: Desk) -> None:
    evidence = {"place": (Evidence(Speaker.CALLER, 3, 2, 6, "幸福路上"),)}

    desk.store.save(a_ticket(evidence=evidence))
    desk.told.wait(TicketKept)

    assert desk.again().recent[0].evidence == evidence


def test_each_save_waits_for_the_centre_once_and_in_order(desk: Desk) -> None:
    desk.lease(1, 9)
    for number in (1, 2, 3):
        desk.store.save(a_ticket(number))
    desk.told.wait(TicketKept, 3)

    waiting = desk.store.outbox.waiting(10)

    assert [(one.seq, one.kind, one.entity) for one in waiting] == [(n, TICKET_SAVED, a_ticket(n).id) for n in (1, 2, 3)]
    assert len({one.op_id for one in waiting}) == 3


def test_without_a_lease_a_ticket_is_kept_and_gets_its_number_when_one_comes(desk: Desk) -> None:
    desk.store.save(a_ticket())
    assert desk.told.wait(TicketKept).ticket.number is None
    wait_for(lambda: any(event.notice.code is NoticeCode.NO_NUMBERS for event in desk.told.all(Noticed)), "the notice")

    desk.lease(1, 5)

    assert desk.told.wait(TicketKept, 2).ticket.number is not None
    assert desk.told.all(NumbersCounted)[-1].left == 4
    assert desk.told.all(NoticeCleared)[-1].code is NoticeCode.NO_NUMBERS


def test_a_lease_that_reaches_for_some_numbers_the_oldest_tickets_only(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.store.save(a_ticket(number))
    desk.told.wait(TicketKept, 3)

    desk.lease(1, 2)

    found = desk.again().recent
    assert {ticket.id for ticket in found if ticket.number} == {a_ticket(1).id, a_ticket(2).id}


def test_numbers_of_this_year_come_before_those_of_another(desk: Desk) -> None:
    this_year = time.localtime().tm_year
    desk.lease(7, 7, this_year - 1)
    desk.lease(8, 8, this_year)

    desk.store.save(a_ticket(1))
    desk.store.save(a_ticket(2))

    numbers = [desk.told.wait(TicketKept, place).ticket.number for place in (1, 2)]
    assert [str(number)[:2] for number in numbers] == [f"{this_year % 100:02d}", f"{(this_year - 1) % 100:02d}"]
    assert desk.store.outbox.numbers_left() == 0


def test_a_ticket_and_its_draft_change_places_in_one_step(desk: Desk) -> None:
    desk.store.keep_draft(a_ticket(stage=Stage.DRAFT), ("matter",))

    desk.store.save(a_ticket())
    desk.told.wait(TicketKept)

    opened = desk.again()
    assert opened.drafts == ()
    assert len(opened.recent) == 1


def test_a_draft_comes_back_with_the_words_of_its_call(desk: Desk) -> None:
    heard = {"speaker": "caller", "number": 1, "text": "停水了", "start_s": 0.5, "end_s": 1.5}
    desk.store.note(CALL, "rang", {"number": "13800138000"})
    desk.store.note(CALL, "heard", heard)
    desk.store.keep_draft(a_ticket(matter="停"), ("matter",))
    desk.store.keep_draft(a_ticket(matter="停水"), ("matter", "place"))

    (draft,) = desk.again().drafts

    assert (draft.call, draft.ticket.matter, draft.own_fields) == (CALL, "停水", ("matter", "place"))
    assert [u.text for u in draft.transcript] == ["停水了"]


def test_a_dropped_draft_does_not_come_back(desk: Desk) -> None:
    desk.store.keep_draft(a_ticket(), ("matter",))
    desk.store.drop_draft(a_ticket())

    assert desk.again().drafts == ()


def test_the_history_of_a_caller_has_open_tickets_first_then_the_newest(desk: Desk) -> None:
    for number, stage in ((1, Stage.TAKEN), (2, Stage.CLOSED), (3, Stage.CLOSED)):
        desk.store.save(a_ticket(number, stage=stage))
    desk.store.save(a_ticket(4, caller="13900000000"))

    desk.store.find_history(CALL, "+86 138-0013-8000")

    found = desk.told.wait(HistoryFound)
    assert found.call == CALL
    assert [ticket.id for ticket in found.tickets] == [a_ticket(n).id for n in (1, 3, 2)]


@pytest.mark.parametrize("number", ["", "anonymous", "138/0013/8000", "1380013800"])
def test_a_number_that_is_none_matches_nobody(desk: Desk, number: str) -> None:
    desk.store.save(a_ticket(caller=number if "/" in number else ""))
    desk.store.save(a_ticket(2))

    desk.store.find_history(CALL, number)

    assert desk.told.wait(HistoryFound).tickets == ()


@pytest.mark.parametrize("query", ["幸福路", "停水 三天", "13800138000", "LI", "海淀区", "烧烤 关门", "两人受伤", "已核实"])
def test_tickets_are_found_by_number_caller_and_words(desk: Desk, query: str) -> None:
    desk.lease(1, 9)
    more = {"district": "海淀区", "hurt": "两人受伤", "named_unit": "老王烧烤", "demand": "关门", "verified": "居委会已核实"}
    desk.store.save(a_ticket(1, place="幸福路8号", requester="Li", **more))
    desk.store.save(a_ticket(2, matter="噪音", content="扰民", caller="02088888888"))
    number = desk.told.wait(TicketKept).ticket.number

    desk.store.find_tickets(query)
    desk.store.find_tickets(str(number))
    desk.store.find_tickets("100%")

    found = [desk.told.wait(TicketsFound, place).tickets for place in (1, 2, 3)]
    assert [[ticket.id for ticket in tickets] for tickets in found] == [[a_ticket(1).id], [a_ticket(1).id], []]


def test_a_note_of_ten_thousand_characters_is_kept_whole(desk: Desk) -> None:
    desk.store.save(a_ticket(content="诉" * NOTE_LIMIT))

    assert len(desk.told.wait(TicketKept).ticket.content) == NOTE_LIMIT
    assert len(desk.again().recent[0].content) == NOTE_LIMIT


def test_a_longer_note_is_refused_with_the_field_and_the_limit_and_takes_no_number(desk: Desk) -> None:
    desk.lease(1, 9)

    desk.store.save(a_ticket(content="诉" * (NOTE_LIMIT + 1)))

    refused = desk.told.wait(TicketNotKept)
    assert refused.notice.code is NoticeCode.RULE_BROKEN
    assert refused.notice.values == ("content", "10001 > 10000")
    assert desk.store.outbox.numbers_left() == 9


@pytest.mark.expects_log("cannot be written")
def test_text_that_no_file_can_hold_is_refused_and_the_store_goes_on(desk: Desk) -> None:
    desk.store.save(a_ticket(1, content="\ud800"))
    desk.store.save(a_ticket(2))

    assert desk.told.wait(TicketNotKept).notice.code is NoticeCode.INTERNAL
    assert desk.told.wait(TicketKept).ticket.id == a_ticket(2).id


@pytest.mark.expects_log("cannot be written")
def test_a_draft_that_no_file_can_hold_does_not_hold_up_what_follows(desk: Desk) -> None:
    desk.store.keep_draft(a_ticket(1, content="\ud800"), ())
    desk.store.keep_draft(a_ticket(2), ("matter",))

    (draft,) = desk.again().drafts

    assert draft.ticket.id == a_ticket(2).id


def test_what_the_agent_was_doing_survives_a_restart(desk: Desk) -> None:
    desk.store.set_agent_state(AgentState.WRAP_UP, "", 1_700_000_000.0)

    opened = desk.again()

    assert (opened.agent, opened.agent_state, opened.state_since) == ("1001", AgentState.WRAP_UP, 1_700_000_000.0)


def test_call_and_emergency_records_are_kept_and_wait_for_the_centre(desk: Desk) -> None:
    desk.store.record_call(CallRecord(CALL, "13800138000", Direction.INCOMING, 1.0, 2.0, 3.0, "1001", "caller"))
    desk.store.record_emergency(EmergencyRecord(CALL, "119", "sip:119@127.0.0.1", "gateway", "1001", 2.5, outcome="answered"))

    waiting = wait_for(lambda: desk.store.outbox.waiting(9)[1:] and desk.store.outbox.waiting(9), "both records")

    assert [one.kind for one in waiting] == [CALL_ENDED, EMERGENCY_ROUTED]
    assert b'"line":"119"' in bytes(waiting[1].body)


def test_nothing_of_a_ticket_can_be_read_in_the_files(desk: Desk) -> None:
    desk.store.save(a_ticket(content="SECRET-WORDS", caller="13800138000"))
    desk.told.wait(TicketKept)
    desk.store.stop()

    raw = b"".join(path.read_bytes() for path in desk.folder.iterdir())

    assert b"SECRET-WORDS" not in raw
    assert b"13800138000" not in raw
    assert not raw.startswith(b"SQLite format 3")


@pytest.mark.expects_log("the store goes on")
def test_a_listener_that_fails_does_not_stop_the_store(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    listener = desk.told.__call__

    def fail_once(event: object) -> None:
        desk.store._listener = listener
        raise ValueError(type(event).__name__)

    desk.store._listener = fail_once
    desk.store.find_tickets("")
    desk.store.save(a_ticket())

    assert desk.told.wait(TicketKept).ticket.matter == "停水"


def test_saves_and_notes_are_durable_in_the_order_they_were_told(desk: Desk) -> None:
    for number in range(20):
        desk.store.note(CallId("other"), "typed", {"n": number})
        desk.store.save(replace(a_ticket(1), matter=str(number)))

    last = desk.told.wait(TicketKept, 20).ticket

    assert (last.matter, last.version) == ("19", 20)


def test_the_number_dialled_last_is_there_after_the_next_start(desk: Desk) -> None:
    desk.store.keep_last_dialled("01088123456")

    assert desk.again().last_dialled == "01088123456"
