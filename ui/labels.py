"""The words of the field's enums and of ticket fields, in the language of the window."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.agent import NO_ANSWER, AgentState
from app.domain.call import CallStage, LegStage
from app.domain.notice import Gravity
from app.domain.ticket import RequestKind, Stage, Urgency
from app.domain.transcript import Speaker

_MATTERS = {
    "suicide": QT_TRANSLATE_NOOP("labels", "Suicide"),
    "mass": QT_TRANSLATE_NOOP("labels", "Mass incident"),
    "social": QT_TRANSLATE_NOOP("labels", "Public safety"),
}
_AGENT_STATES = {
    AgentState.READY: QT_TRANSLATE_NOOP("labels", "Ready"),
    AgentState.BUSY: QT_TRANSLATE_NOOP("labels", "Busy"),
    AgentState.ON_BREAK: QT_TRANSLATE_NOOP("labels", "On break"),
    AgentState.WRAP_UP: QT_TRANSLATE_NOOP("labels", "Wrap-up"),
    AgentState.OFFLINE: QT_TRANSLATE_NOOP("labels", "Signed off"),
}
_CALL_STAGES = {
    CallStage.RINGING: QT_TRANSLATE_NOOP("labels", "Ringing"),
    CallStage.DIALLING: QT_TRANSLATE_NOOP("labels", "Dialling"),
    CallStage.TALKING: QT_TRANSLATE_NOOP("labels", "Talking"),
    CallStage.HELD: QT_TRANSLATE_NOOP("labels", "On hold"),
    CallStage.ENDED: QT_TRANSLATE_NOOP("labels", "Call ended"),
}
_LEG_STAGES = {
    LegStage.DIALLING: QT_TRANSLATE_NOOP("labels", "calling"),
    LegStage.RINGING: QT_TRANSLATE_NOOP("labels", "ringing"),
    LegStage.TALKING: QT_TRANSLATE_NOOP("labels", "on the line"),
    LegStage.ENDED: QT_TRANSLATE_NOOP("labels", "ended"),
    LegStage.FAILED: QT_TRANSLATE_NOOP("labels", "failed"),
}
_KINDS = {
    RequestKind.INQUIRY: QT_TRANSLATE_NOOP("labels", "Inquiry"),
    RequestKind.HELP: QT_TRANSLATE_NOOP("labels", "Help"),
    RequestKind.OPINION: QT_TRANSLATE_NOOP("labels", "Opinion"),
    RequestKind.SUGGESTION: QT_TRANSLATE_NOOP("labels", "Suggestion"),
    RequestKind.COMPLAINT: QT_TRANSLATE_NOOP("labels", "Complaint"),
    RequestKind.REPORT: QT_TRANSLATE_NOOP("labels", "Report"),
}
_URGENCIES = {
    Urgency.NORMAL: QT_TRANSLATE_NOOP("labels", "Normal"),
    Urgency.URGENT: QT_TRANSLATE_NOOP("labels", "Urgent"),
    Urgency.EMERGENCY: QT_TRANSLATE_NOOP("labels", "Emergency"),
}
_STAGES = {
    Stage.DRAFT: QT_TRANSLATE_NOOP("labels", "Draft"),
    Stage.ANSWERED_ON_CALL: QT_TRANSLATE_NOOP("labels", "Answered on call"),
    Stage.DECLINED: QT_TRANSLATE_NOOP("labels", "Declined"),
    Stage.TAKEN: QT_TRANSLATE_NOOP("labels", "Taken"),
    Stage.DISPATCHED: QT_TRANSLATE_NOOP("labels", "Dispatched"),
    Stage.ACCEPTED: QT_TRANSLATE_NOOP("labels", "Accepted"),
    Stage.RETURNED: QT_TRANSLATE_NOOP("labels", "Returned"),
    Stage.CLOSED: QT_TRANSLATE_NOOP("labels", "Closed"),
    Stage.ARCHIVED: QT_TRANSLATE_NOOP("labels", "Archived"),
}
_SPEAKERS = {
    Speaker.CALLER: QT_TRANSLATE_NOOP("labels", "Caller"),
    Speaker.AGENT: QT_TRANSLATE_NOOP("labels", "Agent"),
}
_GRAVITIES = {
    Gravity.INFO: QT_TRANSLATE_NOOP("labels", "Note"),
    Gravity.WARNING: QT_TRANSLATE_NOOP("labels", "Warning"),
    Gravity.ERROR: QT_TRANSLATE_NOOP("labels", "Trouble"),
}
_EMERGENCY_LINES = {
    "110": QT_TRANSLATE_NOOP("labels", "Police"),
    "119": QT_TRANSLATE_NOOP("labels", "Fire"),
    "120": QT_TRANSLATE_NOOP("labels", "Ambulance"),
    "122": QT_TRANSLATE_NOOP("labels", "Traffic accident"),
}
_LINES = {
    "pbx": QT_TRANSLATE_NOOP("labels", "Exchange"),
    "gateway": QT_TRANSLATE_NOOP("labels", "Second gateway"),
    "practice": QT_TRANSLATE_NOOP("labels", "Practice exchange"),
}


def _words(source: object) -> str:
    return QCoreApplication.translate("labels", str(source))


_BUSY_REASONS = {NO_ANSWER: QT_TRANSLATE_NOOP("labels", "a call was not taken")}


def busy_reason_text(reason: str) -> str:
    """The program's own reason in the user's words; one that the site or the agent gave, as it is."""
    return _words(_BUSY_REASONS[reason]) if reason in _BUSY_REASONS else reason


def agent_state_text(state: AgentState) -> str:
    return _words(_AGENT_STATES[state])


def call_stage_text(stage: CallStage) -> str:
    return _words(_CALL_STAGES[stage])


def leg_stage_text(stage: LegStage) -> str:
    return _words(_LEG_STAGES[stage])


def kind_text(kind: RequestKind | None) -> str:
    """ "" where the kind is not known yet."""
    return "" if kind is None else _words(_KINDS[kind])


def urgency_text(urgency: Urgency) -> str:
    return _words(_URGENCIES[urgency])


def stage_text(stage: Stage) -> str:
    return _words(_STAGES[stage])


def speaker_text(speaker: Speaker) -> str:
    return _words(_SPEAKERS[speaker])


def gravity_text(gravity: Gravity) -> str:
    return _words(_GRAVITIES[gravity])


def emergency_line_text(line: str) -> str:
    """The service behind 110, 119, 120 or 122; the number itself for any other."""
    return _words(_EMERGENCY_LINES.get(line, line))


def line_text(line: str) -> str:
    """A way into the telephone network, as `LineChanged` names it."""
    return _words(_LINES.get(line, line))


_FIELDS = {
    "kind": QT_TRANSLATE_NOOP("labels", "Kind"),
    "matter": QT_TRANSLATE_NOOP("labels", "Matter"),
    "content": QT_TRANSLATE_NOOP("labels", "Content"),
    "verified": QT_TRANSLATE_NOOP("labels", "Verified"),
    "district": QT_TRANSLATE_NOOP("labels", "District"),
    "street": QT_TRANSLATE_NOOP("labels", "Sub-district"),
    "place": QT_TRANSLATE_NOOP("labels", "Place"),
    "requester": QT_TRANSLATE_NOOP("labels", "Requester"),
    "contact": QT_TRANSLATE_NOOP("labels", "Contact"),
    "happened": QT_TRANSLATE_NOOP("labels", "When it happened"),
    "hurt": QT_TRANSLATE_NOOP("labels", "People hurt"),
    "named_unit": QT_TRANSLATE_NOOP("labels", "Unit named"),
    "demand": QT_TRANSLATE_NOOP("labels", "Demand"),
    "urgency": QT_TRANSLATE_NOOP("labels", "Urgency"),
    "is_confidential": QT_TRANSLATE_NOOP("labels", "Confidential"),
    "unit": QT_TRANSLATE_NOOP("labels", "Undertaking unit"),
    "answer": QT_TRANSLATE_NOOP("labels", "Answer"),
    "reply": QT_TRANSLATE_NOOP("labels", "Reply"),
}


def field_text(name: str) -> str:
    """A field of `DRAFT_FIELDS`; any other name as it is."""
    return _words(_FIELDS.get(name, name))


def matter_text(matter: str) -> str:
    """What a danger is beside its line: suicide, mass incident, public safety; "" for the line's own matter."""
    return _words(_MATTERS[matter]) if matter in _MATTERS else ""
