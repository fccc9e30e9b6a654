"""What citizens and trainer lines say, as sound: made once by the best voice there is, kept in a folder, made ahead."""

import hashlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from app.errors import JiesuError
from app.practice.scenario import Scenario
from app.practice.sounds import read_wav, tone_speech, write_wav

log = logging.getLogger(__name__)

TONE = "tone"
_PITCHES = {"zf": 330.0, "zm": 165.0}


class Maker(Protocol):
    """What makes speech: `app.speech.voice.VoiceMaker`."""

    def make(self, text: str, voice: str, path: Path, speed: float = 1.0) -> float: ...

    def voices(self) -> tuple[str, ...]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and who speaks it, or a recording of it."""

    text: str
    voice: str  # a name of scenario.VOICES
    recording: Path | None = None


def lines_of(scenario: Scenario) -> tuple[Line, ...]:
    """Everything a citizen may say, in the order in which it may be needed."""
    lines: list[Line] = []
    for turn in scenario.turns:
        lines.append(Line(turn.text, scenario.voice, turn.recording))
        if turn.if_silent:
            lines.append(Line(turn.if_silent, scenario.voice))
    return tuple(lines)


class CachedSpeech:
    """Sound for lines. Every method may be called from any thread and may take seconds, `is_kept` only the first time.

    Kokoro speaks where it is installed, else a voice of the system, else tones: a practice call never fails for want of a
    voice. `flaw` then says what was missing.
    """

    def __init__(self, folder: Path, maker: Maker) -> None:
        self._folder, self._maker = folder, maker
        folder.mkdir(parents=True, exist_ok=True)
        self._making = FileLock(folder / ".making.lock")  # one engine at a time on this machine, whoever asks
        self._broken: set[str] = set()
        self.flaw = ""

    def is_kept(self, line: Line) -> bool:
        """Whether the best voice there is has spoken it already; tones need no making."""
        if line.recording is not None:
            return True
        voices = self._voices(line)
        return not voices or self._path(line, voices[0]).exists()

    def sound(self, line: Line) -> bytes:
        """16 kHz sound. Raises ModelError only for a recording that cannot be read."""
        if line.recording is not None:
            return read_wav(line.recording)
        for voice in self._voices(line):
            try:
                return read_wav(self._made(line, voice))
            except (JiesuError, OSError) as flaw:
                log.info("voice %s cannot speak: %s", voice, flaw)
                self.flaw = str(flaw)
                self._broken.add(voice)
        self.flaw = self.flaw or "no voice is installed"
        return tone_speech(line.text, _PITCHES.get(line.voice[:2], 220.0))

    def rest(self) -> None:
        """Nothing more is to be made for now: lets go of the engine and its memory."""
        self._maker.close()

    def _voices(self, line: Line) -> tuple[str, ...]:
        """The voices that may speak a line, the wanted one first."""
        try:
            there = self._maker.voices()
        except (JiesuError, OSError) as flaw:
            log.info("no voice can be asked for: %s", flaw)
            return ()
        kokoro = f"kokoro:{line.voice}"
        wanted = (kokoro,) if kokoro in there else ()
        system = tuple(voice for voice in there if voice.startswith("pyttsx3:"))
        return tuple(voice for voice in wanted + system[:1] if voice not in self._broken)

    def _path(self, line: Line, voice: str) -> Path:
        engine, _, name = voice.partition(":")
        mark = hashlib.sha256("\0".join((line.text, name, engine)).encode()).hexdigest()
        return self._folder / f"{mark[:40]}.wav"

    def _made(self, line: Line, voice: str) -> Path:
        path = self._path(line, voice)
        if path.exists():
            return path
        with self._making:
            if not path.exists():  # another process may have made it meanwhile
                raw = path.with_suffix(".raw.wav")
                try:
                    self._maker.make(line.text, voice, raw)
                    write_wav(path, read_wav(raw))
                finally:
                    raw.unlink(missing_ok=True)
        return path


class AheadMaker:
    """Makes lines before they are asked for, on a thread of its own, and only while `may_work` says so."""

    IDLE_S = 1.0

    def __init__(self, speech: CachedSpeech, lines: Iterable[Line], may_work: Callable[[], bool]) -> None:
        self._speech, self._may_work = speech, may_work
        self._lines: queue.SimpleQueue[Line] = queue.SimpleQueue()
        for line in lines:
            self._lines.put(line)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-ahead", daemon=True)
        self._thread.start()

    def stop(self, wait_s: float = 30.0) -> None:
        """Returns when the line being made is finished."""
        self._stop.set()
        self._thread.join(wait_s)

    def _run(self) -> None:
        _step_back()
        while not self._stop.is_set() and not self._lines.empty():
            if not self._may_work():
                self._stop.wait(self.IDLE_S)
                continue
            line = self._lines.get()
            if not self._speech.is_kept(line):
                self._speech.sound(line)
        self._speech.rest()


def _step_back() -> None:
    """Lets calls and windows go first: on Linux this thread and the engine it starts, elsewhere nothing."""
    if sys.platform == "linux":
        os.nice(10)
