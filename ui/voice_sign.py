"""What the voice does, at the foot of the window: eyes-free on, a sentence that is being said or waits."""

from PySide6.QtWidgets import QWidget

from app.desk.state import DeskState
from ui.elided_label import ElidedLabel
from ui.theme import restyle


class VoiceSign(ElidedLabel):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8, parent=parent)
        self.hide()

    def show_state(self, state: DeskState) -> None:
        voice = state.voice
        if voice.saying:
            text = self.tr("▶ In a pause: {0} (Ctrl+Shift+A stops)").format(voice.saying)
        elif voice.is_eyes_free:
            text = self.tr("Eyes-free (Ctrl+Shift+O)")
        else:
            text = ""
        self.show_text(text)
        self.setVisible(bool(text))
        restyle(self, "tone", "warning" if voice.saying else "ok")
