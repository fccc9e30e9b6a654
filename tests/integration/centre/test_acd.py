"""The queue of a real Asterisk kept by a real centre: states, losses of either link, and figures."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from app.centre import queue_keeper
from app.centre.ami import AmiSpot
from app.domain.agent import AgentState, QueueStanding
from app.domain.figures import AgentFigure
from tests.exchange import SLOT, Exchange, ExchangePlan, why_not
from tests.integration.centre.places import TEAM
from tests.integration.centre.queue_hall import EXTRA, SPOT, Desk, centre, desk, run, stands, until
from tests.trunk import Caller


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One of the test's own, that may be killed and started again."""
    if why_not():
        pytest.skip(why_not())
    with Exchange(ExchangePlan(extra=EXTRA)) as running:
        yield running


def test_each_state_of_the_agent_is_found_in_the_exchanges_queue(exchange: Exchange, dsn: str) -> None:
    found = []

    def is_found(wanted: QueueStanding, why: str) -> bool:
        standing, reason = stands(exchange)
        return standing is wanted and why in reason

    async def act() -> None:
        async with centre(dsn) as rooms:
            seat = await desk(rooms)
            for state, reason, wanted, why in (
                (AgentState.WRAP_UP, "", QueueStanding.PAUSED, "wrap_up"),
                (AgentState.READY, "", QueueStanding.IN, ""),
                (AgentState.BUSY, "会议", QueueStanding.PAUSED, "会议"),
                (AgentState.ON_BREAK, "", QueueStanding.PAUSED, "on_break"),
                (AgentState.READY, "", QueueStanding.IN, ""),
                (AgentState.OFFLINE, "", QueueStanding.OUT, ""),
            ):
                seat.says(state, reason)
                await until(partial(is_found, wanted, why), f"{state} is {wanted}")
                found.append(stands(exchange))

    run(act)

    assert [standing.value for standing, _ in found] == ["paused", "in", "paused", "paused", "in", "out"]


def test_an_agent_in_a_call_is_given_no_other_before_he_says_so(exchange: Exchange, dsn: str) -> None:
    async def act() -> None:
        async with centre(dsn) as rooms:
            seat = await desk(rooms)
            seat.says(AgentState.READY)
            await until(lambda: stands(exchange)[0] is QueueStanding.IN, "ready")
            seat.says(AgentState.READY, is_in_call=True)
            await until(lambda: stands(exchange)[0] is QueueStanding.PAUSED, "paused in the call")
            seat.says(AgentState.WRAP_UP)
            await until(lambda: "wrap_up" in stands(exchange)[1], "paused for wrap-up")

    run(act)


@pytest.mark.expects_log("manager is away")
def test_an_exchange_killed_and_started_anew_gets_every_state_again_and_the_wall_says_meanwhile_that_it_is_away(
    exchange: Exchange, dsn: str
) -> None:
    links = []

    async def act() -> None:
        async with centre(dsn) as rooms:
            ready, pausing = await desk(rooms), await desk(rooms, "赵", "1002")
            ready.says(AgentState.READY)
            pausing.says(AgentState.BUSY, "培训")
            await until(lambda: stands(exchange)[0] is QueueStanding.IN, "one ready")
            await until(lambda: stands(exchange, "1002")[0] is QueueStanding.PAUSED, "one paused")
            exchange.kill()
            await until(lambda: rooms.exchange.acd is not None and not rooms.exchange.acd.is_up, "the loss is known", 2)
            await asyncio.sleep(1)
            links.append((await rooms.hall.figures(TEAM)).queue_link)
            states = {agent.agent: agent.state for agent in (await rooms.hall.figures(TEAM)).agents}
            await asyncio.to_thread(exchange.start)
            began = time.monotonic()
            await until(lambda: stands(exchange)[0] is QueueStanding.IN, "ready again", 15)
            await until(lambda: "培训" in stands(exchange, "1002")[1], "paused again", 15)
            print(f"after the exchange had booted: {time.monotonic() - began:.2f} s")
            await asyncio.sleep(1)
            links.append((await rooms.hall.figures(TEAM)).queue_link)
            assert states == {"林": AgentState.READY, "赵": AgentState.BUSY}

    run(act)

    assert links == ["down", "up"]


def test_what_somebody_else_does_to_the_member_is_put_right(exchange: Exchange, dsn: str) -> None:
    async def act() -> None:
        async with centre(dsn) as rooms:
            seat = await desk(rooms)
            seat.says(AgentState.BUSY)
            await until(lambda: stands(exchange)[0] is QueueStanding.PAUSED, "paused")
            exchange.cli("queue unpause member PJSIP/1001 queue hotline")
            await until(lambda: stands(exchange)[0] is QueueStanding.PAUSED, "paused again")

    run(act)


def test_a_console_silent_for_a_minute_is_paused_and_shown_as_lost_and_one_that_took_leave_is_logged_out(
    exchange: Exchange, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_keeper, "LOST_S", 5.0)

    async def act() -> tuple[AgentFigure, bool]:
        async with centre(dsn) as rooms:
            silent, leaving, there = await desk(rooms), await desk(rooms, "赵", "1002"), await desk(rooms, "钱", "1003")
            for seat in (silent, leaving, there):
                seat.says(AgentState.READY)
            await until(lambda: all(stands(exchange, one)[0] is QueueStanding.IN for one in ("1001", "1002", "1003")), "ready")
            leaving.says(AgentState.READY, leaves=True)
            end = time.monotonic() + 7
            was_paused_early = stands(exchange)[0] is not QueueStanding.IN
            while time.monotonic() < end:
                there.says(AgentState.READY)
                await asyncio.sleep(0.3)
            assert "lost" in stands(exchange)[1]
            assert stands(exchange, "1002")[0] is QueueStanding.OUT
            assert stands(exchange, "1003")[0] is QueueStanding.IN
            figure = await silent.figure()
            silent.says(AgentState.READY)
            await until(lambda: stands(exchange)[0] is QueueStanding.IN, "ready again with its next heartbeat")
            return figure, was_paused_early

    lost, was_early = run(act)

    assert lost.is_lost and lost.queue is QueueStanding.PAUSED and not was_early


def test_of_two_centres_on_one_database_one_keeps_the_queue_and_the_other_takes_over(exchange: Exchange, dsn: str) -> None:
    async def act() -> None:
        async with centre(dsn) as second:
            async with centre(dsn) as first:
                seat = await desk(first)
                seat.says(AgentState.READY)
                await until(lambda: stands(exchange)[0] is QueueStanding.IN, "ready")
            again = Desk(second, seat.console, seat.agent, seat.extension)
            again.says(AgentState.BUSY)
            await until(lambda: stands(exchange)[0] is QueueStanding.PAUSED, "paused through the other centre")

    run(act)


def test_callers_who_wait_and_give_up_are_counted_on_the_wall(exchange: Exchange, dsn: str) -> None:
    citizen = Caller(f"127.0.{SLOT}.5", 15070)

    async def act() -> list[Any]:
        async with centre(dsn) as rooms:
            seat = await desk(rooms)
            seat.says(AgentState.BUSY, "回访")
            talk = citizen.call(exchange.address, "12345")
            await until(lambda: stands(exchange)[0] is QueueStanding.PAUSED and talk.is_up, "a caller waits")
            await asyncio.sleep(2.2)
            waiting = (await rooms.hall.figures(TEAM)).queues[0]
            citizen.hang_up(talk)
            await asyncio.sleep(1.5)
            return [waiting, (await rooms.hall.figures(TEAM)).queues[0], await seat.figure()]

    try:
        waiting, after, figure = run(act)
    finally:
        citizen.close()

    assert waiting.waiting == 1 and waiting.longest_wait_s >= 2
    assert (after.waiting, after.abandoned - waiting.abandoned) == (0, 1)
    assert (figure.reason, figure.queue, figure.extension) == ("回访", QueueStanding.PAUSED, "1001")


@pytest.mark.expects_log("manager is away: AmiRefused")
def test_a_wrong_secret_is_no_harm_and_never_in_the_log(exchange: Exchange, dsn: str, caplog: pytest.LogCaptureFixture) -> None:
    wrong = AmiSpot(SPOT.host, SPOT.port, "centre", "wr0ng-secret")

    async def act() -> str:
        async with centre(dsn, spot=wrong) as rooms:
            seat = await desk(rooms)
            seat.says(AgentState.READY)
            await asyncio.sleep(1.0)
            return (await rooms.hall.figures(TEAM)).queue_link

    link = run(act)

    assert link == "down"
    assert "wr0ng-secret" not in caplog.text + repr(wrong)
