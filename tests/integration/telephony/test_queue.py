"""The exchange's queue by feature codes, on a real Asterisk: login, pause, and that all is said anew after its restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.commands import AnswerCall, LineAccount, StandInQueue
from app.desk.events import CallEnded, CallFocused, CallHeld, CallRang, QueueCodeDialled
from app.domain.agent import QueueStanding
from tests.exchange import Exchange, ExchangePlan, why_not
from tests.integration.telephony.seat import Seat
from tests.waiting import wait_for

CODES = """
[agents]
exten => *47,1,Answer()
 same => n,PauseQueueMember(hotline,PJSIP/${CALLERID(num)})
 same => n,Hangup()
exten => *48,1,Answer()
 same => n,UnpauseQueueMember(hotline,PJSIP/${CALLERID(num)})
 same => n,Hangup()
exten => *49,1,Answer()
 same => n,SendDTMF(0)
 same => n,Wait(5)
"""


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """One of the test's own, that may be killed."""
    if why_not():
        pytest.skip(why_not())
    with Exchange(ExchangePlan(extra={"extensions.conf": CODES})) as running:
        yield running


@pytest.fixture
def agent(exchange: Exchange, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path)
    try:
        seat.attach()
        seat.set_up(LineAccount("pbx", exchange.address, "1001", "pw1001"))
        seat.wait_up()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


def wanted(standing: QueueStanding, pause: str = "*47") -> StandInQueue:
    return StandInQueue(standing, "*45", "*46", pause, "*48" if pause else "")


def stands(exchange: Exchange) -> QueueStanding:
    """How Asterisk itself has the agent."""
    line = next((line for line in exchange.cli("queue show hotline").splitlines() if "PJSIP/1001" in line), "")
    if not line:
        return QueueStanding.OUT
    return QueueStanding.PAUSED if "(paused" in line else QueueStanding.IN


def wait_reached(seat: Seat, standing: QueueStanding, since: int = 0) -> None:
    seat.wait(QueueCodeDialled, lambda event: event.standing is standing, since=since)


def test_the_state_goes_into_the_queue_by_codes_and_no_call_of_the_agent_shows_it(exchange: Exchange, agent: Seat) -> None:
    reached = []
    for standing in (QueueStanding.IN, QueueStanding.PAUSED, QueueStanding.IN, QueueStanding.OUT):
        since = agent.count
        agent.send(wanted(standing))
        wait_reached(agent, standing, since)
        reached.append(stands(exchange))

    assert reached == [QueueStanding.IN, QueueStanding.PAUSED, QueueStanding.IN, QueueStanding.OUT]
    assert not [event for event in agent.events if isinstance(event, CallRang | CallEnded | CallFocused)]


def test_without_a_code_to_pause_who_is_not_ready_leaves_the_queue(exchange: Exchange, agent: Seat) -> None:
    agent.send(wanted(QueueStanding.IN, pause=""))
    wait_reached(agent, QueueStanding.IN)

    agent.send(wanted(QueueStanding.PAUSED, pause=""))
    wait_reached(agent, QueueStanding.PAUSED)

    assert stands(exchange) is QueueStanding.OUT


def test_a_code_dialled_while_the_agent_talks_neither_holds_nor_moves_the_call(exchange: Exchange, agent: Seat) -> None:
    exchange.ring("1001", "602")
    rang = agent.wait_ring()
    agent.send(AnswerCall(rang.call))
    agent.wait_answered(rang.call)
    since = agent.count

    agent.send(wanted(QueueStanding.PAUSED))
    wait_reached(agent, QueueStanding.PAUSED, since)

    assert stands(exchange) is QueueStanding.PAUSED
    assert not [event for event in agent.events[since:] if isinstance(event, CallHeld | CallFocused | CallEnded)]


def test_an_exchange_that_was_killed_and_started_anew_is_told_again_by_itself(exchange: Exchange, agent: Seat) -> None:
    agent.send(wanted(QueueStanding.PAUSED))
    wait_reached(agent, QueueStanding.PAUSED)

    exchange.kill()
    exchange.start()

    wait_for(lambda: stands(exchange) is QueueStanding.PAUSED, "the new exchange knows the agent", 30, 0.2)


def test_a_code_that_is_refused_is_told_and_tried_again_until_it_is_taken(exchange: Exchange, agent: Seat) -> None:
    agent.send(StandInQueue(QueueStanding.OUT, "*45", "*99"))
    refused = agent.wait(QueueCodeDialled)
    by_tone_since = agent.count
    agent.send(StandInQueue(QueueStanding.OUT, "*45", "*49"))
    by_tone = agent.wait(QueueCodeDialled, since=by_tone_since)

    assert (refused.standing, refused.code, refused.reason[:3]) == (QueueStanding.FAILED, "*99", "404")
    assert (by_tone.standing, by_tone.reason) == (QueueStanding.FAILED, "refused by a tone")
    since = agent.count
    agent.wait(QueueCodeDialled, lambda event: event.standing is QueueStanding.FAILED, since=since)
