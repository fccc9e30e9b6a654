"""A row of buttons of which one is chosen: the arrow keys move and choose."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QWidget

from ui.text_fields import is_enter
from ui.theme import restyle


class Choice(QWidget):
    """Shows `options` (value → text); calls `chosen` with the value the agent chose. "" is none.

    `confirmed`: Enter was pressed.
    """

    confirmed = Signal()

    def __init__(
        self, name: str, options: Mapping[str, str], chosen: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._shown = ""
        self._group = QButtonGroup(self)
        self.buttons = {value: QPushButton(text) for value, text in options.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for value, button in self.buttons.items():
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # a screen reader says "radio button"
            button.setAccessibleName(f"{name}: {button.text()}")
            button.clicked.connect(lambda _=False, value=value: self._choose(value))
            self._group.addButton(button)
            row.addWidget(button, stretch=1)
        self.setFocusProxy(next(iter(self.buttons.values())))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the key of a label goes to no field that takes no focus

    def show_value(self, value: str, is_unsure: bool) -> None:
        if value != self._shown:
            self._shown = value
            self._show_checked(value)
        for button in self.buttons.values():
            restyle(button, "unsure", "true" if is_unsure else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _show_checked(self, value: str) -> None:
        chosen = self.buttons.get(value)
        if chosen is not None:
            chosen.setChecked(True)
        else:
            self._group.setExclusive(False)
            for button in self.buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)
        self.setFocusProxy(chosen or next(iter(self.buttons.values())))

    def _choose(self, value: str) -> None:
        self._shown = value
        self.setFocusProxy(self.buttons[value])
        self._chosen(value)


class Tick(QCheckBox):
    """A claim that is ticked or not. `confirmed`: Enter was pressed."""

    confirmed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
