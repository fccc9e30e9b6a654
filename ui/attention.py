"""Calls the agent back to the window when a call rings: the task bar flashes and the tray says so."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from app.desk.state import DeskState
from app.domain.call import CallId, CallStage
from ui.caller_text import caller_text


class Attention(QObject):
    """Says each ringing call once. Without a tray only the task bar flashes."""

    def __init__(self, window: QWidget, icon: QIcon) -> None:
        super().__init__(window)
        self._window = window
        self._said: frozenset[CallId] = frozenset()
        self.tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = QSystemTrayIcon(icon, self)
            self.tray.setToolTip(window.windowTitle())
            self.tray.messageClicked.connect(self._raise)
            self.tray.activated.connect(lambda _: self._raise())
            self.tray.show()

    def show_state(self, state: DeskState) -> None:
        ringing = {view.call: view for view in state.calls if view.stage is CallStage.RINGING}
        new = [view for call, view in ringing.items() if call not in self._said]
        self._said = frozenset(ringing)
        for view in new:
            QApplication.alert(self._window, 0)
            if self.tray is not None:
                title = QCoreApplication.translate("attention", "A call is ringing")
                self.tray.showMessage(title, caller_text(view, is_unmasked=False))

    def _raise(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
