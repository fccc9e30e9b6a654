"""The words of the abuse shield: why something is not done, what a step was, what the record says of a number."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.callers import Repeats
from app.domain.evidence import Flaw
from app.domain.notice import NoticeCode
from app.domain.shield import ShieldWhy, StepKind

CONTEXT = "Shield"

SHIELD_VALUES = frozenset({NoticeCode.SHIELD_REFUSED, NoticeCode.SHIELD_TOLD, NoticeCode.EVIDENCE_SEALED})
"""Notices some of whose values are names of the program's own."""

_WHY = {
    ShieldWhy.NO_RULES: QT_TRANSLATE_NOOP("Shield", "this city's rules know no civility notices"),
    ShieldWhy.NO_CALL: QT_TRANSLATE_NOOP("Shield", "there is no call that is being talked with"),
    ShieldWhy.SUSPENDED: QT_TRANSLATE_NOOP("Shield", "emergency words were heard, the shield rests"),
    ShieldWhy.EMERGENCY: QT_TRANSLATE_NOOP("Shield", "an emergency line is on this call"),
    ShieldWhy.THREE_WAY: QT_TRANSLATE_NOOP("Shield", "another party is on this call"),
    ShieldWhy.HELD: QT_TRANSLATE_NOOP("Shield", "the caller is on hold"),
    ShieldWhy.TOO_SOON: QT_TRANSLATE_NOOP("Shield", "give the caller a moment after the last notice"),
    ShieldWhy.LAST_PLAYED: QT_TRANSLATE_NOOP("Shield", "all notices were played"),
    ShieldWhy.STEPS_WANTED: QT_TRANSLATE_NOOP("Shield", "the civility notices come first"),
    ShieldWhy.MAY_NOT_END: QT_TRANSLATE_NOOP("Shield", "this city's rules do not let a call be ended"),
    ShieldWhy.SILENT_CALLER: QT_TRANSLATE_NOOP("Shield", "a silent caller may be in danger and unable to speak"),
    ShieldWhy.NO_SOUND: QT_TRANSLATE_NOOP("Shield", "the announcement has no sound yet"),
}

_STEPS = {
    StepKind.NOTICE: QT_TRANSLATE_NOOP("Shield", "civility notice"),
    StepKind.QUESTION: QT_TRANSLATE_NOOP("Shield", "silent caller asked"),
    StepKind.SUSPENDED: QT_TRANSLATE_NOOP("Shield", "shield rests, emergency words"),
    StepKind.RESUMED: QT_TRANSLATE_NOOP("Shield", "nobody is in danger, shield resumed"),
    StepKind.ENDING: QT_TRANSLATE_NOOP("Shield", "farewell"),
    StepKind.STAYED: QT_TRANSLATE_NOOP("Shield", "ending called off"),
    StepKind.ENDED: QT_TRANSLATE_NOOP("Shield", "ended by the city's rule"),
    StepKind.SEALED: QT_TRANSLATE_NOOP("Shield", "evidence sealed"),
    StepKind.EXPORTED: QT_TRANSLATE_NOOP("Shield", "evidence given out"),
}

_FLAWS = {
    Flaw.UNREADABLE: QT_TRANSLATE_NOOP("Shield", "damaged, cut short, or not sealed by this store"),
    Flaw.PART_CHANGED: QT_TRANSLATE_NOOP("Shield", "a part was changed"),
    Flaw.PART_MISSING: QT_TRANSLATE_NOOP("Shield", "a part is missing"),
    Flaw.PART_ADDED: QT_TRANSLATE_NOOP("Shield", "a part was added"),
    Flaw.SEAL_BROKEN: QT_TRANSLATE_NOOP("Shield", "the seal does not fit"),
    Flaw.CHAIN_BROKEN: QT_TRANSLATE_NOOP("Shield", "it does not follow the pack before it"),
    Flaw.UNSIGNED_COPY: QT_TRANSLATE_NOOP("Shield", "an open copy: its seal is checked where it was made"),
}


def why_text(why: ShieldWhy) -> str:
    return _said(_WHY[why])


def step_text(kind: StepKind) -> str:
    return _said(_STEPS[kind])


def flaw_text(flaw: str) -> str:
    """A flaw and the part it is about: "part_changed: journal.json"."""
    name, colon, part = flaw.partition(":")
    said = _said(_FLAWS[Flaw(name)]) if name in list(Flaw) else name
    return f"{said}{colon}{part}"


def shield_value_text(code: NoticeCode, value: str) -> str:
    if code is NoticeCode.SHIELD_REFUSED and value in list(ShieldWhy):
        return why_text(ShieldWhy(value))
    if code is NoticeCode.SHIELD_TOLD and value in list(StepKind):
        return step_text(StepKind(value))
    if code is NoticeCode.EVIDENCE_SEALED and value == "audio":
        return QCoreApplication.translate("Shield", ", the recording follows when it is whole")
    if code is NoticeCode.EVIDENCE_SEALED and value == "audio-missing":
        return QCoreApplication.translate("Shield", ", with the statement that there is no recording")
    return value


def repeats_text(seen: Repeats) -> str:
    """What an agent should know before answering; "" where the number is like any other."""
    if not seen.is_remarkable:
        return ""
    parts = []
    if seen.is_many_tonight:
        parts.append(QCoreApplication.translate("Shield", "{0} calls tonight").format(seen.tonight))
    elif seen.today > 1:
        parts.append(QCoreApplication.translate("Shield", "{0} calls today").format(seen.today))
    if seen.window > max(seen.today, 1):
        parts.append(QCoreApplication.translate("Shield", "{0} in {1} days").format(seen.window, seen.window_days))
    if seen.silent:
        parts.append(QCoreApplication.translate("Shield", "{0} silent").format(seen.silent))
    if seen.shielded:
        parts.append(QCoreApplication.translate("Shield", "{0} with civility notices").format(seen.shielded))
    return " · ".join(parts)


def _said(source: object) -> str:
    return QCoreApplication.translate(CONTEXT, str(source))
