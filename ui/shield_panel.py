"""The abuse shield on the desk: one line that says what matters of this caller, the next notice, and the evidence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.desk.shield_state import CallShield, ShieldState
from app.desk.state import DeskState
from app.domain.call import CallStage, LegPurpose
from ui.actions import Actions, CommandMenu
from ui.clock_texts import day_text
from ui.elided_label import ElidedLabel
from ui.shield_texts import repeats_text
from ui.theme import restyle

_UP = (CallStage.TALKING, CallStage.HELD)
_NOT_YET = (CallStage.RINGING, CallStage.DIALLING)
_HELP = (LegPurpose.EMERGENCY, LegPurpose.SILENT)

Line = tuple[str, str]
"""What is said, and its tone."""


class ShieldPanel(QWidget):
    """Takes room only while there is a caller to speak of: before a call is answered it has words, but no buttons."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.text = ElidedLabel(6)
        self.text.setProperty("role", "strong")
        self.next = _button(actions, "civility")
        self.end = _button(actions, "end_by_policy")
        self.more = QToolButton()
        self.more.setText("…")
        self.more.setProperty("role", "call")
        self.more.setAccessibleName(self.tr("Evidence of calls"))
        self.more.setToolTip(self.tr("Evidence of calls"))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = CommandMenu(actions.everywhere, parent=self.more)
        for id in ("seal", "evidence", "mark_number"):
            menu.addAction(actions.by_id[id])
        self.more.setMenu(menu)
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.next, stretch=3)
        row.addWidget(self.end, stretch=2)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.text)
        column.addWidget(self.acts)
        self.hide()

    def show_state(self, state: DeskState) -> None:
        view = state.focused
        shown = state.shield.of(state.focus)
        lines = self._lines(state, shown)
        self.text.setVisible(bool(lines))
        if lines:
            self.text.show_text(lines[0][0])
            self.text.setToolTip("\n".join(text for text, _ in lines))
            restyle(self.text, "tone", lines[0][1])
        self._show_next(state.shield, shown)
        is_up = view is not None and view.stage in _UP
        self.end.setVisible(is_up and (shown.shield.is_ending or self._may_end(state.shield, shown)))
        self._name(self.end, "end_by_policy", self.tr("Do not end") if shown.shield.is_ending else self.tr("End"))
        restyle(self.end, "lit", "true" if shown.shield.is_ending else "false")
        self._actions.by_id["mark_number"].setVisible(state.shield.is_lead)
        self.acts.setVisible(view is not None and view.stage not in _NOT_YET and state.shield.steps_allowed > 0)
        self.setVisible(bool(lines) or self.acts.isVisibleTo(self))

    def _show_next(self, city: ShieldState, shown: CallShield) -> None:
        if shown.silent_for and not shown.has_spoken and not shown.shield.grade:
            text = self.tr("Ask: press 1")
        elif city.steps_allowed and shown.shield.grade < city.steps_allowed:
            text = self.tr("Civility {0}/{1}").format(shown.shield.grade + 1, city.steps_allowed)
        else:
            text = self.tr("Civility")
        self._name(self.next, "civility", text)

    def _name(self, button: QToolButton, id: str, text: str) -> None:
        named = f"{text} {self._actions.key_text(id)}".replace("Ctrl+Shift+", "Ctrl⇧")
        if button.text() != named:
            button.setText(named)
            button.setAccessibleName(text)

    def _may_end(self, city: ShieldState, shown: CallShield) -> bool:
        return city.may_end and shown.shield.grade >= city.steps_allowed > 0 and not shown.shield.suspended_by

    def _lines(self, state: DeskState, shown: CallShield) -> list[Line]:
        """All that there is to say, the gravest first; the rest is in the tip."""
        lines = [*self._of_danger(state, shown), *self._of_caller(state, shown)]
        notices = [step for step in shown.shield.steps if step.grade]
        if notices:
            words = self.tr("Notice {0} at {1}").format(notices[-1].grade, day_text(notices[-1].at, state.now))
            lines.append((words, ""))
        return lines

    def _of_danger(self, state: DeskState, shown: CallShield) -> list[Line]:
        shield = shown.shield
        lines: list[Line] = []
        if shown.pressed:
            lines.append((self.tr("Pressed {0}: needs help, cannot speak").format(shown.pressed), "danger"))
        if shield.is_ending:
            left = max(0, round(shield.ends_at - state.now))
            lines.append((self.tr("Farewell: ends in {0} s").format(left), "danger"))
        if shield.suspended_by and shield.steps:
            lines.append((self.tr("Shield rests: “{0}”").format(shield.suspended_by), "warning"))
        if shown.silent_for and not shown.has_spoken and _is_up(state):
            words = self.tr("Silent for {0} s: ask, stay on the line, in danger?").format(int(shown.silent_for))
            lines.append((words, "warning"))
        return lines

    def _of_caller(self, state: DeskState, shown: CallShield) -> list[Line]:
        lines: list[Line] = []
        if shown.threat:
            told = self.tr("Threat “{0}”: police {1}").format(shown.threat, state.shield.to_police or "110")
            lines.append((told, "warning"))
        if shown.abuse and state.shield.steps_allowed and _is_up(state):
            key = self._actions.key_text("civility")
            lines.append((self.tr("Abuse “{0}”: civility notice? {1}").format(shown.abuse, key), "warning"))
        if shown.mark is not None:
            lines.append((self.tr("Lead: {0}").format(shown.mark.advice), "warning"))
        if repeats := repeats_text(shown.repeats):
            lines.append((repeats, ""))
        return lines


def _button(actions: Actions, id: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "call")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    actions.bind(button, id)
    return button


def _is_up(state: DeskState) -> bool:
    return state.focused is not None and state.focused.stage in _UP


def asks_to_resume(state: DeskState) -> str:
    """The words that suspended the shield of the call that is talked with; "" where there is nothing to resume."""
    view = next((view for view in state.calls if view.call == (state.voiced or state.focus)), None)
    if view is None or any(leg.purpose in _HELP for leg in view.living_legs):
        return ""
    return state.shield.of(view.call).shield.suspended_by
