"""Why busy: one number key chooses, Esc leaves it without a reason. The agent is busy already when this opens."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

MOST = 9


class ReasonDialog(QDialog):
    def __init__(self, reasons: Sequence[str], chosen: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.setWindowTitle(self.tr("Busy: why?"))
        self._reasons = tuple(reasons)[:MOST]
        self.buttons = [QPushButton(f"{place}   {reason}") for place, reason in enumerate(self._reasons, 1)]
        column = QVBoxLayout(self)
        column.setSpacing(4)
        hint = QLabel(self.tr("You are busy now. A number says why; Esc: no reason."))
        hint.setProperty("role", "muted")
        column.addWidget(hint)
        for button, reason in zip(self.buttons, self._reasons, strict=True):
            button.setAutoDefault(False)
            button.setStyleSheet("text-align: left; padding: 6px 12px;")
            button.setAccessibleName(reason)
            button.clicked.connect(lambda _=False, reason=reason: self._choose(reason))
            column.addWidget(button)
        self.setMinimumWidth(320)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._was_active = False

    def changeEvent(self, event: QEvent) -> None:
        """Goes by itself when the agent turns elsewhere: it must never stand in the way of the work."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.close()
            self._was_active = self.isActiveWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._reasons) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(self._reasons[place])
        else:
            super().keyPressEvent(event)

    def _choose(self, reason: str) -> None:
        self._chosen(reason)
        self.close()
