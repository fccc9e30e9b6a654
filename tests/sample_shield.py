"""Scenes of the abuse shield for the gallery and the GUI tests."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.shield_state import CallShield, ShieldState
from app.desk.state import DeskState
from app.domain.call import CallId
from app.domain.callers import NumberMark, Repeats
from app.domain.evidence import PackFacts
from app.domain.shield import Shield, ShieldStep, StepKind
from tests import sample_state as sample

NOW = sample.NOW
REPEATS = Repeats(6, 4, 5, 9, 7, 2, 1, is_many=True, is_many_tonight=True)
MARK = NumberMark("13810245600", "每周登记一次，其余来电只记录", "9001", NOW - 86_400, NOW + 20 * 86_400)
FIRST = ShieldStep(StepKind.NOTICE, NOW - 60, "8001", "civility_1", 1)
SECOND = ShieldStep(StepKind.NOTICE, NOW - 30, "8001", "civility_2", 2)
THIRD = ShieldStep(StepKind.NOTICE, NOW - 15, "8001", "civility_3", 3)


def with_shield(state: DeskState, shown: CallShield) -> DeskState:
    return replace(state, shield=ShieldState({state.focus: shown}, 3, True, "110", packs=PACKS))


def rings_again() -> DeskState:
    return with_shield(sample.ringing(), CallShield(repeats=REPEATS))


def marked() -> DeskState:
    return with_shield(sample.talking(), CallShield(repeats=REPEATS, mark=MARK, has_spoken=True))


def warned() -> DeskState:
    return with_shield(sample.talking(), CallShield(Shield((FIRST,)), threat="打死你", has_spoken=True))


def ending() -> DeskState:
    shield = Shield((FIRST, SECOND, THIRD, ShieldStep(StepKind.ENDING, NOW - 2, "8001", "farewell")), ends_at=NOW + 4)
    return with_shield(sample.talking(), CallShield(shield, has_spoken=True, playing_until=NOW + 4))


def rests() -> DeskState:
    shield = Shield((FIRST, ShieldStep(StepKind.SUSPENDED, NOW - 2, "8001", "着火")), suspended_by="着火")
    return with_shield(sample.emergency_suggested(), CallShield(shield, has_spoken=True))


def silent() -> DeskState:
    return with_shield(sample.talking(), CallShield(silent_for=23.0, repeats=REPEATS))


PACKS = tuple(
    PackFacts(f"20260318-0{n}4120-0000000{n}.jsev", CallId(f"{n}" * 32), NOW - 3_600 * n, "8001", f"2026-0003{n:02d}",
              "13810245600", ("audio",) if n == 2 else (), "x.jsev" if n == 1 else "", 41_000 * n, f"{n}a" * 32)
    for n in range(1, 5)
)  # fmt: skip


def sealed() -> DeskState:
    state = with_shield(sample.wrap_up(), CallShield(Shield((FIRST,)), has_spoken=True))
    return replace(state, shield=replace(state.shield, checked=PACKS[0].name))


SHIELD_SCENES: dict[str, Callable[[], DeskState]] = {
    "rings_again": rings_again,
    "marked": marked,
    "warned": warned,
    "ending": ending,
    "rests": rests,
    "silent": silent,
    "sealed": sealed,
}
