"""A line of text that is cut with an ellipsis where there is no room, and whole in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Never widens its window: its size hint is `least` letters wide at most."""

    def __init__(
        self, least: int = 6, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """One line; costs nothing where it is there already."""
        line = " ".join(text.split())
        if line != self.text():
            self.setText(line)
            self.setToolTip(line)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        least = min(self.fontMetrics().averageCharWidth() * self._least, self.sizeHint().width())
        return QSize(least, self.fontMetrics().height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        fitting = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        alignment = int(self.alignment())
        self.style().drawItemText(painter, room, alignment, self.palette(), self.isEnabled(), fitting, self.foregroundRole())
