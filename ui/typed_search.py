"""A search box that asks once the typing pauses."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

PAUSE_MS = 150


class TypedSearch(QLineEdit):
    """Calls `search` after `PAUSE_MS` without a key, or at once on Enter. Down leaves downwards (`left_downwards`).

    Text of an input method that is still being composed is not searched for.
    """

    left_downwards = Signal()

    def __init__(self, search: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(lambda _: self._pause.start())
        self.returnPressed.connect(self._ask)

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed that has not been asked yet."""
        return self._pause.isActive()

    def follow(self, query: str) -> None:
        """Shows the query the desk searched for, unless the agent is typing here."""
        if not self.hasFocus() and not self.is_waiting and self.text() != query:
            self.setText(query)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._pause.stop()
        self._search(self.text().strip())
