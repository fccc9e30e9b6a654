"""Citizens from a pack of recordings: a folder a call, with script.json and one WAV file a turn."""

import json
from pathlib import Path
from typing import Any

from app.domain.ticket import RequestKind
from app.errors import SettingsError
from app.practice.scenario import EMERGENCY_LINES, Ending, Expected, Scenario, Turn

SCRIPT = "script.json"
PREFIX = "pack/"
_FIRST_NUMBER = 13_900_000_100
_ANY_VOICE = "zf_xiaobei"


def load_pack(folder: Path) -> tuple[tuple[Scenario, ...], tuple[SettingsError, ...]]:
    """Every call of a pack, keyed "pack/NAME", and one error for each that is wrong; only the caller's turns are kept."""
    scenarios: list[Scenario] = []
    wrong: list[SettingsError] = []
    for place, script in enumerate(sorted(folder.glob(f"*/{SCRIPT}"))):
        try:
            scenarios.append(_scenario(script, str(_FIRST_NUMBER + place)))
        except SettingsError as error:
            wrong.append(error)
    return tuple(scenarios), tuple(wrong)


def _scenario(script: Path, number: str) -> Scenario:
    file = f"{script.parent.name}/{SCRIPT}"
    try:
        table = json.loads(script.read_text(encoding="utf-8"))
    except (OSError, ValueError) as flaw:
        raise SettingsError(file, str(getattr(flaw, "lineno", "?")), type(flaw).__name__, "JSON in UTF-8") from flaw
    if not isinstance(table, dict):
        raise SettingsError(file, "1", "the file", "an object with name, expected and turns")
    turns = _turns(file, script.parent, table.get("turns"))
    expected = _expected(file, table.get("expected") or {})
    return Scenario(
        key=PREFIX + script.parent.name,
        title=str(table.get("name") or script.parent.name),
        description=turns[0].text,
        number=number,
        voice=str(table.get("voice") or _ANY_VOICE),
        turns=turns,
        headers={"X-Call-ID": "{call}"},
        expected=expected,
        ending=Ending.STAYS if expected.emergency else Ending.HANGS_UP,
    )


def _turns(file: str, folder: Path, turns: Any) -> tuple[Turn, ...]:
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise SettingsError(file, "?", "turns", "a list of objects with speaker, text and file")
    kept = tuple(_turn(file, folder, turn) for turn in turns if turn.get("speaker") == "caller")
    if not kept:
        raise SettingsError(file, "?", "turns", 'at least one turn with speaker "caller"')
    return kept


def _turn(file: str, folder: Path, turn: dict[str, Any]) -> Turn:
    name = str(turn.get("file") or "")
    recording = folder / name
    if not name or Path(name).name != name or not recording.is_file():
        raise SettingsError(file, "?", f"turns.file = {name or 'missing'}", "the name of a WAV file beside the script")
    return Turn(text=str(turn.get("text") or ""), recording=recording)


def _expected(file: str, expected: Any) -> Expected:
    if not isinstance(expected, dict):
        raise SettingsError(file, "?", "expected", "an object with kind, emergency and place")
    kind, emergency = expected.get("kind"), expected.get("emergency") or ""
    if kind is not None and kind not in tuple(RequestKind):
        raise SettingsError(file, "?", f"expected.kind = {kind}", ", ".join(RequestKind))
    if emergency and emergency not in EMERGENCY_LINES:
        raise SettingsError(file, "?", f"expected.emergency = {emergency}", ", ".join(EMERGENCY_LINES))
    return Expected(RequestKind(kind) if kind else None, emergency, str(expected.get("place") or ""))
