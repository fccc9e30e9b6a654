"""The editor of one sentence of the transcript, over its paragraph: Enter keeps, Esc leaves; the call goes on meanwhile."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.transcript import SENTENCE_LIMIT
from ui.theme import Theme
from ui.transcript_lines import Key

_MOST_LINES = 6


class _Text(QPlainTextEdit):
    """Enter is `done` unless words are being composed: the input method's Enter belongs to it."""

    def __init__(self, done: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._done, self._leave = done, leave
        self._is_composing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_composing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # a command's key
            else:
                self._done()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class SentenceEditor(QFrame):
    """`keep` gets the sentence and its new words, `closed` is called when the editor has gone."""

    def __init__(
        self,
        theme: Theme,
        keep: Callable[[Key, str], None],
        closed: Callable[[], None],
        grown: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._keep, self._closed, self._grown = keep, closed, grown
        self.key: Key | None = None
        self._shown = ""
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.text = _Text(self.done, self.leave)
        self.text.setFont(theme.font("transcript"))
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(2)
        self.text.setAccessibleName(self.tr("Correct the sentence"))
        self.text.textChanged.connect(self._fit)
        self.hint = QLabel(self.tr("Enter keeps · Esc leaves · Ctrl+Y the sentence before"))
        self.hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(1)
        column.addWidget(self.text)
        column.addWidget(self.hint)
        self.hide()

    def open(self, key: Key, text: str, typed: str | None = None) -> None:
        """`typed`: what was left there unfinished."""
        self.key, self._shown = key, text
        self.text.setPlainText(text if typed is None else typed)
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.text.setTextCursor(cursor)
        self.show()
        self.raise_()
        self._fit()
        self.text.setFocus()

    @property
    def words(self) -> str:
        return self.text.toPlainText()

    @property
    def is_changed(self) -> bool:
        return self.isVisible() and self.words != self._shown

    def done(self) -> None:
        key, words = self.key, self.words
        if key is None or len(words) > SENTENCE_LIMIT:
            self.hint.setText(self.tr("Not taken: a sentence holds at most {0} characters").format(SENTENCE_LIMIT))
            return
        is_changed = self.is_changed
        self.close_editor()
        if is_changed:
            self._keep(key, words)

    def leave(self) -> None:
        self.close_editor()

    def close_editor(self) -> None:
        self.key = None
        self.hide()
        self._closed()

    def _fit(self) -> None:
        """As high as its words need, up to some lines."""
        line = QFontMetricsF(self.text.font()).height()
        lines = max(1, min(_MOST_LINES, ceil(self.text.document().size().height())))
        self.text.setFixedHeight(ceil(lines * line) + 14)
        self._grown()
