"""The hand-off card in large letters: for reading out to the operator, on one screen, with the keyboard alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.handoff import HandOffCard
from ui.clock_texts import duration_text
from ui.labels import emergency_line_text, speaker_text
from ui.theme import restyle, size_letters

_DESIGN = (1100, 700)
_SIZES = {"place": 46, "ring_back": 54, "danger": 40, "ticket": 36, "words": 22}


class HandOffCardWindow(QWidget):
    """Not modal: the call's keys work here. Esc closes it while there is nothing to undo."""

    def __init__(self, shown: Callable[[bool], None], speak: Callable[[], None], parent: QWidget | None = None) -> None:
        """`shown` is told when the card is opened and closed; `speak` reads it to the operator, or stops."""
        super().__init__(parent, Qt.WindowType.Window)
        self._shown = shown
        self.setWindowTitle(self.tr("Hand-off card"))
        self.setProperty("role", "handoff")
        self.title = QLabel()
        self.title.setProperty("role", "strong")
        self.title.setProperty("tone", "danger")
        self.standing = QLabel()
        self.fields = {name: QLabel() for name in _SIZES}
        self.captions = {name: QLabel(text) for name, text in self._captions().items()}
        self.speak = QPushButton()
        self.speak.clicked.connect(lambda _=False: speak())
        self.close_button = QPushButton(self.tr("Close  Esc"))
        self.close_button.clicked.connect(lambda _=False: self.close())
        self._lay_out()
        self.resize(*_DESIGN)

    def show_state(self, state: DeskState) -> None:
        card = state.emergency.card
        self._name(self.speak, self.tr("■ Stop reading  Ctrl+F10") if state.emergency.is_spoken else
                   self.tr("► Read to the operator  Ctrl+F10"))  # fmt: skip
        self.speak.setEnabled(card is not None)
        if card is None:
            self._set(self.title, self.tr("No call: there is nothing to hand over"))
            for label in self.fields.values():
                self._set(label, "–")
            self._set(self.standing, "")
            return
        self._show_card(card, state.now)
        self._set(self.standing, self._standing(card, state.emergency.pushed))

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._shown(True)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._shown(False)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        unit = min(self.width() / _DESIGN[0], self.height() / _DESIGN[1])
        for name, label in self.fields.items():
            self._enlarge(label, _SIZES[name] * unit, name != "words")
        for label in (*self.captions.values(), self.standing):
            self._enlarge(label, 20 * unit, False)
        self._enlarge(self.title, 28 * unit, True)
        super().resizeEvent(event)

    def _show_card(self, card: HandOffCard, now: float) -> None:
        line = f"{card.line} {emergency_line_text(card.line)}" if card.line else self.tr("no line called yet")
        since = self.tr("pressed {0} ago").format(duration_text(now - card.pressed_at)) if card.pressed_at else ""
        self._set(self.title, "   ".join(part for part in (line, since) if part))
        unknown = self.tr("ASK: not known yet")
        values = {
            "place": card.place or unknown,
            "ring_back": _grouped(card.ring_back) or unknown,
            "danger": card.danger or unknown,
            "ticket": _grouped(card.ticket, 4) or self.tr("number follows"),
            "words": "\n".join(self.tr("{0}: {1}").format(speaker_text(said.speaker), said.text) for said in card.words),
        }
        for name, text in values.items():
            label = self.fields[name]
            self._set(label, text)
            label.setAccessibleName(f"{self.captions[name].text()}: {text}")
            restyle(label, "tone", "danger" if text == unknown else "")

    def _standing(self, card: HandOffCard, pushed: str) -> str:
        case = self.tr("Their case number: {0}").format(card.case_number) if card.case_number else ""
        sent = {
            "": "",
            "sending": self.tr("… being sent to the emergency desk"),
            "sent": self.tr("✓ the emergency desk has it"),
        }.get(pushed, self.tr("⚠ not sent to the emergency desk yet: read it out"))
        return "   ".join(part for part in (sent, case) if part)

    def _captions(self) -> dict[str, str]:
        return {
            "place": self.tr("Place"),
            "ring_back": self.tr("Ring back"),
            "danger": self.tr("Danger"),
            "ticket": self.tr("Our ticket"),
            "words": self.tr("Last 60 s"),
        }

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(self.fields.items()):
            caption = self.captions[name]
            caption.setBuddy(label)
            caption.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(caption, row, 0, top)
            if name == "words":
                label.setAlignment(top)
                area = QScrollArea()
                area.setWidgetResizable(True)
                area.setFrameShape(QScrollArea.Shape.NoFrame)
                area.setWidget(label)
                grid.addWidget(area, row, 1)
                grid.setRowStretch(row, 1)
            else:
                grid.addWidget(label, row, 1, top)
        foot = QHBoxLayout()
        foot.addWidget(self.standing, stretch=1)
        foot.addWidget(self.speak)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 18)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addLayout(grid, stretch=1)
        column.addLayout(foot)

    @staticmethod
    def _set(label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)

    @staticmethod
    def _name(button: QPushButton, text: str) -> None:
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(text)

    @staticmethod
    def _enlarge(label: QLabel, pixels: float, is_bold: bool) -> None:
        size_letters(label, max(14, round(pixels)), is_bold)


def _grouped(number: str, size: int = 0) -> str:
    """In groups that are read aloud without a slip: a mobile 3-4-4, a ticket by fours."""
    if size:
        return " ".join(number[at : at + size] for at in range(0, len(number), size))
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 and number.isdigit() else number
