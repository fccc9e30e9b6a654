"""Keys of commands that a text field would take for its own editing (Ctrl+Y is "redo" to it): the command has them."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


class CommandKeys(QObject):
    """Only keys with Ctrl: what moves the cursor or ends a line belongs to the field."""

    def __init__(self, actions: list[QAction], window: QWidget) -> None:
        super().__init__(window)
        keys = [key.toString() for action in actions for key in action.shortcuts()]
        self._keys = {key for key in keys if "Ctrl+" in key}

    def serve(self, window: QWidget) -> None:
        """Watches every text field of a window that is built."""
        widgets: list[QObject] = list(window.findChildren(QObject))
        for widget in widgets:
            if isinstance(widget, _TEXTS):
                widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()).toString() not in self._keys:
            return False
        event.ignore()
        return True
