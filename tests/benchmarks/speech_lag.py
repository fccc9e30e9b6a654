"""How well and how soon words come: real speech over a telephone line into the taps in real time, and what is heard of it.

`python -m tests.benchmarks.speech_lag [--calls N] [--both] [--json]`; JIESU_SHARED names the folder with speech/calls.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psutil
from numpy.typing import NDArray

from app.desk.commands import EndProcess, ListenTo, LoadEars
from app.desk.events import DeskEvent, EarsReady, Heard
from app.domain.call import CallId
from app.domain.transcript import Speaker, Transcript, Utterance
from app.link import SteadyLink
from app.speech.bench_data import over_the_telephone as over_the_telephone
from app.speech.catalogue import default_folder
from app.speech.error_rate import distance as distance
from app.speech.error_rate import plain as plain
from app.taps import FRAME_BYTES, FRAME_MS, RATE, SILENCE, TapWriter, make_taps

Sound = NDArray[np.int16]
_KEY = b"a key for this run only"
_GAP_S = 0.7


@dataclass(frozen=True)
class Turn:
    """One voice's turn; `begin_s` and `stop_s` are where its speech, not its file, begins and stops in the call."""

    speaker: Speaker
    text: str
    begin_s: float
    stop_s: float


@dataclass
class Measured:
    """What came of the turns. Lags in seconds."""

    wrong: int = 0
    signs: int = 0
    final_lags: list[float] = field(default_factory=list)
    partial_lags: list[float] = field(default_factory=list)
    first_lags: list[float] = field(default_factory=list)
    turns: int = 0
    missed: int = 0

    def figures(self) -> dict[str, float]:
        return {
            "turns": self.turns,
            "turns_without_words": self.missed,
            "cer": round(self.wrong / max(1, self.signs), 4),
            "final_lag_p50_s": _quantile(self.final_lags, 0.5),
            "final_lag_p95_s": _quantile(self.final_lags, 0.95),
            "partial_lag_p50_s": _quantile(self.partial_lags, 0.5),
            "partial_lag_p95_s": _quantile(self.partial_lags, 0.95),
            "first_words_p50_s": _quantile(self.first_lags, 0.5),
        }


def read_wave(path: Path) -> Sound:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def lay_out(folder: Path) -> tuple[list[Turn], dict[Speaker, Sound]]:
    """A scripted call as two aligned voices and the turns in them."""
    at = int(0.5 * RATE)
    turns: list[Turn] = []
    parts: list[tuple[Speaker, int, Sound]] = []
    for turn in json.loads((folder / "script.json").read_text(encoding="utf-8"))["turns"]:
        sound = over_the_telephone(read_wave(folder / turn["file"]))
        speaker = Speaker(turn["speaker"])
        loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() * 0.03)
        turns.append(Turn(speaker, turn["text"], (at + loud[0]) / RATE, (at + loud[-1]) / RATE))
        parts.append((speaker, at, sound))
        at += len(sound) + int(_GAP_S * RATE)
    voices = {speaker: np.zeros(at + 2 * RATE, np.int16) for speaker in Speaker}
    for speaker, begin, sound in parts:
        voices[speaker][begin : begin + len(sound)] = sound
    return turns, voices


class SpeechRun:
    """The speech process, with what it told and when."""

    def __init__(
        self, folder: Path, environment: dict[str, str] | None = None, program: tuple[str, ...] = ("-m", "app.speech")
    ) -> None:
        self.folder = folder
        self.taps = folder / "taps"
        make_taps(self.taps)
        self.writer = TapWriter(self.taps)
        self.told: list[tuple[float, DeskEvent]] = []
        self.changed = threading.Condition()
        self.address = str(folder / "speech.sock") if os.name == "posix" else rf"\\.\pipe\jiesu-{uuid.uuid4().hex}"
        known = {"JIESU_SPEECH_LINK": self.address, "JIESU_LINK_KEY": _KEY.hex(), "JIESU_TAPS": str(self.taps)}
        self._program, self._environment = program, {**os.environ, **known, **(environment or {})}
        self.process = self._start()
        self.link = SteadyLink(self.address, _KEY, DeskEvent, self._hear)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, *self._program], env=self._environment)

    def start_again(self) -> None:
        """As the launcher does when the process has ended of itself."""
        self.process = self._start()

    def attach_anew(self) -> None:
        self.link.close()
        with self.changed:
            self.told.clear()
        self.link = SteadyLink(self.address, _KEY, DeskEvent, self._hear)

    def _hear(self, event: DeskEvent) -> None:
        with self.changed:
            self.told.append((time.time(), event))
            self.changed.notify_all()

    def wait_for(self, wanted: Callable[[Any], bool], timeout_s: float = 60) -> Any:
        """The first event that is wanted; raises TimeoutError."""
        found: list[Any] = []

        def look() -> bool:
            found[:] = [event for _, event in self.told if wanted(event)][:1]
            return bool(found)

        with self.changed:
            if not self.changed.wait_for(look, timeout_s):
                raise TimeoutError([type(event).__name__ for _, event in self.told])
        return found[0]

    def load(self, *models: str, folder: Path | None = None) -> None:
        self.send(LoadEars(models, str(folder or default_folder())))

    def send(self, command: msgspec.Struct, timeout_s: float = 30) -> None:
        """As soon as the process can be reached; raises TimeoutError where it cannot."""
        until = time.monotonic() + timeout_s
        while not self.link.send(command):
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError("the speech process cannot be reached")
            time.sleep(0.02)

    def heard(self, call: CallId) -> list[tuple[float, Utterance]]:
        with self.changed:
            return [(at, event.utterance) for at, event in self.told if isinstance(event, Heard) and event.call == call]

    def play(self, call: CallId, caller: Sound, agent: Sound) -> float:
        """Both voices into the taps in real time; the Unix time of the first frame."""
        began = time.time()
        step = FRAME_BYTES // 2
        for number, at in enumerate(range(0, max(len(caller), len(agent)), step)):
            due = began + number * FRAME_MS / 1000
            if (rest := due - time.time()) > 0:
                time.sleep(rest)
            self.writer.put(due, call, caller[at : at + step].tobytes(), agent[at : at + step].tobytes())
        return began

    def be_silent(self, call: CallId, seconds: float) -> None:
        self.play(call, np.zeros(int(seconds * RATE), np.int16), np.frombuffer(SILENCE, np.int16))

    def close(self) -> int:
        """Ends the process as the console would; its exit code."""
        try:
            self.send(EndProcess())
            return self.process.wait(60)
        except (subprocess.TimeoutExpired, TimeoutError):
            self.process.kill()
            return self.process.wait(10)
        finally:
            self.link.close()
            self.writer.close()


@contextmanager
def speech_run(
    environment: dict[str, str] | None = None, program: tuple[str, ...] = ("-m", "app.speech")
) -> Iterator[SpeechRun]:
    with tempfile.TemporaryDirectory() as made:
        run = SpeechRun(Path(made), environment, program)
        try:
            yield run
        finally:
            run.close()


def measure(measured: Measured, turns: list[Turn], heard: list[tuple[float, Utterance]], began: float) -> None:
    """Adds what was heard of the turns."""
    for turn in turns:
        ours = [
            (at, u) for at, u in heard
            if u.speaker == turn.speaker and u.start_s < turn.stop_s and u.end_s > turn.begin_s - 0.3
        ]  # fmt: skip
        finals = [(at, u) for at, u in ours if u.final]
        said = "".join(u.text for _, u in sorted(finals, key=lambda item: item[1].start_s))
        measured.turns += 1
        measured.missed += not said
        measured.signs += len(plain(turn.text))
        measured.wrong += distance(plain(turn.text), plain(said))
        if finals:
            measured.final_lags.append(max(at for at, _ in finals) - began - turn.stop_s)
        partials = [(at, u) for at, u in ours if not u.final]
        measured.partial_lags += [at - began - u.end_s for at, u in partials]
        if ours:
            measured.first_lags.append(min(at for at, _ in ours) - began - turn.begin_s)


def run_calls(run: SpeechRun, folders: list[Path], is_both: bool, shows: bool) -> Measured:
    """Plays each call; with `is_both` the agent's voice is another call's caller, so that two voices talk at once."""
    measured = Measured()
    for place, folder in enumerate(folders):
        turns, voices = lay_out(folder)
        if is_both:
            others, more = lay_out(folders[(place + 1) % len(folders)])
            turns = [t for t in turns if t.speaker == Speaker.CALLER]
            turns += [Turn(Speaker.AGENT, t.text, t.begin_s, t.stop_s) for t in others if t.speaker == Speaker.CALLER]
            voices[Speaker.AGENT] = more[Speaker.CALLER]
        call = CallId(uuid.uuid4().hex)
        run.send(ListenTo(call))
        began = run.play(call, voices[Speaker.CALLER], voices[Speaker.AGENT])
        run.be_silent(call, 1.5)
        heard = run.heard(call)
        measure(measured, turns, heard, began)
        if shows:
            transcript = Transcript()
            for _, utterance in heard:
                transcript = transcript.with_heard(utterance)
            for utterance in transcript.utterances:
                print(f"{folder.name:18} {utterance.start_s:6.2f} {utterance.speaker:6} {utterance.final!s:5} {utterance.text}")
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=14)
    parser.add_argument("--both", action="store_true", help="two voices at once")
    parser.add_argument("--model", default="whisper-base")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not (shared := os.environ.get("JIESU_SHARED")):
        print("JIESU_SHARED names no folder.", file=sys.stderr)
        return 2
    folders = sorted(path.parent for path in (Path(shared) / "speech" / "calls").glob("*/script.json"))[: asked.calls]
    with speech_run() as run:
        run.load(asked.model)
        ready = run.wait_for(lambda event: isinstance(event, EarsReady) and bool(event.model))
        of_process = psutil.Process(run.process.pid)
        before, began = of_process.cpu_times(), time.time()
        measured = run_calls(run, folders, asked.both, not asked.json)
        after = of_process.cpu_times()
        cores = (after.user + after.system - before.user - before.system) / (time.time() - began)
        figures = {"model": ready.model, "both": asked.both, **measured.figures(), "cores": round(cores, 2),
                   "rss_mb": of_process.memory_info().rss >> 20}  # fmt: skip
    print(json.dumps(figures, ensure_ascii=False) if asked.json else "\n".join(f"{k:22} {v}" for k, v in figures.items()))
    return 0


def _quantile(values: list[float], part: float) -> float:
    if not values:
        return -1.0
    if len(values) == 1:
        return round(values[0], 3)
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(part * 100) - 1], 3)


if __name__ == "__main__":
    sys.exit(main())
