"""A voice chosen in two steps: the language, then one of its voices."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.desk.speech_events import VoiceDetail
from ui.voice_texts import language_text, voice_text


class VoiceChooser(QWidget):
    """ "" is the best voice for Mandarin. What is chosen stays chosen while voices come and go."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details: tuple[VoiceDetail, ...] | None = None
        self._chosen = ""
        self.language, self.voice = QComboBox(), QComboBox()
        self.language.setAccessibleName(self.tr("Language of the voice"))
        self.voice.setAccessibleName(self.tr("Voice"))
        for box, length in ((self.language, 16), (self.voice, 16)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(length)
        self.language.activated.connect(lambda _: self._choose_language())
        self.voice.activated.connect(lambda _: self._take(str(self.voice.currentData() or "")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.language, stretch=1)
        row.addWidget(self.voice, stretch=2)
        self.setFocusProxy(self.language)
        self.show_voices(())

    def value(self) -> str:
        return self._chosen

    def put(self, voice: str) -> None:
        if voice != self._chosen:
            self._chosen = voice
            self._fill()
            self.changed.emit()

    def show_voices(self, details: Sequence[VoiceDetail]) -> None:
        """The voices there are, in the order they are offered."""
        if self._details != tuple(details):
            self._details = tuple(details)
            self._fill()

    def _choose_language(self) -> None:
        language = str(self.language.currentData() or "")
        known = next((detail for detail in self._details or () if detail.voice == self._chosen), None)
        if not language or known is None or known.language != language:
            self._take(next((detail.voice for detail in self._details or () if detail.language == language), ""))

    def _take(self, voice: str) -> None:
        self._chosen = voice
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        details = self._details or ()
        known = next((detail for detail in details if detail.voice == self._chosen), None)
        languages = dict.fromkeys(detail.language for detail in details)
        self.language.clear()
        self.language.addItem(self.tr("(the best voice installed)"), "")
        for language in languages:
            self.language.addItem(language_text(language), language)
        self.language.setCurrentIndex(max(0, self.language.findData(known.language if known else "")))
        self.voice.clear()
        for detail in details:
            if known is not None and detail.language == known.language:
                self.voice.addItem(voice_text(detail), detail.voice)
        if self._chosen and known is None:
            self.voice.addItem(self.tr("{0} (not there now)").format(self._chosen), self._chosen)
        self.voice.setCurrentIndex(max(0, self.voice.findData(self._chosen)))
        self.voice.setEnabled(self.voice.count() > 1)
