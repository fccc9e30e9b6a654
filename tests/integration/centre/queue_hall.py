"""A real Asterisk with manager, queue and phones, a real centre on it, and consoles as far as their heartbeats go."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from app.centre.ami import AmiSpot
from app.centre.api import Rooms
from app.centre.exchange import ExchangePlan as QueuePlan
from app.centre.server import Place, open_rooms
from app.centre.supervision import Told
from app.domain.agent import AgentState, QueueStanding
from app.domain.figures import AgentFigure
from app.wire import Enrol, Enrolled, Presence
from tests.exchange import SLOT, Exchange
from tests.integration.centre.places import SITE_TOKEN, TEAM

MANAGER = f"""
enabled=yes
bindaddr=127.0.{SLOT}.4
port=15038
[centre]
secret=s3cret
read=agent,call,system
write=agent,call,originate
"""
_PHONE = """
[{0}]
type=endpoint
context=agents
disallow=all
allow=alaw
direct_media=no
aors={0}
[{0}]
type=aor
contact=sip:{0}@{1}
"""
PHONES = _PHONE.format("2001", f"127.0.{SLOT}.11:15091") + _PHONE.format("2002", f"127.0.{SLOT}.12:15092")
TRUNK_CALLS = "[fromtrunk]\nexten => 2001,1,Dial(PJSIP/2001,30)\n"
EXTRA = {
    "manager.conf": MANAGER,
    "queues.conf": "servicelevel=15\n",
    "pjsip.conf": PHONES,
    "extensions.conf": TRUNK_CALLS,
}
SPOT = AmiSpot(f"127.0.{SLOT}.4", 15038, "centre", "s3cret")
ACTED = time.time() - 1000


@asynccontextmanager
async def centre(dsn: str, told: Told = Told.ALWAYS, spot: AmiSpot = SPOT) -> AsyncIterator[Rooms]:
    plan = QueuePlan(spot, ("hotline",), told=told)
    async with open_rooms(dsn, Place("127.0.0.1", 0, TEAM, SITE_TOKEN, "1.0", plan)) as rooms:
        yield rooms


def run(act: Callable[[], Awaitable[Any]]) -> Any:
    async def within() -> Any:
        return await asyncio.wait_for(act(), 60)

    return asyncio.run(within())


async def until(claim: Callable[[], bool], what: str, patience_s: float = 10.0) -> None:
    end = time.monotonic() + patience_s
    while not claim():
        assert time.monotonic() < end, f"not within {patience_s:g} s: {what}"
        await asyncio.sleep(0.03)


class Desk:
    """A console as far as its heartbeats go."""

    def __init__(self, rooms: Rooms, console: str, agent: str, extension: str) -> None:
        self.rooms, self.console, self.agent, self.extension = rooms, console, agent, extension

    def says(
        self,
        state: AgentState,
        reason: str = "",
        since: float = ACTED,
        is_in_call: bool = False,
        leaves: bool = False,
        is_joined: bool = False,
    ) -> None:
        self.rooms.hall.hear(
            TEAM,
            self.console,
            Presence(
                self.agent, state, since, 0, is_in_call, 0.0, 0, leaves, reason, self.extension, self.extension, 0, is_joined
            ),
        )  # fmt: skip

    async def figure(self) -> AgentFigure:
        figures = await self.rooms.hall.figures(TEAM)
        return next(agent for agent in figures.agents if agent.id == self.console)


async def desk(rooms: Rooms, agent: str = "林", extension: str = "1001", is_lead: bool = False) -> Desk:
    token = await rooms.register.make_token(TEAM, is_once=True, is_lead=is_lead)
    enrolled = await rooms.register.enrol(Enrol(token, agent))
    assert isinstance(enrolled, Enrolled)
    return Desk(rooms, enrolled.console, agent, extension)


def stands(exchange: Exchange, extension: str = "1001") -> tuple[QueueStanding, str]:
    """How Asterisk itself has the extension, and why it is paused."""
    line = next((line for line in exchange.cli("queue show hotline").splitlines() if f"PJSIP/{extension}" in line), "")
    if not line:
        return QueueStanding.OUT, ""
    reason = line.partition("(paused:")[2].partition(" was ")[0] if "(paused" in line else ""
    return (QueueStanding.PAUSED if "(paused" in line else QueueStanding.IN), reason
