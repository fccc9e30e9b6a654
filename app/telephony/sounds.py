"""Sounds that telephony makes itself: announcements from WAV files, the ringing of a call, the tone while we call."""

import threading
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from app.errors import JiesuError
from app.telephony.ports import FRAME_BYTES, RATE

Samples = npt.NDArray[np.float32]

_COMFORT_S = 8
_COMFORT_WORDS = 20
"""Seconds: how often a waiting caller is spoken to, and how long the sentence may be."""


class SoundUnreadable(JiesuError):
    """A sound file cannot be played; values: reason."""

    code = "voice_failed"


def load_frames(path: Path) -> list[bytes]:
    """A WAV file (16 bit, any rate, mono or stereo) as frames of the bridge; raises SoundUnreadable."""
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2 or not file.getnframes():
                raise SoundUnreadable("16 bit PCM is wanted")
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
            rate = file.getframerate()
    except (OSError, EOFError, wave.Error, ValueError) as wrong:
        raise SoundUnreadable(str(wrong) or type(wrong).__name__) from None
    mono = samples.astype(np.float32).mean(axis=1)
    at_rate = mono if rate == RATE else soxr.resample(mono, rate, RATE)
    data = np.clip(at_rate, -32768, 32767).astype("<i2").tobytes()
    data += bytes(-len(data) % FRAME_BYTES)
    return [data[place : place + FRAME_BYTES] for place in range(0, len(data), FRAME_BYTES)]


class Tone:
    """A tone of its own cadence, made once and repeated; `pull` may be called by any one thread."""

    def __init__(self, pattern: Samples) -> None:
        data: bytes = np.clip(pattern, -32768, 32767).astype("<i2").tobytes()
        data += bytes(-len(data) % FRAME_BYTES)
        self._frames: list[bytes] = [data[place : place + FRAME_BYTES] for place in range(0, len(data), FRAME_BYTES)]
        self._place = 0
        self._lock = threading.Lock()

    def restart(self) -> None:
        with self._lock:
            self._place = 0

    def pull(self) -> bytes:
        with self._lock:
            frame = self._frames[self._place % len(self._frames)]
            self._place += 1
        return frame


class Comfort:
    """What a caller hears while an emergency line is called: the ringing tone, and between its bursts a spoken sentence about
    every 8 s, so that nobody in danger waits in silence. `pull` runs on the media clock, `begin` on the SIP thread."""

    def __init__(self) -> None:
        self._plain = ringback_tone()
        self._tone = self._plain
        self._known: dict[str, Tone] = {}

    def begin(self, path: str) -> None:
        """Starts anew, with the sentence of this WAV file; "" or a file that cannot be read leaves the tone alone."""
        if path and path not in self._known:
            self._known[path] = self._spoken(path)
        self._tone = self._known.get(path, self._plain)
        self._tone.restart()

    def pull(self) -> bytes:
        return self._tone.pull()

    def _spoken(self, path: str) -> Tone:
        try:
            words = np.frombuffer(b"".join(load_frames(Path(path))), "<i2").astype(np.float32)
        except SoundUnreadable:
            return self._plain
        burst, rest = _burst((450.0,), 1.0, 2500.0), np.zeros(RATE, np.float32)
        parts = [burst, rest, words[: _COMFORT_WORDS * RATE], rest]
        while sum(map(len, parts)) < _COMFORT_S * RATE:
            parts += [burst, rest]
        return Tone(np.concatenate(parts))


def ringback_tone() -> Tone:
    """What a caller hears while the far end rings (回铃音): 450 Hz, 1 s on, 4 s off."""
    return Tone(np.concatenate([_burst((450.0,), 1.0, 2500.0), np.zeros(4 * RATE, np.float32)]))


def hold_tone() -> Tone:
    """What a caller on hold hears (等待音): two soft notes every four seconds say that the line is alive."""
    pause = np.zeros(int(3.2 * RATE), np.float32)
    return Tone(np.concatenate([_burst((392.0,), 0.35, 1500.0), _burst((523.3,), 0.45, 1500.0), pause]))


def answer_beep() -> list[bytes]:
    """Two short high notes in the agent's ear: a call was answered without a key."""
    rest = np.zeros(int(0.04 * RATE), np.float32)
    tone = np.concatenate([_burst((880.0,), 0.12, 5000.0), rest, _burst((1174.7,), 0.16, 5000.0)])
    data = tone.astype("<i2").tobytes()
    data += bytes(-len(data) % FRAME_BYTES)
    return [data[place : place + FRAME_BYTES] for place in range(0, len(data), FRAME_BYTES)]


def ring_tone(volume: float) -> Tone:
    """Two soft notes and a pause: noticed at once, bearable eight hours a day. `volume` 0…1."""
    peak = 9000.0 * volume
    pause = np.zeros(int(0.06 * RATE), np.float32)
    rest = np.zeros(int(1.8 * RATE), np.float32)
    return Tone(np.concatenate([_burst((659.3, 1318.5), 0.34, peak), pause, _burst((523.3, 1046.5), 0.42, peak), rest]))


def _burst(pitches: tuple[float, ...], seconds: float, peak: float) -> Samples:
    """Notes with soft edges; overtones are quieter."""
    clock = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    sound = sum(np.sin(2 * np.pi * pitch * clock) / (1 + 3 * place) for place, pitch in enumerate(pitches))
    edge = np.minimum(1.0, np.minimum(clock, seconds - clock) / 0.02)
    return np.asarray(peak * sound * edge, np.float32)
