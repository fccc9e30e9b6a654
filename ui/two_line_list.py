"""A list whose rows have a title with an aside at its right, and a line of detail below."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.row_model import Index

_PAD_X, _PAD_Y, _GAP = 8, 3, 1


class Line(IntEnum):
    """The roles beside DisplayRole (the title) under which a model gives the parts of a row."""

    ASIDE = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row; everything that does not fit is elided and stands whole in the tool tip."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        row: Any = option  # its fields are missing in the maker's type stubs
        title, detail = QFontMetrics(_bold(row.font)).height(), QFontMetrics(_small(row.font)).height()
        return QSize(120, title + detail + _GAP + 2 * _PAD_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Any = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        title, row.text = row.text, ""
        row.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        painter.save()
        self._write(painter, row, title, index)
        painter.restore()

    def _write(self, painter: QPainter, row: Any, title: str, index: Index) -> None:
        strong, quiet = _inks(row)
        room = row.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        bold, small = _bold(row.font), _small(row.font)
        aside = str(index.data(Line.ASIDE) or "")
        aside_width = QFontMetrics(small).horizontalAdvance(aside)
        upper = QRect(room.left(), room.top(), room.width(), QFontMetrics(bold).height())
        painter.setFont(small)
        painter.setPen(quiet)
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
        lower = QRect(room.left(), upper.bottom() + 1 + _GAP, room.width(), QFontMetrics(small).height())
        _elided(painter, lower, str(index.data(Line.DETAIL) or ""))
        painter.setFont(bold)
        painter.setPen(strong)
        _elided(painter, upper.adjusted(0, 0, -(aside_width + _PAD_X if aside else 0), 0), title)


class TwoLineList(QListView):
    """Keys: Up and Down move, Enter is `entered_row`; Up on the first row leaves upwards (`left_upwards`)."""

    entered_row = Signal(int)
    left_upwards = Signal()

    def __init__(self, name: str, entered: Callable[[int], None], parent: QWidget | None = None) -> None:
        """`name` is what a screen reader says of the list."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.entered_row.connect(entered)
        self.doubleClicked.connect(lambda index: self.entered_row.emit(index.row()))

    def keep_rows_visible(self, rows: int) -> None:
        """From now on the list is never lower than so many rows."""
        font = QFontMetrics(_bold(self.font())).height() + QFontMetrics(_small(self.font())).height()
        self.setMinimumHeight(rows * (font + _GAP + 2 * _PAD_Y) + 2 * self.frameWidth() + 2)

    def enter_list(self) -> None:
        """Takes the focus with a row under the cursor."""
        if self.model().rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place >= 0 and not _has_modifier(event):
            self.entered_row.emit(place)
        elif event.key() == Qt.Key.Key_Up and place <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


def _has_modifier(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(11, round(QFontInfo(font).pixelSize() * 0.88)))
    return small


def _inks(row: Any) -> tuple[QColor, QColor]:
    """The colours of title and detail: on a selected row both are the colour made for it."""
    palette: QPalette = row.palette
    if row.state & QStyle.StateFlag.State_Selected:
        ink = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText)
        return ink, ink
    ink, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    return ink, _between(ink, ground)


def _between(ink: QColor, ground: QColor) -> QColor:
    """Quieter than `ink` and still readable. (Qt's own placeholder colour becomes too pale below a style sheet.)"""
    strong, weak = (ink.red(), ink.green(), ink.blue()), (ground.red(), ground.green(), ground.blue())
    return QColor(*(round(0.72 * more + 0.28 * less) for more, less in zip(strong, weak, strict=True)))


def _elided(painter: QPainter, room: QRect, text: str) -> None:
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
