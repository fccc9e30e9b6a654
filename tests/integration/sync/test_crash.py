"""Centre and PostgreSQL are killed again and again while consoles push: nothing is lost, nothing is applied twice."""

import asyncio
import random
import threading
import time
from collections.abc import Callable

import asyncpg
import pytest

from app.centre.cluster import Cluster
from tests.integration.centre.places import CentreProcess
from tests.integration.sync.conftest import Console
from tests.unit.sync.memory_outbox import new_ticket
from tests.waiting import wait_for

BUSY_S = 6.0


async def _changes(dsn: str) -> list[tuple[str, str, int]]:
    connection = await asyncpg.connect(dsn)
    try:
        rows = await connection.fetch("SELECT op_id::text AS op, console::text AS console, seq FROM change")
        return [(row["op"], row["console"], row["seq"]) for row in rows]
    finally:
        await connection.close()


@pytest.mark.allows_log("the centre failed")
def test_kills_of_the_centre_and_of_postgresql_in_mid_push_lose_nothing_and_apply_nothing_twice(
    consoles: Callable[..., Console], centre: CentreProcess
) -> None:
    seats = [consoles(f"seat {n}") for n in range(3)]
    watcher = consoles("watcher")
    is_over = threading.Event()

    def work(seat: Console) -> None:
        while not is_over.wait(0.004):
            seat.outbox.save(new_ticket())
            seat.worker.wake()

    hands = [threading.Thread(target=work, args=(seat,)) for seat in seats]
    for hand in hands:
        hand.start()
    until, kills = time.monotonic() + BUSY_S, 0
    while time.monotonic() < until:
        is_over.wait(0.2 + random.random() * 0.3)
        if kills % 3 == 2:
            centre.kill_postgres()
            wait_for(lambda: not centre.is_postgres_running() or centre.is_healthy(), "PostgreSQL died or came back", 20)
            wait_for(centre.is_healthy, "the centre has its PostgreSQL again", 30, 0.05)
        else:
            centre.kill()
            centre.start()
        kills += 1
    is_over.set()
    for hand in hands:
        hand.join()
    wait_for(lambda: all(seat.outbox.count() == 0 for seat in seats), "all is sent", 30)
    saved = {op.op_id for seat in seats for op in seat.outbox.log}
    wait_for(lambda: len(watcher.outbox.tickets) == len(saved), "the watcher has it all", 30)
    for console in (*seats, watcher):
        console.worker.stop()
    centre.stop()

    cluster = Cluster(centre.folder)
    try:
        changes = asyncio.run(_changes(cluster.start()))
    finally:
        cluster.stop()
        centre.start()  # for the fixture to end

    assert kills >= 2 and len(saved) > 100
    assert len(changes) == len(saved)
    assert {op for op, _, _ in changes} == saved
    by_console: dict[str, list[int]] = {}
    for _, console_id, seq in changes:
        by_console.setdefault(console_id, []).append(seq)
    assert all(sorted(seqs) == list(range(1, len(seqs) + 1)) for seqs in by_console.values())
