"""The whole text of one answer, with who vouches for it and until when."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.knowledge import Answer


class AnswerText(QWidget):
    """Enter uses the answer, Esc closes the text. It keeps what was opened, whatever the list finds meanwhile."""

    closed = Signal()

    def __init__(self, use: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use = use
        self._answer: Answer | None = None
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.origin = QLabel()
        self.origin.setWordWrap(True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.setAccessibleName(self.tr("Text of the answer"))
        self.title.setBuddy(self.body)
        self.back = QPushButton(self.tr("Back to the list (Esc)"))
        self.back.clicked.connect(self.closed)
        self.take = QPushButton(self.tr("Use this answer (Enter)"))
        self.take.clicked.connect(self._take)
        for button in (self.back, self.take):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter and Esc act wherever the cursor stands in the text
        self._lay_out()

    def show_answer(self, answer: Answer, validity: str) -> None:
        point = answer.point
        self._answer = answer
        self.title.setText(point.title)
        self.origin.setText(" · ".join(part for part in (point.unit, validity, point.source) if part))
        self.body.setPlainText(point.body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self._answer is not None:
            self._use(self._answer.point.key)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.origin):
            column.addWidget(part)
        column.addWidget(self.body, stretch=1)
        column.addLayout(row)
