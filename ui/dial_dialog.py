"""One number pad for four purposes: dial, transfer, bring in a third party, send tones."""

import re
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import restyle

KEYS = "123456789*0#"
_NUMBER = re.compile(r"\+?[0-9*#]{2,32}")
_FILLERS = str.maketrans("", "", " -()")


class DialPurpose(StrEnum):
    DIAL = "dial"
    TRANSFER = "transfer"
    THREE_WAY = "three_way"
    CONSULT = "consult"
    UNPARK = "unpark"
    DIGITS = "digits"


_TITLES = {
    DialPurpose.DIAL: QT_TRANSLATE_NOOP("DialPurpose", "Dial a number"),
    DialPurpose.TRANSFER: QT_TRANSLATE_NOOP("DialPurpose", "Transfer the caller"),
    DialPurpose.THREE_WAY: QT_TRANSLATE_NOOP("DialPurpose", "Bring in a third party"),
    DialPurpose.CONSULT: QT_TRANSLATE_NOOP("DialPurpose", "Consult somebody"),
    DialPurpose.UNPARK: QT_TRANSLATE_NOOP("DialPurpose", "Take a parked caller back"),
    DialPurpose.DIGITS: QT_TRANSLATE_NOOP("DialPurpose", "Send tones"),
}
_HINTS = {
    DialPurpose.DIAL: QT_TRANSLATE_NOOP("DialPurpose", "The call goes out through the exchange."),
    DialPurpose.TRANSFER: QT_TRANSLATE_NOOP("DialPurpose", "The caller goes to this number and leaves you."),
    DialPurpose.THREE_WAY: QT_TRANSLATE_NOOP("DialPurpose", "You, the caller and this number hear each other."),
    DialPurpose.CONSULT: QT_TRANSLATE_NOOP("DialPurpose", "The caller waits and hears the hold tone while you ask."),
    DialPurpose.UNPARK: QT_TRANSLATE_NOOP("DialPurpose", "The parking number that the exchange said in your headset."),
    DialPurpose.DIGITS: QT_TRANSLATE_NOOP("DialPurpose", "Every key is sent into the call at once."),
}
_ACTS = {
    DialPurpose.DIAL: QT_TRANSLATE_NOOP("DialPurpose", "Dial (Enter)"),
    DialPurpose.TRANSFER: QT_TRANSLATE_NOOP("DialPurpose", "Transfer (Enter)"),
    DialPurpose.THREE_WAY: QT_TRANSLATE_NOOP("DialPurpose", "Bring in (Enter)"),
    DialPurpose.CONSULT: QT_TRANSLATE_NOOP("DialPurpose", "Consult (Enter)"),
    DialPurpose.UNPARK: QT_TRANSLATE_NOOP("DialPurpose", "Take back (Enter)"),
}


class DialDialog(QDialog):
    """Calls `done` with the number, then closes; with tones it calls `done` for each key and stays open until Esc."""

    def __init__(
        self, purpose: DialPurpose, done: Callable[[str], None], number: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._purpose, self._done = purpose, done
        self._sends_tones = purpose is DialPurpose.DIGITS
        self.setWindowTitle(_words(_TITLES[purpose]))
        self.label = QLabel(self.tr("Tones sent") if self._sends_tones else self.tr("&Number"))
        self.number = QLineEdit(number)
        self.number.setMaxLength(64)
        self.number.setReadOnly(self._sends_tones)
        self.number.setProperty("role", "number")
        self.number.setAccessibleName(self.windowTitle())
        self.label.setBuddy(self.number)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.act = QPushButton(self.tr("Done (Esc)") if self._sends_tones else _words(_ACTS[purpose]))
        self.act.setDefault(True)
        self.act.setProperty("role", "primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setVisible(not self._sends_tones)
        self.pad = {key: QPushButton(key) for key in KEYS}
        self._connect()
        self._lay_out()
        self._show_hint()
        if not self._sends_tones:
            self.number.selectAll()
        self.number.setFocus()

    def press(self, key: str) -> None:
        """A key of the pad or of the keyboard."""
        self.number.insert(key)
        if self._sends_tones:
            self._done(key)

    def accept(self) -> None:
        if self._sends_tones:
            super().accept()
            return
        number = self._cleaned()
        if not number:
            self._show_hint(self.tr("⚠ This is not a number. Allowed: 2 to 32 digits, * and #, + at the start"))
            self.number.setFocus()
            return
        super().accept()
        self._done(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        if self._sends_tones and key and key in KEYS:
            self.press(key)
        else:
            super().keyPressEvent(event)

    def _cleaned(self) -> str:
        number = self.number.text().translate(_FILLERS)
        return number if _NUMBER.fullmatch(number) else ""

    def _show_hint(self, complaint: str = "") -> None:
        self.hint.setText(complaint or _words(_HINTS[self._purpose]))
        restyle(self.hint, "tone", "danger" if complaint else "")

    def _connect(self) -> None:
        for key, button in self.pad.items():
            button.setAccessibleName(self.tr("Key {0}").format(key))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, key=key: self.press(key))
        self.number.textEdited.connect(lambda _: self._show_hint())
        self.act.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setAutoDefault(False)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for place, button in enumerate(self.pad.values()):
            button.setMinimumSize(84, 46)
            button.setProperty("role", "pad")
            grid.addWidget(button, place // 3, place % 3)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.act)
        column = QVBoxLayout(self)
        for part in (self.label, self.number, self.hint):
            column.addWidget(part)
        column.addLayout(grid)
        column.addLayout(row)


def _words(source: object) -> str:
    return QCoreApplication.translate("DialPurpose", str(source))
