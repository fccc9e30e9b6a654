"""The line of the call over the last minutes: the score as a curve, the figures of now, what helps."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk.state import DeskState, Leg, LineView
from app.domain.call import LegPurpose
from app.domain.quality import BAD_MOS, LineQuality
from ui.clock_texts import duration_text
from ui.quality_texts import figures_text, grade_text, score_text, trouble_text
from ui.theme import Theme, restyle

_SPAN_S = 300.0
_LOW, _HIGH = 1.0, 4.5
_NO_LINE = LineView()


class QualityDialog(QDialog):
    """Stays open beside the desk and follows the call on the screen; what a call left is shown until another comes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Line quality"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("role", "banner")
        self.graph = QualityGraph(theme)
        self.figures = QLabel()
        self.figures.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.legs = QLabel()
        self.legs.setWordWrap(True)
        self.close_button = QPushButton(self.tr("Close (Esc)"))
        self.close_button.clicked.connect(lambda _=False: self.close())
        column = QVBoxLayout(self)
        for part in (self.said, self.graph, self.figures, self.legs):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(520, 420)

    def show_state(self, state: DeskState) -> None:
        line = state.qualities.get(state.focus, _NO_LINE)
        look = line.looks[-1] if line.looks else None
        self.graph.show_looks(line.looks)
        sags = look is not None and not line.trouble and 0 <= look.mos < BAD_MOS
        said = self.tr("The line has just become worse.") if sags else trouble_text(line.trouble)
        self.said.setText(said if look else self.tr("No line is being measured."))
        restyle(self.said, "tone", "warning" if line.trouble or sags else "")
        self.figures.setText(figures_text(look) if look is not None else "")
        focused = state.focused
        names = {leg.leg: self._name(leg) for leg in focused.legs} if focused is not None else {}
        told = [
            self.tr("{0}: {1} ({2})").format(names[leg], score_text(other.mos), grade_text(other.mos))
            for leg, other in line.legs.items()
            if leg in names
        ]
        self.legs.setText("\n".join(told))
        self.legs.setVisible(bool(told))

    def _name(self, leg: Leg) -> str:
        return self.tr("{0}, silent alert").format(leg.line) if leg.purpose is LegPurpose.SILENT else leg.line


class QualityGraph(QWidget):
    """The score of the last five minutes, 1 to 4.5; the dashed line is where words begin to be lost. A look without a score
    leaves a gap."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: tuple[LineQuality, ...] = ()
        self.setMinimumHeight(160)
        self.setFont(theme.font("small"))
        self.setAccessibleName(self.tr("Line quality over time"))

    def show_looks(self, looks: tuple[LineQuality, ...]) -> None:
        if looks is self._looks:
            return
        self._looks = looks
        scores = [look.mos for look in looks if look.mos >= 0]
        if scores:
            text = self.tr("Lowest {0}, now {1}").format(score_text(min(scores)), score_text(looks[-1].mos))
            self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        left = self.fontMetrics().horizontalAdvance("4.5") + 10
        below = self.fontMetrics().height() + 4
        room = QRectF(left, 8, self.width() - left - 10, self.height() - below - 12)
        self._draw_scale(painter, room)
        self._draw_curve(painter, room)

    def _draw_scale(self, painter: QPainter, room: QRectF) -> None:
        for score in (1.0, 2.0, 3.0, BAD_MOS, 4.0):
            y = _height(room, score)
            is_limit = score == BAD_MOS
            ink = self._theme.colour("warning" if is_limit else "border")
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if is_limit else Qt.PenStyle.SolidLine))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            if score != 3.0:
                painter.setPen(self._theme.colour("warning" if is_limit else "muted"))
                painter.drawText(QRectF(0, y - 10, room.left() - 5, 20), _RIGHT, score_text(score))
        painter.setPen(self._theme.colour("muted"))
        foot = QRectF(room.left(), room.bottom() + 2, room.width(), self.fontMetrics().height())
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, f"−{duration_text(_SPAN_S)}")
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, "0:00")

    def _draw_curve(self, painter: QPainter, room: QRectF) -> None:
        if not self._looks:
            return
        now = self._looks[-1].at
        stretch = QPolygonF()
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        for look in self._looks:
            place = room.right() - (now - look.at) / _SPAN_S * room.width()
            if place < room.left() or look.mos < 0:
                painter.drawPolyline(stretch)
                stretch = QPolygonF()
            else:
                stretch.append(QPointF(place, _height(room, look.mos)))
        painter.drawPolyline(stretch)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _height(room: QRectF, score: float) -> float:
    share = (min(_HIGH, max(_LOW, score)) - _LOW) / (_HIGH - _LOW)
    return room.bottom() - share * room.height()
