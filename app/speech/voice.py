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

from app.desk.speech_events import VoiceDetail
from app.errors import JiesuError, ModelCorrupt, ModelError, ModelStranger, ModelUnreadable
from app.speech.models import ModelFolder

KOKORO = "kokoro-82m"
BEST_KOKORO = "kokoro:zf_xiaoxiao"
MANDARIN = "zh-CN"
_GENDERS = {"f": "female", "m": "male"}
"""The second letter of a Kokoro voice: zf_xiaoni, zm_yunxi."""
LOAD_S = 60.0
"""How long the first answer of a child may take, model included."""
_BROKEN = {kind.code: kind for kind in (ModelError, ModelCorrupt, ModelStranger, ModelUnreadable)}


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
        self._known: tuple[VoiceDetail, ...] | None = None
        self._wrong: ModelError | None = None
        self._is_abandoned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def voices(self) -> tuple[str, ...]:
        """The best for Mandarin first: "kokoro:zf_xiaoxiao", …, "pyttsx3:<the system's id>"; none where nothing can speak."""
        return tuple(detail.voice for detail in self.details())

    @property
    def wrong(self) -> ModelError | None:
        """Why the neural voices, whose files lie there, are not used: known after `details`, and after a sentence."""
        return self._wrong

    def details(self) -> tuple[VoiceDetail, ...]:
        """All voices, in the same order: Mandarin, other Chinese, English, the rest. The neural ones are hashed whole."""
        with self._lock:
            if self._known is None:
                self._known = (*self._kokoro_voices(), *sorted(self._system_voices(), key=_order))
            return self._known

    def fastest(self) -> str:
        """The Mandarin voice that takes the least time: the system's, where it has one; "" where nothing speaks Mandarin."""
        mandarin = [detail for detail in self.details() if detail.language == MANDARIN]
        return min(mandarin, key=lambda detail: detail.engine == "kokoro").voice if mandarin else ""

    def make(self, text: str, voice: str, path: Path, speed: float = 1.0, volume: float = 1.0) -> float:
        """Speaks `text` into a WAV file (16 bit mono, 16 kHz) of its owner's, written in one step; returns its seconds.

        "" as `voice` is the best for Mandarin, which also speaks for a neural voice whose files are broken (`wrong`). `speed`
        0.5 to 2; `volume` 0 to 1, of the common loudness. Raises VoiceFailed.
        """
        if not text.strip():
            raise VoiceFailed("there is nothing to say")
        asked = {"do": "say", "text": text, "path": str(path.absolute()), "speed": min(2.0, max(0.5, speed)),
                 "volume": min(1.0, max(0.0, volume))}  # fmt: skip
        try:
            return self._say({**asked, "voice": self._choose(voice)})
        except ModelError as broken:  # the child hashes what it loads: the files were changed since they were listed
            self._do_without_neural(broken)
            return self._say({**asked, "voice": self._choose(voice)})

    def abandon(self) -> None:
        """Breaks off what is being spoken and starts no child any more: from any thread, without waiting for the sentence."""
        self._is_abandoned = True
        if (child := self._child) is not None:
            child.kill()

    def close(self) -> None:
        """Ends the child; the next sentence starts another."""
        with self._lock:
            self._end_child()

    def _choose(self, voice: str) -> str:
        details = self.details()
        if voice in {detail.voice for detail in details}:
            return voice
        if voice and not (self._wrong is not None and voice.startswith("kokoro:")):
            raise VoiceFailed(f"there is no voice {voice}")
        best = next((detail.voice for detail in details if detail.language == MANDARIN), "")
        if not best:
            raise VoiceFailed("there is no voice on this machine")
        return best

    def _say(self, asked: dict[str, Any]) -> float:
        with self._lock:
            return float(self._ask(asked)["seconds"])

    def _do_without_neural(self, broken: ModelError) -> None:
        with self._lock:
            self._wrong = broken
            self._known = tuple(detail for detail in self._known or () if detail.engine != "kokoro")

    def _kokoro_voices(self) -> tuple[VoiceDetail, ...]:
        try:
            with ModelFolder(self._folder).opened(KOKORO) as home:
                found = [path.stem for path in (home / "voices").glob("*.bin")]
        except ModelError as wrong:
            self._wrong = wrong if (self._folder / KOKORO).exists() else None  # nobody need have a neural voice
            return ()
        stems = sorted(found, key=lambda stem: (_of(stem) != BEST_KOKORO, stem))
        return tuple(
            VoiceDetail(_of(stem), MANDARIN, "kokoro", _GENDERS.get(stem[1:2], ""), stem.partition("_")[2].title())
            for stem in stems
        )

    def _system_voices(self) -> tuple[VoiceDetail, ...]:
        try:
            said = self._ask({"do": "list"})["voices"]
        except VoiceFailed:
            return ()
        return tuple(
            VoiceDetail(f"pyttsx3:{one['voice']}", one["language"], "pyttsx3", one["gender"], one["name"]) for one in said
        )

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        for is_last in (False, True):
            if self._is_abandoned:
                raise VoiceFailed("the program ends")
            is_warm = self._child is not None
            child = self._child = self._child or _Child((*self._command, str(self._folder.absolute())))
            try:
                answer = child.ask(asked, self._timeout_s if is_warm else self._timeout_s + LOAD_S)
            except (OSError, EOFError, ValueError, TimeoutError) as dead:
                self._end_child()
                if is_last or not is_warm:
                    reason = "took too long" if isinstance(dead, TimeoutError) else "ended unexpectedly"
                    raise VoiceFailed(f"the voice engine {reason}") from dead
                continue  # a child that died since the last sentence is started anew once
            if "model" in answer:
                raise _BROKEN.get(answer["model"], ModelError)(*answer["values"])
            if "error" in answer:
                raise VoiceFailed(answer["error"])
            return answer
        raise AssertionError("unreachable")

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _of(stem: str) -> str:
    return f"kokoro:{stem}"


def _order(detail: VoiceDetail) -> tuple[int, str, str]:
    """Mandarin, its neighbours (粤语 yue, 客家话 hak …), English, the rest by language.

    eSpeak looks signs up as pinyin and then reads that: its plain voices as English, those "latin as Pinyin" as Mandarin. So
    these come first (recognised by Whisper-base, 6 sentences: CER 80 % against 130 %).
    """
    head = detail.language.partition("-")[0]
    rank = 0 if detail.language == MANDARIN else 1 if head in ("zh", "yue", "hak", "nan", "wuu") else 2 if head == "en" else 3
    return rank, detail.language, f"{'latn' not in detail.voice}{detail.voice}"


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

    def kill(self) -> None:
        self._process.kill()

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
