"""The windows beside the desk: built when first wanted, fed while they are open."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.desk.state import DeskState
from app.domain.agent import AgentState, SupervisionMode
from app.domain.ticket import TicketId
from ui.actions import Actions
from ui.click_dial import focused_number
from ui.desk_calls import DeskCalls
from ui.dial_dialog import DialDialog, DialPurpose
from ui.directory_dialog import CONSULT, DIAL, THREE_WAY, TRANSFER, DirectoryDialog
from ui.evidence_dialog import EvidenceDialog, MarkDialog
from ui.handoff_card import HandOffCardWindow
from ui.keys_help import KeysHelp
from ui.missed_calls import MissedCallsDialog
from ui.practice_dialog import PracticeDialog
from ui.quality_dialog import QualityDialog
from ui.reason_dialog import ReasonDialog
from ui.say_dialog import SayDialog
from ui.shift_check_dialog import ShiftCheckDialog
from ui.theme import Theme
from ui.ticket_table import TicketTable
from ui.transcript_export import export_dialog
from ui.wallboard import WallboardWindow

SideWindow = (
    ShiftCheckDialog
    | TicketTable
    | WallboardWindow
    | PracticeDialog
    | KeysHelp
    | HandOffCardWindow
    | SayDialog
    | MissedCallsDialog
    | DirectoryDialog
    | QualityDialog
    | EvidenceDialog
)
_FED = (
    HandOffCardWindow,
    SayDialog,
    ShiftCheckDialog,
    TicketTable,
    WallboardWindow,
    PracticeDialog,
    MissedCallsDialog,
    DirectoryDialog,
    QualityDialog,
    EvidenceDialog,
)
"""Windows that show the state as long as they are open."""


class SideWindows(QObject):
    """The keys of calls and emergencies work in every one of them; none stops the desk."""

    def __init__(self, desk: DeskCalls, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._actions: Actions | None = None
        self._state = DeskState()
        self._open: dict[str, SideWindow] = {}

    def take_keys(self, actions: Actions) -> None:
        self._actions = actions

    def show_state(self, state: DeskState) -> None:
        self._state = state
        for window in self._open.values():
            if isinstance(window, _FED) and window.isVisible():
                window.show_state(state)

    def show_tickets(self) -> None:
        self._desk.find_tickets(self._state.ticket_query)
        self._show("tickets", lambda: TicketTable(self._desk.find_tickets, self._open_ticket, self._window))

    def show_wallboard(self) -> None:
        self._show("wallboard", lambda: WallboardWindow(self._desk.want_figures, supervise=self._desk.supervise))

    def supervise(self, mode: SupervisionMode) -> None:
        """About the agent chosen on the wallboard; where none is to be seen, it opens."""
        board = self._open.get("wallboard")
        if isinstance(board, WallboardWindow) and board.isVisible():
            board.agents.ask(mode)
        else:
            self.show_wallboard()

    def be_busy(self) -> None:
        """Busy at once, then the reason: no call slips in while one is chosen."""
        self._desk.become(AgentState.BUSY)
        reasons = self._state.queue.policy.busy_reasons
        if reasons:
            dialog = ReasonDialog(reasons, partial(self._desk.become, AgentState.BUSY), self._window)
            if self._actions is not None:
                self._actions.serve(dialog)
            dialog.show()

    def show_practice(self) -> None:
        self._show("practice", lambda: PracticeDialog(self._desk.start_practice, self._desk.stop_practice, self._window))

    def show_missed(self) -> None:
        desk = self._desk
        self._show("missed", lambda: MissedCallsDialog(desk.ring_back_missed, desk.settle_missed, self._window))

    def show_directory(self) -> None:
        desk = self._desk
        ways = {DIAL: desk.dial, CONSULT: desk.consult, TRANSFER: desk.transfer_blind, THREE_WAY: desk.three_way}
        desk.find_contacts("")
        self._show("directory", lambda: DirectoryDialog(desk.find_contacts, ways, self._window))

    def show_line_quality(self, theme: Theme) -> None:
        self._show("line_quality", lambda: QualityDialog(theme, self._window))

    def show_card(self) -> None:
        self._show("card", lambda: HandOffCardWindow(self._desk.card_shown, self._desk.speak_card))

    def show_keys(self) -> None:
        self._show("keys", lambda: KeysHelp(self._window))

    def show_shift_check(self) -> None:
        desk = self._desk
        self._show(
            "shift_check",
            lambda: ShiftCheckDialog(desk.start_shift_check, desk.stop_shift_check, desk.tell_ringer_heard, self._window),
        )

    def show_evidence(self) -> None:
        desk = self._desk
        desk.find_evidence()
        self._show("evidence", lambda: EvidenceDialog(desk.check_evidence, desk.export_evidence, self._window))

    def ask_mark(self) -> None:
        """A lead's word on the number that is on the desk."""
        view = self._state.focused
        if view is not None and view.number:
            self.open(MarkDialog(view.number, self._state.shield.mark_days, self._desk.mark_number, self._window))

    def export_transcript(self) -> None:
        """Asks for the file; the dialog asks before one that is there is replaced."""
        self.open(export_dialog(self._state, self._desk.export_transcript, self._window))

    def show_say(self) -> None:
        desk = self._desk
        self._show("say", lambda: SayDialog(desk.say, desk.announce, desk.stop_saying, self._window))

    def ask_number(self, purpose: DialPurpose) -> None:
        done = {
            DialPurpose.DIAL: self._desk.dial,
            DialPurpose.TRANSFER: self._desk.transfer_blind,
            DialPurpose.THREE_WAY: self._desk.three_way,
            DialPurpose.CONSULT: self._desk.consult,
            DialPurpose.DIGITS: self._desk.send_digits,
        }[purpose]
        number = "" if purpose is DialPurpose.DIGITS else focused_number()
        self.open(DialDialog(purpose, done, number, parent=self._window))

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

    def _show(self, name: str, build: Callable[[], SideWindow]) -> None:
        if name not in self._open:
            self._open[name] = build()
            if self._actions is not None:
                self._actions.serve(self._open[name])
        window = self._open[name]
        window.show()
        if isinstance(window, _FED):
            window.show_state(self._state)
        window.raise_()
        window.activateWindow()

    def _open_ticket(self, ticket: TicketId) -> None:
        self._desk.open_ticket(ticket)
        self._window.raise_()
        self._window.activateWindow()


def _call(act: Callable[[], None], _checked: bool = False) -> None:
    act()
