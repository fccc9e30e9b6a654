"""A process in reserve: it has loaded what its role needs, does nothing, and takes over at once when it is told to."""

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

GO = b"go\n"

WANTED = {
    "telephony": ("app.telephony.process",),
    "window": (
        "ui.window",
        "app.storage.store",
        "app.storage.knowledge",
        "app.sync.worker",
        "app.speech.sound",
        "PySide6.QtSvg",
        "psutil",
    ),
}
"""The roles that have a reserve, and the modules it loads ahead: what costs time at a start, and holds no state."""


def wait_for_turn(role: str) -> bool:
    """Loads, then waits for the launcher's word; False where the launcher ended first (its end of our input closed)."""
    for module in WANTED[role]:
        importlib.import_module(module)
    with suppress(OSError, KeyError):  # for whoever looks from outside
        mark_of(Path(os.environ["JIESU_RUN"]), role).touch()
    return _was_called(lambda: os.read(0, 1))


def mark_of(run: Path, role: str) -> Path:
    """The file that tells that the reserve of this role has loaded."""
    return run / f"{role}.reserve"


def _was_called(read: Callable[[], bytes]) -> bool:
    """Byte by byte: what follows the word is for the role itself."""
    heard = b""
    while not heard.endswith(GO):
        byte = read()
        if not byte:
            return False
        heard += byte
    return True
