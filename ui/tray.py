"""The sign beside the clock: says a ringing call outside the window, in a picture that blinks and a message."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

_BLINK_MS = 500


class Tray(QObject):
    """Without a tray on this desktop it does nothing. `act`s run on a click: answer, or come to the front."""

    def __init__(
        self,
        window: QWidget,
        calm: QIcon,
        ringing: QIcon,
        show_window: Callable[[], None],
        answer: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._calm, self._ringing = calm, ringing
        self._is_lit = False
        self._blink = QTimer(self)
        self._blink.setInterval(_BLINK_MS)
        self._blink.timeout.connect(self._turn)
        self.icon: QSystemTrayIcon | None = None
        self.menu = QMenu(window)
        self.answer = self.menu.addAction(self.tr("Answer"))
        self.answer.triggered.connect(lambda _=False: answer())
        self.answer.setEnabled(False)
        self.menu.addAction(self.tr("Show the window")).triggered.connect(lambda _=False: show_window())
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon = QSystemTrayIcon(calm, self)
            self.icon.setContextMenu(self.menu)
            self.icon.messageClicked.connect(show_window)
            self.icon.activated.connect(lambda reason: show_window() if _is_click(reason) else None)
            self.icon.show()

    @property
    def is_blinking(self) -> bool:
        return self._blink.isActive()

    def show_ringing(self, is_ringing: bool, tip: str) -> None:
        self.answer.setEnabled(is_ringing)
        if self.icon is not None:
            self.icon.setToolTip(tip)
        if is_ringing and not self._blink.isActive():
            self._blink.start()
            self._turn()
        elif not is_ringing and self._blink.isActive():
            self._blink.stop()
            self._put(self._calm)

    def say(self, title: str, text: str) -> None:
        if self.icon is not None:
            self.icon.showMessage(title, text)

    def hide(self) -> None:
        self._blink.stop()
        if self.icon is not None:
            self.icon.hide()

    def _turn(self) -> None:
        self._is_lit = not self._is_lit
        self._put(self._ringing if self._is_lit else self._calm)

    def _put(self, icon: QIcon) -> None:
        if self.icon is not None:
            self.icon.setIcon(icon)


def _is_click(reason: QSystemTrayIcon.ActivationReason) -> bool:
    return reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)
