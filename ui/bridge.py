"""The only crossing from other threads into Qt: a typed method around an untyped signal."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.desk.events import DeskEvent, Ticked

TICK_MS = 1000

LATER_MS = 15
"""Between two steps of what the desk does bit by bit: the window draws and takes keys."""


class Bridge(QObject):
    """Made on the main thread; `post` may be called from any."""

    _posted = Signal(object)  # DeskEvent

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self.post(Ticked(clock())))

    def post(self, event: DeskEvent) -> None:
        """Accepts an event from any thread and returns at once."""
        self._posted.emit(event)

    def later(self, event: DeskEvent) -> None:
        """Brings the event in a moment; main thread only."""
        QTimer.singleShot(LATER_MS, self, lambda: self.post(event))

    def serve(self, handle: Callable[[DeskEvent], None]) -> None:
        """From now on `handle` gets every event, in order, on the main thread, and a tick each second."""
        self._posted.connect(handle, Qt.ConnectionType.QueuedConnection)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._posted.disconnect()
