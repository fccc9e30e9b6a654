"""The call: who is on the line, since when, the keys that work on it, and the other calls that wait."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desk.state import CallView, DeskState
from app.domain.call import CallId, CallStage, Direction
from ui.actions import Actions
from ui.call_rows import rows_of
from ui.caller_text import caller_text, stage_text
from ui.commands import are_several
from ui.elided_label import ElidedLabel
from ui.line_strip import LineStrip
from ui.theme import Theme, restyle

_GRID = (
    ("answer", "hang_up", "reject"),
    ("hold", "mute", "keypad"),
    ("three_way", "transfer", "dial"),
)
_APART, _TOGETHER = ("consult", "park", "redial"), ("complete", "join", "back")
"""The last row; the second as long as there are two calls to put together."""


class CallBar(QWidget):
    """`focus(call)` turns to another call (and answers one that rings); `end(leg)` ends an added party; `unpark(call)` takes a
    parked caller back."""

    def __init__(
        self,
        actions: Actions,
        focus: Callable[[CallId], None],
        end: Callable[[CallId], None],
        theme: Theme,
        unpark: Callable[[CallId], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._acts = {"focus": focus, "end": end, "unpark": unpark}
        self._actions = actions
        self.caller = ElidedLabel(8)
        self.caller.setProperty("role", "large")
        self.unmask = QToolButton()
        self.unmask.setIcon(theme.icon("eye"))
        self.unmask.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.unmask.setProperty("role", "flat")
        actions.bind(self.unmask, "unmask")
        self.stage = ElidedLabel(8)
        self.stage.setProperty("role", "stage")
        self.line = LineStrip(actions, theme)
        self.buttons = {id: self._button(id, text) for id, text in self._texts().items()}
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        self._parties: dict[tuple[str, CallId], _Party] = {}
        self._lay_out()

    def show_state(self, state: DeskState, is_unmasked: bool) -> None:
        view = state.focused
        self.caller.show_text(caller_text(view, is_unmasked) if view else self.tr("No call"))
        self.unmask.setVisible(view is not None and bool(view.number))
        self._show_stage(view, state.now)
        self.line.show_state(state)
        self._show_buttons(state)
        self._show_rows(state, is_unmasked)

    def _texts(self) -> dict[str, str]:
        return {
            "answer": self.tr("Answer"),
            "hang_up": self.tr("Hang up"),
            "reject": self.tr("Reject"),
            "hold": self.tr("Hold"),
            "mute": self.tr("Mute"),
            "keypad": self.tr("Keypad"),
            "three_way": self.tr("Three-way"),
            "transfer": self.tr("Transfer"),
            "dial": self.tr("Dial"),
            "consult": self.tr("Consult"),
            "park": self.tr("Park"),
            "redial": self.tr("Redial"),
            "complete": self.tr("Complete"),
            "join": self.tr("Join"),
            "back": self.tr("Back"),
        }

    def _button(self, id: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "call")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        edge = self._theme.sizes["icon"]
        button.setIconSize(QSize(edge, edge))
        button.setIcon(self._actions.by_id[id].icon())
        self._actions.bind(button, id)
        self._name(button, id, text)
        return button

    def _name(self, button: QToolButton, id: str, text: str) -> None:
        shown = f"{text} {self._actions.key_text(id)}".replace("Ctrl+Shift+", "Ctrl⇧").replace("Shift+", "⇧")
        if button.text() != shown:
            button.setText(shown)
            button.setAccessibleName(text)

    def _show_stage(self, view: CallView | None, now: float) -> None:
        if view is None:
            self.stage.show_text(self.tr("Waiting for calls"))
            restyle(self.stage, "tone", "")
            return
        parts = [stage_text(view, now)]
        if view.direction is Direction.OUTGOING and view.stage is not CallStage.DIALLING:
            parts.append(self.tr("outgoing"))
        if view.continues:
            parts.append(self.tr("goes on"))
        if view.digits:
            parts.append(self.tr("keys {0}").format(view.digits[-12:]))
        self.stage.show_text(" · ".join(parts))
        tones = {CallStage.RINGING: "warning", CallStage.TALKING: "ok", CallStage.HELD: "warning"}
        restyle(self.stage, "tone", tones.get(view.stage, ""))

    def _show_buttons(self, state: DeskState) -> None:
        is_held = _is_held(state)
        are_two = are_several(state)
        self._last_row.setCurrentIndex(int(are_two))
        self._name(self.buttons["hold"], "hold", self.tr("Resume") if is_held else self.tr("Hold"))
        self._name(self.buttons["mute"], "mute", self.tr("Unmute") if state.headset.is_muted else self.tr("Mute"))
        restyle(self.buttons["hold"], "lit", "true" if is_held else "false")
        restyle(self.buttons["mute"], "lit", "true" if state.headset.is_muted else "false")
        restyle(self.buttons["answer"], "lit", "ring" if state.ringing else "false")
        self._sign("hold", "resume" if is_held else "hold", "text")
        self._sign("mute", "muted" if state.headset.is_muted else "microphone", "text")
        is_parked = bool(state.bonds.parked or state.bonds.away)
        restyle(self.buttons["park"], "lit", "true" if is_parked else "false")
        self._sign("answer", "answer", "surface" if state.ringing else "text")

    def _sign(self, id: str, icon: str, token: str) -> None:
        sign = f"{icon} {token}"
        if self.buttons[id].property("sign") != sign:
            self.buttons[id].setProperty("sign", sign)
            self.buttons[id].setIcon(self._theme.icon(icon, token))

    def _show_rows(self, state: DeskState, is_unmasked: bool) -> None:
        rows = {(row.kind, row.call): row for row in rows_of(state, is_unmasked)}
        for key in [key for key in self._parties if key not in rows]:
            gone = self._parties.pop(key)
            gone.hide()
            self.rows.removeWidget(gone)
            gone.deleteLater()
        before: QWidget = self.line.recording
        for key, row in rows.items():
            if key not in self._parties:
                party = self._parties[key] = _Party(partial(self._acts[row.kind], row.call), self._theme, row.icon)
                self.rows.addWidget(party)
                self.setTabOrder(before, party.act)  # where it stands, not after all that was there before it
            self._parties[key].show_party(row.text, row.act, row.tone)
            before = self._parties[key].act

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.caller, stretch=1)
        top.addWidget(self.unmask)
        letters = QFontMetrics(self._theme.font("small"))  # a button does not know its style yet
        widest = max(letters.horizontalAdvance(button.text()) for button in self.buttons.values()) + 8
        for button in self.buttons.values():
            button.setMinimumWidth(widest)
        rows = [self._row(ids) for ids in _GRID]
        self._last_row = QStackedWidget()
        self._last_row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for ids in (_APART, _TOGETHER):
            self._last_row.addWidget(self._row(ids))
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(4)
        column_box.addLayout(top)
        column_box.addWidget(self.stage)
        column_box.addWidget(self.line)
        column_box.addLayout(self.rows)
        column_box.addSpacing(2)
        for row in (*rows, self._last_row):
            column_box.addWidget(row)

    def minimumSizeHint(self) -> QSize:
        """Has room for the strip of a call that is up also while there is none: the columns beside it stay where they are."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), self.line.sizeHint().width()), least.height())

    def _row(self, ids: tuple[str, ...]) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for id in ids:
            box.addWidget(self.buttons[id], stretch=1)
        return row


class _Party(QWidget):
    """One other call or added party, with what can be done about it."""

    def __init__(self, act: Callable[[], None], theme: Theme, icon: str) -> None:
        super().__init__()
        self.text = ElidedLabel(6)
        self.act = QPushButton()
        self.act.setIcon(theme.icon(icon))
        self.act.clicked.connect(lambda _=False: act())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.text, stretch=1)
        row.addWidget(self.act)

    def show_party(self, text: str, act: str, tone: str) -> None:
        self.text.show_text(text)
        restyle(self.text, "tone", tone)
        self.act.setVisible(bool(act))
        if self.act.text() != act:
            self.act.setText(act)
        self.act.setAccessibleName(f"{act}: {text.split(' · ')[0]}")


def _is_held(state: DeskState) -> bool:
    up = [view for view in state.calls if view.stage in (CallStage.TALKING, CallStage.HELD)]
    return bool(up) and all(view.stage is CallStage.HELD for view in up)
