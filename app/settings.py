"""Every setting, declared once with its default, limits and meaning; read from and written to one TOML file.

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

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

REACH = 30
"""Lines that are looked back over for the beginning of what was never closed."""

SettingValue = str | int | float | bool | tuple[str, ...]


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for the translators, who read this file too; the window translates it (context "Settings")."""
    return text


_t = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `key` is "table.name"; its type is its default's type; `low`/`high` bound a number."""

    key: str
    default: SettingValue
    label: str
    meaning: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    is_secret: bool = False
    needs_restart: bool = False

    @property
    def group(self) -> str:
        return self.key.split(".", 1)[0]

    @property
    def allowed(self) -> str:
        """What may stand here, for an error message."""
        if self.choices:
            return ", ".join(self.choices)
        if self.low is not None and self.high is not None:
            return f"{self.low:g}–{self.high:g}"
        return {bool: "true, false", int: "1, 2, 3 …", float: "0.5, 1.0 …", tuple: '["…", "…"]'}.get(type(self.default), '"…"')

    def checked(self, value: object) -> SettingValue:
        """`value` as this setting's type; raises ValueError where it is not one that is allowed."""
        found: SettingValue
        match self.default, value:
            case bool(), bool():
                return value
            case (bool(), _) | (_, bool()):
                raise ValueError(value)
            case int(), int():
                found = value
            case float(), int() | float():
                found = float(value)
            case str(), str():
                found = value
            case tuple(), list() | tuple() if all(isinstance(item, str) for item in value):
                found = tuple(value)
            case _:
                raise ValueError(value)
        if self.choices and found not in self.choices:
            raise ValueError(value)
        if isinstance(found, int | float) and not (self.low or 0) <= found <= (self.high if self.high is not None else found):
            raise ValueError(value)
        return found


_LINE = _t("Settings", "The number that reaches this line through the exchange.")
_GATEWAY_LINE = _t("Settings", "The number that reaches this line through the second gateway.")

SETTINGS: tuple[Setting, ...] = (
    Setting("general.language", "zh_CN", _t("Settings", "Language"), choices=("zh_CN", "en"), needs_restart=True),
    Setting("general.theme", "light", _t("Settings", "Colours"), choices=("light", "dark", "contrast")),
    Setting("general.text_scale", 100, _t("Settings", "Text size (%)"), low=80, high=160),
    Setting(
        "general.full_numbers",
        False,
        _t("Settings", "Show callers' numbers in full"),
        _t("Settings", "Otherwise the middle is masked until the agent asks for it."),
    ),
    Setting("agent.name", "", _t("Settings", "Agent's name"), needs_restart=True),
    Setting("agent.number", "", _t("Settings", "Agent's number"), needs_restart=True),
    Setting(
        "telephony.pbx_address",
        "",
        _t("Settings", "Exchange"),
        _t("Settings", "host:port of the telephone exchange; empty: only the practice exchange calls."),
    ),
    Setting("telephony.pbx_user", "", _t("Settings", "Extension")),
    Setting("telephony.pbx_password", "", _t("Settings", "Password of the extension"), is_secret=True),
    Setting("telephony.pbx_transport", "tcp", _t("Settings", "Signalling"), choices=("tcp", "udp")),
    Setting(
        "telephony.gateway_address",
        "",
        _t("Settings", "Second gateway"),
        _t("Settings", "host:port that emergency calls take when the exchange is dead."),
    ),
    Setting(
        "telephony.local_address",
        "",
        _t("Settings", "Own address"),
        _t("Settings", "Address that telephony binds to; empty: chosen by itself."),
        needs_restart=True,
    ),
    Setting(
        "telephony.local_port",
        0,
        _t("Settings", "Own port"),
        _t("Settings", "0: chosen by itself."),
        low=0,
        high=65535,
        needs_restart=True,
    ),
    Setting(
        "emergency.is_signed_off",
        False,
        _t("Settings", "Trunk map signed off"),
        _t(
            "Settings",
            "Until the site has signed off the numbers below, every emergency call goes to the trainer on this machine.",
        ),
    ),
    Setting("emergency.line_110", "110", _t("Settings", "110 police"), _LINE),
    Setting("emergency.line_119", "119", _t("Settings", "119 fire and rescue"), _LINE),
    Setting("emergency.line_120", "120", _t("Settings", "120 ambulance"), _LINE),
    Setting("emergency.line_122", "122", _t("Settings", "122 traffic accidents"), _LINE),
    Setting("emergency.gateway_110", "110", _t("Settings", "110 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_119", "119", _t("Settings", "119 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_120", "120", _t("Settings", "120 through the gateway"), _GATEWAY_LINE),
    Setting("emergency.gateway_122", "122", _t("Settings", "122 through the gateway"), _GATEWAY_LINE),
    Setting(
        "emergency.patience_ms",
        250,
        _t("Settings", "Patience with a silent route (ms)"),
        _t("Settings", "After this time without a sign of life the next route is called as well."),
        low=50,
        high=5000,
    ),
    Setting(
        "audio.microphone", "", _t("Settings", "Microphone"), _t("Settings", "Empty: the system's default; none: no device.")
    ),
    Setting("audio.earpiece", "", _t("Settings", "Earpiece"), _t("Settings", "Empty: the system's default; none: no device.")),
    Setting("audio.ringer", "", _t("Settings", "Ringing device"), _t("Settings", "Empty: the earpiece; none: no ringing.")),
    Setting("audio.microphone_gain", 1.0, _t("Settings", "Microphone gain"), low=0.1, high=8.0),
    Setting("audio.earpiece_gain", 1.0, _t("Settings", "Earpiece gain"), low=0.1, high=8.0),
    Setting("speech.is_listening", True, _t("Settings", "Write down what is said"), needs_restart=True),
    Setting(
        "speech.models",
        ("vosk-model-small-cn-0.22", "whisper-base"),
        _t("Settings", "Speech models"),
        _t("Settings", "The first of these that is installed listens."),
        needs_restart=True,
    ),
    Setting(
        "speech.folder",
        "",
        _t("Settings", "Folder of the speech models"),
        _t("Settings", "Empty: the program's own."),
        needs_restart=True,
    ),
    Setting("speech.voice", "", _t("Settings", "Voice"), _t("Settings", "Empty: the best voice installed.")),
    Setting(
        "centre.address",
        "",
        _t("Settings", "Centre"),
        _t("Settings", "http://host:port of the centre; empty: a centre of its own on this machine."),
        needs_restart=True,
    ),
    Setting("centre.token", "", _t("Settings", "Enrolment token"), is_secret=True, needs_restart=True),
    Setting("practice.is_on", True, _t("Settings", "Practice exchange"), needs_restart=True),
    Setting("practice.pack", "", _t("Settings", "Folder of recorded practice calls"), needs_restart=True),
    Setting("city.name", "本市", _t("Settings", "City")),
    Setting("city.rule_pack", "beijing", _t("Settings", "Rule pack"), choices=("beijing", "baoding"), needs_restart=True),
)

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


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
        for key, value in changes.items():
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
        for entry, value in entries.items():
            setting = BY_KEY.get(f"{table}.{entry}")
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


def save(path: Path, changes: Mapping[str, object]) -> Settings:
    """Writes `changes` into the file, keeping its comments and other entries; gives the settings as they stand then.

    Raises SettingsError for a value that is not allowed (nothing is written) and OSError where the file cannot be written.
    """
    import tomlkit  # reading goes without: every process reads at its start

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
