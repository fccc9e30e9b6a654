"""The desk while more than the matter of a line is heard: suicide, a mass incident, public safety, abuse of the agent."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.shield_state import CallShield
from app.desk.state import DeskState, EmergencyState
from app.domain.alert import Alert
from app.domain.shield import Shield
from tests import sample_state as sample
from tests.sample_shield import with_shield


def _risk(line: str, because: str, matter: str) -> DeskState:
    state = sample.talking()
    assert state.draft is not None
    risk = matter if matter != "suicide" else ""
    draft = replace(state.draft, ticket=replace(state.draft.ticket, risk=risk))
    return replace(state, draft=draft, emergency=EmergencyState(line, because, matter=matter))


def suicide() -> DeskState:
    return _risk("110", "不想活了", "suicide")


def mass() -> DeskState:
    return _risk("110", "几十个家长围在学校门口", "mass")


def social() -> DeskState:
    return _risk("110", "报复社会", "social")


def abused() -> DeskState:
    return with_shield(sample.talking(), CallShield(Shield(), abuse="你们就是一群废物", has_spoken=True))


def warned_wallboard() -> DeskState:
    board = sample.wallboard()
    warning = Alert(sample.CALL, "110", sample.AGENT, board.now - 14, "青河区东风路工地", "工人堵在门口讨薪", is_warning=True,
                    matter="mass")  # fmt: skip
    return replace(board, alerts=(warning,))


DANGER_SCENES: dict[str, Callable[[], DeskState]] = {"suicide": suicide, "mass": mass, "social": social, "abused": abused}
