"""A sync thread that falls begins anew: the centre is reached again, and nobody else notices."""

import pytest

from app.errors import CentreError
from app.sync.worker import SyncWorker
from tests.unit.sync.memory_outbox import MemoryOutbox, Told
from tests.unit.sync.odd_centre import odd_centre
from tests.waiting import wait_for


class FellingOutbox(MemoryOutbox):
    """Makes the thread that counts fall, once, by something that no handler of errors catches."""

    def __init__(self) -> None:
        super().__init__()
        self.counted = 0

    def count(self) -> int:
        self.counted += 1
        if self.counted == 1:
            raise SystemExit("felled")
        return super().count()


@pytest.mark.expects_log("the thread sync fell and begins anew")
def test_a_sync_thread_that_falls_begins_anew() -> None:
    outbox = FellingOutbox()
    with odd_centre() as odd:
        worker = SyncWorker(odd.address, "token", "seat", outbox, Told(), "1.0")
        worker.start()

        wait_for(lambda: outbox.counted >= 3, "the thread at work again")

        worker.stop()


@pytest.mark.expects_log("the thread sync-hints fell and begins anew")
def test_a_listening_thread_that_falls_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_centre() as odd:
        worker = SyncWorker(odd.address, "token", "seat", MemoryOutbox(), Told(), "1.0")
        asked: list[int] = []

        def hints() -> object:
            asked.append(1)
            raise MemoryError if len(asked) == 1 else CentreError("away")

        monkeypatch.setattr(worker._ear, "hints", hints)
        worker.start()

        def has_asked_again() -> bool:
            worker._online.set()  # as if the centre were there
            return len(asked) >= 2

        wait_for(has_asked_again, "the thread listening again")

        worker.stop()
