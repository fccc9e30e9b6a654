"""The wallboard's figures: what the database counts of the day, and what the heartbeats say of now."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.centre.acd import QueueNow
from app.domain.agent import AgentState, QueueStanding, SupervisionMode
from app.domain.figures import AgentFigure, Figures, QueueFigure
from app.domain.ticket import OPEN_STAGES
from app.wire import Presence

ONLINE_S = 10.0
"""A console that was silent for longer counts as cut off."""

GOOD_WAIT_S = 15.0
"""GB/T 33358-2016: answered within 15 s."""

OPEN = tuple(stage.value for stage in OPEN_STAGES)

DAY = """
SELECT
  (SELECT count(*) FROM call WHERE team = $1 AND rang_at >= $2 AND direction = 'incoming') AS offered,
  (SELECT count(*) FROM call WHERE team = $1 AND rang_at >= $2 AND direction = 'incoming' AND answered_at > 0) AS answered,
  (SELECT count(*) FROM call WHERE team = $1 AND rang_at >= $2 AND direction = 'incoming' AND answered_at > 0
    AND answered_at - rang_at <= $3) AS answered_within_15_s,
  (SELECT count(*) FROM call WHERE team = $1 AND rang_at >= $2 AND direction = 'incoming' AND answered_at = 0) AS abandoned,
  (SELECT count(*) FROM ticket WHERE team = $1 AND created_at >= $2) AS tickets,
  (SELECT count(*) FROM ticket WHERE team = $1 AND created_at >= $2 AND stage = ANY($4::text[])) AS tickets_open,
  (SELECT count(*) FROM ticket WHERE team = $1 AND created_at >= $2 AND stage = 'answered_on_call') AS answered_on_call,
  (SELECT count(*) FROM emergency WHERE team = $1 AND pressed_at >= $2 AND outcome <> 'undone') AS emergencies
"""
"""Calls that have ended, tickets that were made, and emergency presses that were not undone, since a moment ($2)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A console as it last made itself heard."""

    console: str
    name: str
    at: float
    presence: Presence

    def is_online(self, now: float) -> bool:
        return not self.presence.is_leaving and now - self.at <= ONLINE_S

    def is_unsynced(self, now: float) -> bool:
        """It holds changes that nobody else has, or it fell silent without taking leave."""
        return self.presence.waiting > 0 or (not self.presence.is_leaving and not self.is_online(now))


@dataclass(frozen=True, slots=True)
class Board:
    """What the exchange adds to the wall. `link`: "" = there is none, "up", "down". `supervised` by console: mode, by whom."""

    link: str = ""
    queues: tuple[QueueNow, ...] = ()
    standing: Callable[[str], QueueStanding] = lambda _extension: QueueStanding.UNKNOWN
    is_lost: Callable[[Seen], bool] = lambda _seen: False
    supervised: Mapping[str, tuple[SupervisionMode, str]] = field(default_factory=dict)


NO_BOARD = Board()


def with_board(figures: Figures, seen: Iterable[Seen], board: Board) -> Figures:
    """The figures with all that the exchange knows. While it cannot be asked its last word is shown, and said to be old."""
    by_id = {one.console: one for one in seen}
    agents = tuple(_on_board(agent, by_id[agent.id], board) if agent.id in by_id else agent for agent in figures.agents)
    queues = tuple(_queue(queue, figures.at) for queue in board.queues)
    return replace(figures, agents=agents, queues=queues, queue_link=board.link)


def _on_board(agent: AgentFigure, one: Seen, board: Board) -> AgentFigure:
    mode, by = board.supervised.get(agent.id, (None, ""))
    unanswered = [
        member.unanswered for queue in board.queues for member in queue.members if member.extension == agent.extension
    ]
    return replace(
        agent,
        is_lost=board.is_lost(one),
        queue=board.standing(agent.extension),
        unanswered=max([agent.unanswered, *unanswered]),
        supervised=mode,
        supervised_by=by,
    )


def _queue(queue: QueueNow, now: float) -> QueueFigure:
    return QueueFigure(
        queue.name,
        len(queue.waiting_since),
        max((max(0.0, now - since) for since in queue.waiting_since), default=0.0),
        queue.answered,
        queue.abandoned,
        queue.level_percent,
        len(queue.members),
        sum(not member.is_paused for member in queue.members),
    )


def midnight(now: float) -> float:
    """The beginning of the day, by this machine's clock and zone."""
    day = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return day.timestamp()


def figures(now: float, day: Mapping[str, int], seen: Iterable[Seen]) -> Figures:
    """All that the wallboard shows. A console that was silent since before midnight is shown only if it holds changes."""
    today = midnight(now)
    heard = sorted((one for one in seen if one.at >= today or one.presence.waiting), key=lambda one: (one.name, one.console))
    online = [one.presence for one in heard if one.is_online(now)]
    rings = [presence.oldest_ring_at for presence in online if presence.ringing and presence.oldest_ring_at]
    return Figures(
        at=now,
        **day,  # type: ignore[arg-type]  # all of its columns are counts
        waiting=sum(presence.ringing for presence in online),
        longest_wait_s=max((max(0.0, now - rang_at) for rang_at in rings), default=0.0),
        talking=sum(presence.is_in_call for presence in online),
        unsynced=sum(one.is_unsynced(now) for one in heard),
        agents=tuple(_agent(one, now) for one in heard if not one.presence.is_leaving or one.presence.waiting),
    )


def _agent(one: Seen, now: float) -> AgentFigure:
    presence, is_online = one.presence, one.is_online(now)
    return AgentFigure(
        console=one.name or one.console,
        agent=presence.agent,
        state=presence.state if is_online else AgentState.OFFLINE,
        since=presence.since if is_online else one.at,
        is_in_call=presence.is_in_call and is_online,
        seen_at=one.at,
        waiting=presence.waiting,
        is_online=is_online,
        id=one.console,
        reason=presence.reason if is_online else "",
        extension=presence.extension,
        unanswered=presence.unanswered,
    )


def day_arguments(team: str, now: float | None = None) -> tuple[object, ...]:
    return team, midnight(time.time() if now is None else now), GOOD_WAIT_S, list(OPEN)
