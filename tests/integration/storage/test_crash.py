"""kill -9 at any moment: every ticket that was told as kept is there, and at most a second of typing is gone."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from app.desk.events import StoreOpened
from app.domain.ticket import Ticket, TicketId, is_ticket_number
from tests.integration.storage.conftest import OpenDesk

ROOT = Path(__file__).parents[3]
KILLS = 4


def write_until_killed(folder: Path, start: int, saves: int) -> tuple[dict[str, str], float]:
    """Lets a console save and type, kills it after `saves` were told; the tickets it was told, and when it last typed."""
    command = [sys.executable, "-m", "tests.integration.storage.writer", str(folder), str(start)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    kept: dict[str, str] = {}
    typed = 0.0
    for line in process.stdout:
        words = line.split()
        if words[0] == "kept":
            kept[words[1]] = words[2]
        elif words[0] == "typed":
            typed = float(words[1])
        if len(kept) == saves:
            process.kill()
            saves = -1
    watchdog.cancel()
    watchdog.join()
    process.wait(10)
    process.stdout.close()
    return kept, typed


def test_nothing_that_was_told_as_kept_is_lost_by_kill_9(open_desk: OpenDesk, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    kept: dict[str, str] = {}
    for kill in range(KILLS):
        told, typed = write_until_killed(folder, 1 + kill * 10_000, 10 + 7 * kill)
        kept |= told

    desk = open_desk(folder)
    opened = desk.told.wait(StoreOpened)
    waiting = desk.store.outbox.waiting(10_000)

    numbers = list(kept.values())
    assert len(kept) >= sum(10 + 7 * kill for kill in range(KILLS))
    assert all(is_ticket_number(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    saved = {operation.entity for operation in waiting}
    assert set(kept) <= saved
    assert [operation.seq for operation in waiting] == list(range(1, len(waiting) + 1))
    assert {ticket.id: str(ticket.number) for ticket in opened.recent if ticket.id in kept}.items() <= kept.items()
    (draft,) = opened.drafts
    lost_s = typed - float(draft.ticket.content)
    assert lost_s <= 1.0, f"{lost_s:.2f} s of typing lost"


def test_numbers_given_before_a_kill_are_not_given_again(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    kept, _ = write_until_killed(folder, 1, 10)

    again, _ = write_until_killed(folder, 1, 10)  # the centre tells the same lease again

    # the second console saves the same ids anew, so each keeps the number it had; new ids get new numbers
    assert {id_: again[id_] for id_ in again.keys() & kept.keys()} == {id_: kept[id_] for id_ in again.keys() & kept.keys()}
    both = kept | again
    assert len(set(both.values())) == len(both)


def test_the_store_is_flushed_when_it_is_stopped(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    begun = time.monotonic()
    desk.store.keep_draft(Ticket(TicketId("d"), content="typed at the last moment"), ("content",))

    (draft,) = desk.again().drafts

    assert draft.ticket.content == "typed at the last moment"
    assert time.monotonic() - begun < 5
