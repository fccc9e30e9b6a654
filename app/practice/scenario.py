"""A scripted citizen: who calls, what they say and when, and what a good agent makes of it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.ticket import RequestKind
from app.errors import SettingsError

VOICES = ("zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang")
"""The Mandarin voices of Kokoro; where it is not installed, another voice speaks instead."""

EMERGENCY_LINES = ("110", "119", "120", "122")
CALL_PLACE = "{call}"
"""Stands in a header for the id of this one practice call."""

_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f\"<>\\]*")
_NUMBER = re.compile(r"[0-9A-Za-z+*#/._-]{0,32}")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_KEY = re.compile(r"[a-z0-9_]+")
_LINE_OF_FLAW = re.compile(r"line (\d+)")


class Wait(StrEnum):
    """What must have happened before a turn is spoken."""

    AGENT = "agent"  # the agent has spoken and stopped, or patience ran out
    PAUSE = "pause"  # only a breath: the citizen goes on unasked


class Ending(StrEnum):
    HANGS_UP = "hangs_up"  # once all is said and nobody speaks any more
    STAYS = "stays"  # on the line until the other side ends the call


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of speech. `if_silent` is said when the agent does not speak for `patience_s` after it."""

    text: str
    if_silent: str = ""
    wait: Wait = Wait.AGENT
    pause_s: float = 1.0
    patience_s: float = 8.0
    recording: Path | None = None  # a WAV file that is played instead of a made voice


@dataclass(frozen=True, slots=True)
class Expected:
    """What the agent should make of the call: for the trainer's marks, never sent to the console."""

    kind: RequestKind | None = None
    emergency: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One citizen. An empty `number` is a withheld one."""

    key: str
    title: str
    description: str
    number: str
    voice: str
    turns: tuple[Turn, ...]
    display: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    expected: Expected = Expected()
    ending: Ending = Ending.HANGS_UP
    yields: bool = False  # stops in mid-sentence when the agent speaks, and begins the sentence again


def load_scenarios(folder: Path) -> tuple[tuple[Scenario, ...], tuple[SettingsError, ...]]:
    """Every scenario of a folder in order of file name, and one error for each file that is wrong."""
    scenarios: list[Scenario] = []
    wrong: list[SettingsError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            scenarios.append(load_scenario(path))
        except SettingsError as error:
            wrong.append(error)
    return tuple(scenarios), tuple(wrong)


def load_scenario(path: Path) -> Scenario:
    """Raises SettingsError: file, line, what is wrong with which field, what is allowed."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as flaw:
        line = _LINE_OF_FLAW.search(str(flaw))
        raise SettingsError(path.name, line[1] if line else "?", str(flaw), "TOML") from flaw
    except (OSError, UnicodeDecodeError) as flaw:
        raise SettingsError(path.name, "?", type(flaw).__name__, "a readable file in UTF-8") from flaw
    reader = _Reader(path.name, text, table)
    scenario = _scenario(reader)
    if scenario.key != path.stem:
        raise reader.wrong("key", scenario.key, f"{path.stem} (the file's name)")
    return scenario


def _scenario(reader: "_Reader") -> Scenario:
    reader.allow_only(
        "key", "title", "description", "number", "display", "voice", "ending", "yields", "headers", "expected", "turns"
    )
    return Scenario(
        key=reader.text("key", _KEY, "a-z 0-9 _"),
        title=reader.text("title", None, "text"),
        description=reader.text("description", None, "text"),
        number=reader.text("number", _NUMBER, "up to 32 of 0-9 A-Z a-z + * # / . _ -, or nothing", may_be_empty=True),
        display=reader.text("display", _PRINTABLE, 'text without " < > \\', may_be_empty=True, default=""),
        voice=reader.choice("voice", VOICES),
        turns=tuple(_turn(turn) for turn in reader.tables("turns")),
        headers=_headers(reader.table("headers")),
        expected=_expected(reader.table("expected")),
        ending=Ending(reader.choice("ending", tuple(Ending), Ending.HANGS_UP)),
        yields=reader.truth("yields"),
    )


def _turn(reader: "_Reader") -> Turn:
    reader.allow_only("text", "if_silent", "wait", "pause_s", "patience_s")
    return Turn(
        text=reader.text("text", None, "what is said"),
        if_silent=reader.text("if_silent", None, "text", may_be_empty=True, default=""),
        wait=Wait(reader.choice("wait", tuple(Wait), Wait.AGENT)),
        pause_s=reader.seconds("pause_s", 1.0),
        patience_s=reader.seconds("patience_s", 8.0),
    )


def _headers(reader: "_Reader") -> dict[str, str]:
    for name in reader.values:
        if not _HEADER_NAME.fullmatch(name):
            raise reader.wrong(name, name, "a header name of letters, digits and -")
    return {name: reader.text(name, re.compile(r"[^\x00-\x1f\x7f]+"), "text of one line") for name in reader.values}


def _expected(reader: "_Reader") -> Expected:
    reader.allow_only("kind", "emergency", "place")
    kind = reader.choice("kind", ("", *RequestKind), "")
    return Expected(
        kind=RequestKind(kind) if kind else None,
        emergency=reader.choice("emergency", ("", *EMERGENCY_LINES), ""),
        place=reader.text("place", None, "text", may_be_empty=True, default=""),
    )


class _Reader:
    """One table of a file; every refusal names the file, the line, the field and what is allowed."""

    def __init__(self, file: str, source: str, values: Mapping[str, Any], prefix: str = "") -> None:
        self._file, self._source, self._prefix = file, source, prefix
        self.values = values

    def wrong(self, field_name: str, found: object, allowed: str) -> SettingsError:
        return SettingsError(self._file, self._line(field_name), f"{self._prefix}{field_name} = {found}", allowed)

    def allow_only(self, *names: str) -> None:
        for name in self.values:
            if name not in names:
                raise self.wrong(name, "…", ", ".join(names))

    def text(
        self,
        name: str,
        pattern: re.Pattern[str] | None,
        allowed: str,
        may_be_empty: bool = False,
        default: str | None = None,
    ) -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, "missing" if value is None else value, allowed)
        if not value.strip() and not may_be_empty:
            raise self.wrong(name, "empty", allowed)
        if pattern is not None and not pattern.fullmatch(value):
            raise self.wrong(name, value, allowed)
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.values.get(name, default)
        if value not in allowed:
            raise self.wrong(name, "missing" if value is None else value, ", ".join(one or '""' for one in allowed))
        return str(value)

    def truth(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.wrong(name, value, "true, false")
        return value

    def seconds(self, name: str, default: float) -> float:
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 120:
            raise self.wrong(name, value, "seconds from 0 to 120")
        return float(value)

    def table(self, name: str) -> "_Reader":
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, value, f"a table [{name}]")
        return _Reader(self._file, self._source, value, f"{name}.")

    def tables(self, name: str) -> list["_Reader"]:
        value = self.values.get(name)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name, "missing" if not value else "…", f"at least one table [[{name}]]")
        return [_Reader(self._file, self._source, one, f"{name}[{place}].") for place, one in enumerate(value, 1)]

    def _line(self, name: str) -> str:
        """The line where the field stands; for a field of the n-th turn the n-th such line counts from its table."""
        lines = self._source.splitlines()
        start = self._start(lines)
        wanted = re.compile(rf"\s*(\[+)?\"?{re.escape(name)}\"?\s*(=|\])")
        for number, line in enumerate(lines[start:], start + 1):
            if wanted.match(line):
                return str(number)
        return str(start) if start else "?"

    def _start(self, lines: list[str]) -> int:
        if not self._prefix:
            return 0
        name, _, place = self._prefix.rstrip(".").rstrip("]").partition("[")
        head = re.compile(rf"\s*\[+{re.escape(name)}\]+")
        found = [number for number, line in enumerate(lines, 1) if head.match(line)]
        nth = int(place or 1) - 1
        return found[nth] if nth < len(found) else 0
