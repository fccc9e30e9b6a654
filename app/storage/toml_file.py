"""TOML files that the site's staff may edit: what is wrong in one is said with file, line and what is allowed."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import SettingsError

_POSITION = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of a file; every reading checks the type and raises SettingsError(file, line, what, allowed)."""

    file: "TomlFile"
    values: dict[str, Any]
    line: int

    def allow(self, *keys: str) -> None:
        """Raises for the first key that is not one of these: a misspelt key must not be passed over."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, key, keys)

    def text(self, key: str, default: str | None = None, allowed: Iterable[str] = ()) -> str:
        value = self._value(key, default, "text")
        choices = tuple(allowed)
        if not isinstance(value, str) or (choices and value not in choices):
            raise self.wrong(key, f"{key} = {value!r}", choices or ('"text"',))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, key, ('["text", "text"]',))
        return tuple(value)

    def whole(self, key: str) -> int:
        value = self._value(key, None, "a whole number")
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key, f"{key} = {value!r}", ("0, 1, 2…",))
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self._value(key, default, "true, false")
        if not isinstance(value, bool):
            raise self.wrong(key, f"{key} = {value!r}", ("true", "false"))
        return value

    def date(self, key: str) -> str:
        """An ISO date, written with quotes or without; "" = open."""
        value = str(self.values.get(key, ""))
        if value and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value):
            raise self.wrong(key, f"{key} = {value!r}", ("2026-01-31", '""'))
        return value

    def wrong(self, key: str, what: str, allowed: Iterable[str]) -> SettingsError:
        return SettingsError(self.file.name, self.file.line_of(key, self.line), what, ", ".join(allowed))

    def _value(self, key: str, default: object, wanted: str) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise self.wrong("", f"{key} is missing", (wanted,))
        return value


class TomlFile:
    """A file read whole; raises SettingsError where it is not TOML or cannot be read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            text = path.read_text("utf-8")
            self._values = tomllib.loads(text)
        except OSError as failed:
            raise SettingsError(self.name, 0, failed.strerror or type(failed).__name__, "") from failed
        except UnicodeDecodeError as failed:
            raise SettingsError(self.name, 0, "not UTF-8", "UTF-8") from failed
        except tomllib.TOMLDecodeError as failed:
            place = _POSITION.search(str(failed))
            raise SettingsError(self.name, place[1] if place else 0, _POSITION.sub("", str(failed)).strip(), "TOML") from failed
        self._lines = text.splitlines()

    @property
    def top(self) -> TomlTable:
        return TomlTable(self, self._values, 0)

    def tables(self, name: str) -> list[TomlTable]:
        """The tables of `[[name]]` in order."""
        found = self._values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(values, dict) for values in found):
            raise self.top.wrong(name, name, (f"[[{name}]]",))
        starts = [number for number, line in enumerate(self._lines, start=1) if line.strip().replace(" ", "") == f"[[{name}]]"]
        starts += [0] * (len(found) - len(starts))
        return [TomlTable(self, values, start) for values, start in zip(found, starts, strict=False)]

    def table(self, name: str) -> TomlTable | None:
        """The table `[name]`; None where there is none."""
        found = self._values.get(name)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise self.top.wrong(name, name, (f"[{name}]",))
        marks = (number for number, line in enumerate(self._lines, start=1) if line.strip().replace(" ", "") == f"[{name}]")
        return TomlTable(self, found, next(marks, 0))

    def line_of(self, key: str, after: int) -> int:
        """The line that sets `key` in the table that begins at line `after`; that line itself without such a key."""
        setting = re.compile(rf'\s*(\[\[)?"?{re.escape(key)}"?(\]\]|\s*=)') if key else None
        for number, line in enumerate(self._lines[after:], start=after + 1):
            if setting is not None and setting.match(line):
                return number
            if after and line.lstrip().startswith("[["):
                break
        return after
