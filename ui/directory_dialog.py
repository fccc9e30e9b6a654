"""The directory (通讯录): found while one types; Enter dials, the other keys bring the contact into the call that is up."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk.state import DeskState, DirectoryState
from app.domain.call import CallStage
from app.domain.directory import Contact, ContactProblem
from ui.row_model import RowModel
from ui.theme import restyle
from ui.two_line_list import Line, TwoLineList
from ui.typed_search import TypedSearch

DIAL, CONSULT, TRANSFER, THREE_WAY = "dial", "consult", "transfer", "three_way"
_UP = (CallStage.TALKING, CallStage.HELD)
_PROBLEMS_SHOWN = 3


class DirectoryDialog(QDialog):
    """`ways`: what can be done with a number, by DIAL, CONSULT, TRANSFER, THREE_WAY; it closes when something was done."""

    def __init__(
        self, find: Callable[[str], None], ways: Mapping[str, Callable[[str], None]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ways, self._is_in_call, self._query = ways, False, ""
        self.setWindowTitle(self.tr("Directory"))
        self.box = TypedSearch(find, self)
        self.box.setAccessibleName(self.tr("Search the directory"))
        self.box.setPlaceholderText(self.tr("Name, first letters, unit or number"))
        self.rows: RowModel[Contact] = RowModel(
            lambda contact: (contact.name, contact.number),
            {
                Qt.ItemDataRole.DisplayRole: lambda contact, _: contact.name,
                Line.ASIDE: lambda contact, _: contact.number,
                Line.DETAIL: lambda contact, _: _detail(contact),
                Qt.ItemDataRole.ToolTipRole: lambda contact, _: f"{contact.name}\n{contact.number}\n{_detail(contact)}".strip(),
                Qt.ItemDataRole.AccessibleTextRole: lambda contact, _: f"{contact.name}, {contact.number}",
            },
            parent=self,
        )
        self.list = TwoLineList(self.tr("Contacts"), lambda _: self.do(DIAL), self)
        self.list.setModel(self.rows)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.buttons = {way: QPushButton(text) for way, text in self._texts().items() if way in ways}
        self.close_button = QPushButton(self.tr("Close (Esc)"))
        self._connect()
        self._lay_out()
        self.resize(620, 560)
        self.box.setFocus()

    def show_state(self, state: DeskState) -> None:
        self.rows.show(state.contacts)
        self.box.follow(state.contacts_query)
        if state.contacts and (state.contacts_query != self._query or not self.list.currentIndex().isValid()):
            self.list.setCurrentIndex(self.rows.index(0, 0))  # never somebody found by other words
        self._query = state.contacts_query
        self._is_in_call = any(view.stage in _UP for view in state.calls)
        self._show_count(state)
        self._show_problems(state.directory)
        self._show_possible()

    def do(self, way: str) -> None:
        """Acts on the contact under the cursor."""
        contact = self.rows.row(self.list.currentIndex().row())
        if contact is None or way not in self.buttons or not self.buttons[way].isEnabled():
            return
        self.close()
        if (desk := self.parentWidget()) is not None:
            desk.activateWindow()
        self._ways[way](contact.number)

    def _texts(self) -> dict[str, str]:
        return {
            THREE_WAY: self.tr("&Bring in"),
            TRANSFER: self.tr("&Transfer"),
            CONSULT: self.tr("&Consult"),
            DIAL: self.tr("Dial (Enter)"),
        }

    def _show_count(self, state: DeskState) -> None:
        shown, size = len(state.contacts), state.directory.size
        said = self.tr("{0} of {1} contacts").format(shown, size)
        if not size:
            said = self.tr("The directory is empty. Settings, telephone: file of the directory.")
        if said != self.count.text():
            self.count.setText(said)

    def _show_problems(self, directory: DirectoryState) -> None:
        lines = self.tr("; ").join(self._problem_text(problem) for problem in directory.problems[:_PROBLEMS_SHOWN])
        said = self.tr("⚠ {0} lines of the file were left out: {1}").format(len(directory.problems), lines) if lines else ""
        if said != self.problems.text():
            self.problems.setText(said)
        self.problems.setVisible(bool(said))

    def _problem_text(self, problem: ContactProblem) -> str:
        whys = {
            "name": self.tr("line {0}: no name"),
            "number": self.tr("line {0}: not a number"),
            "columns": self.tr("line {0}: name,number,unit,note is wanted"),
            "text": self.tr("line {0}: cannot be read, nor what follows"),
            "file": self.tr("the file cannot be read"),
        }
        return whys.get(problem.why, whys["columns"]).format(problem.line)

    def _show_possible(self) -> None:
        is_chosen = self.list.currentIndex().isValid()
        for way, button in self.buttons.items():
            button.setEnabled(is_chosen and (way == DIAL or self._is_in_call))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_possible())
        self.list.left_upwards.connect(self.box.setFocus)
        self.box.left_downwards.connect(self.list.enter_list)
        for way, button in self.buttons.items():
            button.setAutoDefault(False)  # Enter while a name is typed must not dial whoever stands there just now
            button.clicked.connect(lambda _=False, way=way: self.do(way))
        self.box.returnPressed.connect(self.list.enter_list)
        self.buttons[DIAL].setProperty("role", "primary")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        restyle(self.problems, "tone", "warning")
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.count)
        column.addWidget(self.problems)
        column.addLayout(row)


def _detail(contact: Contact) -> str:
    return " · ".join(part for part in (contact.unit, contact.note) if part)
