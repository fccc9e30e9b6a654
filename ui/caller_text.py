"""How a caller is named on the screen: masked unless the agent asked for the whole number."""

from PySide6.QtCore import QCoreApplication

from app.desk.state import CallView
from app.domain.call import CallStage, Direction, masked
from ui.clock_texts import duration_text
from ui.labels import call_stage_text, emergency_line_text, leg_stage_text


def caller_text(view: CallView, is_unmasked: bool) -> str:
    """The number; what the network sent where it is no number; or that there is none."""
    if view.number:
        return view.number if is_unmasked else masked(view.number)
    raw = view.raw_number.strip() or view.display.strip()
    if raw:
        return QCoreApplication.translate("caller", "odd number “{0}”").format(raw[:24] if is_unmasked else masked(raw[:24]))
    if view.direction is Direction.OUTGOING and view.legs:  # no caller: the agent pressed a line without a call
        lines = dict.fromkeys(leg.line for leg in view.legs)
        return ", ".join(" ".join(dict.fromkeys((line, emergency_line_text(line)))) for line in lines)
    return QCoreApplication.translate("caller", "no number")


def stage_text(view: CallView, now: float) -> str:
    """How the call stands and for how long; of the parties that are still there where the caller is not."""
    if view.stage is not CallStage.ENDED:
        return f"{call_stage_text(view.stage)} · {duration_text(now - (view.answered_at or view.rang_at))}"
    leg = next(iter(view.living_legs), None)
    if leg is None:
        return call_stage_text(view.stage)
    stands = f"{leg_stage_text(leg.stage)} · {duration_text(now - leg.since)}"
    return stands if not view.number else f"{call_stage_text(view.stage)} · {leg.line} {stands}"
