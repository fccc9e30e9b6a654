"""The silent second channel in the bar: one press, and a word on the screen instead of any sound."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk.state import DeskState, SilentState
from app.domain.call import CallStage
from ui.elided_label import ElidedLabel
from ui.theme import Theme, restyle

SHOWN_S = 120.0
"""How long the word stays after the call has ended."""

_WIDTH, _HEIGHT = 132, 46


class SilentAlertButton(QPushButton):
    """Never moves and never flashes: whoever stands behind the agent must not notice it either."""

    def __init__(self, alert: Callable[[], None], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width, self._height = round(_WIDTH * theme.scale), round(_HEIGHT * theme.scale)
        self.setProperty("role", "silent")
        self.title = QLabel(self.tr("Silent alert"))
        self.title.setProperty("role", "strong")
        self.detail = ElidedLabel(4)
        self._key = ""
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(10, 2, 8, 2)
        box.setSpacing(0)
        box.addStretch(1)
        box.addWidget(self.title)
        box.addWidget(self.detail)
        box.addStretch(1)
        for label in (self.title, self.detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _=False: alert())

    def show_key(self, key: str) -> None:
        self._key = key
        self.detail.show_text(key)
        self.setToolTip(self.tr("Alerts the team lead and an emergency line; the caller hears nothing of it ({0})").format(key))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(key)

    def show_state(self, state: DeskState) -> None:
        silent = state.emergency.silent
        text = self._text(silent) if silent is not None and _is_present(state, silent) else self._key
        if text != self.detail.text():
            self.detail.show_text(text)
            self.setAccessibleName(f"{self.title.text()}. {text}")
        restyle(self, "tone", silent.step if silent is not None and text != self._key else "")

    def sizeHint(self) -> QSize:
        return QSize(self._width, max(self._height, self._box.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text(self, silent: SilentState) -> str:
        match silent.step:
            case "done":
                return self.tr("✓ {0} knows").format(silent.line if silent.channel == "call" else self.tr("help"))
            case "failed":
                return self.tr("⚠ nobody reached")
            case _:
                return self.tr("… alerting {0}").format(silent.line)


def _is_present(state: DeskState, silent: SilentState) -> bool:
    view = state.call(silent.call)
    is_up = view is not None and view.stage is not CallStage.ENDED
    return is_up or state.now - silent.at < SHOWN_S
