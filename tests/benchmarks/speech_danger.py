"""Danger in scripted calls as it is heard: which line was named, and how soon after its turn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.transcript import Speaker, Transcript
from app.speech.sound import sound_of
from app.vigilance import Vigilance
from tests.benchmarks.speech_live import Played

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_READ = 2
"""Utterances that are read together, as the desk does."""


@dataclass
class DangerFound:
    """`expected`: calls of danger; `rightly`: those whose line was named; `falsely`: calls that lit a line they must not.

    `after_turn_s`: from the end of the turn whose words named the line to its naming; below 0 = while it was still spoken."""

    expected: int = 0
    rightly: int = 0
    calm: int = 0
    falsely: int = 0
    wrong: list[str] = field(default_factory=list)
    after_turn_s: list[float] = field(default_factory=list)


def measure_danger(folders: Sequence[Path], played: Sequence[Played]) -> DangerFound:
    listener = Vigilance(_RESOURCES / "danger", sound_of)
    found = DangerFound()
    for folder, one in zip(folders, played, strict=True):
        script = json.loads((folder / "script.json").read_text(encoding="utf-8"))
        wanted = str(script.get("expected", {}).get("emergency") or "")
        line, at = _first_line(listener, one, wanted)
        found.expected += bool(wanted)
        found.calm += not wanted
        found.rightly += bool(wanted) and line == wanted
        found.falsely += not wanted and bool(line)
        if line != wanted:
            found.wrong.append(f"{folder.name}: {line or 'nothing'}")
        elif at is not None:
            found.after_turn_s.append(round(at, 2))
    return found


def _first_line(listener: Vigilance, played: Played, wanted: str) -> tuple[str, float | None]:
    """The line that the whole call names, and when `wanted` was first named, counted from the end of the turn then spoken."""
    transcript, first, line = Transcript(), None, ""
    for at, utterance in played.heard:
        transcript = transcript.with_heard(utterance)
        said = [u for u in transcript.utterances if u.speaker is Speaker.CALLER][-_READ:]
        heard = listener.hear_danger("\n".join(u.text for u in said), not all(u.final for u in said))
        if heard is None:
            continue
        line = heard.line
        if first is None and line == wanted:
            stops = [turn.stop_s for turn in played.scene.turns if turn.begin_s <= at - played.began]
            first = at - played.began - max(stops, default=0.0)
    return (wanted, first) if first is not None else (line, None)
