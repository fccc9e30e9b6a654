"""Whether the call is recorded, loudly: REC with the time, PAUSED with how long, or that nothing is recorded."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from app.desk.state import CallView, RecordingView
from app.domain.recording import RecordingStage
from ui.actions import Actions
from ui.clock_texts import duration_text
from ui.theme import restyle

COMMAND = "pause_recording"
_TONES = {RecordingStage.RUNNING: "ok", RecordingStage.PAUSED: "warning", RecordingStage.FAILED: "warning"}


class RecordingSign(QPushButton):
    """A press pauses or resumes, as the key does."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "state")
        actions.bind(self, COMMAND)
        self._key = actions.key_text(COMMAND)
        self.setText(self._text(RecordingStage.OFF))  # an empty button asks for room for letters of its own

    def show_call(self, view: CallView, recording: RecordingView | None, now: float) -> None:
        stage = recording.stage if recording is not None else RecordingStage.OFF
        since = now - (recording.since if recording is not None and stage is RecordingStage.PAUSED else view.answered_at)
        text = self._text(stage).format(duration_text(since))
        if stage is not RecordingStage.OFF:
            text = f"{text}   {self._key}"
        if text != self.text() or not self.accessibleName():
            self.setText(text)
            self.setAccessibleName(self.tr("Recording: {0}").format(text))
            self.setToolTip(f"{self._tip(stage)} ({self._key})")
        restyle(self, "tone", _TONES.get(stage, ""))

    def sizeHint(self) -> QSize:
        """As wide as its widest text of a call under an hour: nothing beside it moves while the time grows."""
        self.ensurePolished()
        hint, letters = super().sizeHint(), self.fontMetrics()
        usual = (RecordingStage.RUNNING, RecordingStage.PAUSED)
        texts = [f"{self._text(stage).format('00:00')}   {self._key}" for stage in usual]
        more = max(map(letters.horizontalAdvance, texts)) - letters.horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, more), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text(self, stage: RecordingStage) -> str:
        match stage:
            case RecordingStage.RUNNING:
                return self.tr("● REC {0}")
            case RecordingStage.PAUSED:
                return self.tr("❚❚ PAUSED {0}")
            case RecordingStage.FAILED:
                return self.tr("⚠ NOT RECORDED")
            case _:
                return self.tr("○ Not recorded")

    def _tip(self, stage: RecordingStage) -> str:
        match stage:
            case RecordingStage.RUNNING:
                return self.tr("The call is recorded. Pause while a card number or a password is said.")
            case RecordingStage.PAUSED:
                return self.tr("Nothing is recorded now. Go on as soon as the secret is said.")
            case RecordingStage.FAILED:
                return self.tr("The disk takes nothing: this call is not recorded now. It goes on by itself.")
            case _:
                return self.tr("This call is not recorded.")
