"""Voice output: sentences into WAV files, spoken by a child process that may hang or die without harm to us."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from app.errors import JiesuError, ModelError
from app.speech.models import ModelFolder

KOKORO = "kokoro-82m"
BEST_KOKORO = "kokoro:zf_xiaoxiao"
LOAD_S = 60.0
"""How long the first answer of a child may take, model included."""


class VoiceFailed(JiesuError):
    """A sentence could not be spoken; values: the reason."""

    code = "voice_failed"


def child_command() -> list[str]:
    """How the child is started; a built program starts itself and is told which part to be."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--part", "app.speech.voice_child"]
    return [sys.executable, "-m", "app.speech.voice_child"]


class VoiceMaker:
    """Speaks sentences into files. May be used from any thread; one sentence at a time."""

    def __init__(self, models_folder: Path, timeout_s: float = 90.0, command: Sequence[str] = ()) -> None:
        self._folder = models_folder
        self._timeout_s = timeout_s
        self._command = tuple(command) or tuple(child_command())
        self._child: _Child | None = None
        self._lock = threading.Lock()
        self._known: tuple[str, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def voices(self) -> tuple[str, ...]:
        """The best first: "kokoro:zf_xiaoxiao", …, "pyttsx3:<the system's id>"; none where nothing can speak."""
        with self._lock:
            if self._known is None:
                self._known = (*self._kokoro_voices(), *self._system_voices())
            return self._known

    def make(self, text: str, voice: str, path: Path, speed: float = 1.0) -> float:
        """Speaks `text` into a WAV file (16 bit mono, 16 kHz), written in one step; returns its seconds.

        "" as `voice` is the best there is. `speed` 0.5 to 2. Raises VoiceFailed.
        """
        there = self.voices()
        if not text.strip():
            raise VoiceFailed("there is nothing to say")
        if not there:
            raise VoiceFailed("there is no voice on this machine")
        chosen = voice or there[0]
        if chosen not in there:
            raise VoiceFailed(f"there is no voice {chosen}")
        asked = {"do": "say", "text": text, "voice": chosen, "path": str(path.absolute()), "speed": min(2.0, max(0.5, speed))}
        with self._lock:
            return float(self._ask(asked)["seconds"])

    def close(self) -> None:
        """Ends the child; the next sentence starts another."""
        with self._lock:
            self._end_child()

    def _kokoro_voices(self) -> tuple[str, ...]:
        try:
            home = ModelFolder(self._folder).find(KOKORO)
        except ModelError:
            return ()
        names = (f"kokoro:{path.stem}" for path in (home / "voices").glob("*.bin"))
        return tuple(sorted(names, key=lambda name: (name != BEST_KOKORO, name)))

    def _system_voices(self) -> tuple[str, ...]:
        try:
            return tuple(f"pyttsx3:{voice}" for voice in self._ask({"do": "list"})["voices"])
        except VoiceFailed:
            return ()

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        for is_last in (False, True):
            is_warm = self._child is not None
            child = self._child = self._child or _Child((*self._command, str((self._folder / KOKORO).absolute())))
            try:
                answer = child.ask(asked, self._timeout_s if is_warm else self._timeout_s + LOAD_S)
            except (OSError, EOFError, ValueError, TimeoutError) as dead:
                self._end_child()
                if is_last or not is_warm:
                    reason = "took too long" if isinstance(dead, TimeoutError) else "ended unexpectedly"
                    raise VoiceFailed(f"the voice engine {reason}") from dead
                continue  # a child that died since the last sentence is started anew once
            if "error" in answer:
                raise VoiceFailed(answer["error"])
            return answer
        raise AssertionError("unreachable")

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """The process and the thread that reads its answers."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
        self._answers: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read, name="voice-answers", daemon=True)
        self._thread.start()

    def ask(self, asked: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        """Raises TimeoutError where no answer comes in time, EOFError where the child has ended."""
        if self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            raise TimeoutError from None
        if not line:
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.wait(10)
        self._thread.join(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what the dead child did not read
                    pipe.close()

    def _read(self) -> None:
        if self._process.stdout is not None:
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put("")
