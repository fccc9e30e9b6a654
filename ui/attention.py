"""Calls the agent back to the window when a call rings: the task bar flashes, the tray blinks and says so."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.state import DeskState
from app.domain.call import CallId, CallStage
from ui.caller_text import caller_text
from ui.tray import Tray

_AGAIN_MS = 5_000
"""A task bar forgets its flashing when another window is clicked; while it rings it is asked again."""


class Attention(QObject):
    """Says each ringing call once, and flashes on until nothing rings. Works while the window is minimised or hidden."""

    def __init__(
        self,
        window: QWidget,
        icon: QIcon,
        ringing_icon: QIcon | None = None,
        answer: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._said: frozenset[CallId] = frozenset()
        self.tray = Tray(window, icon, ringing_icon or icon, self._raise, answer)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._alert)

    def show_state(self, state: DeskState) -> None:
        ringing = {view.call: view for view in state.calls if view.stage is CallStage.RINGING}
        new = [view for call, view in ringing.items() if call not in self._said]
        is_news = frozenset(ringing) != self._said
        self._said = frozenset(ringing)
        if not is_news:
            return
        title = QCoreApplication.translate("attention", "A call is ringing")
        self.tray.show_ringing(bool(ringing), title if ringing else self._window.windowTitle())
        self._again.start() if ringing else self._again.stop()
        for view in new:
            self._alert()
            self.tray.say(title, caller_text(view, is_unmasked=False))

    def leave(self) -> None:
        """The window closes for good."""
        self._again.stop()
        self.tray.hide()

    def _alert(self) -> None:
        QApplication.alert(self._window, 0)

    def _raise(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
