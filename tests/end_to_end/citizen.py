"""A citizen on the exchange's trunk who speaks recorded sentences, and an ear that knows a sound again after the line."""

import wave
from collections import deque
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from tests.trunk import RATE, Caller, Talk, from_alaw

FRAME = 160
PIECE_S = 0.6
Samples = npt.NDArray[np.float32]


class Citizen(Caller):
    """Says what `say` is given, and nothing else. `number` is what the network shows of him."""

    def __init__(self, address: str, port: int, number: str) -> None:
        self.number = number
        self._words: deque[npt.NDArray[np.int16]] = deque()
        super().__init__(address, port)

    def rings(self, exchange: str, extension: str) -> Talk:
        return self.call(exchange, extension, f'"{self.number}" <sip:{self.number}@{self.address}>')

    def say(self, sound: Path) -> None:
        samples = np.concatenate([sound_of(sound), np.zeros(FRAME, np.float32)])
        self._words.extend(samples[: len(samples) // FRAME * FRAME].astype(np.int16).reshape(-1, FRAME))

    @property
    def has_said_all(self) -> bool:
        return not self._words

    def heard_since(self, talk: Talk, packet: int) -> bytes:
        """What came in from the n-th packet on, 16 bit mono of 8 kHz."""
        return from_alaw(b"".join(talk.heard[packet:])).astype("<i2").tobytes()

    def voice(self, place: int) -> npt.NDArray[np.int16]:
        return self._words.popleft() if self._words else np.zeros(FRAME, np.int16)


def sound_of(path: Path, rate: int = RATE) -> Samples:
    """A mono WAV file of 16 bit at another rate."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32)
        return np.asarray(soxr.resample(samples, file.getframerate(), rate), np.float32)


def samples_of(heard: bytes) -> Samples:
    return np.frombuffer(heard[: len(heard) // 2 * 2], "<i2").astype(np.float32)


def likeness(heard: Samples, said: Samples, rate: int = RATE) -> float:
    """0…1: how well the loudest piece of what was said is found again in what was heard, wave by wave."""
    size = int(PIECE_S * rate)
    if len(heard) < size or len(said) < size:
        return 0.0
    energy = np.convolve(said**2, np.ones(size), "valid")
    place = int(np.argmax(energy))
    piece = said[place : place + size]
    length = 1 << int(np.ceil(np.log2(len(heard) + size)))
    products = np.fft.irfft(np.fft.rfft(heard, length) * np.conj(np.fft.rfft(piece, length)), length)[: len(heard) - size + 1]
    norms = np.sqrt(np.maximum(np.convolve(heard**2, np.ones(size), "valid"), 1.0))
    return float(np.max(products / norms) / np.sqrt(energy[place]))


def level(heard: Samples) -> float:
    """dB below full scale."""
    return float(20 * np.log10(max(float(np.sqrt(np.mean(heard**2))) if len(heard) else 0.0, 1e-3) / 32768))


def pitch_level(heard: Samples, pitch: float, rate: int = RATE) -> float:
    """dB below full scale of one tone in what was heard."""
    if not len(heard):
        return -150.0
    clock = np.arange(len(heard)) / rate
    strength = np.abs(np.mean(heard * np.exp(-2j * np.pi * pitch * clock))) * np.sqrt(2)
    return float(20 * np.log10(max(strength, 1e-3) / 32768))
