"""The search bar over the transcript: what is typed is searched at once, Enter goes on, Shift+Enter back, Esc closes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class _Box(QLineEdit):
    """`step` gets +1 for Enter, -1 for Shift+Enter; `leave` is called for Esc."""

    def __init__(self, step: Callable[[int], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._step, self._leave = step, leave

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain & ~Qt.KeyboardModifier.ShiftModifier:
            self._step(-1 if plain & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


class SearchBar(QFrame):
    """`find` gets what is typed, `step` +1 or -1; `closed` is called when the bar has gone."""

    def __init__(
        self, find: Callable[[str], None], step: Callable[[int], None], closed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._find, self._closed = find, closed
        self._before: QWidget | None = None
        self.setProperty("role", "search")
        self.setAutoFillBackground(True)
        self.box = _Box(step, self.leave)
        self.box.setPlaceholderText(self.tr("Search the words of the call, by sound too"))
        self.box.setAccessibleName(self.tr("Search the words of the call"))
        self.box.textChanged.connect(self._find)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setAccessibleName(self.tr("Places found"))
        self.back, self.on, self.close_ = (
            self._button("‹", self.tr("The place before (Shift+Enter)"), lambda: step(-1)),
            self._button("›", self.tr("The next place (Enter)"), lambda: step(1)),
            self._button("×", self.tr("Close the search (Esc)"), self.leave),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        row.addWidget(self.box, stretch=1)
        for part in (self.count, self.back, self.on, self.close_):
            row.addWidget(part)
        self.hide()

    def enter(self) -> None:
        """Opens it, or goes back into it; what was searched last is selected."""
        has = QApplication.focusWidget()
        if has is not None and not self.isAncestorOf(has):
            self._before = has
        self.show()
        self.box.setFocus()
        self.box.selectAll()
        self._find(self.box.text())

    def leave(self) -> None:
        """Closes it; the keyboard is where it was before."""
        before, self._before = self._before, None
        self.hide()
        self._find("")
        self._closed()
        if before is not None:
            before.setFocus()

    def show_count(self, now: int, of: int) -> None:
        """`now`: the place that is shown, counted from 1."""
        text = "" if not self.box.text().strip() else self.tr("{0} of {1}").format(now, of) if of else self.tr("not found")
        if text != self.count.text():
            self.count.setText(text)
        for button in (self.back, self.on):
            button.setEnabled(of > 0)

    def _button(self, sign: str, says: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(sign)
        button.setToolTip(says)
        button.setAccessibleName(says)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedWidth(28)
        button.clicked.connect(lambda _=False: act())
        return button
