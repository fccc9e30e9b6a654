"""Text fields of the ticket form: what is typed is never overwritten by its own echo, nor cut, nor lost in composing."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.ticket import NOTE_LIMIT

Edited = Callable[[str], None]


class Echo:
    """Knows which of the desk's values are only what was just typed here.

    The desk may answer each key at once or late and several keys together: a value that was sent from here and comes back
    changes nothing on the screen.
    """

    def __init__(self) -> None:
        self._shown = ""
        self._sent: list[str] = []

    def sends(self, value: str) -> None:
        self._sent.append(value)

    def is_news(self, value: str, is_new_ticket: bool) -> bool:
        """Whether the field must take `value` from the desk. A ticket begun by typing here is not a new one."""
        if value in self._sent:
            del self._sent[: self._sent.index(value) + 1]
            self._shown = value
            return False
        if value == self._shown and (self._sent or not is_new_ticket):
            return False
        self._shown = value
        self._sent.clear()
        return True


class LineField(QLineEdit):
    """A field of one line. `entered` tells that the focus came in, `confirmed` that Enter was pressed."""

    entered = Signal()
    confirmed = Signal()
    refused = Signal()

    def __init__(self, edited: Edited, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited, self._echo = edited, Echo()
        self._last = ""
        self._is_composing = False
        self._waiting: str | None = None
        self.setMaxLength(2 * NOTE_LIMIT)
        self.textEdited.connect(self._on_edited)

    def show_value(self, value: str, is_new_ticket: bool = False) -> None:
        if not self._echo.is_news(value, is_new_ticket):
            return
        if self._is_composing:
            self._waiting = value
            return
        self._take(value)

    def _take(self, value: str) -> None:
        self._waiting = None
        self._last = value
        if value == self.text():
            return
        place, was_all = self.cursorPosition(), self.selectedText() == self.text()
        self.setText(value)
        self.setCursorPosition(min(place, len(value)) if self.hasFocus() else 0)
        if self.hasFocus() and was_all:
            self.selectAll()  # what comes in under the cursor is replaced by what is typed, and never mixed with it

    def _on_edited(self, text: str) -> None:
        if len(text) > NOTE_LIMIT:
            self._take_back()
            return
        self._waiting = None
        self._last = text
        self._echo.sends(text)
        self._edited(text)

    def _take_back(self) -> None:
        self.setText(self._last)
        self.refused.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._is_composing and self._waiting is not None:
            self._take(self._waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if is_enter(event):
            self.confirmed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class AreaField(QPlainTextEdit):
    """A field of several lines; Tab leaves it."""

    entered = Signal()
    refused = Signal()

    def __init__(self, edited: Edited, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited, self._echo, self._lines = edited, Echo(), lines
        self._last = ""
        self._is_composing = self._is_taking = False
        self._waiting: str | None = None
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_changed)

    def show_value(self, value: str, is_new_ticket: bool = False) -> None:
        if not self._echo.is_news(value, is_new_ticket):
            return
        if self._is_composing:
            self._waiting = value
            return
        self._take(value)

    def _take(self, value: str) -> None:
        self._waiting = None
        self._last = value
        before = self.toPlainText()
        if value == before:
            return
        self._is_taking = True
        self._replace_middle(before, value)
        self._is_taking = False

    def _replace_middle(self, before: str, after: str) -> None:
        """Changes only what differs, so that cursor, selection and scroll stay where they are."""
        start = 0
        while start < min(len(before), len(after)) and before[start] == after[start]:
            start += 1
        end = 0
        while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
            end += 1
        place = self.textCursor().position()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(before[:start]))
        cursor.setPosition(_units(before[: len(before) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(after[start : len(after) - end])
        if not self.hasFocus():
            return
        kept = self.textCursor()
        if not kept.hasSelection():
            kept.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(kept)

    def _on_changed(self) -> None:
        text = self.toPlainText()
        if self._is_taking or text == self._last:
            return
        if len(text) > NOTE_LIMIT:
            self._take(self._last)
            self.refused.emit()
            return
        self._waiting = None
        self._last = text
        self._echo.sends(text)
        self._edited(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._is_composing and self._waiting is not None:
            self._take(self._waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a command's key that is not possible now must not put a line break into the text
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height(max(1, self._lines - 1)))

    def _height(self, lines: int) -> int:
        line = ceil(QFontMetricsF(self.font()).height())
        return lines * line + 2 * round(self.document().documentMargin()) + 7


def is_enter(event: QKeyEvent) -> bool:
    """Enter alone, and pressed anew: a key held down confirms one field, and not the next ones that the focus goes on to."""
    is_key = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return is_key and not event.isAutoRepeat() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _units(text: str) -> int:
    """Length as Qt counts it: a character beyond U+FFFF is two."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)
