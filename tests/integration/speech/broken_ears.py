"""The speech process with engines that break: run as `python -m tests.integration.speech.broken_ears` in its place.

The name of the model says how: "hangs", "hangs-all" (no thread of the process runs any more), "dies" and "raises". Each
does it over sound that is louder than LOUD, and hears the word 好 in everything else.
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

import numpy as np

from app.desk.events import EarsReady
from app.domain.transcript import Word
from app.speech.ears import EarsLoader
from app.speech.engine import Ear, Sound
from app.speech.models import ModelFolder
from app.speech.process import run_from_environment

LOUD = 25_000


def _hang() -> None:
    threading.Event().wait()


def _hang_all() -> None:
    ctypes.PyDLL(None).pause()  # keeps the interpreter's lock


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _raise() -> None:
    raise RuntimeError("broken")


WAYS: dict[str, Callable[[], None]] = {"hangs": _hang, "hangs-all": _hang_all, "dies": _die, "raises": _raise}


class Broken:
    is_stream = False

    def __init__(self, name: str) -> None:
        self.name = name

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        if int(np.abs(sound.astype(np.int32)).max(initial=0)) > LOUD:
            WAYS[self.name]()
        return (Word("好", 0.0, 0.2),)


def _load(self: EarsLoader, folder: ModelFolder, name: str, language: str) -> None:
    self._loaded(Broken(name), EarsReady(name, name))


if __name__ == "__main__":
    EarsLoader._load_one = _load  # type: ignore[method-assign]
    sys.exit(run_from_environment())
