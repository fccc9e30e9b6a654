"""The setting of the voice: language, voice, and a button that lets the agent hear it as it would sound."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from app.desk.speech_events import VoiceDetail
from app.desk.voice_state import VoiceChoice
from app.settings import Setting, SettingValue
from ui.settings_fields import SettingField
from ui.settings_texts import label_text
from ui.voice_chooser import VoiceChooser


class VoiceField(SettingField):
    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.chooser = VoiceChooser()
        self.chooser.changed.connect(self.changed)
        self.try_it = QPushButton(self.tr("Try it"))
        self.try_it.setToolTip(self.tr("Says a sentence with this voice, speed and volume, in your ear only"))
        self.try_it.setAutoDefault(False)
        self.try_it.setEnabled(False)
        self.row.addWidget(self.chooser, stretch=1)
        self.row.addWidget(self.try_it)
        self.chooser.language.setAccessibleName(label_text(setting))
        self.setFocusProxy(self.chooser.language)

    def value(self) -> str:
        return self.chooser.value()

    def put(self, value: SettingValue) -> None:
        self.chooser.put(str(value))

    def show_voices(self, details: Sequence[VoiceDetail]) -> None:
        self.chooser.show_voices(details)

    def serve(self, say: Callable[[str, VoiceChoice], None], speed: SettingField, volume: SettingField) -> None:
        """`say(text, choice)` speaks into the agent's ear."""
        self.try_it.setEnabled(True)
        self.try_it.clicked.connect(
            lambda _=False: say(
                self.tr("Hello, this is the 12345 hotline. The number is 13800138000."),
                VoiceChoice(self.value(), float(speed.value()), float(volume.value())),  # type: ignore[arg-type]  # numbers
            )
        )
