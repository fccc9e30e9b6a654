"""The process that speaks: loads a voice engine and writes WAV files; one JSON line in, one out.

It lives apart because the engines may hang or die, and because they keep half a gigabyte while they are warm.
"""

import contextlib
import json
import os
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import soxr
from numpy.typing import NDArray

RATE = 16_000
_KOKORO_RATE = 24_000


def main() -> int:
    """Serves until standard input ends. Whatever libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _use_own_folder()
    speakers = _Speakers(Path(sys.argv[1]))
    for line in sys.stdin:
        try:
            answer = speakers.answer(json.loads(line))
        except Exception as wrong:
            answer = {"error": f"{type(wrong).__name__}: {wrong}"[:200]}
        print(json.dumps(answer), file=answers, flush=True)
    return 0


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
    def __init__(self, model: Path) -> None:
        self._model = model
        self._kokoro: _Kokoro | None = None

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["do"] == "list":
            return {"voices": _system_voices()}
        engine, _, voice = asked["voice"].partition(":")
        target = Path(asked["path"])
        if engine == "kokoro":
            if self._kokoro is None:
                self._kokoro = _Kokoro(self._model)
            return {"seconds": _write(target, self._kokoro.speak(asked["text"], voice, asked["speed"]))}
        return {"seconds": _write(target, _speak_by_system(asked["text"], voice, asked["speed"]))}


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


def _system_voices() -> list[str]:
    """The system's Chinese voices, Mandarin first; none where the system has no speech."""
    import pyttsx3

    try:
        engine = pyttsx3.init()
        found = [(str(voice.id), _languages(voice)) for voice in engine.getProperty("voices")]
    except Exception:
        return []
    chinese = [voice for voice, tongue in found if _is_chinese(voice, tongue)]
    return sorted(chinese, key=lambda voice: (not voice.endswith("cmn"), voice))


def _languages(voice: Any) -> str:
    with contextlib.suppress(Exception):
        return " ".join(str(language) for language in voice.languages).lower()
    return ""


def _is_chinese(voice: str, languages: str) -> bool:
    known = f"{voice.lower()} {languages}"
    if "latn" in known:
        return False  # reads pinyin, not signs
    return any(mark in known for mark in ("cmn", "zh-cn", "zh_cn", "chinese", "huihui", "kangkang", "yaoyao"))


def _speak_by_system(text: str, voice: str, speed: float) -> NDArray[np.float32]:
    import pyttsx3

    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "spoken.wav"
        engine = pyttsx3.init()
        engine.setProperty("voice", voice)
        engine.setProperty("rate", int(170 * speed))
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


def _write(path: Path, samples: NDArray[np.float32]) -> float:
    """Writes 16 bit mono at 16 kHz in one step; the seconds it lasts. Raises ValueError where nothing was spoken."""
    if len(samples) < RATE // 50 or not np.any(np.abs(samples) > 1e-3):
        raise ValueError("nothing was spoken")
    part = path.with_suffix(f".{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(part), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples.clip(-1, 1) * 32767).astype(np.int16).tobytes())
    part.replace(path)
    return len(samples) / RATE


if __name__ == "__main__":
    sys.exit(main())
