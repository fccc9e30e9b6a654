"""The moment from which a window can be seen: what takes long begins after it, not before."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 500
"""A window that nobody sees, minimised from the start, is not waited for longer."""


class FirstPaint(QObject):
    """Calls `begin` once, when a window that was just shown has been painted."""

    def __init__(self, window: QWidget, begin: Callable[[], None]) -> None:
        super().__init__(window)
        self._begin: Callable[[], None] | None = begin
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        QTimer.singleShot(PATIENCE_MS, self, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose:
            QTimer.singleShot(0, self, self._go)  # the event itself paints
        return super().eventFilter(watched, event)

    def _go(self) -> None:
        begin, self._begin = self._begin, None
        if begin is not None:
            self._handle.removeEventFilter(self)
            begin()
