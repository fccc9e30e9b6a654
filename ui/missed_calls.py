"""The missed calls (未接来电): who rang in vain, urgent ones first; Enter rings back, or they are done for a reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.call import masked
from app.domain.missed import MissedCall
from ui.clock_texts import duration_text, moment_text
from ui.row_model import RowModel
from ui.two_line_list import Line, TwoLineList


class MissedCallsDialog(QDialog):
    """`ring_back(number)`; `settle(number, reason)`. It stays open beside the desk until a caller is rung back."""

    def __init__(
        self, ring_back: Callable[[str], None], settle: Callable[[str, str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ring_back, self._settle = ring_back, settle
        self._now = 0.0
        self.setWindowTitle(self.tr("Missed calls"))
        self.rows: RowModel[MissedCall] = RowModel(
            lambda entry: entry.number,
            {
                Qt.ItemDataRole.DisplayRole: lambda entry, _: self._title(entry),
                Line.ASIDE: lambda entry, _: self._aside(entry),
                Line.DETAIL: lambda entry, _: self._detail(entry),
                Qt.ItemDataRole.ToolTipRole: lambda entry, _: self._detail(entry),
                Qt.ItemDataRole.AccessibleTextRole: lambda entry, _: f"{self._title(entry)}, {self._detail(entry)}",
            },
            parent=self,
        )
        self.list = TwoLineList(self.tr("Missed calls"), lambda _: self.ring_chosen(), self)
        self.list.setModel(self.rows)
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.label = QLabel(self.tr("&Reason"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(self.tr("Why this caller need not be rung back"))
        self.label.setBuddy(self.reason)
        self.done_button = QPushButton(self.tr("Mark as &done"))
        self.ring_button = QPushButton(self.tr("Ring back (Enter)"))
        self.close_button = QPushButton(self.tr("Close (Esc)"))
        self._connect()
        self._lay_out()
        self.resize(600, 480)

    def show_state(self, state: DeskState) -> None:
        self._now = state.now
        self.rows.show(state.missed)
        waiting = sum(not entry.done_at for entry in state.missed)
        said = self.tr("{0} to be rung back").format(waiting) if waiting else self.tr("Nobody waits to be rung back.")
        if said != self.heading.text():
            self.heading.setText(said)
        if not self.list.currentIndex().isValid() and state.missed:
            self.list.setCurrentIndex(self.rows.index(0, 0))
        self._show_possible()

    def ring_chosen(self) -> None:
        entry = self._chosen()
        if entry is not None and entry.can_ring_back:
            self.close()  # the desk lies open with the case of this caller
            if (desk := self.parentWidget()) is not None:
                desk.activateWindow()
            self._ring_back(entry.number)

    def settle_chosen(self) -> None:
        entry, reason = self._chosen(), self.reason.text().strip()
        if entry is None or entry.done_at:
            return
        if not reason:
            self.reason.setFocus()
            return
        self.reason.clear()
        self._settle(entry.number, reason)
        self.list.setFocus()

    def _chosen(self) -> MissedCall | None:
        return self.rows.row(self.list.currentIndex().row())

    def _title(self, entry: MissedCall) -> str:
        number = masked(entry.number) if entry.number else self.tr("no number")
        if entry.done_at:
            return f"✓ {number}"
        if entry.is_torn:
            return self.tr("⚠ {0} · torn off in the call").format(number)
        return self.tr("⚠ {0} · urgent").format(number) if entry.is_urgent else number

    def _aside(self, entry: MissedCall) -> str:
        return moment_text(entry.done_at or entry.last_at, self._now)

    def _detail(self, entry: MissedCall) -> str:
        if entry.done_at:
            return self._done_text(entry)
        parts = [
            self.tr("rang {0} times").format(entry.times) if entry.times > 1 else self.tr("rang once"),
        ]
        if entry.longest_wait_s >= 1:
            parts.append(self.tr("waited {0}").format(duration_text(entry.longest_wait_s)))
        if entry.times > 1:
            parts.append(self.tr("first at {0}").format(moment_text(entry.first_at, self._now)))
        if not entry.can_ring_back:
            parts.append(self.tr("cannot be rung back"))
        return " · ".join(parts)

    def _done_text(self, entry: MissedCall) -> str:
        texts = {
            "reached": self.tr("rung back and reached, {0}"),
            "answered": self.tr("rang again and was answered, {0}"),
            "ticket": self.tr("a ticket was taken by {0}"),
        }
        if entry.done_why in texts:
            return texts[entry.done_why].format(entry.done_by)
        return self.tr("done by {0}: {1}").format(entry.done_by, entry.done_why)

    def _show_possible(self) -> None:
        entry = self._chosen()
        self.ring_button.setEnabled(entry is not None and entry.can_ring_back)
        self.done_button.setEnabled(entry is not None and not entry.done_at)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_possible())
        self.reason.returnPressed.connect(self.settle_chosen)
        self.ring_button.setAutoDefault(False)  # Enter in the reason is for the reason
        self.ring_button.setProperty("role", "primary")
        self.ring_button.clicked.connect(lambda _=False: self.ring_chosen())
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(lambda _=False: self.settle_chosen())
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        reason = QHBoxLayout()
        reason.addWidget(self.label)
        reason.addWidget(self.reason, stretch=1)
        reason.addWidget(self.done_button)
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.ring_button)
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.list, stretch=1)
        column.addLayout(reason)
        column.addLayout(row)
