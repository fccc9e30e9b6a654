"""What the rows under the call say: added parties, consult calls, other calls, callers who are parked."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.desk.state import CallView, DeskState, Leg
from app.domain.call import CallId, CallStage, LegPurpose, LegStage, masked
from ui.caller_text import caller_text
from ui.clock_texts import duration_text
from ui.labels import call_stage_text, leg_stage_text

_PARTY = QT_TRANSLATE_NOOP("CallRows", "+ {0} · {1} {2}")
_CONSULT = QT_TRANSLATE_NOOP("CallRows", "Consult {0} · {1}{2}")
_TOGETHER = QT_TRANSLATE_NOOP("CallRows", "+ {0} · hears you all{1}")
_PARKED = QT_TRANSLATE_NOOP("CallRows", "Parked {0}{1}")
_PARKED_AT = QT_TRANSLATE_NOOP("CallRows", "Parked at {1}: {0}")
_END = QT_TRANSLATE_NOOP("CallRows", "End")
_ANSWER = QT_TRANSLATE_NOOP("CallRows", "Answer")
_TURN_TO = QT_TRANSLATE_NOOP("CallRows", "Turn to")
_TAKE_BACK = QT_TRANSLATE_NOOP("CallRows", "Take back")


@dataclass(frozen=True, slots=True)
class Row:
    """`act`: the word on its button, "" = none is needed; `kind` says what the button does: "end", "focus" or "unpark"."""

    call: CallId
    kind: str
    text: str
    act: str
    tone: str = ""
    icon: str = "swap"


def rows_of(state: DeskState, is_unmasked: bool) -> list[Row]:
    """In the order they are shown: who is in the conversation first, who waits last."""
    focused = state.focused
    legs = [_of_leg(leg, state) for leg in focused.legs if _is_party(leg)] if focused else []
    others = [_of_call(view, state, is_unmasked) for view in state.calls if view.call != state.focus]
    if focused is not None and focused.call in state.bonds.parked:
        others.append(_of_call(focused, state, is_unmasked))
    return [*legs, *others, *_away(state, is_unmasked)]


def _of_leg(leg: Leg, state: DeskState) -> Row:
    text = _words(_PARTY).format(leg.line, leg_stage_text(leg.stage), duration_text(state.now - leg.since))
    return Row(leg.leg, "end", text, _words(_END), "ok" if leg.stage is LegStage.TALKING else "", "hang_up")


def _of_call(view: CallView, state: DeskState, is_unmasked: bool) -> Row:
    who, since = caller_text(view, is_unmasked), view.answered_at or view.rang_at
    time = "" if view.stage is CallStage.ENDED else f" {duration_text(state.now - since)}"
    if view.call in state.bonds.parked:
        return Row(view.call, "unpark", _words(_PARKED).format(who, time), _words(_TAKE_BACK), "warning", "park")
    if view.call in state.bonds.room(state.focus):
        return Row(view.call, "focus", _words(_TOGETHER).format(who, time), _words(_TURN_TO), "ok")
    if state.bonds.caller_of(view.call):
        text = _words(_CONSULT).format(view.number or view.raw_number, call_stage_text(view.stage), time)
        is_voiced = view.call == state.voiced
        return Row(view.call, "focus", text, "" if is_voiced else _words(_TURN_TO), "ok" if is_voiced else "warning")
    is_ringing = view.stage is CallStage.RINGING
    text, act = f"{who} · {call_stage_text(view.stage)}{time}", _ANSWER if is_ringing else _TURN_TO
    return Row(view.call, "focus", text, _words(act), "warning" if is_ringing else "")


def _away(state: DeskState, is_unmasked: bool) -> list[Row]:
    rows = []
    for away in state.bonds.away:
        who = away.number if is_unmasked else masked(away.number)
        text = _words(_PARKED_AT).format(who, away.slot or "?")
        rows.append(Row(away.call, "unpark", text, _words(_TAKE_BACK), "warning", "park"))
    return rows


def _is_party(leg: Leg) -> bool:
    return leg.purpose is LegPurpose.THREE_WAY and leg.stage not in (LegStage.ENDED, LegStage.FAILED)


def _words(source: object) -> str:
    return QCoreApplication.translate("CallRows", str(source))
