"""110, 119, 120, 122: always there, one press acts at once, undo stands for three seconds in the place of the button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.desk.state import DeskState, Leg
from app.domain.call import CallId, LegPurpose, LegStage
from ui.actions import Actions
from ui.clock_texts import duration_text
from ui.commands import EMERGENCY_COMMANDS
from ui.elided_label import ElidedLabel
from ui.labels import emergency_line_text, leg_stage_text
from ui.theme import Theme, restyle

_OVER = (LegStage.ENDED, LegStage.FAILED)
_HEIGHT = 46


class EmergencyBar(QFrame):
    """`press(line)` acts at once; `undo()` takes back the last press; `end(leg)` ends one."""

    def __init__(
        self,
        press: Callable[[str], None],
        undo: Callable[[], None],
        end: Callable[[CallId], None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Emergency lines"))
        self.heading = QLabel(self.tr("Emergency"))
        self.heading.setProperty("role", "strong")
        self.heading.setProperty("tone", "danger")
        self.cells = {
            line: EmergencyCell(line, command, partial(press, line), undo, end, theme)
            for command, line in EMERGENCY_COMMANDS.items()
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.heading)
        for cell in self.cells.values():
            row.addWidget(cell, stretch=1)

    def take_keys(self, actions: Actions) -> None:
        """Shows each button's key."""
        for cell in self.cells.values():
            cell.show_key(actions.key_text(cell.command), actions.key_text("undo_emergency"))

    def show_state(self, state: DeskState) -> None:
        legs = _newest_legs(state)
        undone_line = self._line_to_undo(state, legs)
        for line, cell in self.cells.items():
            is_suggested = state.emergency.suggested == line
            seconds = state.emergency.undo_until - state.now if line == undone_line else 0.0
            cell.show_line(legs.get(line), state.emergency.because if is_suggested else None, seconds, state.now)

    def _line_to_undo(self, state: DeskState, legs: dict[str, Leg]) -> str:
        """The line pressed last, while its undo stands."""
        alive = {line: leg for line, leg in legs.items() if leg.stage not in _OVER}
        if state.emergency.undo_until <= state.now or not alive:
            return ""
        pressed = state.emergency.pressed
        return pressed if pressed in alive else max(alive, key=lambda line: alive[line].since)


class EmergencyCell(QStackedWidget):
    """One line: its button, or its undo, or how its call stands with a button that ends it."""

    def __init__(
        self,
        line: str,
        command: str,
        press: Callable[[], None],
        undo: Callable[[], None],
        end: Callable[[CallId], None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.line, self.command = line, command
        self._leg: Leg | None = None
        self._undo_key = ""
        self.name = f"{line} {emergency_line_text(line)}"
        self.button = _BigButton(self.name, command, theme)
        self.button.clicked.connect(lambda _=False: press())
        self.undo = QPushButton()
        self.undo.setProperty("role", "undo")
        self.undo.setIcon(theme.icon("undo", "surface"))
        self.undo.clicked.connect(lambda _=False: undo())
        self.standing = QFrame()
        self.standing.setProperty("role", "leg")
        self.who = ElidedLabel(6)
        self.who.setProperty("role", "strong")
        self.who.show_text(self.name)
        self.stage = ElidedLabel(6)
        self.end = QPushButton(self.tr("End {0}").format(line))
        self.end.setAccessibleName(self.tr("End the call to {0}").format(self.name))
        self.end.clicked.connect(lambda _=False: end(self._leg.leg) if self._leg else None)
        row = QHBoxLayout(self.standing)
        row.setContentsMargins(10, 2, 6, 2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.who)
        words.addWidget(self.stage)
        row.addLayout(words, stretch=1)
        row.addWidget(self.end)
        for page in (self.button, self.undo, self.standing):
            self.addWidget(page)

    def show_key(self, key: str, undo_key: str) -> None:
        self._undo_key = undo_key
        self.button.key.setText(key)
        self.button.setToolTip(self.tr("Calls {0} at once and keeps the caller on the line ({1})").format(self.name, key))
        self.button.setAccessibleName(self.name)
        self.button.setAccessibleDescription(key)

    def show_line(self, leg: Leg | None, because: str | None, undo_s: float, now: float) -> None:
        """`because`: the words that suggest this line, None where nothing does."""
        self._leg = leg
        if undo_s > 0:
            left = min(3, max(1, round(undo_s + 0.49)))
            self._name(self.undo, self.tr("Undo {0} · {1} s · {2}").format(self.line, left, self._undo_key))
            self._turn_to(self.undo)
        elif leg is not None and leg.stage not in _OVER:
            self._show_leg(leg, now)
            self._turn_to(self.standing)
        else:
            self._show_button(leg, because)
            self._turn_to(self.button)

    def _show_leg(self, leg: Leg, now: float) -> None:
        text = f"{leg_stage_text(leg.stage)} {duration_text(now - leg.since)}"
        self.stage.show_text(text)
        self.standing.setAccessibleName(f"{self.name} {text}")
        restyle(self.standing, "tone", "ok" if leg.stage is LegStage.TALKING else "")

    def _show_button(self, leg: Leg | None, because: str | None) -> None:
        if leg is not None and leg.stage is LegStage.FAILED:
            detail = self.tr("⚠ failed: {0}. Press again").format(leg.reason or self.tr("no answer"))
        elif because is not None:
            detail = self.tr("► because “{0}”").format(because)
        else:
            detail = self.tr("✓ called, ended") if leg is not None else ""
        self.button.show_detail(detail, because is not None)

    def _turn_to(self, page: QWidget) -> None:
        """Keeps the keyboard where it was: the next page takes the focus over."""
        before = self.currentWidget()
        if before is page:
            return
        had_focus = before.isAncestorOf(self.focusWidget()) if self.focusWidget() else before.hasFocus()
        self.setCurrentWidget(page)
        if had_focus:
            (self.end if page is self.standing else page).setFocus()

    @staticmethod
    def _name(button: QPushButton, text: str) -> None:
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(text)


class _BigButton(QPushButton):
    """A sign, the line, why it is lit or failed, and the key."""

    def __init__(self, name: str, icon: str, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._name = name
        self._is_lit = False
        self.setProperty("role", "emergency")
        self.setProperty("lit", "false")
        edge = theme.sizes["icon"] + 10
        self._edge = edge
        self.sign = QLabel()
        self.sign.setPixmap(theme.icon(icon, "danger").pixmap(edge, edge))
        self.title = QLabel(name)
        self.title.setProperty("role", "title")
        self.detail = ElidedLabel(4)
        self.detail.setProperty("role", "strong")
        self.detail.hide()
        self.key = QLabel()
        self.key.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(10)
        row.addWidget(self.sign)
        row.addLayout(words, stretch=1)
        row.addWidget(self.key)
        for label in (self.sign, self.title, self.detail, self.key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_detail(self, detail: str, is_lit: bool) -> None:
        if detail != self.detail.text():
            self.detail.show_text(detail)
            self.detail.setVisible(bool(detail))
            self.setAccessibleName(f"{self._name}. {detail}" if detail else self._name)
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            restyle(self, "lit", "true" if is_lit else "false")
            for label in (self.title, self.detail, self.key):
                restyle(label, "lit", "true" if is_lit else "false")
            colour = "on_danger" if is_lit else "danger"
            self.sign.setPixmap(self._theme.icon(self._icon, colour).pixmap(self._edge, self._edge))

    def sizeHint(self) -> QSize:
        hint = self._row.sizeHint()
        return QSize(hint.width(), max(round(_HEIGHT * self._theme.scale), hint.height()))

    def minimumSizeHint(self) -> QSize:
        least = self._row.minimumSize()
        return QSize(least.width(), max(round(_HEIGHT * self._theme.scale), least.height()))


def _newest_legs(state: DeskState) -> dict[str, Leg]:
    """The newest call to each emergency line among the calls on the desk."""
    newest: dict[str, Leg] = {}
    for view in state.calls:
        for leg in view.legs:
            known = newest.get(leg.line)
            if leg.purpose is LegPurpose.EMERGENCY and (known is None or leg.since >= known.since):
                newest[leg.line] = leg
    return newest
