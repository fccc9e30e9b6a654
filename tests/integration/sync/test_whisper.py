"""Two consoles, a centre and a real Asterisk: a whisper that others would hear is refused, and ended, over real HTTP."""

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk.events import BeatAnswered, SupervisionRefused
from app.desk.queue_state import Seat
from app.domain.agent import AgentState, SupervisionMode
from tests.exchange import Exchange, ExchangePlan, why_not
from tests.integration.centre.places import CentreProcess
from tests.integration.centre.queue_hall import EXTRA, SPOT
from tests.integration.centre.test_supervision import AGENT, LEAD, Hall
from tests.integration.sync.conftest import PORTS, Console
from tests.waiting import wait_for

WHISPER = SupervisionMode.WHISPER


@pytest.fixture
def hall() -> Iterator[Hall]:
    if why_not():
        pytest.skip(why_not())
    with Exchange(ExchangePlan(extra=EXTRA)) as exchange:
        ends = Hall(exchange)
        yield ends
        exchange.hang_up_all()
        ends.close()


@pytest.fixture
def centre(folder: Path) -> Iterator[CentreProcess]:
    secret = folder / "secret"
    secret.write_text(SPOT.secret)
    options = ("--ami", f"{SPOT.host}:{SPOT.port}", "--ami-user", SPOT.user, "--ami-secret-file", str(secret))
    process = CentreProcess(folder, next(PORTS), *options)
    process.start()
    yield process
    process.stop()


def says(agent: Console, is_joined: bool) -> None:
    agent.worker.tell_presence(AgentState.READY, 5.0, 0, True, 0.0, Seat("", "", AGENT, 0, is_joined))


def asks_until(lead: Console, console: str, is_it: Callable[[str], bool]) -> str:
    """Asks to whisper until it is answered so ("" = not refused within a second): heartbeats are on their way. Gives the id."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        id = uuid.uuid4().hex
        lead.worker.supervise(id, console, WHISPER)
        if is_it(answer(lead, id)):
            return id
    raise AssertionError("it was never answered so")


def answer(lead: Console, id: str) -> str:
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        if why := [refused.why for refused in lead.told.of(SupervisionRefused) if refused.id == id]:
            return why[0]
        time.sleep(0.02)
    return ""


def test_the_lead_hears_why_a_whisper_is_refused_and_why_it_was_ended(
    hall: Hall, centre: CentreProcess, consoles: Callable[..., Console]
) -> None:
    centre.stop()
    token = centre.lead_token()
    centre.start()
    agent, lead = consoles("agent"), consoles("lead", token)
    wait_for(lambda: hall.call.is_up, "agent and citizen talk", 15)
    wait_for(lambda: bool(agent.told.of(BeatAnswered) and lead.told.of(BeatAnswered)), "both are heard", 15)
    identity = agent.outbox.identity()
    assert identity is not None
    lead.worker.tell_presence(AgentState.BUSY, 5.0, 0, False, 0.0, Seat("", "", LEAD))
    says(agent, is_joined=True)

    refused = asks_until(lead, identity.console, lambda why: why == "joined")
    says(agent, is_joined=False)
    begun = asks_until(lead, identity.console, lambda why: why == "")
    wait_for(lambda: bool(hall.lead_calls) and len(hall.lead_calls[-1].heard) > 25, "the lead whispers", 15)
    says(agent, is_joined=True)
    wait_for(lambda: any(beat.overheard == (begun,) for beat in lead.told.of(BeatAnswered)), "the lead is told", 5)

    assert refused != begun and len(hall.lead.talks) == 1
    wait_for(lambda: not hall.lead_calls, "the lead's phone is out", 5)
