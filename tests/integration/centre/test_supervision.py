"""A team lead listens, whispers and barges in on a real Asterisk: who hears whom, who is told, what is written down."""

import asyncio
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from app.centre import supervision
from app.centre.api import Rooms
from app.centre.supervision import Told
from app.domain.agent import AgentState, SupervisionMode
from app.wire import Supervise
from tests.exchange import SLOT, Exchange, ExchangePlan, why_not
from tests.integration.centre.places import TEAM
from tests.integration.centre.queue_hall import EXTRA, Desk, centre, desk, run, until
from tests.integration.telephony.seat import level
from tests.trunk import Caller, Gateway, Talk


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One of the test's own, that may be killed and started again."""
    if why_not():
        pytest.skip(why_not())
    with Exchange(ExchangePlan(extra=EXTRA)) as running:
        yield running


AGENT, LEAD = "2001", "2002"
AGENT_PITCH, CITIZEN_PITCH, LEAD_PITCH = 1000.0, 600.0, 1700.0
LOUD, QUIET = -35.0, -50.0
"""dB below full scale: what is heard, and what is not."""


class Hall:
    """An agent in a call with a citizen, and a lead's phone: each speaks a pitch of its own."""

    def __init__(self, exchange: Exchange) -> None:
        self.citizen = Caller(f"127.0.{SLOT}.5", 15070, CITIZEN_PITCH)
        self.agent = Gateway(f"127.0.{SLOT}.11", 15091, pitch=AGENT_PITCH)
        self.lead = Gateway(f"127.0.{SLOT}.12", 15092, pitch=LEAD_PITCH)
        self.call = self.citizen.call(exchange.address, AGENT)

    def close(self) -> None:
        for end in (self.citizen, self.agent, self.lead):
            end.close()

    @property
    def lead_calls(self) -> list[Talk]:
        return [talk for talk in self.lead.talks.values() if not talk.is_over]

    def heard(self) -> dict[str, dict[str, float]]:
        """How loud each hears the others, in the last second."""
        pitches = {"agent": AGENT_PITCH, "citizen": CITIZEN_PITCH, "lead": LEAD_PITCH}
        voices = {"citizen": self.citizen.heard(self.call)}
        voices["agent"] = self.agent.heard(next(talk for talk in self.agent.talks.values() if not talk.is_over))
        voices["lead"] = self.lead.heard(self.lead_calls[-1]) if self.lead_calls else b""
        return {
            who: {other: level(voice, pitch, 8000) for other, pitch in pitches.items() if other != who}
            for who, voice in voices.items()
        }


@pytest.fixture
def hall(exchange: Exchange) -> Iterator[Hall]:
    ends = Hall(exchange)
    yield ends
    exchange.hang_up_all()
    ends.close()


async def in_call(rooms: Rooms, hall: Hall, is_lead: bool = True) -> tuple[Desk, Desk]:
    agent, lead = await desk(rooms, "林", AGENT), await desk(rooms, "班长", LEAD, is_lead)
    agent.says(AgentState.READY, is_in_call=True)
    lead.says(AgentState.BUSY)
    await until(lambda: hall.call.is_up and any(talk.is_up for talk in hall.agent.talks.values()), "agent and citizen talk")
    await until(lambda: rooms.exchange.acd is not None and rooms.exchange.acd.is_up, "the exchange is reached")
    return agent, lead


async def supervises(rooms: Rooms, lead: Desk, agent: Desk, mode: SupervisionMode | None) -> tuple[str, str]:
    """The id that was asked with, and the error that came of it."""
    id = uuid.uuid4().hex
    problem = await rooms.exchange.supervise(TEAM, lead.console, Supervise(id, agent.console, mode))
    return id, problem.error if problem else ""


@pytest.mark.parametrize(
    ("mode", "by_agent", "by_citizen"),
    [(SupervisionMode.LISTEN, False, False), (SupervisionMode.WHISPER, True, False), (SupervisionMode.BARGE, True, True)],
)
def test_who_hears_the_lead_is_what_the_mode_says_and_the_lead_hears_both(
    exchange: Exchange, dsn: str, hall: Hall, mode: SupervisionMode, by_agent: bool, by_citizen: bool
) -> None:
    async def act() -> tuple[dict[str, dict[str, float]], str, str]:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            id, error = await supervises(rooms, lead, agent, mode)
            assert error == ""
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 100, "the lead's phone is in")
            return hall.heard(), id, hall.lead_calls[-1].header("X-Supervision")

    heard, id, header = run(act)
    print(mode.value, {who: {other: round(db) for other, db in levels.items()} for who, levels in heard.items()})

    assert heard["lead"]["agent"] > LOUD and heard["lead"]["citizen"] > LOUD
    assert (heard["agent"]["lead"] > LOUD) is by_agent and (heard["agent"]["lead"] < QUIET) is not by_agent
    assert (heard["citizen"]["lead"] > LOUD) is by_citizen and (heard["citizen"]["lead"] < QUIET) is not by_citizen
    assert heard["agent"]["citizen"] > LOUD and heard["citizen"]["agent"] > LOUD
    assert header == id


def test_the_agent_is_told_at_once_while_it_lasts_and_everything_is_written_down(
    exchange: Exchange, dsn: str, hall: Hall
) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            stream = rooms.hints.stream(TEAM, agent.console)
            await anext(stream)
            asked_at = time.monotonic()
            await supervises(rooms, lead, agent, SupervisionMode.LISTEN)
            poke = await asyncio.wait_for(anext(stream), 2)
            told = rooms.exchange.supervisions.of(TEAM, agent.console)
            took = time.monotonic() - asked_at
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead's phone is in")
            await supervises(rooms, lead, agent, SupervisionMode.WHISPER)
            now = rooms.exchange.supervisions.of(TEAM, agent.console)
            await until(lambda: len(hall.lead.talks) == 2 and len(hall.lead_calls[-1].heard) > 25, "the lead whispers")
            await supervises(rooms, lead, agent, None)
            await until(lambda: not rooms.exchange.supervisions.of(TEAM, agent.console), "it is over")
            await asyncio.sleep(0.5)
            rows = await rooms.pool.fetch("SELECT * FROM supervision ORDER BY asked_at")
            return poke, told, took, now, [dict(row) for row in rows]

    poke, told, took, now, rows = run(act)
    print(f"told after {took * 1000:.1f} ms")

    assert b"data: beat" in poke and took < 2
    assert [(one.mode, one.by) for one in told] == [(SupervisionMode.LISTEN, "班长")]
    assert [one.mode for one in now] == [SupervisionMode.WHISPER]
    assert [(row["mode"], row["lead"], row["agent"], row["is_told"]) for row in rows] == [
        ("listen", "班长", "林", True),
        ("whisper", "班长", "林", True),
    ]
    assert all(row["asked_at"] <= row["began_at"] <= row["ended_at"] for row in rows)


def test_a_policy_not_to_tell_is_kept_and_still_written_down(exchange: Exchange, dsn: str, hall: Hall) -> None:
    async def act() -> Any:
        async with centre(dsn, Told.NEVER) as rooms:
            agent, lead = await in_call(rooms, hall)
            await supervises(rooms, lead, agent, SupervisionMode.LISTEN)
            told = rooms.exchange.supervisions.of(TEAM, agent.console)
            return told, await rooms.pool.fetchval("SELECT is_told FROM supervision"), (await agent.figure()).supervised

    told, is_told, on_the_wall = run(act)

    assert (told, is_told) == ((), False)
    assert on_the_wall is SupervisionMode.LISTEN


@pytest.mark.expects_log("no team lead")
def test_only_a_console_enrolled_as_a_leads_may_supervise(exchange: Exchange, dsn: str, hall: Hall) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, other = await in_call(rooms, hall, is_lead=False)
            _, error = await supervises(rooms, other, agent, SupervisionMode.LISTEN)
            await asyncio.sleep(0.5)
            return error, len(hall.lead.talks), await rooms.pool.fetchval("SELECT count(*) FROM supervision")

    assert run(act) == ("no-lead", 0, 0)


def test_it_ends_with_the_agents_call_and_the_agent_is_told_so(exchange: Exchange, dsn: str, hall: Hall) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            await supervises(rooms, lead, agent, SupervisionMode.BARGE)
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead's phone is in")
            hall.citizen.hang_up(hall.call)
            await until(lambda: not rooms.exchange.supervisions.of(TEAM, agent.console), "it is over", 5)
            await until(lambda: not hall.lead_calls, "the lead's phone is free", 5)

    run(act)


@pytest.mark.expects_log("manager is away")
def test_a_supervision_whose_end_nobody_told_is_found_out_after_a_restart_of_the_exchange(
    exchange: Exchange, dsn: str, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "RING_S", 1.0)
    monkeypatch.setattr(supervision, "LOOK_S", 0.5)

    async def act() -> str:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            await supervises(rooms, lead, agent, SupervisionMode.LISTEN)
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead's phone is in")
            exchange.kill()
            await asyncio.to_thread(exchange.start)
            await until(lambda: not rooms.exchange.supervisions.of(TEAM, agent.console), "it is known to be over", 15)
            await asyncio.sleep(0.5)
            outcome: str = await rooms.pool.fetchval("SELECT outcome FROM supervision WHERE ended_at > 0")
            return outcome

    assert run(act) == "gone"


def test_nobody_is_joined_to_an_agent_without_a_call_or_from_a_lead_who_talks(exchange: Exchange, dsn: str) -> None:
    async def act() -> list[str]:
        async with centre(dsn) as rooms:
            agent, lead = await desk(rooms, "林", AGENT), await desk(rooms, "班长", LEAD, is_lead=True)
            agent.says(AgentState.READY)
            lead.says(AgentState.BUSY)
            idle = (await supervises(rooms, lead, agent, SupervisionMode.LISTEN))[1]
            agent.says(AgentState.READY, is_in_call=True)
            lead.says(AgentState.BUSY, is_in_call=True)
            busy = (await supervises(rooms, lead, agent, SupervisionMode.LISTEN))[1]
            agent.extension = "2001,qw&PJSIP/1002"
            lead.says(AgentState.BUSY)
            agent.says(AgentState.READY, is_in_call=True)
            odd = (await supervises(rooms, lead, agent, SupervisionMode.LISTEN))[1]
            return [idle, busy, odd]

    assert run(act) == ["no-call", "busy", "no-call"]


def test_an_agent_who_has_others_on_the_call_cannot_be_whispered_to_and_can_be_listened_to(
    exchange: Exchange, dsn: str, hall: Hall
) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            agent.says(AgentState.READY, is_in_call=True, is_joined=True)
            whisper = (await supervises(rooms, lead, agent, SupervisionMode.WHISPER))[1]
            written = await rooms.pool.fetchval("SELECT count(*) FROM supervision")
            barge = (await supervises(rooms, lead, agent, SupervisionMode.BARGE))[1]
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead's phone is in")
            return whisper, written, barge, len(hall.lead.talks)

    assert run(act) == ("joined", 0, "", 1)


def test_a_whisper_ends_as_soon_as_a_further_party_is_called_and_the_lead_is_told(
    exchange: Exchange, dsn: str, hall: Hall
) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            stream = rooms.hints.stream(TEAM, lead.console)
            await anext(stream)
            id, _ = await supervises(rooms, lead, agent, SupervisionMode.WHISPER)
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead whispers")
            began = time.monotonic()
            agent.says(AgentState.READY, is_in_call=True, is_joined=True)
            poke = await asyncio.wait_for(anext(stream), 2)
            await until(lambda: not hall.lead_calls, "the lead's phone is out", 5)
            took = time.monotonic() - began
            told = (
                rooms.exchange.supervisions.overheard(TEAM, lead.console),
                rooms.exchange.supervisions.of(TEAM, agent.console),
            )
            await asyncio.sleep(0.5)
            return id, poke, took, told, dict(await rooms.pool.fetchrow("SELECT ended_at, outcome FROM supervision"))

    id, poke, took, told, row = run(act)
    print(f"the lead was out after {took * 1000:.0f} ms")

    assert b"data: beat" in poke and took < 2
    assert told == ((id,), ())
    assert row["ended_at"] > 0 and row["outcome"] == supervision.JOINED


@pytest.mark.parametrize("wait_s", [0.0, 0.05])
def test_a_whisper_whose_phone_still_rings_when_others_come_never_begins(
    exchange: Exchange, dsn: str, hall: Hall, wait_s: float
) -> None:
    """0 s: the exchange has taken the wish and has made no call of it yet."""

    async def act() -> Any:
        async with centre(dsn) as rooms:
            agent, lead = await in_call(rooms, hall)
            await supervises(rooms, lead, agent, SupervisionMode.WHISPER)
            await asyncio.sleep(wait_s)
            agent.says(AgentState.READY, is_in_call=True, is_joined=True)
            await until(lambda: not rooms.exchange.supervisions.on(TEAM), "it is over", 5)
            await asyncio.sleep(1.5)
            return len(hall.lead_calls), await rooms.pool.fetchval("SELECT outcome FROM supervision")

    assert run(act) == (0, supervision.JOINED)


def test_a_whisper_is_ended_by_the_centre_that_hears_the_agent_whichever_began_it(
    exchange: Exchange, dsn: str, hall: Hall
) -> None:
    async def act() -> Any:
        async with centre(dsn) as rooms, centre(dsn) as others:
            agent, lead = await in_call(rooms, hall)
            await until(lambda: others.exchange.acd is not None and others.exchange.acd.is_up, "the other has the exchange")
            agent.rooms = others
            agent.says(AgentState.READY, is_in_call=True)
            id, _ = await supervises(rooms, lead, agent, SupervisionMode.WHISPER)
            await until(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead whispers")
            agent.says(AgentState.READY, is_in_call=True, is_joined=True)
            await until(lambda: not hall.lead_calls, "the lead's phone is out", 5)
            await until(lambda: rooms.exchange.supervisions.overheard(TEAM, lead.console) == (id,), "the lead is told", 5)

    run(act)
