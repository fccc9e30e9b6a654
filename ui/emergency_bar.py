"""110, 119, 120, 122: always there, one press acts at once, undo stands for three seconds in the place of the button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.desk.state import DeskState, Leg
from app.domain.call import CallId, LegPurpose
from ui.actions import Actions
from ui.commands import EMERGENCY_COMMANDS, HAND_OVER_COMMANDS
from ui.emergency_cell import OVER, EmergencyCell
from ui.labels import matter_text
from ui.silent_alert_button import SilentAlertButton
from ui.theme import Theme


class EmergencyBar(QFrame):
    """`press(line)` acts at once; `undo()` takes back the last press; `end(leg)` ends one; `hand_over(line)` leaves the caller
    to a line, or comes back from it; `alert()` calls for help in silence."""

    def __init__(
        self,
        press: Callable[[str], None],
        undo: Callable[[], None],
        end: Callable[[CallId], None],
        hand_over: Callable[[str], None],
        alert: Callable[[], None],
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
            line: EmergencyCell(line, command, partial(press, line), undo, end, partial(hand_over, line), theme)
            for command, line in EMERGENCY_COMMANDS.items()
        }
        self.silent = SilentAlertButton(alert, theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.heading)
        for cell in self.cells.values():
            row.addWidget(cell, stretch=1)
        row.addWidget(self.silent)

    def take_keys(self, actions: Actions) -> None:
        """Shows each button's key."""
        hand_keys = {line: actions.key_text(command) for command, line in HAND_OVER_COMMANDS.items()}
        for cell in self.cells.values():
            cell.show_key(actions.key_text(cell.command), actions.key_text("undo_emergency"), hand_keys[cell.line])
        self.silent.show_key(actions.key_text("silent_alert"))

    def show_state(self, state: DeskState) -> None:
        legs = _newest_legs(state)
        undone_line = self._line_to_undo(state, legs)
        for line, cell in self.cells.items():
            is_suggested = state.emergency.suggested == line
            seconds = state.emergency.undo_until - state.now if line == undone_line else 0.0
            because = state.emergency.because if is_suggested else None
            cell.show_line(legs.get(line), because, seconds, state.now, matter_text(state.emergency.matter))
        self.silent.show_state(state)

    def _line_to_undo(self, state: DeskState, legs: dict[str, Leg]) -> str:
        """The line pressed last, while its undo stands."""
        alive = {line: leg for line, leg in legs.items() if leg.stage not in OVER}
        if state.emergency.undo_until <= state.now or not alive:
            return ""
        pressed = state.emergency.pressed
        return pressed if pressed in alive else max(alive, key=lambda line: alive[line].since)


def _newest_legs(state: DeskState) -> dict[str, Leg]:
    """The newest call to each emergency line among the calls on the desk."""
    newest: dict[str, Leg] = {}
    for view in state.calls:
        for leg in view.legs:
            known = newest.get(leg.line)
            if leg.purpose is LegPurpose.EMERGENCY and (known is None or leg.since >= known.since):
                newest[leg.line] = leg
    return newest
