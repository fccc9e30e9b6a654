"""Texts of danger as they arrive: spoken by the installed Mandarin voices, over a telephone, written by Whisper."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from app.speech.bench_data import over_the_telephone
from app.speech.catalogue import default_folder
from app.speech.engine import RATE, Sound, text_of
from app.speech.pace import Effort
from app.speech.voice import VoiceMaker
from app.speech.whisper_engine import WhisperEngine
from tests.benchmarks.danger_texts import Labelled
from tests.benchmarks.report import Missing
from tests.end_to_end.citizen import sound_of

MODEL = "whisper-base"
MOST_S = 28


def heard(texts: list[Labelled]) -> Iterator[Labelled]:
    """The same texts as Whisper writes them, one voice after another; what it misses is missing. Raises Missing."""
    engine = WhisperEngine(default_folder() / MODEL)
    with VoiceMaker(default_folder()) as maker, tempfile.TemporaryDirectory() as folder:
        voices = [voice for voice in maker.voices() if voice.startswith("kokoro:z")]
        if not voices:
            raise Missing("no Mandarin voice is installed")
        path = Path(folder) / "said.wav"
        for number, text in enumerate(texts):
            maker.make(text.text, voices[number % len(voices)], path)
            print(f"\r{number + 1}/{len(texts)}", end="", file=sys.stderr, flush=True)
            yield replace(text, text=text_of(engine.hear(_over_line(sound_of(path)), Effort.BEST, is_final=True)))


def _over_line(sound: npt.NDArray[np.floating]) -> Sound:
    """From the 8 kHz that the voice was made at."""
    wide = soxr.resample(sound, 8000, RATE).clip(-32768, 32767).astype(np.int16)
    return over_the_telephone(wide[: MOST_S * RATE])
