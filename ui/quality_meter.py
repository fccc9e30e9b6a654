"""How well the two sides hear each other: four bars, the number beside them, the words in the tip."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.desk.state import LineView
from app.domain.quality import BAD_MOS, UNKNOWN, LineQuality
from ui.quality_texts import bars_of, figures_text, grade_text, score_text, trouble_text
from ui.theme import Theme

_BARS = 4
_NO_LINE = LineView()


class QualityMeter(QAbstractButton):
    """A press opens the whole picture. Bars and number say the same, so that colour alone never does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mos = UNKNOWN
        self._line = _NO_LINE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font("small", bold=True))

    @property
    def score(self) -> float:
        return self._mos

    def show_line(self, line: LineView) -> None:
        if line is self._line:
            return
        self._line = line
        look = line.looks[-1] if line.looks else None
        self._mos = look.mos if look is not None else UNKNOWN
        words = _words(look, line, self.tr("The line is being measured."))
        name = self.tr("Line quality: {0}, {1}").format(score_text(self._mos), grade_text(self._mos))
        self.setToolTip(words)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words.replace("\n", ". "))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._bars_width() + self.fontMetrics().horizontalAdvance("4.4") + 14, self.fontMetrics().height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.rect().adjusted(4, 4, -4, -4)
        lit = bars_of(self._mos)
        ink = self._theme.colour(self._ink())
        pitch = self._bars_width() / _BARS
        for place in range(_BARS):
            tall = room.height() * (place + 1) / _BARS
            bar = QRectF(room.left() + place * pitch, room.bottom() + 1 - tall, pitch - 2, tall)
            painter.setPen(ink if place < lit else self._theme.colour("border_strong"))
            painter.setBrush(ink if place < lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 1, 1)
        painter.setPen(ink)
        text = room.adjusted(self._bars_width() + 4, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, score_text(self._mos))
        if self.hasFocus():
            painter.setPen(self._theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 3, 3)

    def _bars_width(self) -> int:
        return self.fontMetrics().height() * 5 // 4

    def _ink(self) -> str:
        if self._mos < 0:
            return "muted"
        return "ok" if self._mos >= 4.0 else "warning" if self._mos >= BAD_MOS else "danger"


def _words(look: LineQuality | None, line: LineView, nothing: str) -> str:
    if look is None:
        return nothing
    return f"{trouble_text(line.trouble)}\n{figures_text(look)}" if line.trouble else figures_text(look)
