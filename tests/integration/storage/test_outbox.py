"""What the sync thread does with the store: taken, refused, rewound, told anew, and tickets from elsewhere."""

import time
from dataclasses import replace

import msgspec
import pytest

from app.desk.events import Noticed, TicketKept
from app.domain.ticket import Stage, Ticket
from app.errors import StoreError
from app.storage.store import StoreThread
from app.wire import NUMBER_TAKEN, TICKET_SAVED, Change, Identity, NumberRange
from tests.integration.storage.conftest import Desk, NoRing, Told, a_ticket

IDENTITY = Identity("centre-1", "console-1", "secret", "desk one")


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A store with three operations that wait."""
    desk.lease(1, 50)
    for number in (1, 2, 3):
        desk.store.save(a_ticket(number))
    desk.told.wait(TicketKept, 3)
    return desk


def a_change(ticket: Ticket, kind: str = TICKET_SAVED) -> Change:
    return Change("console-2", f"op-{ticket.version}", kind, ticket.id, 1.0, msgspec.Raw(msgspec.json.encode(ticket)))


def test_what_the_centre_took_waits_no_longer_and_is_still_kept(three: Desk) -> None:
    three.store.outbox.acked(2)

    assert [one.seq for one in three.store.outbox.waiting(9)] == [3]
    assert (three.store.outbox.count(), three.store.outbox.first_seq()) == (1, 1)


def test_a_centre_that_lost_something_is_told_it_anew(three: Desk) -> None:
    three.store.outbox.acked(3)

    three.store.outbox.rewind(2)

    assert [one.seq for one in three.store.outbox.waiting(9)] == [2, 3]


def test_a_refused_operation_waits_no_longer_and_is_not_lost(three: Desk) -> None:
    three.store.outbox.refused(2, "too large")
    three.store.outbox.acked(3)

    assert three.store.outbox.count() == 0
    assert three.store.outbox.first_seq() == 1


def test_a_ticket_whose_number_was_taken_elsewhere_gets_another_one_and_waits_again(three: Desk) -> None:
    old = three.told.all(TicketKept)[1].ticket

    three.store.outbox.refused(2, NUMBER_TAKEN)
    three.store.outbox.acked(3)
    three.store.outbox.refused(2, NUMBER_TAKEN)  # told twice: changed once

    fresh = three.told.wait(TicketKept, 4).ticket
    assert (fresh.id, fresh.content) == (old.id, old.content) and fresh.number not in (None, old.number)
    (waiting,) = three.store.outbox.waiting(9)
    assert msgspec.json.decode(waiting.body, type=Ticket) == fresh
    assert [event.notice.values for event in three.told.all(Noticed)] == [(old.number, fresh.number)]


def test_forgotten_numbers_are_given_to_nobody(three: Desk) -> None:
    three.store.outbox.forget_numbers()
    three.store.save(a_ticket(4))

    assert three.told.wait(TicketKept, 4).ticket.number is None


def test_seq_goes_on_after_everything_was_taken_and_the_store_was_opened_again(three: Desk) -> None:
    three.store.outbox.acked(3)
    three.again()

    three.store.save(a_ticket(4))
    three.told.wait(TicketKept)

    assert [one.seq for one in three.store.outbox.waiting(9)] == [4]


def test_a_new_identity_forgets_numbers_and_cursor_and_tells_all_anew(three: Desk) -> None:
    three.store.outbox.acked(3)
    three.store.outbox.set_cursor("17.4")

    three.store.outbox.set_identity(IDENTITY)

    outbox = three.store.outbox
    assert (outbox.identity(), outbox.cursor(), outbox.count(), outbox.numbers_left()) == (IDENTITY, "", 3, 0)


def test_identity_and_cursor_survive_a_restart(desk: Desk) -> None:
    assert desk.store.outbox.identity() is None
    desk.store.outbox.set_identity(IDENTITY)
    desk.store.outbox.set_cursor("9.1")

    desk.again()

    assert (desk.store.outbox.identity(), desk.store.outbox.cursor()) == (IDENTITY, "9.1")


def test_a_lease_told_twice_gives_each_number_once(desk: Desk) -> None:
    year = time.localtime().tm_year

    desk.store.outbox.add_lease([NumberRange(year, 1, 10), NumberRange(year, 1, 10)])
    desk.store.outbox.add_lease([NumberRange(year, 1, 10)])

    assert desk.store.outbox.numbers_left() == 10


def test_a_ticket_from_elsewhere_is_kept_and_a_repeat_is_no_change(desk: Desk) -> None:
    elsewhere = a_ticket(7, version=1, saved_at=5.0, agent="1002")

    assert desk.store.outbox.apply([a_change(elsewhere)]) == [elsewhere]
    assert desk.store.outbox.apply([a_change(elsewhere)]) == []
    assert desk.again().recent == (elsewhere,)
    assert desk.store.outbox.count() == 0


def test_of_two_saves_the_greater_stands_whichever_comes_first(three: Desk) -> None:
    ours = three.told.wait(TicketKept).ticket
    older = replace(ours, version=1, saved_at=ours.saved_at - 60, matter="older")
    newer = replace(ours, version=2, matter="newer", stage=Stage.DISPATCHED)

    applied = three.store.outbox.apply([a_change(newer), a_change(older)])

    assert [ticket.matter for ticket in applied] == ["newer"]


def test_a_newer_save_from_elsewhere_does_not_take_a_number_away(three: Desk) -> None:
    ours = three.told.wait(TicketKept).ticket

    (merged,) = three.store.outbox.apply([a_change(replace(ours, version=5, number=None, matter="elsewhere"))])

    assert (merged.number, merged.matter) == (ours.number, "elsewhere")
    assert three.store.outbox.waiting(9)[-1].entity == ours.id  # the others hear of the number


def test_kinds_that_are_not_known_are_passed_over(desk: Desk) -> None:
    assert desk.store.outbox.apply([a_change(a_ticket(9), kind="weather")]) == []


@pytest.mark.expects_log("could not be read")
def test_a_ticket_that_cannot_be_read_does_not_stop_the_feed(desk: Desk) -> None:
    broken = Change("console-2", "op-x", TICKET_SAVED, "t", 1.0, msgspec.Raw(b'{"id": 5}'))

    assert [ticket.id for ticket in desk.store.outbox.apply([broken, a_change(a_ticket(8, version=1))])] == [a_ticket(8).id]


def test_before_the_store_is_open_the_outbox_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = StoreThread(tmp_path_factory.mktemp("never"), Told(), "1001", NoRing())

    with pytest.raises(StoreError, match="not open"):
        store.outbox.count()
