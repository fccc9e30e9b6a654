"""Words of calls as the centre reads them: taken when they are sound, refused by name when not, their words never repeated."""

import uuid

import msgspec
import pytest

from app.centre.intake import checked
from app.domain.call import CallId
from app.wire import TRANSCRIPT_KEPT, Operation, TranscriptKept

CALL = CallId("c" * 32)
LINE = msgspec.Raw('{"speaker":"caller","number":0,"text":"停水","start_s":1.5,"end_s":3.0}'.encode())
GOOD = TranscriptKept(CALL, "t1", "8001", 1e9, 0, 2, (LINE,))


def op(body: TranscriptKept, entity: str = CALL) -> Operation:
    return Operation(str(uuid.UUID(int=9)), 1, TRANSCRIPT_KEPT, entity, 1e9, msgspec.Raw(msgspec.json.encode(body)))


def test_words_are_taken_as_they_are() -> None:
    found = checked(op(GOOD))

    assert found.reason == ""
    assert isinstance(found.subject, TranscriptKept) and bytes(found.subject.lines[0]) == bytes(LINE)


@pytest.mark.parametrize(
    ("body", "entity", "word"),
    [
        (GOOD, "d" * 32, "entity"),
        (msgspec.structs.replace(GOOD, part=2), CALL, "part"),
        (msgspec.structs.replace(GOOD, parts=10**6), CALL, "part"),
        (msgspec.structs.replace(GOOD, at=1e300), CALL, "seconds"),
        (msgspec.structs.replace(GOOD, agent="a" * 300), CALL, "agent"),
        (msgspec.structs.replace(GOOD, lines=(msgspec.Raw('"停水"'.encode()),)), CALL, "lines"),
    ],
)
def test_what_is_wrong_is_refused_without_a_word_of_the_call(body: TranscriptKept, entity: str, word: str) -> None:
    found = checked(op(body, entity))

    assert found.subject is None
    assert word in found.reason and "停水" not in found.reason
