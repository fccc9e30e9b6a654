"""Missed calls and the directory on the desk."""

from dataclasses import replace

from app.desk.commands import Dial
from app.desk.events import CallAnswered, CallDialled, DirectoryRead, MissedFound, TicketArrived
from app.domain.call import NO_CALL
from app.domain.directory import Contact, ContactProblem
from app.domain.missed import MissedCall
from app.domain.ticket import Ticket, TicketId
from tests.fakes import FIRST, SECOND, Place

NUMBER = "13900000009"
WAITING = MissedCall(NUMBER, (900.0, 950.0), 20.0)


def with_missed(entry: MissedCall = WAITING) -> Place:
    place = Place()
    place.desk.handle(MissedFound((entry,)))
    return place


def test_every_call_that_ends_asks_anew_who_is_to_be_called_back() -> None:
    place = Place()
    place.rings()

    place.ends()

    assert place.store.missed_asked == 1


def test_ringing_back_a_missed_caller_opens_his_case_with_his_history() -> None:
    place = with_missed()

    place.desk.ring_back_missed(NUMBER)
    call = place.line.of(Dial)[0].call
    place.desk.handle(CallDialled(call, NUMBER, 1_001.0))

    assert place.state.focus == call and place.store.history_asked == [(call, NUMBER)]


def test_ringing_back_shows_its_case_even_beside_an_unsaved_draft() -> None:
    place = with_missed()
    place.talks()
    place.desk.edit("content", "路灯不亮")
    place.ends()

    place.desk.ring_back_missed(NUMBER)
    call = place.line.of(Dial)[0].call
    place.desk.handle(CallDialled(call, NUMBER, 1_001.0))

    assert place.state.focus == call and FIRST in place.desk.cases


def test_a_missed_caller_who_was_torn_off_goes_on_with_his_case() -> None:
    place = with_missed(replace(WAITING, is_torn=True))
    place.talks(number=NUMBER)
    place.desk.edit("content", "冒烟")
    place.ends(by="network")

    place.desk.ring_back_missed(NUMBER)
    call = place.line.of(Dial)[0].call
    place.desk.handle(CallDialled(call, NUMBER, 1_001.0))

    assert place.state.draft is not None and place.state.draft.ticket.content == "冒烟"


def test_a_missed_caller_is_done_when_he_is_reached() -> None:
    place = with_missed()
    place.desk.ring_back_missed(NUMBER)
    call = place.line.of(Dial)[0].call
    place.desk.handle(CallDialled(call, NUMBER, 1_001.0))

    place.desk.handle(CallAnswered(call, 1_005.0))

    assert place.store.settled == [(NUMBER, "reached", "8001")]


def test_a_missed_caller_is_done_when_he_rings_again_and_is_answered() -> None:
    place = with_missed()

    place.talks(number=NUMBER)

    assert place.store.settled == [(NUMBER, "answered", "8001")]


def test_another_caller_settles_nothing() -> None:
    place = with_missed()

    place.talks()

    assert place.store.settled == []


def test_a_colleagues_ticket_of_the_caller_settles_it_and_an_older_one_does_not() -> None:
    place = with_missed()
    older = Ticket(TicketId("a"), caller=NUMBER, agent="8002", created_at=940.0)

    place.desk.handle(TicketArrived(older))
    assert place.store.settled == []
    place.desk.handle(TicketArrived(replace(older, id=TicketId("b"), created_at=970.0)))

    assert place.store.settled == [(NUMBER, "ticket", "8002")]


def test_the_agent_gives_a_reason_and_nothing_is_settled_without_one() -> None:
    place = with_missed()

    place.desk.settle_missed(NUMBER, "  ")
    place.desk.settle_missed(NUMBER, "测试电话")

    assert place.store.settled == [(NUMBER, "测试电话", "8001")]


def test_what_is_no_number_is_not_dialled() -> None:
    place = with_missed(MissedCall("010/55", (900.0,)))

    place.desk.ring_back_missed("010/55")

    assert place.line.of(Dial) == [] and len(place.state.notices) == 1


def test_contacts_are_found_while_one_types_and_after_the_file_was_read_again() -> None:
    place = Place()
    first, second = Contact("市民政局", "01055551234", initials="smzj"), Contact("城管委", "01055554321")
    place.desk.handle(DirectoryRead((first, second), (ContactProblem(3, "number"),)))

    place.desk.find_contacts("民政")
    assert place.state.contacts == (first,)
    place.desk.handle(DirectoryRead((second, replace(first, number="01055550000"))))

    assert [contact.number for contact in place.state.contacts] == ["01055550000"]
    assert (place.state.directory.size, place.state.directory.problems) == (2, ())
    assert place.state.focus == NO_CALL and SECOND not in place.desk.cases
