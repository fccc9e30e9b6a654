"""Operations of the abuse shield as the centre reads them: taken when they are sound, refused by name when not."""

import uuid
from typing import Any

import msgspec
import pytest

from app.centre.intake import checked
from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.shield import ShieldStep, StepKind
from app.wire import CALLER_SEEN, NUMBER_MARKED, SHIELD_STEPPED, CallerSeen, Operation, ShieldStepped

STEP = ShieldStep(StepKind.NOTICE, 1e9, "8001", "civility_1", 1)
CALL = CallId("c" * 32)


def op(kind: str, body: Any) -> Operation:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return Operation(str(uuid.UUID(int=9)), 1, kind, CALL, 1e9, msgspec.Raw(raw))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (SHIELD_STEPPED, ShieldStepped("8001", CALL, STEP)),
        (CALLER_SEEN, CallerSeen("13800000001", PastCall(CALL, 1e9, 1e9 + 4, True, 2))),
        (NUMBER_MARKED, NumberMark("13800000001", "只记录", "9001", 1e9, 2e9)),
    ],
)
def test_what_a_console_writes_is_taken_as_it_is(kind: str, body: object) -> None:
    found = checked(op(kind, body))

    assert (found.reason, found.subject) == ("", body)


@pytest.mark.parametrize(
    ("kind", "body", "word"),
    [
        (SHIELD_STEPPED, ShieldStepped("a" * 300, CALL, STEP), "agent"),
        (SHIELD_STEPPED, ShieldStepped("8001", CALL, ShieldStep(StepKind.NOTICE, -1, "8001")), "at"),
        (SHIELD_STEPPED, b'{"agent":"1","call":"c","step":{"kind":"shot","at":1,"by":"1"}}', "enum"),
        (CALLER_SEEN, CallerSeen("1" * 300, PastCall(CALL, 1e9)), "number"),
        (CALLER_SEEN, CallerSeen("138", PastCall(CALL, 1.7e12)), "rang_at"),
        (NUMBER_MARKED, NumberMark("138", "x" * 300, "9001", 1e9, 2e9), "advice"),
        (NUMBER_MARKED, NumberMark("138", "x", "9001", 1e9, 1e12), "until"),
    ],
)
def test_what_is_wrong_is_refused_with_the_field_that_is_wrong(kind: str, body: object, word: str) -> None:
    found = checked(op(kind, body))

    assert found.subject is None
    assert word in found.reason.lower()
