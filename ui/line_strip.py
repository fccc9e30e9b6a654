"""One strip of the call bar: how the line does, and whether the call is recorded."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desk.state import DeskState, LineView
from app.domain.call import CallStage
from ui.actions import Actions
from ui.quality_meter import QualityMeter
from ui.recognition_sign import RecognitionSign
from ui.recording_sign import RecordingSign
from ui.theme import Theme

_UP = (CallStage.TALKING, CallStage.HELD)
_NO_LINE = LineView()


class LineStrip(QWidget):
    """Shown while the call on the screen is up."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meter = QualityMeter(theme)
        self.meter.clicked.connect(lambda _=False: actions.by_id["line_quality"].trigger())
        self.recording = RecordingSign(actions)
        self.recognition = RecognitionSign(actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.meter)
        row.addWidget(self.recording, stretch=1)
        row.addWidget(self.recognition)
        self.hide()

    def show_state(self, state: DeskState) -> None:
        view = state.focused
        is_up = view is not None and view.stage in _UP and view.answered_at > 0
        if view is not None and is_up:
            self.meter.show_line(state.qualities.get(view.call, _NO_LINE))
            self.recording.show_call(view, state.recordings.get(view.call), state.now)
            self.recognition.show_call(state, view.call)
        self.setVisible(is_up)
