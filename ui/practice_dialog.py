"""The practice calls: which scripted citizen is to ring, and how far the running call is."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk.events import ScenarioKept
from app.desk.state import DeskState, PracticeState
from ui.row_model import RowModel
from ui.theme import restyle
from ui.two_line_list import Line, TwoLineList

_STEPS = {
    "preparing": QT_TRANSLATE_NOOP("PracticeSteps", "The voice of the citizen is being made…"),
    "calling": QT_TRANSLATE_NOOP("PracticeSteps", "The citizen is calling: answer the call"),
    "talking": QT_TRANSLATE_NOOP("PracticeSteps", "The citizen is talking with you"),
    "ended": QT_TRANSLATE_NOOP("PracticeSteps", "The practice call has ended"),
    "failed": QT_TRANSLATE_NOOP("PracticeSteps", "The practice call failed"),
}
_RUNNING = frozenset({"preparing", "calling", "talking"})
_ANY = ScenarioKept("", "", "")


class PracticeDialog(QDialog):
    """Enter starts the scenario under the cursor ("" = any); it stays open beside the desk while the call runs."""

    def __init__(self, start: Callable[[str], None], stop: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._stop = start, stop
        self._scenarios: tuple[ScenarioKept, ...] | None = None
        self._is_awaited = False
        self.setWindowTitle(self.tr("Practice"))
        self.rows: RowModel[ScenarioKept] = RowModel(
            lambda scenario: scenario.key,
            {
                Qt.ItemDataRole.DisplayRole: lambda scenario, _: self._title(scenario),
                Line.DETAIL: lambda scenario, _: self._description(scenario),
                Qt.ItemDataRole.ToolTipRole: lambda scenario, _: self._description(scenario),
                Qt.ItemDataRole.AccessibleTextRole: lambda scenario, _: (
                    f"{self._title(scenario)}, {self._description(scenario)}"
                ),
            },
            parent=self,
        )
        self.list = TwoLineList(self.tr("Practice calls"), lambda _: self.start_chosen(), self)
        self.list.setModel(self.rows)
        self.heading = QLabel(self.tr("&Who is to call?"))
        self.heading.setBuddy(self.list)
        self.description = QLabel()
        self.description.setWordWrap(True)
        self.description.setMinimumHeight(64)
        self.description.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.step = QLabel()
        self.step.setWordWrap(True)
        self.step.setProperty("role", "banner")
        self.start_button = QPushButton(self.tr("S&tart (Enter)"))
        self.stop_button = QPushButton(self.tr("St&op"))
        self.close_button = QPushButton(self.tr("Close"))
        self._connect()
        self._lay_out()
        self.resize(560, 520)

    def show_state(self, state: DeskState) -> None:
        practice = state.practice
        if practice.scenarios is not self._scenarios:
            self._scenarios = practice.scenarios
            self.rows.show((_ANY, *practice.scenarios) if practice.scenarios else ())
            if not self.list.currentIndex().isValid() and practice.scenarios:
                self.list.setCurrentIndex(self.rows.index(0, 0))
        is_running = practice.step in _RUNNING
        self.start_button.setEnabled(bool(practice.scenarios) and not is_running)
        self.stop_button.setEnabled(is_running)
        self.step.setText(self._step_text(practice))
        restyle(self.step, "tone", "warning" if practice.step == "failed" or not practice.scenarios else "")
        if practice.step == "calling" and self._is_awaited:
            self._is_awaited = False
            self.close()  # the citizen rings: the desk must lie open and take the keys
            if (desk := self.parentWidget()) is not None:
                desk.activateWindow()

    def start_chosen(self) -> None:
        scenario = self.rows.row(self.list.currentIndex().row())
        if scenario is not None and self.start_button.isEnabled():
            self._is_awaited = True
            self._start(scenario.key)

    def _step_text(self, practice: PracticeState) -> str:
        if not practice.scenarios:
            return self.tr("The practice exchange is not running")
        if not practice.step:
            return self.tr("No practice call is running")
        words = QCoreApplication.translate("PracticeSteps", str(_STEPS.get(practice.step, practice.step)))
        title = next((known.title for known in practice.scenarios if known.key == practice.scenario), "")
        if title:
            words = self.tr("{0}: {1}").format(title, words)
        return self.tr("{0} ({1})").format(words, practice.reason) if practice.reason else words

    def _title(self, scenario: ScenarioKept) -> str:
        return scenario.title if scenario.key else self.tr("Any citizen")

    def _description(self, scenario: ScenarioKept) -> str:
        return scenario.description if scenario.key else self.tr("One of the calls below, by chance: as on a real day")

    def _show_description(self) -> None:
        scenario = self.rows.row(self.list.currentIndex().row())
        self.description.setText(self._description(scenario) if scenario else "")

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_description())
        self.start_button.setDefault(True)
        self.start_button.setProperty("role", "primary")
        self.start_button.clicked.connect(self.start_chosen)
        self.stop_button.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.description)
        column.addWidget(self.step)
        column.addLayout(row)
