"""The exchange as the centre knows it: its queue is kept as the agents' states say, its figures are shown, leads supervise."""

import time
from dataclasses import dataclass

import asyncpg

from app.centre.acd import Acd
from app.centre.ami import AmiSpot
from app.centre.asterisk import AsteriskAcd
from app.centre.feed import Hints
from app.centre.figures import Board, Seen
from app.centre.hall import Hall
from app.centre.queue_keeper import QueueKeeper, is_lost
from app.centre.supervision import Party, Supervisions, Told
from app.domain.agent import QueueStanding
from app.wire import Beat, Presence, Problem, Supervise


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """How the exchange is reached; without `spot` there is none. `queues` are kept for the consoles of the centre's team."""

    spot: AmiSpot | None = None
    queues: tuple[str, ...] = ()
    interface: str = "PJSIP/{}"
    told: Told = Told.ALWAYS


NO_EXCHANGE = ExchangePlan()


class Exchange:
    """Runs on the event loop. Implements app.centre.acd.AcdListener."""

    def __init__(self, pool: asyncpg.Pool, hall: Hall, hints: Hints, team: str, plan: ExchangePlan) -> None:
        self._hall, self._team = hall, team
        self._since = time.time()
        self.supervisions = Supervisions(pool, plan.told, hints.poke, hall.is_joined)
        self.acd: Acd | None = None
        self.keeper: QueueKeeper | None = None
        if plan.spot is not None:
            self.acd = AsteriskAcd(plan.spot, plan.queues, self, plan.interface)
            self.supervisions.acd = self.acd
            self.keeper = QueueKeeper(self.acd, pool, lambda: hall.known_or_heard(team))
        hall.board = self._board
        hall.told = self._state_told

    async def close(self) -> None:
        if self.keeper is not None:
            await self.keeper.close()
        await self.supervisions.close()
        if self.acd is not None:
            await self.acd.close()

    def answer(self, team: str, console: str, told: Presence) -> Beat:
        """What a console is told at its heartbeat."""
        keeper = self.keeper if team == self._team else None
        standing = keeper.standing(told.extension) if keeper is not None else QueueStanding.UNKNOWN
        return Beat(self.supervisions.of(team, console), standing, self.supervisions.overheard(team, console))

    async def supervise(self, team: str, console: str, asked: Supervise) -> Problem | None:
        if asked.mode is None:
            return await self.supervisions.end(team, console)
        known = {one.console: one for one in await self._hall.known_or_heard(team)}
        lead, agent = known.get(console), known.get(asked.console)
        if lead is None or agent is None or not agent.is_online(time.time()):
            return Problem("no-call", "that console is not there")
        return await self.supervisions.begin(team, _party(lead), _party(agent), asked)

    # --- told by the exchange and the hall ---

    def acd_changed(self) -> None:
        if self.keeper is not None:
            self.keeper.look()

    def supervision_began(self, id: str) -> None:
        self.supervisions.supervision_began(id)

    def supervision_ended(self, id: str, why: str) -> None:
        self.supervisions.supervision_ended(id, why)

    def _state_told(self, team: str) -> None:
        self.supervisions.look()
        if self.keeper is not None and team == self._team:
            self.keeper.look()

    def _board(self, team: str) -> Board:
        supervised = {console: (one.mode, one.lead) for console, one in self.supervisions.on(team).items()}
        if self.acd is None or self.keeper is None or team != self._team:
            return Board(supervised=supervised, is_lost=self._is_lost)
        link = "up" if self.acd.is_up else "down"
        return Board(link, self.acd.queues, self.keeper.standing, self._is_lost, supervised)

    def _is_lost(self, one: Seen) -> bool:
        return is_lost(one, time.time(), self._since)


def _party(one: Seen) -> Party:
    return Party(
        one.console, one.presence.agent or one.name, one.presence.phone, one.presence.is_in_call, one.presence.is_joined
    )
