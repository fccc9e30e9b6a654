"""What the window shows, as JSON, for tests and support: the desk's state, the sentences on the screen, where its buttons are.

Only written where the window was started with --state-file, by the user who may see it anyway; the file is his alone.
"""

import gc
import logging
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.desk.state import DeskState
from ui.field_head import FieldHead
from ui.status_area import NoticeRow

log = logging.getLogger(__name__)

EVERY_MS = 50


class Probe(QObject):
    """Writes at most every 50 ms, and whole: a reader never sees half a file."""

    def __init__(self, path: Path, window: QWidget) -> None:
        super().__init__(window)
        self._path, self._window = path, window
        self._state: DeskState | None = None
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self._write)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._soon)

    def show_state(self, state: DeskState) -> None:
        self._state = state
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        body = {
            "state": self._state,
            "said": self._said(),
            "beside": self._beside(),
            "buttons": self._buttons(),
            "windows": self._windows(),
            "focus": self._focus(),
            "frozen": gc.get_freeze_count(),
        }
        fresh = self._path.with_suffix(".new")
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(body))
            fresh.replace(self._path)
        except OSError as failed:  # a full disk: the window goes on
            log.warning("the state file cannot be written: %s", failed.strerror)

    def _said(self) -> list[str]:
        """The sentences in the status area that can be seen, as they stand there."""
        rows: Iterable[NoticeRow] = self._window.findChildren(NoticeRow)
        return [row.accessibleName() for row in rows if row.isVisible()]

    def _beside(self) -> dict[str, str]:
        """What stands beside the label of each field of the form: where its words came from, or why some were refused."""
        heads: Iterable[FieldHead] = self._window.findChildren(FieldHead)
        return {head.label.text().replace("&", ""): head.words.text() for head in heads}

    def _buttons(self) -> dict[str, tuple[int, int]]:
        """Accessible name or text of every button that can be seen, and its middle on the screen, in pixels."""
        found = {}
        buttons: Iterable[QAbstractButton] = self._window.findChildren(QAbstractButton)
        for button in buttons:
            if button.isVisible() and button.isEnabled():
                middle: QPoint = button.mapToGlobal(button.rect().center())
                found[button.objectName() or button.accessibleName() or button.text()] = (middle.x(), middle.y())
        return found

    def _windows(self) -> list[str]:
        return [widget.windowTitle() for widget in QApplication.topLevelWidgets() if widget.isVisible()]

    def _focus(self) -> str:
        widget = QApplication.focusWidget()
        return (widget.accessibleName() or widget.objectName()) if widget is not None else ""
