"""The decoder's desk in tests: it keeps what is told of stretches of speech, and stretches are made and offered here."""

import threading
from collections.abc import Callable

import numpy as np

from app.domain.transcript import Speaker, Utterance
from app.speech.engine import RATE
from app.speech.hearing import Decoder
from app.speech.jobs import Job
from app.speech.segmenter import Stretch


class Told:
    """Collects what the decoder tells, of words and of itself, and lets a test wait for it."""

    def __init__(self) -> None:
        self.told: list[Utterance] = []
        self.slow = 0
        self.failed = 0
        self._changed = threading.Condition()

    def tell(self, _: Job, utterance: Utterance) -> None:
        with self._changed:
            self.told.append(utterance)
            self._changed.notify_all()

    def was_slow(self) -> None:
        self.slow += 1

    def has_failed(self, _: Exception) -> None:
        with self._changed:
            self.failed += 1
            self._changed.notify_all()

    def wait(self, wanted: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(wanted, 10), self.told

    @property
    def finals(self) -> list[Utterance]:
        return [utterance for utterance in self.told if utterance.final]


def speaking(seconds: float) -> Stretch:
    stretch = Stretch(0)
    grow(stretch, seconds)
    return stretch


def grow(stretch: Stretch, seconds: float) -> None:
    stretch.append(np.ones(int(seconds * RATE), np.int16))
    stretch.voiced_to = stretch.length
    stretch.voiced += int(seconds * 31)


def offer(decoder: Decoder, told: Told, stretch: Stretch, number: int = 1, has_ended: bool = False) -> None:
    """The caller's, beginning at 10 s; as it stands, or ended."""
    blank = Utterance(Speaker.CALLER, number, "", 10.0, 10.0, final=False)
    with decoder.guard:
        stretch.has_ended = stretch.has_ended or has_ended
        decoder.offer(stretch, lambda: Job(stretch, blank, told.tell))
