"""Folders of recorded speech as two voices of one line: read sentences (transcripts.tsv) and scripted calls (script.json)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.domain.transcript import Speaker
from app.speech.bench_data import find_samples, over_the_telephone, read_sound
from app.speech.engine import RATE, Sound
from tests.benchmarks.report import Missing

_FIRST_S = 0.5
_GAP_S = 1.2
"""Rest between two sentences of one voice; shorter than most people take, long enough to end a stretch."""
_TURN_GAP_S = 0.7
_AUDIBLE = 0.03
"""Of the loudest sample: where speech, not its file, begins and stops."""


@dataclass(frozen=True)
class Turn:
    """One voice's turn; `begin_s` and `stop_s` are where its speech, not its file, begins and stops in the call."""

    speaker: Speaker
    text: str
    begin_s: float
    stop_s: float


@dataclass(frozen=True)
class Scene:
    """What is played as one call: two aligned voices, and the turns in them."""

    name: str
    turns: tuple[Turn, ...]
    voices: dict[Speaker, Sound]


class _Line:
    """Puts turns on a line of two voices."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._parts: list[tuple[Speaker, int, Sound]] = []
        self._end = 0

    def put(self, speaker: Speaker, at: int, text: str, sound: Sound) -> int:
        """Samples at which it ends."""
        size = np.abs(sound.astype(np.int32))
        loud = np.flatnonzero(size > size.max() * _AUDIBLE)
        first, last = (int(loud[0]), int(loud[-1])) if len(loud) else (0, len(sound))
        self.turns.append(Turn(speaker, text, (at + first) / RATE, (at + last) / RATE))
        self._parts.append((speaker, at, sound))
        self._end = max(self._end, at + len(sound))
        return at + len(sound)

    def scene(self, name: str) -> Scene:
        voices = {speaker: np.zeros(self._end, np.int16) for speaker in Speaker}
        for speaker, at, sound in self._parts:
            voices[speaker][at : at + len(sound)] = sound
        return Scene(name, tuple(sorted(self.turns, key=lambda turn: turn.begin_s)), voices)


def read_sentences(folder: Path, limit: int = 0) -> list[tuple[str, Sound]]:
    """Text and sound over the telephone, in the order of the file names. Raises Missing where there are none."""
    samples, _ = find_samples(folder)
    chosen = sorted(samples, key=lambda sample: sample.path)[: limit or None]
    if not chosen:
        raise Missing(f"{folder} holds no sound with a transcript")
    return [(sample.transcript, over_the_telephone(read_sound(sample.path))) for sample in chosen]


def one_voice(sentences: Sequence[tuple[str, Sound]]) -> Scene:
    """The caller says one after the other; the agent is silent."""
    return _spoken("one voice", {Speaker.CALLER: sentences})


def two_voices(sentences: Sequence[tuple[str, Sound]]) -> Scene:
    """Both read at the same time, all the time, which no real call does."""
    return _spoken("both at once", {Speaker.CALLER: sentences[::2], Speaker.AGENT: sentences[1::2]})


def _spoken(name: str, parts: dict[Speaker, Sequence[tuple[str, Sound]]]) -> Scene:
    line = _Line()
    for speaker, sentences in parts.items():
        at = int(_FIRST_S * RATE)
        for text, sound in sentences:
            at = line.put(speaker, at, text, sound) + int(_GAP_S * RATE)
    return line.scene(name)


def call_folders(folder: Path, limit: int = 0) -> list[Path]:
    """The folders of scripted calls in `folder`. Raises Missing where there are none."""
    found = sorted(path.parent for path in folder.glob("*/script.json"))[: limit or None]
    if not found:
        raise Missing(f"{folder} holds no call with a script.json")
    return found


def call_scene(folder: Path) -> Scene:
    """A scripted call as it is spoken: one turn after the other."""
    line = _Line()
    at = int(_FIRST_S * RATE)
    for turn in json.loads((folder / "script.json").read_text(encoding="utf-8"))["turns"]:
        sound = over_the_telephone(read_sound(folder / turn["file"]))
        at = line.put(Speaker(turn["speaker"]), at, turn["text"], sound) + int(_TURN_GAP_S * RATE)
    return line.scene(folder.name)
