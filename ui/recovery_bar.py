"""What was lost on the line, above the call: ring the caller back by one key or click, and how many missed calls wait."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.desk.state import CallView, DeskState
from ui.actions import Actions
from ui.caller_text import caller_text
from ui.clock_texts import duration_text
from ui.elided_label import ElidedLabel
from ui.theme import Theme, restyle


class RecoveryBar(QWidget):
    """Takes no room while nothing is lost and nobody waits."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.lost = QFrame()
        self.lost.setProperty("role", "lost")
        self.text = ElidedLabel(8)
        restyle(self.text, "tone", "danger")
        ring_back = self.tr("Ring back")
        self.ring_back = QPushButton(f"{ring_back}  {actions.key_text('ring_back')}")
        self.ring_back.setProperty("role", "primary")
        self.ring_back.setIcon(theme.icon("dial", "on_accent"))
        actions.bind(self.ring_back, "ring_back")
        self.drop = QToolButton()
        self.drop.setText("✕")
        self.drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        actions.bind(self.drop, "let_go")
        tip = self.tr("Do not ring back: the caller stays in the list of missed calls")
        self.drop.setToolTip(f"{tip} ({actions.key_text('let_go')})")
        self.missed = QPushButton()
        self.missed.setIcon(theme.icon("reject"))
        self.missed.setProperty("role", "state")
        actions.bind(self.missed, "missed_calls")
        self._lay_out()

    def show_state(self, state: DeskState, is_unmasked: bool) -> None:
        waiting = [entry for entry in state.missed if not entry.done_at]
        self._show_lost(state.lost, state.now, is_unmasked)
        self._show_missed(len(waiting), sum(entry.is_urgent for entry in waiting))
        self.setVisible(state.lost is not None or bool(waiting))

    def _show_lost(self, view: CallView | None, now: float, is_unmasked: bool) -> None:
        self.lost.setVisible(view is not None)
        if view is not None:
            ago = duration_text(now - view.ended_at)
            said = self.tr("⚠ Call lost: {0} · {1} ago") if view.answered_at else self.tr("⚠ Not reached yet: {0} · {1} ago")
            self.text.show_text(said.format(caller_text(view, is_unmasked), ago))

    def _show_missed(self, count: int, urgent: int) -> None:
        self.missed.setVisible(count > 0)
        said = self.tr("Missed calls: {0}, urgent: {1}") if urgent else self.tr("Missed calls: {0}")
        text = f"{said.format(count, urgent)}  {self._actions.key_text('missed_calls')}"
        if text != self.missed.text():
            self.missed.setText(text)
            self.missed.setAccessibleName(said.format(count, urgent))
        restyle(self.missed, "tone", "danger" if urgent else "warning")

    def _lay_out(self) -> None:
        act = QHBoxLayout()
        act.setSpacing(6)
        act.addWidget(self.ring_back, stretch=1)
        act.addWidget(self.drop)
        inside = QVBoxLayout(self.lost)
        inside.setContentsMargins(8, 4, 8, 6)
        inside.setSpacing(4)
        inside.addWidget(self.text)
        inside.addLayout(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.lost)
        column.addWidget(self.missed)
