"""What takes long begins when the window can be seen, once, and begins too where nobody ever sees it."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.first_paint import PATIENCE_MS, FirstPaint


class Painted(QWidget):
    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def paintEvent(self, event: QPaintEvent) -> None:
        self._order.append("paint")


def test_it_begins_once_and_after_the_first_paint(qtbot: QtBot) -> None:
    order: list[str] = []
    window = Painted(order)
    qtbot.addWidget(window)
    window.show()

    FirstPaint(window, lambda: order.append("begin"))
    qtbot.waitUntil(lambda: "begin" in order, timeout=PATIENCE_MS - 100)  # not by its patience
    window.hide()
    window.show()
    qtbot.wait(PATIENCE_MS + 100)

    assert order[0] == "paint"
    assert order.count("begin") == 1


def test_a_window_that_is_never_seen_is_not_waited_for_for_ever(qtbot: QtBot) -> None:
    order: list[str] = []
    window = Painted(order)
    qtbot.addWidget(window)
    window.winId()  # makes the native window without showing it

    FirstPaint(window, lambda: order.append("begin"))
    qtbot.waitUntil(lambda: "begin" in order, timeout=PATIENCE_MS + 2000)

    assert order == ["begin"]
