"""Reading a city's rule pack from resources/rulepacks/*.toml."""

from pathlib import Path

from app.domain.rulepack import Limit, LimitStart, LimitUnit, Refusal, RulePack
from app.domain.ticket import RequestKind, Urgency
from app.storage.toml_file import TomlFile, TomlTable


def read_rulepack(path: Path) -> RulePack:
    """Raises SettingsError(file, line, what, allowed)."""
    file = TomlFile(path)
    top = file.top
    top.allow("key", "city", "version", "source", "may_decline", "limit", "refusal")
    return RulePack(
        key=top.text("key"),
        city=top.text("city"),
        version=top.text("version"),
        source=top.text("source"),
        may_decline=top.flag("may_decline"),
        limits=tuple(_limit(table) for table in file.tables("limit")),
        refusals=tuple(_refusal(table) for table in file.tables("refusal")),
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


def _one_of(table: TomlTable, key: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise table.wrong(key, f"{key} = {value!r}", allowed)
    return value
