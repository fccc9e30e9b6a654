"""Sound as the practice calls carry it: 16 kHz, 16 bit, mono; read, written, made, and told apart from silence."""

import array
import math
import os
import sys
import wave
from pathlib import Path

import numpy as np
import soxr

from app.errors import ModelError

RATE = 16_000
FRAME_MS = 20
FRAME_BYTES = RATE * FRAME_MS // 1000 * 2

_SYLLABLE_S = 0.19
_CLAUSE_S = 0.25
_AMPLITUDE = 7000


def read_wav(path: Path) -> bytes:
    """The sound of a 16 bit mono WAV file at our rate. Raises ModelError where it is none."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, width, channels = file.getframerate(), file.getsampwidth(), file.getnchannels()
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as flaw:
        raise ModelError(path.name, f"{type(flaw).__name__}: not a WAV file") from flaw
    if width != 2 or channels != 1 or not 8_000 <= rate <= 48_000:
        raise ModelError(path.name, f"{width * 8} bit, {channels} channels, {rate} Hz; wanted 16 bit, mono, 8000-48000 Hz")
    if rate == RATE:
        return data
    samples = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2")
    resampled: bytes = soxr.resample(samples, rate, RATE).astype("<i2").tobytes()
    return resampled


def write_wav(path: Path, data: bytes) -> None:
    """Writes beside `path` and moves it there: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with wave.open(str(beside), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data)
    beside.replace(path)


class WavFile:
    """A recording under way, readable by the user only: after every `write` the file is whole and playable."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(handle, "w+b")
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115  it stays open while the call goes on
        self._wav.setnchannels(1)
        self._wav.setsampwidth(2)
        self._wav.setframerate(RATE)

    def write(self, data: bytes) -> None:
        self._wav.writeframes(data)
        self._file.flush()

    def close(self) -> None:
        self._wav.close()
        self._file.close()


def tone(frequency: float, seconds: float, amplitude: int = _AMPLITUDE) -> bytes:
    """A sine, faded in and out over 10 ms so that it does not click."""
    count = round(seconds * RATE)
    fade = RATE // 100
    samples = array.array(
        "h",
        (
            round(amplitude * min(1.0, k / fade, (count - k) / fade) * math.sin(2 * math.pi * frequency * k / RATE))
            for k in range(count)
        ),
    )
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def tone_speech(text: str, pitch: float = 220.0) -> bytes:
    """What stands in for speech where no voice is installed: one short tone a character, a gap at each mark.

    Different sentences sound different, so that a recording still shows which of them was spoken.
    """
    parts = [
        tone(pitch * 2 ** (ord(sign) % 12 / 12), _SYLLABLE_S - 0.04) + bytes(round(0.04 * RATE) * 2)
        if sign.isalnum()
        else bytes(round(_CLAUSE_S * RATE) * 2)
        for sign in text
    ]
    return b"".join(parts)


def level_db(frame: bytes) -> float:
    """How loud a frame is, in dB below full scale; -100 for silence or nothing."""
    if len(frame) < 2:
        return -100.0
    samples = np.frombuffer(frame[: len(frame) // 2 * 2], dtype="<i2").astype(np.float32)
    power = float(np.mean(samples * samples))
    return max(-100.0, 10 * math.log10(power / 32768**2)) if power > 0 else -100.0


class VoiceDetector:
    """Tells by energy whether somebody speaks; rides out the gaps between words and learns the noise of the room.

    `hear` takes frames of FRAME_MS in order, silence included; belongs to one thread.
    """

    ONSET_MS = 100
    HANGOVER_MS = 700
    LOWEST_DB = -46.0
    ABOVE_NOISE_DB = 10.0
    NOISE_RISE_DB = 0.06  # a frame: 3 dB a second, so that a hum is learned and a sentence is not

    def __init__(self) -> None:
        self.is_voice = False
        self._noise_db = -70.0
        self._loud_ms = 0
        self._quiet_ms = 0

    def hear(self, frame: bytes) -> bool:
        level = level_db(frame)
        is_loud = level > max(self.LOWEST_DB, self._noise_db + self.ABOVE_NOISE_DB)
        self._noise_db = min(max(level, -80.0), self._noise_db + self.NOISE_RISE_DB)
        if is_loud:
            self._loud_ms, self._quiet_ms = self._loud_ms + FRAME_MS, 0
        else:
            self._quiet_ms += FRAME_MS
            if self._quiet_ms > self.ONSET_MS:
                self._loud_ms = 0
        if self._loud_ms >= self.ONSET_MS:
            self.is_voice = True
        elif self._quiet_ms >= self.HANGOVER_MS:
            self.is_voice = False
        return self.is_voice
