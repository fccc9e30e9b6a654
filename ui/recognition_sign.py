"""Whether what is said is being written down: said on the screen, switched by a press."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from app.desk.state import DeskState
from app.domain.call import CallId
from app.domain.recognition import RecognitionStage
from ui.actions import Actions
from ui.theme import restyle

COMMAND = "recognition"
_TONES = {RecognitionStage.ON: "ok", RecognitionStage.TELLING: "warning", RecognitionStage.REFUSED: "warning"}


class RecognitionSign(QPushButton):
    """A press ends recognition where the caller objects, or begins it, as the key does."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "state")
        actions.bind(self, COMMAND)
        self._key = actions.key_text(COMMAND)
        self.setText(self._texts(RecognitionStage.OFF)[0])  # an empty button asks for room for letters of its own

    def show_call(self, state: DeskState, call: CallId) -> None:
        stage = state.recognitions.get(call, RecognitionStage.OFF)
        text, tip = self._texts(stage)
        if text != self.text() or not self.accessibleName():
            self.setText(text)
            self.setAccessibleName(tip)
            self.setToolTip(f"{tip} ({self._key})")
        restyle(self, "tone", _TONES.get(stage, ""))

    def sizeHint(self) -> QSize:
        """As wide as its widest text: nothing beside it moves when recognition is switched."""
        self.ensurePolished()
        hint, letters = super().sizeHint(), self.fontMetrics()
        widest = max(letters.horizontalAdvance(self._texts(stage)[0]) for stage in RecognitionStage)
        return QSize(hint.width() + max(0, widest - letters.horizontalAdvance(self.text())), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _texts(self, stage: RecognitionStage) -> tuple[str, str]:
        match stage:
            case RecognitionStage.ON:
                return self.tr("✎ Words"), self.tr("What is said is written down on this computer. The caller objects: press.")
            case RecognitionStage.TELLING:
                return self.tr("✎ Telling"), self.tr("The caller is being told; nothing is written down before.")
            case RecognitionStage.REFUSED:
                return self.tr("✎ Refused"), self.tr("The caller objects: nothing that is said is written down.")
            case _:
                return self.tr("✎ Off"), self.tr("Nothing that is said is written down.")
