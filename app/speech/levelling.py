"""Loudness of what callers hear: every announcement equally loud, none clipped, without dead ends."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

LOUDNESS_DBFS = -20.0
"""Of the spoken parts: as loud as a person on the telephone."""

PEAK_DBFS = -3.0
_FRAME = 320  # 20 ms at 16 kHz
_QUIET_DB = 35.0
_EDGE_S = 0.12

Samples = npt.NDArray[np.float32]


def level_file(path: Path) -> None:
    """Rewrites a WAV file (16 bit mono) in one step. Raises OSError, ValueError where it holds no sound."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2 or file.getnchannels() != 1:
            raise ValueError("16 bit mono is wanted")
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768.0
    part = path.with_suffix(".level")
    with wave.open(str(part), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.rint(levelled(samples, rate) * 32767.0).astype("<i2").tobytes())
    part.replace(path)


def levelled(samples: Samples, rate: int) -> Samples:
    """The same sound at the common loudness, peaks below full scale, silence at both ends cut to a breath."""
    loud = spoken_frames(samples)
    if not loud.any():
        raise ValueError("there is no sound in it")
    first, last = np.flatnonzero(loud)[[0, -1]]
    edge = int(_EDGE_S * rate)
    cut = samples[max(0, first * _FRAME - edge) : (last + 1) * _FRAME + edge]
    gain = 10 ** (LOUDNESS_DBFS / 20) / rms(_framed(samples)[loud])
    peak = 10 ** (PEAK_DBFS / 20)
    return np.asarray(np.clip(cut * gain, -peak, peak), np.float32)  # a few single peaks of a voice, not heard


def spoken_frames(samples: Samples) -> npt.NDArray[np.bool_]:
    """Which frames of 20 ms carry voice: all within 35 dB of the loudest."""
    framed = _framed(samples)
    power = (framed**2).mean(axis=1) if len(framed) else np.zeros(0, np.float32)
    return np.asarray(power > max(1e-8, float(power.max(initial=0.0)) * 10 ** (-_QUIET_DB / 10)))


def rms(samples: Samples) -> float:
    return float(np.sqrt((samples.astype(np.float64) ** 2).mean()))


def _framed(samples: Samples) -> Samples:
    return samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
