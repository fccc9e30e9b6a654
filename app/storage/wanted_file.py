"""Reading resources/wanted_fields.toml."""

from pathlib import Path

from app.domain.ticket import DRAFT_FIELDS, RequestKind
from app.domain.wanted import Wanted, WantedFields
from app.storage.toml_file import TomlFile, TomlTable


def read_wanted_fields(path: Path) -> WantedFields:
    """Raises SettingsError(file, line, what, allowed)."""
    file = TomlFile(path)
    file.top.allow("wanted")
    return WantedFields(tuple(_wanted(table) for table in file.tables("wanted")))


def _wanted(table: TomlTable) -> Wanted:
    table.allow("fields", "kinds", "words", "unless", "source")
    for name in table.texts("fields"):
        if name not in DRAFT_FIELDS:
            raise table.wrong("fields", name, DRAFT_FIELDS)
    for kind in table.texts("kinds"):
        if kind not in list(RequestKind):
            raise table.wrong("kinds", kind, tuple(RequestKind))
    return Wanted(
        fields=table.texts("fields"),
        source=table.text("source"),
        kinds=tuple(RequestKind(kind) for kind in table.texts("kinds")),
        words=table.texts("words"),
        unless=table.texts("unless"),
    )
