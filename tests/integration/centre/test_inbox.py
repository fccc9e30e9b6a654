"""What the centre takes, on real PostgreSQL: each operation once, a bad one alone refused, the feed without a gap."""

import asyncio
import random
import uuid
from dataclasses import replace
from typing import Any

import pytest

from app.centre import feed, numbers
from app.centre.api import Rooms
from app.centre.intake import Delivery, checked
from app.domain.callers import NumberMark
from app.wire import (
    CALL_ENDED,
    LEADS_ONLY,
    NUMBER_MARKED,
    TICKET_SAVED,
    Enrol,
    Enrolled,
    Hello,
    Lease,
    Leased,
    Operation,
    Problem,
    Pushed,
    Refusal,
)
from tests.integration.centre.conftest import InRooms
from tests.integration.centre.places import SITE_TOKEN, TEAM
from tests.unit.sync.memory_outbox import new_ticket, operation

MINE = "instance"


async def enrolled(rooms: Rooms, name: str = "seat", is_lead: bool = False) -> str:
    token = await rooms.register.make_token(TEAM, is_once=True, is_lead=True) if is_lead else SITE_TOKEN
    made = await rooms.register.enrol(Enrol(token, name))
    assert isinstance(made, Enrolled)
    assert await rooms.register.hello(TEAM, made.console, Hello(MINE, 1, "1.0"), 0.0) == 0
    return made.console


def saved(seq: int, **fields: Any) -> Operation:
    ticket = new_ticket(**fields)
    return operation(seq, TICKET_SAVED, ticket.id, ticket)


def delivery(console: str, *ops: Operation, instance: str = MINE) -> Delivery:
    return Delivery(TEAM, console, instance, tuple(checked(op) for op in ops))


async def tickets(rooms: Rooms) -> int:
    return int(await rooms.pool.fetchval("SELECT count(*) FROM ticket"))


def test_an_operation_that_is_sent_again_is_acknowledged_and_applied_once(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        ops = [saved(1), saved(2)]
        first = await rooms.inbox.take(delivery(console, *ops))
        again = await rooms.inbox.take(delivery(console, *ops, saved(3)))
        assert (first, again) == (Pushed(2), Pushed(3))
        assert await tickets(rooms) == 3
        assert await rooms.pool.fetchval("SELECT count(*) FROM change") == 3

    in_rooms(act)


def test_a_gap_is_answered_with_the_number_that_is_wanted(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        await rooms.inbox.take(delivery(console, saved(1)))
        answer = await rooms.inbox.take(delivery(console, saved(3)))
        assert isinstance(answer, Problem)
        assert (answer.error, answer.expect) == ("gap", 2)
        assert await tickets(rooms) == 1

    in_rooms(act)


def test_other_operations_under_numbers_already_taken_are_never_mistaken_for_repeats(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        await rooms.inbox.take(delivery(console, saved(1)))
        answer = await rooms.inbox.take(delivery(console, saved(1)))
        assert isinstance(answer, Problem)
        assert answer.error == "fork"

    in_rooms(act)


def test_only_the_instance_that_said_hello_last_may_push(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        await rooms.register.hello(TEAM, console, Hello("another", 1, "1.0"), 0.0)
        answer = await rooms.inbox.take(delivery(console, saved(1)))
        polite = await rooms.register.hello(TEAM, console, Hello(MINE, 1, "1.0", is_polite=True), 3.0)
        later = await rooms.register.hello(TEAM, console, Hello(MINE, 1, "1.0", is_polite=True), 60.0)
        assert isinstance(answer, Problem) and answer.error == "identity-in-use"
        assert isinstance(polite, Problem) and later == 0

    in_rooms(act)


def test_a_poison_push_fails_no_other_and_is_kept_aside_with_its_reason(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        consoles = [await enrolled(rooms, f"seat {n}") for n in range(12)]
        number = "260000000018"
        assert await rooms.inbox.take(delivery(consoles[0], saved(1, number=number))) == Pushed(1)
        bad = saved(2, number=number)  # the number of another ticket: only the database can tell
        pushes = [delivery(console, saved(1), saved(2)) for console in consoles[2:]]
        poison = delivery(consoles[1], saved(1), bad, saved(3))
        answers = await asyncio.gather(*(rooms.inbox.take(push) for push in [*pushes[:5], poison, *pushes[5:]]))
        refused = answers.pop(5)
        assert answers == [Pushed(2)] * 10
        assert isinstance(refused, Pushed) and refused.acked == 3
        assert [(refusal.seq, refusal.reason) for refusal in refused.refused] == [(2, "another ticket has this number already")]
        assert await tickets(rooms) == 1 + 20 + 2
        kept = await rooms.pool.fetchrow("SELECT * FROM refusal")
        assert (kept["op_id"], kept["body"]) == (bad.op_id, bytes(bad.body).decode())
        again = await rooms.inbox.take(poison)  # the answer was lost: the refusal is told once more
        assert isinstance(again, Pushed) and [refusal.seq for refusal in again.refused] == [2]

    in_rooms(act)


def marked(seq: int, number: str = "13800138000") -> Operation:
    return operation(seq, NUMBER_MARKED, number, NumberMark(number, "只记录", "9001", 1e9, 2e9))


@pytest.mark.expects_log("no team lead")
def test_a_mark_on_a_number_is_taken_from_a_leads_console_only_and_nothing_else_of_the_push_is_lost(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        agent, lead = await enrolled(rooms), await enrolled(rooms, "lead", is_lead=True)
        mark, third = marked(2), saved(3)
        refused = await rooms.inbox.take(delivery(agent, saved(1), mark, third))
        again = await rooms.inbox.take(delivery(agent, mark, third, saved(4)))  # the answer was lost
        taken = await rooms.inbox.take(delivery(lead, saved(1), marked(2)))
        assert refused == Pushed(3, (Refusal(2, LEADS_ONLY),))
        assert again == Pushed(4, (Refusal(2, LEADS_ONLY),))
        assert taken == Pushed(2)
        assert await tickets(rooms) == 4
        consoles = await rooms.pool.fetch("SELECT console::text FROM change WHERE kind = $1", NUMBER_MARKED)
        assert [row["console"] for row in consoles] == [lead]
        kept = await rooms.pool.fetchrow("SELECT op_id, reason FROM refusal")
        assert (kept["op_id"], kept["reason"]) == (mark.op_id, LEADS_ONLY)

    in_rooms(act)


def test_a_mark_that_the_centre_has_already_is_not_refused_when_its_console_is_enrolled_anew(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        lead, anew = await enrolled(rooms, is_lead=True), await enrolled(rooms)
        mark = marked(1)
        await rooms.inbox.take(delivery(lead, mark))
        assert await rooms.inbox.take(delivery(anew, mark, saved(2))) == Pushed(2)

    in_rooms(act)


def test_the_words_of_the_save_that_lost_stay_in_the_log_of_changes(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        first = new_ticket(version=2, content="新的")
        older = replace(first, version=1, content="旧的")
        ops = (operation(1, TICKET_SAVED, first.id, first), operation(2, TICKET_SAVED, first.id, older))
        await rooms.inbox.take(delivery(console, *ops))
        assert "新的" in await rooms.pool.fetchval("SELECT body FROM ticket")
        bodies = [row["body"] for row in await rooms.pool.fetch("SELECT body FROM change ORDER BY seq")]
        assert ["新的" in bodies[0], "旧的" in bodies[1]] == [True, True]

    in_rooms(act)


def test_garbage_is_refused_with_a_reason_and_never_breaks_the_centre(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        ticket = new_ticket()
        good = operation(9, TICKET_SAVED, ticket.id, replace(ticket, content="\0 <- allowed in words, as JSON writes it"))
        ops = (
            operation(1, "unheard-of", "x", {}),
            operation(2, TICKET_SAVED, ticket.id, [1, 2]),
            operation(3, TICKET_SAVED, str(uuid.uuid4()), ticket),
            operation(4, TICKET_SAVED, ticket.id, replace(ticket, version=2**40)),
            operation(5, TICKET_SAVED, ticket.id, replace(ticket, number="123456789012")),  # type: ignore[arg-type]
            operation(6, TICKET_SAVED, ticket.id, replace(ticket, saved_at=1e300)),
            operation(7, CALL_ENDED, "c\0", {"call": "c\0"}),
            operation(8, TICKET_SAVED, ticket.id, replace(ticket, agent="\0")),
            good,
        )
        answer = await rooms.inbox.take(delivery(console, *ops))
        assert isinstance(answer, Pushed)
        assert (answer.acked, [refusal.seq for refusal in answer.refused]) == (9, list(range(1, 9)))
        assert all(refusal.reason for refusal in answer.refused)
        page = await feed.pull(rooms.pool, TEAM, "", None, rooms.epoch)
        assert [bytes(change.body) for change in page.changes] == [bytes(good.body)]

    in_rooms(act)


def test_a_follower_of_the_feed_misses_nothing_that_many_writers_commit_out_of_order(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        consoles = [await enrolled(rooms, f"seat {n}") for n in range(6)]
        written: set[str] = set()
        seen: list[str] = []
        is_over = asyncio.Event()

        async def hold_open() -> None:
            """Transactions that begin early and commit late, as another centre on the same database has them."""
            console = consoles[-1]
            for seq in range(1, 16):
                op = saved(seq)
                async with rooms.pool.acquire() as connection, connection.transaction():
                    await connection.execute("SELECT pg_current_xact_id()")
                    await asyncio.sleep(random.random() * 0.05)
                    push = delivery(console, op)
                    verdict = await rooms.inbox._judge(connection, [push])
                    await rooms.inbox._write(connection, verdict)
                    await asyncio.sleep(random.random() * 0.03)
                written.add(op.op_id)

        async def write(console: str) -> None:
            for seq in range(1, 61):
                op = saved(seq)
                assert await rooms.inbox.take(delivery(console, op)) == Pushed(seq)
                written.add(op.op_id)

        async def follow() -> None:
            cursor = ""
            while True:
                was_over = is_over.is_set()
                page = await feed.pull(rooms.pool, TEAM, cursor, None, rooms.epoch)
                seen.extend(change.op_id for change in page.changes)
                cursor = page.cursor
                if was_over and not page.changes:
                    return
                await asyncio.sleep(0)

        following = asyncio.create_task(follow())
        await asyncio.gather(hold_open(), *(write(console) for console in consoles[:-1]))
        is_over.set()
        await following
        assert len(written) == 5 * 60 + 15
        assert set(seen) == written
        assert len(seen) == len(written)

    in_rooms(act)


def test_no_ticket_number_is_leased_twice_however_many_ask_at_once(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        year = int(await rooms.pool.fetchval("SELECT extract(year FROM now())::int"))
        asked = [Lease(year, random.randint(1, 50)) for _ in range(60)]
        leases = await asyncio.gather(*(numbers.lease(rooms.pool, TEAM, console, lease) for lease in asked))
        given = [
            n
            for lease in leases
            if isinstance(lease, Leased)
            for part in lease.ranges
            for n in range(part.first, part.last + 1)
        ]
        assert len(given) == len(set(given)) == sum(lease.count for lease in asked)
        assert isinstance(await numbers.lease(rooms.pool, TEAM, console, Lease(year + 5, 1)), Problem)

    in_rooms(act)


def test_a_token_for_one_console_lets_in_one_console(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        token = await rooms.register.make_token(TEAM, is_once=True)
        answers = await asyncio.gather(*(rooms.register.enrol(Enrol(token, "seat")) for _ in range(4)))
        assert sorted(type(answer).__name__ for answer in answers) == ["Enrolled", "Problem", "Problem", "Problem"]
        kept = await rooms.pool.fetch("SELECT hash FROM token")
        assert not any(token.encode() in row["hash"] or SITE_TOKEN.encode() in row["hash"] for row in kept)

    in_rooms(act)


def test_hints_come_also_for_changes_that_another_centre_took(in_rooms: InRooms) -> None:
    async def act(rooms: Rooms) -> None:
        console = await enrolled(rooms)
        stream = rooms.hints.stream(TEAM)
        assert (await anext(stream)).startswith(b"data:")
        async with rooms.pool.acquire() as connection, connection.transaction():
            verdict = await rooms.inbox._judge(connection, [delivery(console, saved(1))])
            await rooms.inbox._write(connection, verdict)
        assert (await asyncio.wait_for(anext(stream), 3)).startswith(b"data:")
        await stream.aclose()

    in_rooms(act)
