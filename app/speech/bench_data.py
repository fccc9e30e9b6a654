"""A folder of sounds and what is said in them, for the comparison of models; and the way of a telephone line."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from app.speech.engine import RATE, Sound

SOUNDS = (".wav", ".flac")
_A = 87.6
_MOST_S = 3 * 3600.0


@dataclass(frozen=True)
class Sample:
    path: Path
    transcript: str


class BadSample(Exception):
    """A sound that cannot be used; str() says why in a few words."""


def find_samples(folder: Path) -> tuple[list[Sample], list[tuple[Path, str]]]:
    """The samples of `folder` and, with the reason, the files that cannot be used.

    Transcripts stand in transcripts.tsv (first column the file, second its text; a heading may stand above) or beside each
    sound as NAME.txt; sounds may lie in folders within.
    """
    samples: list[Sample] = []
    bad: list[tuple[Path, str]] = []
    taken: set[Path] = set()
    for table in sorted(folder.rglob("transcripts.tsv")):
        for path, text in _rows(table, bad):
            taken.add(path)
            _add(path, text, samples, bad)
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SOUNDS and path not in taken):
        beside = path.with_suffix(".txt")
        if not beside.is_file():
            bad.append((path, "has no transcript"))
            continue
        try:
            _add(path, beside.read_text(encoding="utf-8-sig").strip(), samples, bad)
        except (OSError, UnicodeDecodeError):
            bad.append((beside, "cannot be read"))
    return samples, bad


def _rows(table: Path, bad: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        bad.append((table, "cannot be read"))
        return []
    rows = []
    for line in lines:
        cells = line.split("\t")
        if not line.strip() or not cells[0].lower().endswith(SOUNDS):
            continue  # the heading, or an empty line
        rows.append((table.parent / cells[0], cells[1].strip() if len(cells) > 1 else ""))
    return rows


def _add(path: Path, text: str, samples: list[Sample], bad: list[tuple[Path, str]]) -> None:
    if not path.is_file():
        bad.append((path, "is not there"))
    elif not text:
        bad.append((path, "has an empty transcript"))
    else:
        samples.append(Sample(path, text))


def read_sound(path: Path) -> Sound:
    """The sound as engines hear it: 16 kHz, one channel (several are mixed). Raises BadSample."""
    from faster_whisper.audio import decode_audio  # FFmpeg: every rate and width

    try:
        floats = decode_audio(str(path), sampling_rate=RATE)
    except Exception as unreadable:  # FFmpeg has an exception for each kind of damage
        raise BadSample(f"cannot be read ({type(unreadable).__name__})") from unreadable
    if len(floats) < RATE // 10:
        raise BadSample("holds less than 0.1 s of sound")
    if len(floats) > _MOST_S * RATE:
        raise BadSample("is longer than three hours")
    if not np.any(floats):
        raise BadSample("holds nothing but silence")
    sound: Sound = (floats * 32767).clip(-32768, 32767).astype(np.int16)
    return sound


def over_the_telephone(sound: Sound) -> Sound:
    """The same through 300-3400 Hz, 8 kHz and A-law (G.711)."""
    narrow = _band(soxr.resample(sound.astype(np.float32) / 32768.0, RATE, 8000))
    size, knee = np.abs(narrow).clip(0, 1), 1 / (1 + np.log(_A))
    pressed = np.where(size < 1 / _A, _A * size * knee, (1 + np.log(np.maximum(_A * size, 1e-9))) * knee)
    coded = np.round(pressed * 127) / 127
    loud = np.exp(coded / knee - 1) / _A
    wide = soxr.resample(np.where(coded < knee, coded / knee / _A, loud) * np.sign(narrow), 8000, RATE)
    heard: Sound = (wide * 32767).clip(-32768, 32767).astype(np.int16)
    return heard


def _band(sound: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """Keeps 300 to 3400 Hz, with edges 100 Hz wide."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / 8000)
    kept = np.clip((hertz - 250) / 100, 0, 1) * np.clip((3450 - hertz) / 100, 0, 1)
    banded: np.ndarray[tuple[int], np.dtype[np.float32]] = np.fft.irfft(spectrum * kept, len(sound)).astype(np.float32)
    return banded
