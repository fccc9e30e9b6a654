"""`python -m app.speech bench DIR`: every installed model on the same sounds, side by side.

CER: character error rate (`error_rate`). Lag: from the end of the sound to its final words (a call adds the 0.25 s of silence
by which the end is known). RTF: time of hearing over length of sound; of models that hear no stream only the final hearing
counts. Memory: what loading took, and the most the model's own process ever had, Python included.
"""

# ruff: noqa: T201  it speaks to a terminal

import argparse
import contextlib
import json
import queue
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.errors import ModelError
from app.speech.bench_data import BadSample, Sample, find_samples, over_the_telephone, read_sound
from app.speech.catalogue import RECOGNISERS, Model, default_folder
from app.speech.engine import RATE
from app.speech.error_rate import error_rate
from app.speech.models import ModelFolder

_LOAD_S = 180.0
_PATIENCE_S = 30.0
_SLOWEST = 20.0
"""A model that takes so many times the length of a sound, and _PATIENCE_S, hangs."""


@dataclass(frozen=True)
class Ready:
    """A sample whose sound lies, as engines hear it, in `raw`."""

    sample: Sample
    raw: Path
    seconds: float


@dataclass
class Row:
    """What was measured of one model; `trouble` says why where something went wrong."""

    model: str
    engine: str = ""
    size_mb: int = 0
    heard: int = 0
    cer: float | None = None
    lag_p50_s: float | None = None
    lag_p95_s: float | None = None
    rtf: float | None = None
    load_s: float | None = None
    loaded_mb: int | None = None
    peak_mb: int | None = None
    trouble: str = ""
    lags: list[float] = field(default_factory=list, repr=False)
    busy_s: float = 0.0
    sound_s: float = 0.0
    pairs: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def settle(self) -> None:
        """Works the figures out."""
        self.heard = len(self.pairs)
        if not self.pairs:
            return
        self.cer = round(error_rate(self.pairs), 4)
        self.rtf = round(self.busy_s / self.sound_s, 3)
        self.lag_p50_s, self.lag_p95_s = _quantile(self.lags, 50), _quantile(self.lags, 95)

    def figures(self) -> dict[str, Any]:
        left_out = {"lags", "busy_s", "sound_s", "pairs"}
        return {key: value for key, value in asdict(self).items() if key not in left_out}


def run_bench(arguments: Sequence[str]) -> int:
    """Exit code 0 where at least one model was measured, 1 where none could be, 2 for a folder without sounds."""
    asked = _parser().parse_args(arguments)
    samples, bad = find_samples(asked.folder) if asked.folder.is_dir() else ([], [(asked.folder, "is not a folder")])
    with tempfile.TemporaryDirectory() as made:
        ready = _prepared(samples[: asked.limit], bad, Path(made), asked.telephone)
        for path, why in bad:
            print(f"left out: {path} {why}", file=sys.stderr)
        if not ready:
            print("There is no sound with a transcript to measure with.", file=sys.stderr)
            return 1
        try:
            rows = [_row(asked, model, ready) for model in _models(asked)]
        except ModelError as wrong:
            print(": ".join(wrong.values), file=sys.stderr)
            return 1
    _show(asked, rows, ready)
    return 0 if any(row.heard for row in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.speech bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="WAV or FLAC files of any rate with transcripts.tsv or NAME.txt"
    )
    parser.add_argument("--models", nargs="+", metavar="NAME", help="only these (default: every recogniser that is installed)")
    parser.add_argument("--telephone", action="store_true", help="through a telephone line first: 300-3400 Hz, A-law, 8 kHz")
    parser.add_argument("--language", default="zh")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N sounds")
    parser.add_argument("--words", action="store_true", help="show what each model heard")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model-folder", type=Path, help="where models lie (default: JIESU_MODELS, else speech_models)")
    return parser


def _prepared(samples: list[Sample], bad: list[tuple[Path, str]], made: Path, is_telephone: bool) -> list[Ready]:
    ready = []
    for number, sample in enumerate(samples):
        try:
            sound = read_sound(sample.path)
        except BadSample as unfit:
            bad.append((sample.path, str(unfit)))
            continue
        raw = made / f"{number}.raw"
        (over_the_telephone(sound) if is_telephone else sound).tofile(raw)
        ready.append(Ready(sample, raw, len(sound) / RATE))
    return ready


def _models(asked: argparse.Namespace) -> list[Model]:
    folder = ModelFolder(asked.model_folder or default_folder())
    if asked.models:
        known = folder.models
        return [known.get(name) or Model(name, "", (), "") for name in asked.models]
    return [
        model for model in folder.models.values()
        if model.engine in RECOGNISERS and (asked.language in model.languages) and (folder.folder / model.name).is_dir()
    ]  # fmt: skip


def _row(asked: argparse.Namespace, model: Model, ready: list[Ready]) -> Row:
    row = Row(model.name, model.engine, model.size >> 20)
    if model.engine not in RECOGNISERS:
        row.trouble = "listens not: it is no recogniser" if model.engine else "is in no catalogue"
        return row
    told = {"model": model.name, "engine": model.engine, "folder": str(asked.model_folder or default_folder()),
            "language": asked.language, "sounds": [str(each.raw) for each in ready]}  # fmt: skip
    with _Child(told) as child:
        _listen(child, row, ready)
    row.settle()
    if asked.words and not asked.json:
        for each, (wanted, got) in zip(ready, row.pairs, strict=False):
            print(f"{model.name}  {each.sample.path.name}\n  {wanted}\n  {got}")
    return row


def _listen(child: "_Child", row: Row, ready: list[Ready]) -> None:
    loaded = child.answer(_LOAD_S)
    if "error" in loaded:
        row.trouble = loaded["error"]
        return
    row.load_s, row.loaded_mb = round(loaded["loaded_s"], 2), loaded["rss_mb"]
    for each in ready:
        told = child.answer(_PATIENCE_S + _SLOWEST * each.seconds)
        if "error" in told:
            row.trouble = f"{told['error']} at {each.sample.path.name}"
            if child.has_ended:
                return
            continue
        row.pairs.append((each.sample.transcript, told["text"]))
        row.lags.append(told["lag_s"])
        row.busy_s += told["busy_s"]
        row.sound_s += each.seconds
    row.peak_mb = child.answer(_PATIENCE_S).get("peak_mb")


class _Child:
    """The process of one model; ended, whatever it does, at the end of the block."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._told = told
        self._answers: queue.Queue[str] = queue.Queue()
        self.has_ended = False

    def __enter__(self) -> "_Child":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.speech.bench_child"], cwd=Path(__file__).parents[2], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(self._told) + "\n")
            self._process.stdin.flush()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """The next line; {"error"} where the process hangs or has ended."""
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            self.has_ended = True
            return {"error": f"hung: no answer in {timeout_s:.0f} s"}
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            self.has_ended = True
            return {"error": f"crashed ({_end(self._process.wait(30))})"}
        return answer


def _end(code: int) -> str:
    """How a process ended, in words."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _show(asked: argparse.Namespace, rows: list[Row], ready: list[Ready]) -> None:
    seconds = sum(each.seconds for each in ready)
    if asked.json:
        told = {"folder": str(asked.folder), "telephone": asked.telephone, "sounds": len(ready), "seconds": round(seconds, 1),
                "models": [row.figures() for row in rows]}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    way = "over a telephone line" if asked.telephone else "as they are"
    print(f"{len(ready)} sounds, {seconds:.0f} s, {way}")
    heading = ("model", "engine", "MB", "heard", "CER %", "lag p50", "p95 s", "RTF", "load s", "MB loaded", "MB peak")
    print(_LINE.format(*heading))
    for row in rows:
        cer = "-" if row.cer is None else f"{row.cer * 100:.1f}"
        figures = (row.lag_p50_s, row.lag_p95_s, row.rtf, row.load_s, row.loaded_mb, row.peak_mb)
        cells = ("-" if figure is None else str(figure) for figure in figures)
        print(_LINE.format(row.model, row.engine, row.size_mb, row.heard, cer, *cells), row.trouble)
    if not rows:
        print("No recogniser for this language is installed: python -m app.speech models install")


_LINE = "{:32} {:12} {:>5} {:>6} {:>6} {:>8} {:>7} {:>6} {:>7} {:>10} {:>8}"


def _quantile(values: list[float], percent: int) -> float:
    if len(values) == 1:
        return round(values[0], 3)
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1], 3)
