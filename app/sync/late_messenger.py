"""The way to the emergency desk from the first moment on: its HTTP library is loaded when there is somebody to speak with."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.desk.help_events import HelpEvent
from app.domain.handoff import HandOffCard
from app.sync.desk_address import DeskAddress

if TYPE_CHECKING:
    from app.sync.emergency_desk import CardStore, EmergencyDesk


class LateMessenger:
    """Implements desk.ports.Messenger. Every method but `load` returns at once; what comes before `load` waits in order."""

    def __init__(self, address: DeskAddress, emit: Callable[[HelpEvent], None]) -> None:
        self._address, self._emit = address, emit
        self._desk: EmergencyDesk | None = None
        self._waiting: list[Callable[[EmergencyDesk], None]] = []
        self._lock = threading.Lock()
        self._is_stopped = False

    def load(self) -> None:
        """Loads the library where an address is set up; takes its time, so not on the main thread."""
        with self._lock:
            if self._desk is not None or self._is_stopped or self._address == DeskAddress():
                return
            from app.sync.emergency_desk import EmergencyDesk

            desk = EmergencyDesk(self._address, self._emit)
            for tell in self._waiting:
                tell(desk)
            self._waiting.clear()
            self._desk = desk
        desk.start()

    def set_up(self, address: DeskAddress) -> None:
        """The settings were changed."""
        if address == self._address:
            return
        self._address = address
        if self._desk is not None:
            self._desk.set_up(address)
        else:
            threading.Thread(target=self.load, name="messenger", daemon=True).start()

    def keep_in(self, store: "CardStore") -> None:
        self._tell(lambda desk: desk.keep_in(store))

    def push_card(self, card: HandOffCard) -> None:
        self._tell(lambda desk: desk.push_card(card))

    def send_text(self, request: str, line: str, text: str) -> None:
        self._tell(lambda desk: desk.send_text(request, line, text))

    def stop(self) -> None:
        """Returns when the threads have ended."""
        self._is_stopped = True
        if self._desk is not None:
            self._desk.stop()

    def _tell(self, tell: "Callable[[EmergencyDesk], None]") -> None:
        with self._lock:
            desk = self._desk
            if desk is None:
                self._waiting.append(tell)
                return
        tell(desk)
