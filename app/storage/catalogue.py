"""Reading the dispatch catalogue (派单目录) from resources/dispatch_catalogue.toml."""

from pathlib import Path

from app.domain.dispatch import DispatchCatalogue, Unit
from app.storage.toml_file import TomlFile, TomlTable


def read_catalogue(path: Path) -> DispatchCatalogue:
    """Raises SettingsError(file, line, what, allowed)."""
    file = TomlFile(path)
    file.top.allow("unit", "street")
    units: dict[str, Unit] = {}
    for table in file.tables("unit"):
        unit = _unit(table)
        if unit.key in units:
            raise table.wrong("key", f"key = {unit.key!r}", ("a key of its own",))
        units[unit.key] = unit
    streets = {}
    for table in file.tables("street"):
        table.allow("name", "district")
        streets[table.text("name")] = table.text("district")
    return DispatchCatalogue(tuple(units.values()), streets)


def _unit(table: TomlTable) -> Unit:
    table.allow("key", "name", "matters", "areas", "phone", "is_fallback")
    unit = Unit(
        key=table.text("key"),
        name=table.text("name"),
        matters=table.texts("matters"),
        areas=table.texts("areas"),
        phone=table.text("phone", ""),
        is_fallback=table.flag("is_fallback", False),
    )
    if unit.is_fallback and not unit.areas:
        raise table.wrong("areas", "areas", ("is_fallback = true needs areas",))
    return unit
