"""What becomes of speech: `python -m tests.benchmarks.speech --speech DIR --calls DIR [--engine NAME] [--limit N] [--json]`.

Each installed model listens through the program's own speech process, in real time: 300-3400 Hz, 8 kHz, A-law, two channels
in frames of 20 ms. Nothing is written but what is printed. Lags count from the last audible sample of a turn to its last
final, and from the end of what a partial holds to its coming. CER by `app.speech.error_rate`; "as said" reads numbers out as
they are spoken (144亿 = 一百四十四亿), where that fits better.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.domain.transcript import Transcript
from app.errors import ModelError
from app.speech.catalogue import RECOGNISERS, default_folder
from app.speech.models import ModelFolder
from tests.benchmarks.desk import machine, today
from tests.benchmarks.report import Missing
from tests.benchmarks.speech_danger import measure_danger
from tests.benchmarks.speech_live import STAGES, Measured, Played, play_scenes
from tests.benchmarks.speech_sounds import call_folders, call_scene, one_voice, read_sentences, two_voices

_OF_TEXTS = (
    'The part "danger" is of the scripted calls only. For texts run: python -m tests.benchmarks.danger FILE.tsv '
    "(text, expected line or empty)."
)

TARGETS = {
    "cer_written": 26.0, "final_lag_p50_s": 0.8, "final_lag_p95_s": 1.8, "partial_lag_p50_s": 0.4, "partial_lag_p95_s": 1.0,
    "rss_mb": 450.0,
}  # fmt: skip
"""At most, for whisper-base on two cores."""

Told = dict[str, Any]


def recognisers(models: Path, wanted: str = "") -> list[str]:
    """Installed models that listen, all or those of this name or engine."""
    folder = ModelFolder(models)
    names = [
        name for name, model in folder.models.items()
        if model.engine in RECOGNISERS and wanted in ("", name, model.engine) and _is_installed(folder, name)
    ]  # fmt: skip
    if not names:
        raise Missing(f"no installed model that listens{f' is called {wanted}' if wanted else ''}")
    return names


def _is_installed(folder: ModelFolder, name: str) -> bool:
    try:
        folder.find(name)
    except ModelError:
        return False
    return True


def measure_engine(model: str, models: Path, speech: Path | None, calls: Path | None, limit: int) -> Told:
    """Every part of one model; a part that cannot be measured says why."""
    told: Told = {"model": model}
    if speech is not None:
        told["one_voice"] = _part(lambda: _figures(play_scenes(model, models, [one_voice(read_sentences(speech, limit))])))
        told["both_at_once"] = _part(lambda: _figures(play_scenes(model, models, [two_voices(read_sentences(speech, limit))])))
    if calls is not None:
        told["calls"] = _part(lambda: _calls(model, models, calls, limit))
    return told


def _part(measure: Callable[[], Told]) -> Told:
    try:
        return measure()
    except Missing as lacking:
        return {"missing": str(lacking)}


def _figures(result: tuple[list[Played], Measured]) -> Told:
    return dict(result[1].figures())


def _calls(model: str, models: Path, calls: Path, limit: int) -> Told:
    folders = call_folders(calls, limit)
    played, measured = play_scenes(model, models, [call_scene(folder) for folder in folders])
    heard = {one.scene.name: one.transcript for one in played}
    return {
        **measured.figures(),
        "danger": asdict(measure_danger(folders, played)),
        "fields": _fields(folders, heard),
        "entry": _entry(calls, heard, limit),
    }


def _fields(folders: Sequence[Path], heard: Mapping[str, Transcript]) -> list[Told]:
    """By what was heard, and beside it by the script's own words: the difference is the recogniser's."""
    from tests.benchmarks.fields import measure_calls

    return [asdict(row) for row in (*measure_calls(folders, heard, "heard"), *measure_calls(folders, None, "script"))]


def _entry(calls: Path, heard: Mapping[str, Transcript], limit: int) -> Told:
    from tests.benchmarks.entry import measure, total_share

    return {"heard": total_share(measure(calls, heard, limit)), "script": total_share(measure(calls, None, limit))}


def as_table(told: Told) -> str:
    """One model."""
    lines = [f"== {told['model']}"]
    for part in ("one_voice", "both_at_once", "calls"):
        if part in told:
            lines += ["", f"-- {part.replace('_', ' ')}", *_rows(told[part])]
    return "\n".join(lines)


def _rows(part: Told) -> list[str]:
    if "missing" in part:
        return [f"not measured: {part['missing']}"]
    rows = [f"{'stage':<10} {'CER %':>8} {'as said %':>10}"]
    rows += [f"{stage:<10} {part[f'cer_{stage}']:>8} {part[f'cer_{stage}_numbers_as_said']:>10}" for stage in STAGES]
    plain = {name: value for name, value in part.items() if isinstance(value, int | float) and not name.startswith("cer_")}
    rows += [_row(name, value) for name, value in plain.items()]
    if "danger" in part:
        rows += [_row(f"danger: {name}", value) for name, value in part["danger"].items()]
        rows += [_field_row(row) for row in part["fields"]]
        rows += [f"entry: share of the keys, words {name:<8} {_percent(share)}" for name, share in part["entry"].items()]
    return rows


def _row(name: str, value: object) -> str:
    target = f"  (≤ {TARGETS[name]:g})" if name in TARGETS else ""
    return f"{name:<28} {value}{target}"


def _field_row(row: Told) -> str:
    found = f"precision {_percent(row['precision'])}, recall {_percent(row['recall'])}"
    return f"field {row['field']:<14} {row['set']:<7} {found}, n = {row['expected']}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def main(arguments: Sequence[str]) -> int:
    reader = argparse.ArgumentParser(prog="tests.benchmarks.speech", description=__doc__, epilog=_OF_TEXTS)
    reader.add_argument("--speech", type=Path, help="folder with transcripts.tsv and its sounds")
    reader.add_argument("--calls", type=Path, help="folder with NAME/script.json and its sounds")
    reader.add_argument("--engine", default="", help="a model or an engine; all that are installed when none is named")
    reader.add_argument("--models", type=Path, default=default_folder())
    reader.add_argument("--limit", type=int, default=0, help="sentences, and calls")
    reader.add_argument("--json", action="store_true")
    wish = reader.parse_args(arguments)
    if wish.speech is None and wish.calls is None:
        reader.error("--speech or --calls names what is to be heard")
    try:
        names = recognisers(wish.models, wish.engine)
    except Missing as lacking:
        print(lacking, file=sys.stderr)
        return 1
    told = [measure_engine(name, wish.models, wish.speech, wish.calls, wish.limit) for name in names]
    if wish.json:
        print(json.dumps({"machine": machine(), "date": today(), "models": told}, ensure_ascii=False))
    else:
        print(f"{machine()}; {today()}", *map(as_table, told), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
