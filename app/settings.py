"""The settings file: `app.setting_list` says what may stand in it; read from and written to one TOML file.

A wrong entry never stops the program: `load` names the file, the line, what is wrong and what is allowed, keeps the
default for that entry and every other entry as written.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import SettingsError
from app.setting import Setting, SettingValue
from app.setting_list import SETTINGS

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

REACH = 30
"""Lines that are looked back over for the beginning of what was never closed."""

__all__ = ["BY_KEY", "SETTINGS", "Setting", "SettingValue", "Settings", "load", "save"]

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}

RENEWED: Mapping[tuple[str, bool], tuple[str, object]] = {
    ("speech.is_listening", True): ("speech.policy", "all"),
    ("speech.is_listening", False): ("speech.policy", "none"),
}
"""Entries of older files, and what says the same now."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as they stand. `problems` are the entries of the file that could not be used."""

    values: Mapping[str, SettingValue] = field(default_factory=dict)
    problems: tuple[SettingsError, ...] = ()

    def get(self, key: str) -> SettingValue:
        """The value of a declared key, or its default; KeyError for a key nobody declared."""
        return self.values.get(key, BY_KEY[key].default)

    def text(self, key: str) -> str:
        value = self.get(key)
        assert isinstance(value, str), key
        return value

    def number(self, key: str) -> float:
        value = self.get(key)
        assert isinstance(value, int | float), key
        return value

    def claim(self, key: str) -> bool:
        value = self.get(key)
        assert isinstance(value, bool), key
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        assert isinstance(value, tuple), key
        return value

    def with_values(self, changes: Mapping[str, object]) -> "Settings":
        """The settings with `changes`, each checked; raises SettingsError for the first that is not allowed."""
        values = dict(self.values)
        for key, value in (_renewed(*entry) for entry in changes.items()):
            setting = BY_KEY[key]
            try:
                values[key] = setting.checked(value)
            except ValueError:
                raise SettingsError("", 0, f"{key} = {value!r}", setting.allowed) from None
        return Settings(values, self.problems)


def load(path: Path) -> Settings:
    """Reads the file; a missing one is an empty one. Wrong lines and entries are left out and listed in `problems`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as wrong:
        return Settings(problems=(SettingsError(path.name, 0, wrong.strerror or type(wrong).__name__, "UTF-8 TOML"),))
    text, problems = _readable(path.name, data)
    read = _read(path.name, text, tomllib.loads(text))
    return Settings(read.values, (*problems, *read.problems))


def _readable(name: str, data: bytes) -> tuple[str, list[SettingsError]]:
    """The text without the lines that are no TOML, and a problem for each of these; every line keeps its number."""
    lines = data.decode("utf-8-sig", errors="surrogateescape").splitlines()
    problems = []
    for place, line in enumerate(lines):
        if any("\ud800" <= sign <= "\udfff" for sign in line):
            problems.append(SettingsError(name, place + 1, _what(lines, place)[0], "UTF-8"))
            lines[place] = ""
    while (wrong := _first_wrong(lines)) is not None:
        problems.append(SettingsError(name, wrong + 1, *_what(lines, wrong)))
        lines[wrong] = ""
    return "\n".join(lines), problems


def _first_wrong(lines: list[str]) -> int | None:
    """The line that must go for the file to be read furthest. It may stand before the one where reading stopped: an array
    or text that was never closed."""
    stopped = _stops_at(lines)
    if stopped is None:
        return None
    suspects = [place for place in range(stopped, -1, -1) if lines[place].strip()][:REACH]
    reached = {place: _stops_at([*lines[:place], "", *lines[place + 1 :]]) for place in suspects}
    return max(suspects, key=lambda place: len(lines) if reached[place] is None else reached[place] or 0)


def _stops_at(lines: list[str]) -> int | None:
    """The index of the line where reading stops; None where all can be read."""
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as wrong:
        found = re.search(r"line (\d+)", str(wrong))
        last = max(place for place, line in enumerate(lines) if line.strip())
        return min(int(found.group(1)) - 1, last) if found else last
    return None


def _what(lines: list[str], place: int) -> tuple[str, str]:
    """A name for a line that cannot be read, never its value, which may be a password; and what may stand there."""
    entry = re.match(r'\s*"?([\w-]+)"?\s*=', lines[place])
    if entry is None:
        return lines[place].strip()[:40].encode("utf-8", "replace").decode(), '[table], name = "value"'
    tables = (re.match(r"\s*\[\s*([\w.-]+)\s*\]", line) for line in reversed(lines[:place]))
    key = f"{next((table.group(1) for table in tables if table), '')}.{entry.group(1)}"
    setting = BY_KEY.get(key)
    return f"{key} = …", setting.allowed if setting else 'name = "value"'


def _read(name: str, text: str, tables: Mapping[str, object]) -> Settings:
    values: dict[str, SettingValue] = {}
    problems: list[SettingsError] = []
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            problems.append(SettingsError(name, _line_of(text, "", table), table, _near(table, _tables())))
            continue
        for entry, written in entries.items():
            key, value = _renewed(f"{table}.{entry}", written)
            if key != f"{table}.{entry}" and key.partition(".")[2] in entries:
                continue  # its present name stands there too
            setting = BY_KEY.get(key)
            line = _line_of(text, table, entry)
            if setting is None:
                problems.append(SettingsError(name, line, f"{table}.{entry}", _near(f"{table}.{entry}", tuple(BY_KEY))))
                continue
            try:
                values[setting.key] = setting.checked(value)
            except ValueError:
                shown = "…" if setting.is_secret else repr(value)
                problems.append(SettingsError(name, line, f"{setting.key} = {shown}", setting.allowed))
    return Settings(values, tuple(problems))


def _renewed(key: str, value: object) -> tuple[str, object]:
    """An entry under its present name."""
    return RENEWED.get((key, value), (key, value)) if isinstance(value, bool) else (key, value)


def save(path: Path, changes: Mapping[str, object]) -> Settings:
    """Writes `changes` into the file, keeping its comments and other entries; gives the settings as they stand then.

    Raises SettingsError for a value that is not allowed (nothing is written) and OSError where the file cannot be written.
    """
    import tomlkit  # reading goes without: every process reads at its start

    changes = dict(_renewed(*entry) for entry in changes.items())
    settings = load(path).with_values(changes)
    document = _document(path)
    for key in changes:
        table, entry = key.split(".", 1)
        if not isinstance(document.get(table), dict):
            document[table] = tomlkit.table()
        value = settings.get(key)
        document[table][entry] = list(value) if isinstance(value, tuple) else value
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it may hold the extension's password
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(tomlkit.dumps(document))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return load(path)


def _document(path: Path) -> "TOMLDocument":
    """The file to write into. Of one that cannot be read as it is, what can be read; what somebody wrote is kept beside it."""
    import tomlkit

    if not path.exists():
        return tomlkit.document()
    text, problems = _readable(path.name, path.read_bytes())
    if problems:
        shutil.copy(path, path.with_suffix(".unreadable.toml"))
    try:
        return tomlkit.parse(text)
    except tomlkit.exceptions.TOMLKitError:  # stricter than the reader
        shutil.copy(path, path.with_suffix(".unreadable.toml"))
        return tomlkit.document()


def _tables() -> tuple[str, ...]:
    return tuple(dict.fromkeys(setting.group for setting in SETTINGS))


def _near(wrong: str, known: tuple[str, ...]) -> str:
    return ", ".join(get_close_matches(wrong, known, 3, 0.5) or known[:6])


def _line_of(text: str, table: str, entry: str) -> int:
    """The line where an entry stands, 1 = first; 0 where it cannot be told."""
    inside = table == ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([\w.-]+)\s*\]", line)
        if header:
            inside = header.group(1) == table
            if header.group(1) == entry and table == "":
                return number
        elif inside and re.match(rf'\s*"?{re.escape(entry)}"?\s*=', line):
            return number
    return 0
