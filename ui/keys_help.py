"""All commands and their keys on one sheet (F1)."""

from itertools import groupby

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.commands import COMMANDS, group_text
from ui.knowledge_panel import ANSWER_KEYS

_IN_LISTS = (
    (ANSWER_KEYS[0] + "…5", QT_TRANSLATE_NOOP("KeysHelp", "Use the first to fifth answer")),
    ("Down", QT_TRANSLATE_NOOP("KeysHelp", "From a search box into its list")),
    ("Return", QT_TRANSLATE_NOOP("KeysHelp", "Open the ticket, use the answer, choose the unit")),
    ("Space", QT_TRANSLATE_NOOP("KeysHelp", "Read the whole answer")),
    ("Ctrl+F", QT_TRANSLATE_NOOP("KeysHelp", "Search in the ticket table")),
    ("Alt+Return", QT_TRANSLATE_NOOP("KeysHelp", "Wallboard over the whole screen")),
    ("Esc", QT_TRANSLATE_NOOP("KeysHelp", "Close the text, the dialog or the window")),
)
_COLUMNS = 4

Section = tuple[str, list[tuple[str, str]]]


class KeysHelp(QDialog):
    """Typing narrows the sheet to the commands that hold the typed words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Which command?"))
        self.filter.setAccessibleName(self.tr("Filter the commands"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self.headings: list[tuple[QLabel, range]] = []
        close = QPushButton(self.tr("Close (Esc)"))
        close.clicked.connect(self.accept)
        sheet = QScrollArea()
        sheet.setWidgetResizable(True)
        sheet.setWidget(self._sheet())
        column = QVBoxLayout(self)
        column.addWidget(self.filter)
        column.addWidget(sheet, stretch=1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(1340, 590)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _sheet(self) -> QWidget:
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setSpacing(28)
        for sections in _columns(self._sections()):
            grid = QGridLayout()
            grid.setVerticalSpacing(3)
            grid.setHorizontalSpacing(12)
            grid.setColumnStretch(0, 1)
            for name, lines in sections:
                self._add_section(grid, name, lines)
            grid.setRowStretch(grid.rowCount(), 1)
            row.addLayout(grid, stretch=1)
        return sheet

    def _add_section(self, grid: QGridLayout, name: str, lines: list[tuple[str, str]]) -> None:
        heading = QLabel(name)
        heading.setProperty("role", "title")
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        first = len(self.lines)
        for text, key in lines:
            label, keys = QLabel(text), QLabel(key)
            label.setWordWrap(True)
            keys.setProperty("role", "key")
            place = grid.rowCount()
            grid.addWidget(label, place, 0)
            grid.addWidget(keys, place, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self.lines.append((label, keys))
        self.headings.append((heading, range(first, len(self.lines))))

    def _sections(self) -> list[Section]:
        sections = [
            (group_text(group), [(command.text, key_text(command.keys[0])) for command in commands if command.keys])
            for group, commands in groupby(COMMANDS, key=lambda command: command.group)
        ]
        in_lists = [(QCoreApplication.translate("KeysHelp", str(source)), key_text(key)) for key, source in _IN_LISTS]
        return [*sections, (self.tr("Lists and windows"), in_lists)]

    def _narrow(self, needle: str) -> None:
        wanted = needle.strip().casefold()
        shown = [wanted in label.text().casefold() or wanted in keys.text().casefold() for label, keys in self.lines]
        for is_shown, line in zip(shown, self.lines, strict=True):
            for label in line:
                label.setVisible(is_shown)
        for heading, places in self.headings:
            heading.setVisible(any(shown[place] for place in places))


def key_text(key: str) -> str:
    """A key as this system writes it; a range such as Alt+1…5 stays as it is."""
    text = key if "…" in key else QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", "Enter")  # as the key is labelled


def _columns(sections: list[Section]) -> list[list[Section]]:
    """The sections in reading order, in columns of about the same height."""
    columns: list[list[Section]] = [[]]
    room = sum(len(lines) + 2 for _, lines in sections) / _COLUMNS
    filled = 0.0
    for section in sections:
        height = len(section[1]) + 2
        if filled and filled + height / 2 > room and len(columns) < _COLUMNS:
            columns.append([])
            filled = 0.0
        columns[-1].append(section)
        filled += height
    return columns
