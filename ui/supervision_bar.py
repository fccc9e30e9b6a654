"""A team lead's buttons under the agents of the wallboard: listen, whisper, barge in; the one that is on ends it."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desk.queue_state import QueueView
from app.domain.agent import SupervisionMode
from ui.theme import restyle

_MODES = {
    SupervisionMode.LISTEN: (QT_TRANSLATE_NOOP("SupervisionBar", "Listen"), "Alt+L"),
    SupervisionMode.WHISPER: (QT_TRANSLATE_NOOP("SupervisionBar", "Whisper"), "Alt+W"),
    SupervisionMode.BARGE: (QT_TRANSLATE_NOOP("SupervisionBar", "Barge in"), "Alt+G"),
}


def mode_text(mode: SupervisionMode) -> str:
    return QCoreApplication.translate("SupervisionBar", str(_MODES[mode][0]))


class SupervisionBar(QFrame):
    """Seen by team leads only. The keys are commands of the window: the buttons name them, they do not take them."""

    def __init__(self, ask: Callable[[SupervisionMode], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.buttons: dict[SupervisionMode, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        for mode, (_, key) in _MODES.items():
            button = QPushButton(f"{mode_text(mode)}  {key}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(mode_text(mode))
            button.setAccessibleDescription(key)
            button.clicked.connect(lambda _=False, mode=mode: ask(mode))
            self.buttons[mode] = button
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)
        column.addLayout(row)
        self.hide()

    def show_queue(self, queue: QueueView, agent: str) -> None:
        """`agent`: whom it is about, the one that is supervised or else the one that is chosen."""
        self.setVisible(queue.policy.is_lead)
        supervising = queue.supervising
        for mode, button in self.buttons.items():
            button.setChecked(supervising is not None and supervising.mode is mode)
        if supervising is not None:
            text = self.tr("● {0}: {1}. The same key ends it.").format(agent, mode_text(supervising.mode))
        else:
            text = self.tr("{0}: choose how to take part").format(agent) if agent else self.tr("Choose an agent in a call")
        self.said.setText(text)
        restyle(self.said, "tone", "danger" if supervising is not None else "")
