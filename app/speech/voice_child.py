"""The process that speaks: loads a voice engine and writes WAV files; one JSON line in, one out.

It lives apart because the engines may hang or die, and because they keep half a gigabyte while they are warm.
"""

import contextlib
import json
import os
import queue
import re
import sys
import tempfile
import threading
import wave
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import platformdirs
import soxr
from numpy.typing import NDArray

from app.errors import ModelError
from app.speech.levelling import levelled
from app.speech.models import ModelFolder
from app.speech.voice import KOKORO

RATE = 16_000
_HURRY = 1.5
"""eSpeak counts signs as words: at the rate of the others it takes twice as long for a sentence in Chinese (0.32 s a sign)."""
_KOKORO_RATE = 24_000


def main() -> NoReturn:
    """Serves until standard input ends, which ends a sentence in the middle too: whoever wanted it is gone. Whatever libraries
    print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _use_own_folder()
    speakers = _Speakers(Path(sys.argv[1]))
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_take, args=(asked,), name="input", daemon=True).start()
    while True:
        line = asked.get()
        try:
            answer = speakers.answer(json.loads(line))
        except ModelError as broken:
            answer = {"error": str(broken)[:200], "model": broken.code, "values": list(broken.values)}
        except Exception as wrong:
            answer = {"error": f"{type(wrong).__name__}: {wrong}"[:200]}
        print(json.dumps(answer), file=answers, flush=True)


def _take(asked: queue.Queue[str]) -> None:
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


def _use_own_folder() -> None:
    """The word cutter below Kokoro keeps its dictionary in the temporary folder and loads it as code from there: that must
    not be a folder where another user could have laid it."""
    folder = platformdirs.user_cache_path("jiesu", appauthor=False) / "voice"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:  # no room or no right: a folder of this process alone, without a kept dictionary
        folder = Path(tempfile.mkdtemp(prefix="jiesu-voice-"))
    tempfile.tempdir = str(folder)


class _Speakers:
    def __init__(self, models: Path) -> None:
        self._models = models
        self._kokoro: _Kokoro | None = None

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["do"] == "list":
            return {"voices": _system_voices()}
        loudness = asked.get("volume", 1.0)
        engine, _, voice = asked["voice"].partition(":")
        target = Path(asked["path"])
        if engine == "kokoro":
            if self._kokoro is None:
                with ModelFolder(self._models).opened(KOKORO) as home:  # each byte that is loaded here was just hashed
                    loaded = _Kokoro(home)
                self._kokoro = loaded
            return {"seconds": _write(target, self._kokoro.speak(asked["text"], voice, asked["speed"]), loudness)}
        return {"seconds": _write(target, _speak_by_system(asked["text"], voice, asked["speed"]), loudness)}


class _Kokoro:
    """Kokoro-82M with the Mandarin voices below its folder."""

    def __init__(self, folder: Path) -> None:
        import kokoro_onnx
        import onnxruntime
        from misaki import zh

        with tempfile.TemporaryDirectory() as made:
            voices = Path(made) / "voices.npz"
            read = {path.stem: _read_voice(path) for path in sorted((folder / "voices").glob("*.bin"))}
            np.savez(voices, **read)  # type: ignore[arg-type]  # numpy also has keywords of its own
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = max(2, (os.cpu_count() or 2) // 2)
            session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
            self._kokoro = kokoro_onnx.Kokoro.from_session(session, str(voices))
            self._voices = read
        self._phonemes = zh.ZHG2P()

    def speak(self, text: str, voice: str, speed: float) -> NDArray[np.float32]:
        phonemes = self._phonemes(text)
        spoken = phonemes[0] if isinstance(phonemes, tuple) else phonemes
        samples, _ = self._kokoro.create(spoken, self._voices[voice], speed, is_phonemes=True)
        resampled: NDArray[np.float32] = soxr.resample(samples, _KOKORO_RATE, RATE)
        return resampled


def _read_voice(path: Path) -> NDArray[np.float32]:
    return np.fromfile(path, np.float32).reshape(-1, 1, 256)


def _system_voices() -> list[dict[str, str]]:
    """What the system can speak, as id, language, gender and name; none where the system has no speech."""
    import pyttsx3

    try:
        found = list(pyttsx3.init().getProperty("voices"))
    except Exception:
        return []
    return [
        {"voice": str(voice.id), "language": language_of(voice), "gender": _gender(voice), "name": str(voice.name or "")}
        for voice in found
    ]


def language_of(voice: Any) -> str:
    """The tag of a voice's language. eSpeak says "cmn" (older ones b"\x05cmn"), SAPI a number or nothing: there the id and the
    name tell."""
    known = f"{voice.id} {voice.name}".lower()
    said = ""
    with contextlib.suppress(Exception):
        first = voice.languages[0]
        said = first.decode("ascii", "ignore") if isinstance(first, bytes) else str(first)
    tag = "".join(sign for sign in said.replace("_", "-") if sign.isalnum() or sign == "-")
    for mark, language in _MARKS:
        if mark in f"{known} {tag.lower()}":
            return language
    if not tag and (named := re.search(r"tts_ms_([a-z]{2,3}-[a-z]{2})", known)):
        tag = named.group(1)
    head, _, region = tag.partition("-")
    return f"{head.lower()}-{region.upper()}" if len(region) == 2 else tag.lower()


_MARKS = (
    ("cmn", "zh-CN"), ("zh-cn", "zh-CN"), ("zh_cn", "zh-CN"), ("huihui", "zh-CN"), ("kangkang", "zh-CN"), ("yaoyao", "zh-CN"),
    ("zh-tw", "zh-TW"), ("zh_tw", "zh-TW"), ("zh-hk", "zh-HK"), ("zh_hk", "zh-HK"), ("en-us", "en-US"), ("en-gb", "en-GB"),
    ("en_us", "en-US"), ("en_gb", "en-GB"),
)  # fmt: skip


def _gender(voice: Any) -> str:
    """eSpeak names a gender for every voice, and mostly "Male" for what sounds like nobody: it is said only as far as known."""
    said = str(getattr(voice, "gender", "") or "").lower().removeprefix("voicegender")
    return said if said in ("female", "male") else ""


def _speak_by_system(text: str, voice: str, speed: float) -> NDArray[np.float32]:
    import pyttsx3

    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "spoken.wav"
        engine = pyttsx3.init()
        engine.setProperty("voice", voice)
        engine.setProperty("rate", int(170 * speed * (_HURRY if voice.startswith("sit/") else 1.0)))
        engine.save_to_file(text, str(path))
        engine.runAndWait()
        engine.stop()
        with wave.open(str(path)) as spoken:
            if spoken.getsampwidth() != 2:
                raise ValueError("the system's voice wrote a file that is not 16 bit")
            samples = np.frombuffer(spoken.readframes(spoken.getnframes()), np.int16)
            samples = samples.reshape(-1, spoken.getnchannels()).mean(axis=1)
            rate = spoken.getframerate()
    resampled: NDArray[np.float32] = soxr.resample(samples.astype(np.float32) / 32768.0, rate, RATE)
    return resampled


def _write(path: Path, samples: NDArray[np.float32], volume: float = 1.0) -> float:
    """Writes 16 bit mono at 16 kHz in one step, every voice equally loud before `volume` is applied; the seconds it lasts.
    Raises ValueError where nothing was spoken."""
    if len(samples) < RATE // 50 or not np.any(np.abs(samples) > 1e-3):
        raise ValueError("nothing was spoken")
    samples = levelled(samples, RATE) * volume
    part = path.with_suffix(f".{os.getpid()}.part")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file, wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples.clip(-1, 1) * 32767).astype(np.int16).tobytes())
    part.replace(path)
    return len(samples) / RATE


if __name__ == "__main__":
    sys.exit(main())
