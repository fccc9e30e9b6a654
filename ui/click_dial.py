"""Click-to-dial (点击拨号): the telephone number where the keyboard's focus or the mouse stands, ready to be dialled."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from app.domain.call import clean_number

_NUMBER = re.compile(
    r"(?<![\d+-])(?:\+\d{6,15}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|[48]00[ -]?\d{3}[ -]?\d{4}"
    r"|9[56]\d{3,4}|1[012]\d{3}|[2-8]\d{6,7})(?![\d-])"
)
"""Mobile, landline, 400/800 and service numbers of China, and any that begins with +; neither dates nor ticket numbers."""
_FILLERS = str.maketrans("", "", " -")


def number_in(text: str) -> str:
    """The only telephone number of a text; "" where there is none, or more than one: nobody is called by guess."""
    if whole := clean_number(text.strip()):
        return whole
    found = {match[0].translate(_FILLERS) for match in _NUMBER.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def number_at(widget: QWidget | None) -> str:
    """The number in what is selected there, in the field or the line of the cursor, or in the current row of a list."""
    match widget:
        case QLineEdit():
            return number_in(widget.selectedText() or widget.text())
        case QTextEdit() | QPlainTextEdit():
            cursor = widget.textCursor()
            return number_in(cursor.selectedText() if cursor.hasSelection() else cursor.block().text())
        case QAbstractItemView():
            index = widget.currentIndex()
            texts = (str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole))
            return next((number for text in texts if (number := number_in(text))), "")
        case QLabel():
            return number_in(widget.selectedText() or widget.text())
        case _:
            return ""


class ClickDial(QObject):
    """Adds "Dial …" to what the right mouse button offers in every part of a window that shows a number."""

    def __init__(self, window: QWidget, dial: Callable[[str], None], consult: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._dial, self._consult = window, dial, consult

    def serve(self, *parts: QWidget) -> None:
        """Watches these parts and all within them."""
        for part in parts:
            for widget in (part, *part.findChildren(QWidget)):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QContextMenuEvent) or not isinstance(watched, QWidget):
            return False
        widget = watched if number_at(watched) else watched.parentWidget()  # a view's own surface lies within it
        if isinstance(widget, QAbstractItemView):
            widget.setCurrentIndex(widget.indexAt(widget.viewport().mapFromGlobal(event.globalPos())))
        number = number_at(widget)
        if not number or widget is None:
            return False
        menu = self.menu(widget, number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        return True

    def menu(self, widget: QWidget, number: str) -> QMenu:
        """What can be done there, calling the number first."""
        if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
            menu = widget.createStandardContextMenu()
        else:
            menu = QMenu(self._window)
        first = next(iter(menu.actions()), None) or menu.addSeparator()
        for text, act in ((self.tr("Dial {0}"), self._dial), (self.tr("Consult {0}"), self._consult)):
            action = menu.addAction(text.format(number))
            action.triggered.connect(lambda _=False, act=act: act(number))
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        return menu


def focused_number() -> str:
    """The number where the keyboard's focus stands."""
    return number_at(QApplication.focusWidget())
