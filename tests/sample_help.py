"""States of a desk that calls for help: a card, a hand-over, rounds in vain, a silent alert."""

from dataclasses import replace

from app.desk.state import DeskState, Leg, SilentState
from app.domain.alert import Alert
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.handoff import HandOffCard, lately_said
from tests import sample_state as sample


def _leg(line: str, stage: LegStage, **more: object) -> Leg:
    leg = Leg(CallId(line * 10), LegPurpose.EMERGENCY, line, "gateway", stage, "", sample.NOW - 12)
    return replace(leg, **more)  # type: ignore[arg-type]  # named by the scene


def _with_legs(*legs: Leg, **emergency: object) -> DeskState:
    state = sample.emergency_suggested()
    calls = tuple(replace(view, legs=legs) for view in state.calls)
    shown = replace(state.emergency, undo_until=0.0, **emergency)  # type: ignore[arg-type]  # named by the scene
    return replace(state, calls=calls, emergency=shown)


def card() -> HandOffCard:
    return HandOffCard(
        "c" * 32,
        2,
        sample.CALL,
        "119",
        "answered",
        "青河区锦绣家园 7 号楼 2 单元 1502",
        "13810245600",
        "着火了、困在屋里",
        lately_said(sample.said()),
        sample.number(174),
        sample.NOW - 21,
        sample.AGENT,
        "JQ20260318-0417",
    )


def with_card() -> DeskState:
    return _with_legs(_leg("119", LegStage.TALKING), card=card(), pushed="sent")


def handed_over() -> DeskState:
    """119 has the caller, 120 rings in its second round, 110 is called again in a moment; the silent alert arrived."""
    return _with_legs(
        _leg("119", LegStage.TALKING, handed_at=sample.NOW - 9, hands_over=True, case_number="JQ0417"),
        _leg("120", LegStage.RINGING, round=2),
        _leg("110", LegStage.DIALLING, again_at=sample.NOW + 2),
        card=card(),
        silent=SilentState(sample.CALL, "110", "call", "done", sample.NOW - 4),
    )


def alerted_wallboard() -> DeskState:
    board = sample.wallboard()
    return replace(
        board, alerts=(Alert(sample.CALL, "110", sample.AGENT, board.now - 14, "青河区锦绣家园 7 号楼", "他在门口"),)
    )
