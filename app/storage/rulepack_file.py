"""Reading a city's rule pack from resources/rulepacks/*.toml."""

from pathlib import Path
from typing import Any

from app.domain.rulepack import Limit, LimitStart, LimitUnit, Refusal, RulePack
from app.domain.shield import AbuseRules
from app.domain.ticket import RequestKind, Urgency
from app.storage.toml_file import TomlFile, TomlTable


def read_rulepack(path: Path) -> RulePack:
    """Raises SettingsError(file, line, what, allowed)."""
    file = TomlFile(path)
    top = file.top
    top.allow("key", "city", "version", "source", "may_decline", "limit", "refusal", "abuse")
    return RulePack(
        key=top.text("key"),
        city=top.text("city"),
        version=top.text("version"),
        source=top.text("source"),
        may_decline=top.flag("may_decline"),
        limits=tuple(_limit(table) for table in file.tables("limit")),
        refusals=tuple(_refusal(table) for table in file.tables("refusal")),
        abuse=_abuse(file.table("abuse")),
    )


def _limit(table: TomlTable) -> Limit:
    table.allow("step", "amount", "unit", "start", "source", "kinds", "urgencies", "words")
    unit = LimitUnit(table.text("unit", allowed=tuple(LimitUnit)))
    return Limit(
        step=table.text("step"),
        amount=0 if unit is LimitUnit.AT_ONCE else table.whole("amount"),
        unit=unit,
        start=LimitStart(table.text("start", allowed=tuple(LimitStart))),
        source=table.text("source"),
        kinds=tuple(RequestKind(_one_of(table, "kinds", kind, tuple(RequestKind))) for kind in table.texts("kinds")),
        urgencies=tuple(Urgency(_one_of(table, "urgencies", value, tuple(Urgency))) for value in table.texts("urgencies")),
        words=table.texts("words"),
    )


def _refusal(table: TomlTable) -> Refusal:
    table.allow("key", "reason", "channel", "source", "words")
    return Refusal(
        key=table.text("key"),
        reason=table.text("reason"),
        channel=table.text("channel"),
        source=table.text("source"),
        words=table.texts("words"),
    )


_HOURS = ("night_from", "night_to")
_COUNTS = ("pause_s", "silent_s", "many_calls", "many_at_night", "window_days", "mark_days")
_FLAGS = ("may_end", "tells_lead")
_TEXTS = ("farewell", "to_police", "source")


def _abuse(table: TomlTable | None) -> AbuseRules:
    """A pack without this table has no shield: nothing is played and no call is ended by rule."""
    if table is None:
        return AbuseRules()
    table.allow("steps", "threats", *_HOURS, *_COUNTS, *_FLAGS, *_TEXTS)
    given: dict[str, Any] = {key: table.whole(key) for key in (*_HOURS, *_COUNTS) if key in table.values}
    given |= {key: table.flag(key) for key in _FLAGS if key in table.values}
    given |= {key: table.text(key) for key in _TEXTS if key in table.values}
    for key in _HOURS:
        if given.get(key, 0) > 23:
            raise table.wrong(key, f"{key} = {given[key]}", ("0…23",))
    rules = AbuseRules(steps=table.texts("steps"), threats=table.texts("threats"), **given)
    if rules.may_end and not rules.steps:
        raise table.wrong("may_end", "may_end = true without steps", ('steps = ["civility_1"]',))
    return rules


def _one_of(table: TomlTable, key: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise table.wrong(key, f"{key} = {value!r}", allowed)
    return value
