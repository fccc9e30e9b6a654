"""Sees that the settings file was changed by whomever, and reads it again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.settings import Settings, load

EVERY_MS = 1000


class SettingsWatch(QObject):
    """`changed` gets the settings of a file that is another one than at the last look. A look is one question to the file
    system: watching by its events misses files on other machines and those that an editor puts in the place of the old."""

    def __init__(self, path: Path, changed: Callable[[Settings], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._changed = path, changed
        self._seen = self._look()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._compare)
        self._timer.start()

    def _compare(self) -> None:
        now = self._look()
        if now != self._seen:
            self._seen = now
            self._changed(load(self._path))

    def _look(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size
