"""Consoles and a real centre: what one writes the others see, and nobody's work is lost or counted twice."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from app.desk.events import FiguresArrived, NoticeCleared, Noticed, NumbersCounted, SyncChanged, TicketArrived
from app.domain.agent import AgentState
from app.domain.call import CallId, CallRecord, Direction
from app.domain.notice import NoticeCode
from app.domain.ticket import is_ticket_number
from app.sync.worker import BEAT_S
from app.wire import CALL_ENDED
from tests.integration.centre.places import CentreProcess
from tests.integration.sync.conftest import Console
from tests.unit.sync.memory_outbox import MemoryOutbox, new_ticket, operation
from tests.waiting import wait_for

Consoles = Callable[..., Console]


def test_a_ticket_saved_at_one_console_is_seen_at_the_other_within_a_second(consoles: Consoles) -> None:
    here, there = consoles("one"), consoles("two")
    wait_for(lambda: here.outbox.numbers_left() and there.outbox.numbers_left(), "online with numbers")
    delays = []

    for turn in range(5):
        ticket = new_ticket(number=here.outbox.give_number(), content=f"路灯不亮 {turn}")
        here.outbox.save(ticket)
        begun = time.monotonic()
        here.worker.wake()
        wait_for(partial(there.outbox.has, ticket.id), "the ticket arrives")
        delays.append(time.monotonic() - begun)
        assert there.outbox.tickets[ticket.id] == ticket

    assert max(delays) < 1.0
    wait_for(lambda: len(there.told.of(TicketArrived)) == 5, "all told")
    assert not here.told.of(TicketArrived)


def test_what_reaches_the_outbox_a_moment_after_the_courier_was_woken_goes_out_at_once(consoles: Consoles) -> None:
    here, there = consoles("one"), consoles("two")
    wait_for(lambda: here.outbox.numbers_left() and there.outbox.numbers_left(), "online with numbers")
    delays = []

    for turn in range(4):
        here.worker.wake()
        time.sleep(0.1 * (turn % 2 + 1))  # the store writes on its own thread
        ticket = new_ticket(content=f"路灯不亮 {turn}")
        here.outbox.save(ticket)
        begun = time.monotonic()
        wait_for(partial(there.outbox.has, ticket.id), "the ticket arrives")
        delays.append(time.monotonic() - begun)

    assert max(delays) < BEAT_S / 2


def test_a_console_gets_numbers_that_no_other_console_has(consoles: Consoles) -> None:
    made = [consoles(f"seat {n}") for n in range(3)]

    wait_for(lambda: all(console.told.of(NumbersCounted) for console in made), "numbers")

    numbers = [console.outbox.give_number() for console in made for _ in range(300)]
    assert all(is_ticket_number(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_the_newer_of_two_saves_made_apart_stands_on_both_consoles_and_at_the_centre(
    consoles: Consoles, centre: CentreProcess
) -> None:
    here, there = consoles("one"), consoles("two")
    first = new_ticket(content="漏水")
    here.outbox.save(first)
    here.worker.wake()
    wait_for(lambda: first.id in there.outbox.tickets, "shared")
    mine = replace(first, version=2, saved_at=first.saved_at + 10, content="漏水，三楼", agent="1")
    theirs = replace(first, version=2, saved_at=first.saved_at + 20, content="漏水，四楼", agent="2")

    there.outbox.save(theirs)
    there.worker.wake()
    wait_for(lambda: here.outbox.tickets[first.id] == theirs, "the newer one came here")
    there.outbox.add("ticket-saved", first.id, mine)  # an older save that was long on its way
    there.worker.wake()
    wait_for(lambda: there.outbox.count() == 0, "taken")

    here.outbox.save(new_ticket())
    here.worker.wake()
    wait_for(lambda: len(there.outbox.tickets) == 2, "the feed went on")
    assert here.outbox.tickets[first.id] == there.outbox.tickets[first.id] == theirs


def test_what_the_centre_refuses_is_named_to_the_agent_and_holds_up_nothing(consoles: Consoles) -> None:
    console, other = consoles("one"), consoles("two")
    good = new_ticket(content="x" * 10_000)
    console.outbox.add("ticket-saved", "no-ticket", {"id": 7})
    long = new_ticket(content="x" * 10_001)
    console.outbox.save(long)
    console.outbox.save(good)

    console.worker.wake()

    wait_for(lambda: good.id in other.outbox.tickets, "the good one arrives")
    wait_for(lambda: console.outbox.count() == 0, "the answer came back")
    assert set(console.outbox.refusals) == {1, 2}
    assert "content" in console.outbox.refusals[2]
    said = [n.notice for n in console.told.of(Noticed) if n.notice.code is NoticeCode.CENTRE_REFUSED]
    assert [notice.values[0] for notice in said] == ["no-ticket", long.id]
    assert long.id not in other.outbox.tickets


@pytest.mark.allows_log("enrolled anew")
def test_a_second_console_with_the_same_identity_takes_it_over_and_the_first_says_so_and_gets_another(
    consoles: Consoles, centre: CentreProcess
) -> None:
    first = consoles("one")
    wait_for(lambda: first.outbox.who and first.told.of(SyncChanged), "enrolled")
    second = consoles("one", outbox=MemoryOutbox(who=first.outbox.who))

    wait_for(lambda: any(n.notice.code is NoticeCode.IDENTITY_IN_USE for n in first.told.of(Noticed)), "said", 8)

    assert not any(n.notice.code is NoticeCode.IDENTITY_IN_USE for n in second.told.of(Noticed))
    assert first.outbox.numbers_left() == 0
    mine, theirs = new_ticket(), new_ticket()
    first.outbox.save(mine)
    second.outbox.save(theirs)
    second.worker.wake()
    wait_for(lambda: second.outbox.count() == 0, "the second works")
    wait_for(
        lambda: NoticeCleared(NoticeCode.IDENTITY_IN_USE) in first.told.of(NoticeCleared), "the first has one of its own", 20
    )
    wait_for(lambda: first.outbox.count() == 0 and second.outbox.has(mine.id), "nothing was lost")
    wait_for(lambda: first.outbox.numbers_left() > 0, "numbers of its own")
    assert first.outbox.who != second.outbox.who


def test_a_copied_store_loses_nothing_when_both_have_used_the_same_numbers(consoles: Consoles) -> None:
    first, watcher = consoles("one"), consoles("watcher")
    shared = new_ticket()
    first.outbox.save(shared)
    first.worker.wake()
    wait_for(lambda: first.outbox.count() == 0, "taken")
    first.worker.stop()
    copy = MemoryOutbox(who=first.outbox.who, log=list(first.outbox.log), sent=set(first.outbox.sent))
    mine, theirs = new_ticket(), new_ticket()
    first.outbox.save(mine)
    copy.save(theirs)  # the same number in the outbox

    again = consoles("one", outbox=first.outbox)
    wait_for(lambda: again.outbox.count() == 0, "the original is taken")
    again.worker.stop()
    copied = consoles("one", outbox=copy)
    wait_for(lambda: copied.outbox.count() == 0, "the copy is taken", 10)

    wait_for(lambda: len(watcher.outbox.tickets) == 3, "all three tickets are there")
    assert {shared.id, mine.id, theirs.id} == set(watcher.outbox.tickets)
    assert copied.outbox.identities and copied.outbox.who != first.outbox.who


def test_a_wrong_token_is_said_and_nothing_is_lost(consoles: Consoles) -> None:
    console = consoles("one", token="not-the-token")
    console.outbox.save(new_ticket())

    notice = wait_for(lambda: console.told.of(Noticed), "said")[0]

    assert notice.notice.code is NoticeCode.NOT_ENROLLED
    assert notice.notice.values[0]
    assert console.outbox.count() == 1


def test_the_wallboard_counts_calls_agents_and_consoles_that_hold_changes(consoles: Consoles) -> None:
    console = consoles("seat")
    now = time.time()
    for number, (rang, answered, ended) in enumerate(((0, 5, 60), (0, 16, 60), (0, 0, 30), (0, 15, 40))):
        record = CallRecord(
            CallId(f"{number:032x}"),
            "13800000000",
            Direction.INCOMING,
            now + rang,
            now + answered if answered else 0.0,
            now + ended,
            "8001",
        )
        console.outbox.add(CALL_ENDED, record.call, record)
    console.outbox.save(new_ticket())
    console.worker.tell_presence(AgentState.READY, now, 1, True, now - 7)

    console.worker.want_figures(True)
    wait_for(
        lambda: any(f.figures.offered == 4 and f.figures.waiting == 1 for f in console.told.of(FiguresArrived)), "figures", 8
    )

    figures = console.told.of(FiguresArrived)[-1].figures
    assert (figures.offered, figures.answered, figures.answered_within_15_s, figures.abandoned) == (4, 3, 2, 1)
    assert (figures.tickets, figures.tickets_open, figures.talking) == (1, 1, 1)
    assert 7 <= figures.longest_wait_s < 20
    assert [(agent.console, agent.agent, agent.is_online) for agent in figures.agents] == [("seat", "agent of seat", True)]
    console.worker.want_figures(False)


def test_a_console_that_was_killed_counts_as_unsynced_and_one_that_was_closed_does_not(
    consoles: Consoles, centre: CentreProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, closed, watcher = consoles("killed"), consoles("closed"), consoles("watcher")
    watcher.worker.want_figures(True)
    wait_for(lambda: any(len(f.figures.agents) == 3 for f in watcher.told.of(FiguresArrived)), "three seen", 8)
    monkeypatch.setattr(killed.worker, "_take_leave", lambda: None)

    killed.worker.stop()
    closed.worker.stop()

    wait_for(lambda: watcher.told.of(FiguresArrived)[-1].figures.unsynced == 1, "one is missed", 16)
    agents = {agent.console: agent.is_online for agent in watcher.told.of(FiguresArrived)[-1].figures.agents}
    assert agents == {"killed": False, "watcher": True}


def test_a_centre_that_was_restored_from_a_backup_gets_again_what_it_lacks(consoles: Consoles, centre: CentreProcess) -> None:
    console, watcher = consoles("one"), consoles("watcher")
    tickets = [new_ticket() for _ in range(3)]
    for ticket in tickets:
        console.outbox.save(ticket)
    console.worker.wake()
    wait_for(lambda: len(watcher.outbox.tickets) == 3, "taken")
    console.worker.stop()
    console.outbox.log.append(operation(4, "ticket-saved", (lost := new_ticket()).id, lost))
    console.outbox.sent.add(4)  # acknowledged once, by a centre that has since lost it

    again = consoles("one", outbox=console.outbox)

    wait_for(lambda: lost.id in watcher.outbox.tickets, "sent again")
    wait_for(lambda: again.outbox.count() == 0, "acknowledged again")
