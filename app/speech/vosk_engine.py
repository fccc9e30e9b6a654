"""Vosk (Kaldi): a stream recogniser; each ear takes only what is new since it last listened."""

import json
from pathlib import Path
from typing import Any

import vosk

from app.domain.transcript import Word
from app.speech.engine import RATE, Sound

_NO_WORDS = ("<", "[")
"""How models write what is no word: <unk>, [noise], [FIL]…"""


class VoskEngine:
    name = "vosk"
    is_stream = True

    def __init__(self, folder: Path) -> None:
        vosk.SetLogLevel(-1)
        self._model = vosk.Model(str(folder))

    def open_ear(self) -> "VoskEar":
        return VoskEar(vosk.KaldiRecognizer(self._model, RATE))


class VoskEar:
    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._recogniser.SetWords(True)
        self._recogniser.SetPartialWords(True)
        self._heard = 0
        self._settled: list[Word] = []

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        fresh = sound[self._heard :]
        self._heard = len(sound)
        if len(fresh) and self._recogniser.AcceptWaveform(fresh.tobytes()):
            self._settled += _words(self._recogniser.Result(), "result")  # it found a pause of its own
        if is_final:
            self._settled += _words(self._recogniser.FinalResult(), "result")
            return tuple(self._settled)
        return (*self._settled, *_words(self._recogniser.PartialResult(), "partial_result"))


def _words(answer: str, field: str) -> list[Word]:
    found = json.loads(answer).get(field, [])
    said = (word for word in found if not word["word"].startswith(_NO_WORDS))
    return [Word(word["word"], round(word["start"], 2), round(word["end"], 2), _sure(word)) for word in said]


def _sure(word: dict[str, Any]) -> float:
    """`conf` is the posterior of the word in the lattice, now and then a little above 1."""
    return round(min(1.0, max(0.0, float(word.get("conf", 1.0)))), 3)
