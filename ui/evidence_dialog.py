"""Sealed evidence: which packs there are, whether one is as it was sealed, and an open copy for the police or a court."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.desk.state import DeskState
from app.domain.evidence import PackFacts
from ui.clock_texts import day_text
from ui.shield_texts import flaw_text
from ui.theme import restyle


class EvidenceDialog(QDialog):
    """`check(name)` and `export(name, target)`; the answers come with the state."""

    def __init__(self, check: Callable[[str], None], export: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check, self._export = check, export
        self._packs: tuple[PackFacts, ...] | None = None
        self.setWindowTitle(self.tr("Sealed evidence"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sealed packs, the newest first"))
        self.list.currentRowChanged.connect(lambda _: self._show_possible())
        self.list.itemDoubleClicked.connect(lambda _: self._look())
        self.empty = QLabel(self.tr("No evidence is sealed yet. It is sealed by itself after a call with civility notices."))
        self.empty.setWordWrap(True)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName(self.tr("Result of the check"))
        self.check = QPushButton(self.tr("&Check (Enter)"))
        self.check.setDefault(True)
        self.check.clicked.connect(lambda _=False: self._look())
        self.export = QPushButton(self.tr("&Open copy…"))
        self.export.setToolTip(self.tr("Who took it, when and whereto is written down"))
        self.export.clicked.connect(lambda _=False: self._save())
        row = QHBoxLayout()
        row.addWidget(self.verdict, stretch=1)
        row.addWidget(self.export)
        row.addWidget(self.check)
        column = QVBoxLayout(self)
        column.addWidget(self.empty)
        column.addWidget(self.list, stretch=1)
        column.addLayout(row)
        self.resize(720, 380)
        self._show_possible()

    def show_state(self, state: DeskState) -> None:
        if state.shield.packs != self._packs:
            self._show_packs(state)
        chosen = self._chosen()
        if chosen is not None and state.shield.checked == chosen.name:
            flaws = state.shield.pack_flaws
            words = self.tr("✓ As it was sealed") if not flaws else self.tr("✗ {0}").format("; ".join(map(flaw_text, flaws)))
            self.verdict.setText(words)
            restyle(self.verdict, "tone", "danger" if flaws else "ok")

    def _show_packs(self, state: DeskState) -> None:
        """The chosen pack stays chosen."""
        before = self._chosen()
        self._packs = state.shield.packs
        self.list.clear()
        for facts in self._packs:
            item = QListWidgetItem(self._line(facts, state.now))
            item.setData(Qt.ItemDataRole.ToolTipRole, f"{facts.name}\nSHA-256 {facts.sha256}")
            self.list.addItem(item)
        names = [facts.name for facts in self._packs]
        self.list.setCurrentRow(names.index(before.name) if before is not None and before.name in names else 0)
        self._show_possible()

    def _line(self, facts: PackFacts, now: float) -> str:
        parts = [day_text(facts.sealed_at, now), self.tr("ticket {0}").format(facts.ticket or "–"), facts.number or "–"]
        parts.append(self.tr("by {0}").format(facts.sealed_by))
        if facts.is_missing:
            parts.append(self.tr("states that the recording is missing"))
        elif facts.completes:
            parts.append(self.tr("the recording"))
        elif facts.lacks:
            parts.append(self.tr("without recording"))
        return "  ·  ".join(parts)

    def _chosen(self) -> PackFacts | None:
        row = self.list.currentRow()
        return self._packs[row] if self._packs and 0 <= row < len(self._packs) else None

    def _show_possible(self) -> None:
        is_chosen = self._chosen() is not None
        self.check.setEnabled(is_chosen)
        self.export.setEnabled(is_chosen)
        self.empty.setVisible(not self._packs)
        self.verdict.clear()

    def _look(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.verdict.setText(self.tr("Checking…"))
            restyle(self.verdict, "tone", "")
            self._check(chosen.name)

    def _save(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        name = f"{Path(chosen.name).stem}.zip"
        dialog = QFileDialog(self, self.tr("Open copy of the evidence"), str(Path.home() / name), "ZIP (*.zip)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda target: self._export(chosen.name, target))
        dialog.open()


class MarkDialog(QDialog):
    """A lead's word on one number (R16): what agents should do, and until when it holds. It blocks nobody."""

    def __init__(self, number: str, days: int, mark: Callable[[str, str, int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._mark = number, mark
        self.setWindowTitle(self.tr("A lead's word on a number"))
        self.advice = QLineEdit()
        self.advice.setMaxLength(120)
        self.advice.setPlaceholderText(self.tr("e.g. one ticket a week, then only written down"))
        self.days = QSpinBox()
        self.days.setRange(1, 365)
        self.days.setValue(days)
        note = QLabel(
            self.tr("Every agent sees it when this number rings. No call is blocked by it: this may be a cry for help.")
        )
        note.setWordWrap(True)
        self.keep = QPushButton(self.tr("&Set"))
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        self.keep.setEnabled(False)
        self.keep.clicked.connect(lambda _=False: self._set(self.days.value()))
        self.lift = QPushButton(self.tr("&Take away"))
        self.lift.clicked.connect(lambda _=False: self._set(0))
        self.advice.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        form = QFormLayout()
        form.addRow(self.tr("Number"), QLabel(number))
        form.addRow(self.tr("&Advice"), self.advice)
        form.addRow(self.tr("&Days"), self.days)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.lift)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(note)
        column.addLayout(row)
        self.resize(460, 210)

    def _set(self, days: int) -> None:
        self._mark(self._number, self.advice.text(), days)
        self.accept()
