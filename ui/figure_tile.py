"""One figure of the wallboard, big enough to be read across a hall."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import restyle, size_letters

_MARGIN = 14
_SMALLEST = 12


class FigureTile(QFrame):
    """What it counts, the figure, and a remark. `tone` ("ok", "danger" or "") only underlines what the remark says in words.

    Text too wide for the tile becomes smaller, never cut.
    """

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.caption, self.figure, self.remark = QLabel(caption), QLabel("–"), QLabel()
        self.figure.setProperty("role", "figure")
        self._wanted_px = {self.caption: 23, self.figure: 66, self.remark: 23}
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        column.setSpacing(0)
        for part in self._wanted_px:
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(part)
        self.setAccessibleName(caption)

    def show_figure(self, figure: str, remark: str = "", tone: str = "") -> None:
        if (figure, remark) != (self.figure.text(), self.remark.text()):
            self.figure.setText(figure)
            self.remark.setText(remark)
            self.setAccessibleDescription(f"{figure} {remark}".strip())
            self._fit()
        restyle(self, "tone", tone)
        restyle(self.figure, "tone", tone)

    def resize_text(self, figure_px: int, caption_px: int) -> None:
        self._wanted_px = {self.caption: caption_px, self.figure: figure_px, self.remark: caption_px}
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        room = self.width() - 2 * _MARGIN - 6
        for part, wanted_px in self._wanted_px.items():
            font = QFont(self.font())
            font.setBold(part is self.figure)
            font.setPixelSize(wanted_px)
            width = QFontMetrics(font).horizontalAdvance(part.text())
            if width > room:
                font.setPixelSize(max(_SMALLEST, wanted_px * room // width))
            size_letters(part, font.pixelSize(), part is self.figure)
