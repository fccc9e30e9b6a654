"""The windows beside the desk: built when first wanted, fed while they are open."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.desk.state import DeskState
from app.domain.ticket import TicketId
from ui.actions import Actions
from ui.desk_calls import DeskCalls
from ui.dial_dialog import DialDialog, DialPurpose
from ui.keys_help import KeysHelp
from ui.practice_dialog import PracticeDialog
from ui.say_dialog import SayDialog
from ui.ticket_table import TicketTable
from ui.wallboard import WallboardWindow


class SideWindows(QObject):
    """The keys of calls and emergencies work in every one of them; none stops the desk."""

    def __init__(self, desk: DeskCalls, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._actions: Actions | None = None
        self._state = DeskState()
        self._open: dict[str, TicketTable | WallboardWindow | PracticeDialog | KeysHelp | SayDialog] = {}

    def take_keys(self, actions: Actions) -> None:
        self._actions = actions

    def show_state(self, state: DeskState) -> None:
        self._state = state
        for window in self._open.values():
            if isinstance(window, TicketTable | WallboardWindow | PracticeDialog) and window.isVisible():
                window.show_state(state)

    def show_tickets(self) -> None:
        self._desk.find_tickets(self._state.ticket_query)
        self._show("tickets", lambda: TicketTable(self._desk.find_tickets, self._open_ticket, self._window))

    def show_wallboard(self) -> None:
        self._show("wallboard", lambda: WallboardWindow(self._desk.want_figures))

    def show_practice(self) -> None:
        self._show("practice", lambda: PracticeDialog(self._desk.start_practice, self._desk.stop_practice, self._window))

    def show_keys(self) -> None:
        self._show("keys", lambda: KeysHelp(self._window))

    def show_say(self) -> None:
        self._show("say", lambda: SayDialog(self._desk.say, self._window))

    def ask_number(self, purpose: DialPurpose) -> None:
        done = {
            DialPurpose.DIAL: self._desk.dial,
            DialPurpose.TRANSFER: self._desk.transfer_blind,
            DialPurpose.THREE_WAY: self._desk.three_way,
            DialPurpose.DIGITS: self._desk.send_digits,
        }[purpose]
        self.open(DialDialog(purpose, done, parent=self._window))

    def ask(self, question: str, yes: str, act: Callable[[], None]) -> None:
        """Asks before something is given up; the answer that changes nothing is the one under Enter."""
        box = QMessageBox(QMessageBox.Icon.Question, self._window.windowTitle(), question, parent=self._window)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Go back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        accept.clicked.connect(partial(_call, act))
        self.open(box)

    def open(self, dialog: QDialog) -> None:
        """Opens a dialog without waiting for it; the keys of calls and emergencies work in it."""
        if self._actions is not None:
            self._actions.serve(dialog)
        dialog.finished.connect(lambda _: dialog.deleteLater())
        dialog.open()

    def close_all(self) -> None:
        for window in self._open.values():
            window.close()
            window.deleteLater()
        self._open.clear()

    def _show(
        self, name: str, build: Callable[[], TicketTable | WallboardWindow | PracticeDialog | KeysHelp | SayDialog]
    ) -> None:
        if name not in self._open:
            self._open[name] = build()
            if self._actions is not None:
                self._actions.serve(self._open[name])
        window = self._open[name]
        window.show()
        if isinstance(window, TicketTable | WallboardWindow | PracticeDialog):
            window.show_state(self._state)
        window.raise_()
        window.activateWindow()

    def _open_ticket(self, ticket: TicketId) -> None:
        self._desk.open_ticket(ticket)
        self._window.raise_()
        self._window.activateWindow()


def _call(act: Callable[[], None], _checked: bool = False) -> None:
    act()
