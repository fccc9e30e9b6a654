"""Two consoles and a centre process over real HTTP: reason and extension go up, a refusal comes down."""

from collections.abc import Callable

from app.desk.events import BeatAnswered, FiguresArrived, SupervisionRefused
from app.desk.queue_state import Seat
from app.domain.agent import AgentState, SupervisionMode
from tests.integration.sync.conftest import Console
from tests.waiting import wait_for


def test_the_reason_and_the_extension_stand_on_the_others_wall(consoles: Callable[..., Console]) -> None:
    agent, wall = consoles("agent"), consoles("wall")
    agent.worker.tell_presence(AgentState.BUSY, 5.0, 0, False, 0.0, Seat("会议", "1001", "1001", 2))

    wall.worker.want_figures(True)

    def shown() -> bool:
        figures = [event.figures for event in wall.told.of(FiguresArrived)]
        return any((one.reason, one.extension, one.unanswered) == ("会议", "1001", 2) for f in figures for one in f.agents)

    wait_for(shown, "the wall shows why and where", 15)


def test_who_is_no_lead_is_refused_and_told_so(consoles: Callable[..., Console]) -> None:
    agent, lead = consoles("agent"), consoles("lead")
    wait_for(lambda: bool(agent.told.of(BeatAnswered) and lead.told.of(BeatAnswered)), "both are heard", 15)
    identity = agent.outbox.identity()
    assert identity is not None

    lead.worker.supervise("a" * 32, identity.console, SupervisionMode.LISTEN)

    wait_for(lambda: bool(lead.told.of(SupervisionRefused)), "the refusal", 10)
    refused = lead.told.of(SupervisionRefused)[0]
    assert (refused.id, refused.why) == ("a" * 32, "no-lead")
