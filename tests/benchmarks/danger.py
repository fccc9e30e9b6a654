"""How surely danger lights the right button, and how seldom ordinary talk does: recall, wrong lines, false alarms, time.

    python -m tests.benchmarks.danger [FILE.tsv] [--json] [--half test] [--spoken] [--every N]

FILE holds lines of text, TAB, expected line ("" = none; "110|120" either; "120:suicide" with its matter). Without it the own
texts (tests/data/danger.tsv) are heard, their noisy forms and beginnings, the own texts of abuse, and, with JIESU_SHARED, the
calls' scripts and ordinary messages. `--spoken`: as the installed voices say it over a telephone and Whisper writes it (some
2.5 s a text; of every N texts one). Ends with 1 where FILE could not be read or voices or model are missing.
"""

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.desk.policy import Danger
from app.speech.sound import sound_of
from app.vigilance import Vigilance
from tests.benchmarks.danger_judged import REAL
from tests.benchmarks.danger_texts import (
    ABUSE,
    CHOSEN_BY,
    OWN,
    UNSEEN,
    Labelled,
    homophones,
    noisy,
    read_labelled,
    read_ordinary,
    windows,
)
from tests.benchmarks.report import Missing
from tests.habits.needs import shared_folder

DANGER = Path(__file__).parents[2] / "resources" / "danger"
SEED = 20261123


@dataclass(slots=True)
class Score:
    """What became of a set of texts. `missed` and `wrong`: (expected, text, heard); `false_alarms`: (text, heard)."""

    dangers: int = 0
    calm: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    false_alarms: list[tuple[str, str]] = field(default_factory=list)
    by_line: dict[str, list[int]] = field(default_factory=dict)  # line: [right, all]
    ms: float = 0.0

    @property
    def recall(self) -> float:
        """The share of dangers that lit any line."""
        return 1 - len(self.missed) / self.dangers if self.dangers else 0.0

    @property
    def right(self) -> float:
        """The share of dangers that lit a right line and, where one is asked for, named the matter."""
        return 1 - (len(self.missed) + len(self.wrong)) / self.dangers if self.dangers else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "dangers": self.dangers,
            "recall": round(self.recall, 4),
            "right": round(self.right, 4),
            "by_line": {line: {"right": right, "of": total} for line, (right, total) in sorted(self.by_line.items())},
            "calm": self.calm,
            "false_alarms": len(self.false_alarms),
            "ms_per_text": round(self.ms, 3),
            "missed": self.missed,
            "wrong": self.wrong,
            "alarmed": self.false_alarms,
        }


def is_right(text: Labelled, heard: Danger) -> bool:
    return heard.line in text.lines and text.matter in ("", heard.matter)


def score(texts: list[Labelled], vigilance: Vigilance) -> Score:
    """Hears every text once."""
    result = Score()
    begun = time.perf_counter()
    heard = [vigilance.hear_danger(text.text) for text in texts]
    result.ms = (time.perf_counter() - begun) * 1000 / max(1, len(texts))
    for text, danger in zip(texts, heard, strict=True):
        _count(result, text, danger)
    return result


def _count(result: Score, text: Labelled, danger: Danger | None) -> None:
    if not text.expected:
        result.calm += 1
        if danger is not None:
            result.false_alarms.append((text.text, _told(danger)))
        return
    result.dangers += 1
    counts = result.by_line.setdefault(text.expected, [0, 0])
    counts[1] += 1
    if danger is None:
        result.missed.append((text.expected, text.text, ""))
    elif not is_right(text, danger):
        result.wrong.append((text.expected, text.text, _told(danger)))
    else:
        counts[0] += 1


def _told(danger: Danger) -> str:
    return f"{danger.line}{':' if danger.matter else ''}{danger.matter} {danger.because}"


def beginnings(texts: list[Labelled], vigilance: Vigilance) -> dict[str, float]:
    """Partials: at which share of its characters a danger lights its button first, and how often an early one is wrong."""
    shares, wrong, never = [], 0, 0
    dangers = [text for text in texts if text.expected]
    for text in dangers:
        for length in range(2, len(text.text) + 1):
            danger = vigilance.hear_danger(text.text[:length], length < len(text.text))
            if danger is not None:
                shares.append(length / len(text.text))
                wrong += not is_right(text, danger)
                break
        else:
            never += 1
    shares.sort()
    half = round(shares[len(shares) // 2], 3) if shares else 0.0
    return {"dangers": len(dangers), "first_lit_at_p50": half, "first_line_wrong": wrong, "never": never}


def made_noisy(texts: list[Labelled]) -> list[Labelled]:
    chance = random.Random(SEED)
    others = homophones([text.text for text in texts], sound_of)
    return [Labelled(noisy(text.text, others, chance), text.expected, text.half) for text in texts if text.expected]


def ordinary(data: Path, half: int, vigilance: Vigilance, every: int = 1) -> dict[str, Any]:
    """False alarms of every so many ordinary messages: cut into windows of two sentences, and heard whole."""
    messages = list(read_ordinary(data, half))[::every]
    lit, lit_whole, heard = [], 0, 0
    begun = time.perf_counter()
    for message in messages:
        cut = windows(message.text)
        heard += len(cut)
        danger = next((found for part in cut if (found := vigilance.hear_danger(part)) is not None), None)
        if danger is not None:
            lit.append((message.source, message.id, _told(danger), REAL.get(message.id, "")))
    ms = (time.perf_counter() - begun) * 1000 / max(1, heard)
    lit_whole = sum(vigilance.hear_danger(message.text) is not None for message in messages)
    unjudged = [row for row in lit if not row[3]]
    return {
        "messages": len(messages),
        "windows": heard,
        "lit": len(lit),
        "lit_of_500": round(500 * len(lit) / len(messages), 2),
        "lit_without_real_dangers": len(unjudged),
        "of_500": round(500 * len(unjudged) / len(messages), 2),
        "lit_heard_whole": lit_whole,
        "ms_per_window": round(ms, 3),
        "listed": lit,
    }


def abuse(vigilance: Vigilance) -> dict[str, Any]:
    """Abuse of the agent, and talk that only sounds like it."""
    counts: dict[str, dict[str, Any]] = {}
    for text in read_labelled(ABUSE):
        heard = vigilance.hear_abuse(text.text)
        of = counts.setdefault(text.half, {"abuse": 0, "heard": 0, "calm": 0, "false_alarms": 0, "listed": []})
        if text.expected:
            of["abuse"] += 1
            of["heard"] += heard is not None
        else:
            of["calm"] += 1
            of["false_alarms"] += heard is not None
        if (heard is None) == bool(text.expected):
            of["listed"].append((text.expected, text.text, heard.because if heard is not None else ""))
    return counts


def calls(shared: Path, vigilance: Vigilance) -> dict[str, Any]:
    """The scripted calls: the first line that the caller's turns light, two turns at a time."""
    right, listed = 0, []
    scripts = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "speech" / "calls").glob("*/script.json"))]
    for script in scripts:
        said = [turn["text"] for turn in script["turns"] if turn["speaker"] == "caller"]
        heard = (vigilance.hear_danger("\n".join(said[max(0, place - 1) : place + 1])) for place in range(len(said)))
        line = next((danger.line for danger in heard if danger is not None), None)
        right += line == script["expected"]["emergency"]
        if line != script["expected"]["emergency"]:
            listed.append((script["name"], script["expected"]["emergency"], line))
    return {"calls": len(scripts), "right": right, "wrong": listed}


def measure_spoken(file: Path | None, every: int) -> dict[str, Any]:
    """Danger in what Whisper makes of voices; without FILE of the unseen set. Raises Missing."""
    from tests.benchmarks.danger_spoken import heard  # models and voices take a while to load

    vigilance = Vigilance(DANGER, sound_of)
    texts = read_labelled(file or UNSEEN)[::every]
    return {"as written": score(texts, vigilance).as_json(), "as heard": score(list(heard(texts)), vigilance).as_json()}


def measure(file: Path | None, half: str) -> dict[str, Any]:
    vigilance = Vigilance(DANGER, sound_of)
    vigilance.prepare()
    texts = [text for text in read_labelled(file or OWN) if half in ("", text.half)]
    if file is not None:
        return {str(file): score(texts, vigilance).as_json()}
    halves = dict.fromkeys(text.half for text in texts)
    report: dict[str, Any] = {
        f"own {name}": score([t for t in texts if t.half == name], vigilance).as_json() for name in halves
    }
    limits = [text for path in CHOSEN_BY for text in read_labelled(path)]
    for known, kept in (("limits", limits), ("unseen", read_labelled(UNSEEN))):
        for name in dict.fromkeys(text.half for text in kept):
            report[f"{known} {name}"] = score([text for text in kept if text.half == name], vigilance).as_json()
    report["own noisy"] = score(made_noisy(texts), vigilance).as_json()
    report["own beginnings"] = beginnings(texts, vigilance)
    report["abuse"] = abuse(vigilance)
    shared = shared_folder()
    if shared is not None:
        report["calls"] = calls(shared, vigilance)
        for number, name in enumerate(("looked at", "held out")):
            report[f"ordinary {name}"] = ordinary(shared / "data", number, vigilance)
    return report


def _print(report: dict[str, Any]) -> None:
    for name, figures in report.items():
        print(f"\n{name}")
        for key, value in figures.items():
            if isinstance(value, list):
                for row in value:
                    print(f"  {key}: {'  '.join(str(cell) for cell in row)}")
            else:
                print(f"  {key}: {value}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--half", default="", help="only the texts of this half of the own set")
    parser.add_argument("--spoken", action="store_true", help="as voices say it over a telephone and Whisper writes it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="with --spoken: one of every N texts")
    asked = parser.parse_args()
    try:
        report = measure_spoken(asked.file, max(1, asked.every)) if asked.spoken else measure(asked.file, asked.half)
    except (OSError, UnicodeDecodeError, Missing) as failed:
        print(failed, file=sys.stderr)
        return 1
    if asked.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
