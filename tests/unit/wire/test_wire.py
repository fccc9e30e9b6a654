"""The words between console and centre keep their form."""

import msgspec
import pytest

from app import wire
from app.domain.ticket import Stage, Ticket, TicketId
from app.domain.transcript import Evidence, Speaker
from app.wire import BODIES, Operation, Push, precedence


def test_an_operation_keeps_its_body_to_the_byte() -> None:
    body = '{"id":"1", "unknown" : [1.50, "着火了"]}'.encode()
    push = Push("c", "i", (Operation("o", 1, wire.TICKET_SAVED, "1", 2.5, msgspec.Raw(body)),))

    again = msgspec.json.decode(msgspec.json.encode(push), type=Push)

    assert bytes(again.ops[0].body) == body
    assert again.ops[0].seq == 1


def test_a_ticket_comes_back_as_it_was_with_its_evidence() -> None:
    evidence = {"place": (Evidence(Speaker.CALLER, 3, 0, 4, "长安街5号"),)}
    ticket = Ticket(TicketId("1"), stage=Stage.TAKEN, content='引号"和\n换行', evidence=evidence, saved_at=1700000000.123)

    again = msgspec.json.decode(msgspec.json.encode(ticket), type=BODIES[wire.TICKET_SAVED])

    assert again == ticket


def test_a_body_with_fields_of_a_later_program_can_still_be_read() -> None:
    ticket = msgspec.json.decode(b'{"id":"1","colour":"red"}', type=BODIES[wire.TICKET_SAVED])

    assert ticket == Ticket(TicketId("1"))


def test_a_ticket_of_an_older_console_lacks_fields_and_can_be_read() -> None:
    old = (
        b'{"id":"1","stage":"taken","kind":"help","matter":"m","content":"c","place":"p","requester":"","contact":"","happened":"",'
        b'"urgency":"normal","evidence":{"place":[{"speaker":"caller","utterance":3,"start":0,"end":4,"text":"p"}]}}'
    )

    ticket = msgspec.json.decode(old, type=BODIES[wire.TICKET_SAVED])

    assert (ticket.verified, ticket.district, ticket.street, ticket.hurt, ticket.named_unit, ticket.demand) == ("",) * 6
    assert (ticket.evidence["place"][0].confidence, ticket.evidence["place"][0].rule) == (1.0, "")


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Ticket(TicketId("1"), version=1, saved_at=9), Ticket(TicketId("1"), version=2, saved_at=1)),
        (Ticket(TicketId("1"), version=2, saved_at=1), Ticket(TicketId("1"), version=2, saved_at=2)),
        (Ticket(TicketId("1"), version=2, agent="1"), Ticket(TicketId("1"), version=2, agent="2")),
    ],
)
def test_of_two_saves_the_later_version_stands_then_the_later_time_then_the_name(less: Ticket, more: Ticket) -> None:
    assert precedence(less) < precedence(more)
