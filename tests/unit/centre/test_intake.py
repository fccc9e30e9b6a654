"""What the centre finds wrong with an operation, before any database sees it."""

import uuid
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from app.centre.intake import checked
from app.domain.call import CallId, CallRecord, Direction
from app.domain.ticket import LONG_TEXTS, NOTE_LIMIT, Ticket, TicketId, ticket_number
from app.wire import BODY_LIMIT, CALL_ENDED, TICKET_SAVED, Operation

GOOD = Ticket(
    TicketId(str(uuid.UUID(int=1))), number=ticket_number(2026, 5), content="好" * NOTE_LIMIT, version=1, saved_at=1e9
)


def op(body: object, kind: str = TICKET_SAVED, entity: str = GOOD.id, **fields: Any) -> Operation:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return msgspec.structs.replace(Operation(str(uuid.UUID(int=9)), 1, kind, entity, 1e9, msgspec.Raw(raw)), **fields)


def test_a_ticket_of_the_greatest_length_is_taken_as_it_is() -> None:
    found = checked(op(GOOD))

    assert (found.reason, found.subject) == ("", GOOD)


def test_a_ticket_with_every_text_at_its_limit_is_taken_in_any_signs() -> None:
    full = replace(GOOD, **dict.fromkeys(LONG_TEXTS, "\U0001f525" * NOTE_LIMIT))  # type: ignore[arg-type]

    found = checked(op(full))

    assert (found.reason, found.subject) == ("", full)


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_a_text_over_its_limit_is_refused_by_its_name(name: str) -> None:
    found = checked(op(replace(GOOD, **{name: "好" * (NOTE_LIMIT + 1)})))  # type: ignore[arg-type]

    assert found.subject is None and name in found.reason


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (op(replace(GOOD, content="好" * (NOTE_LIMIT + 1))), "content"),
        (op(replace(GOOD, number="123")), "number"),  # type: ignore[arg-type]
        (op(replace(GOOD, id=TicketId("7")), entity="7"), "id"),
        (op(GOOD, entity="another"), "entity"),
        (op(replace(GOOD, version=-1)), "version"),
        (op(replace(GOOD, saved_at=1.7e12)), "saved_at"),
        (op(replace(GOOD, agent="a" * 300)), "agent"),
        (op(GOOD, op_id="not-a-uuid"), "op_id"),
        (op(GOOD, at=-1.0), "at"),
        (op(GOOD, kind="ticket-eaten"), "kind"),
        (op(b"{"), ""),
        (op(b"null"), ""),
        (op(b'{"id":"1","x":"\xff"}'), "utf-8"),
        (op(b'{"id":"1","x":"' + b"y" * BODY_LIMIT + b'"}'), "larger"),
        (op(b"[" * 50_000), ""),
        (op(CallRecord(CallId("c" * 999), "", Direction.INCOMING, 1, 1, 1, ""), kind=CALL_ENDED, entity="c"), "call"),
    ],
)
def test_what_cannot_be_applied_is_named_and_raises_nothing(wrong: Operation, word: str) -> None:
    found = checked(wrong)

    assert found.subject is None
    assert found.reason
    assert word in found.reason


def test_a_reason_does_not_repeat_the_callers_words() -> None:
    body = msgspec.json.encode(GOOD).replace(b'"kind":null', '"kind":"我住在长安街"'.encode())

    found = checked(op(body))

    assert found.reason and "长安街" not in found.reason
    assert found.body == body.decode()
