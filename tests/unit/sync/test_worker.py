"""The sync worker beside a centre that plays no part: it says what is wrong, loses nothing, and ends when it is told to."""

import time

import msgspec
import pytest

from app.desk.events import Noticed, SyncChanged
from app.domain.notice import NoticeCode
from app.sync.worker import SyncWorker
from app.wire import PROTOCOL, Health
from tests.unit.sync.memory_outbox import MemoryOutbox, Told, new_ticket
from tests.unit.sync.odd_centre import odd_centre
from tests.waiting import wait_for


def codes(told: Told) -> list[NoticeCode]:
    return [event.notice.code for event in told.of(Noticed) if isinstance(event, Noticed)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html>", NoticeCode.CENTRE_GARBAGE),
        (msgspec.json.encode(Health("x", PROTOCOL + 1, "2")), NoticeCode.CENTRE_NEWER),
        (msgspec.json.encode(Health("x", PROTOCOL - 1, "0")), NoticeCode.CENTRE_OLDER),
    ],
)
def test_what_is_wrong_with_the_centre_is_said_once_while_it_lasts(body: bytes, code: NoticeCode) -> None:
    outbox, told = MemoryOutbox(), Told()
    outbox.save(new_ticket())
    with odd_centre(200, body) as odd:
        worker = SyncWorker(odd.address, "token", "seat", outbox, told, "1.0")
        worker.start()
        wait_for(lambda: worker._failures >= 3, "tried three times")
        worker.stop()

    assert codes(told) == [code]
    assert told.of(SyncChanged)[-1] == SyncChanged(is_online=False, waiting=1, last_at=0.0, console="seat")
    assert outbox.count() == 1


def test_what_is_saved_while_the_centre_is_away_is_counted_at_once() -> None:
    outbox, told = MemoryOutbox(), Told()
    with odd_centre() as odd:
        address = odd.address
    worker = SyncWorker(address, "token", "seat", outbox, told, "1.0")
    worker.start()
    wait_for(lambda: worker._failures >= 5, "the pauses have grown long", 15)

    begun = time.monotonic()
    outbox.save(new_ticket())
    worker.wake()
    wait_for(lambda: [e for e in told.of(SyncChanged) if isinstance(e, SyncChanged) and e.waiting == 1], "counted")

    assert time.monotonic() - begun < 0.5
    assert codes(told) == [NoticeCode.CENTRE_DOWN]
    worker.stop()


def test_it_stops_within_two_seconds_beside_a_centre_that_hangs() -> None:
    with odd_centre(is_hanging=True) as odd:
        worker = SyncWorker(odd.address, "token", "seat", MemoryOutbox(), Told(), "1.0")
        worker.start()
        assert odd.asked.wait(5)

        begun = time.monotonic()
        worker.stop()

        assert time.monotonic() - begun < 2.0


def test_a_worker_that_was_never_started_can_be_stopped() -> None:
    SyncWorker("http://127.0.0.1:9", "", "seat", MemoryOutbox(), Told(), "1.0").stop()
