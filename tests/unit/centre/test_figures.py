"""The wallboard's figures from what the database counted and the heartbeats told."""

import time

import pytest

from app.centre.feed import CursorWrong, read_cursor
from app.centre.figures import ONLINE_S, Seen, figures, midnight
from app.domain.agent import AgentState
from app.wire import Presence

NOON = midnight(time.time()) + 43_200
DAY = {"offered": 9, "answered": 8, "answered_within_15_s": 7, "abandoned": 1, "tickets": 5, "tickets_open": 2}


def seen(name: str, silent_s: float = 0.0, waiting: int = 0, is_leaving: bool = False, ring_s: float = 0.0) -> Seen:
    rang_at = NOON - ring_s if ring_s else 0.0
    presence = Presence(name, AgentState.READY, 5.0, 1 if ring_s else 0, name == "talker", rang_at, waiting, is_leaving)
    return Seen(f"id of {name}", name, NOON - silent_s, presence)


def test_a_console_is_unsynced_when_it_is_silent_or_holds_changes_but_not_when_it_took_leave() -> None:
    hall = [
        seen("fine"),
        seen("silent", silent_s=ONLINE_S + 1),
        seen("full", waiting=3),
        seen("closed", silent_s=600, is_leaving=True),
        seen("closed full", silent_s=600, is_leaving=True, waiting=1),
    ]

    found = figures(NOON, DAY, hall)

    assert found.unsynced == 3
    assert [agent.console for agent in found.agents] == ["closed full", "fine", "full", "silent"]
    assert {agent.console for agent in found.agents if agent.is_online} == {"fine", "full"}


def test_a_silent_console_is_shown_as_offline_since_it_was_last_heard() -> None:
    agent = figures(NOON, DAY, [seen("silent", silent_s=60)]).agents[0]

    assert (agent.state, agent.since, agent.is_online) == (AgentState.OFFLINE, NOON - 60, False)


def test_ringing_calls_are_waiting_and_the_oldest_counts_only_while_its_console_is_heard() -> None:
    found = figures(NOON, DAY, [seen("a", ring_s=4), seen("b", ring_s=9), seen("dead", ring_s=99, silent_s=50), seen("talker")])

    assert (found.waiting, found.longest_wait_s, found.talking) == (2, 9.0, 1)


def test_yesterdays_consoles_are_forgotten_unless_they_hold_changes() -> None:
    found = figures(NOON, DAY, [seen("old", silent_s=90_000), seen("old full", silent_s=90_000, waiting=2)])

    assert [agent.console for agent in found.agents] == ["old full"]
    assert found.unsynced == 1


def test_the_days_counts_are_shown_as_they_were_counted() -> None:
    found = figures(NOON, DAY, [])

    assert (found.offered, found.answered, found.answered_within_15_s, found.tickets_open, found.at) == (9, 8, 7, 2, NOON)


@pytest.mark.parametrize("text", ["1", "1.2.3", "a.b.c.d", "-1.0.00000000-0000-0000-0000-000000000000.0", "1.1.x.1"])
def test_a_text_that_is_no_cursor_is_told_apart(text: str) -> None:
    with pytest.raises(CursorWrong):
        read_cursor(text)
