"""A sentence read aloud into the call or to the agent only: a saved one, one of the site's announcements, or typed."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.desk.state import DeskState
from app.desk.voice_state import BEST_VOICE, VoiceChoice
from ui.voice_chooser import VoiceChooser

SENTENCES = (
    QT_TRANSLATE_NOOP("Sentences", "Hello, this is the 12345 hotline. How may I help you?"),
    QT_TRANSLATE_NOOP("Sentences", "Please hold the line, I am looking this up for you."),
    QT_TRANSLATE_NOOP("Sentences", "Thank you for waiting."),
    QT_TRANSLATE_NOOP("Sentences", "Please stay on the line, I am connecting you with the emergency service."),
    QT_TRANSLATE_NOOP("Sentences", "I cannot hear you. Please call again."),
    QT_TRANSLATE_NOOP("Sentences", "Thank you for your call. Goodbye."),
)
_KEY = Qt.ItemDataRole.UserRole


class SayDialog(QDialog):
    """`say(text, is_for_caller, choice)`, `announce(key, is_for_caller)`; stays open, so that several sentences can be said.
    Enter says it to the caller, Ctrl+Enter to the agent alone first."""

    def __init__(
        self,
        say: Callable[[str, bool, VoiceChoice], None],
        announce: Callable[[str, bool], None] = lambda _key, _is_for_caller: None,
        stop: Callable[[], None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._say, self._announce = say, announce
        self._choice = BEST_VOICE
        self._listed: tuple[tuple[str, str], ...] | None = None
        self.setWindowTitle(self.tr("Read a sentence aloud"))
        self.text = QLineEdit()
        self.text.setMaxLength(500)
        self.saved = QListWidget()
        self.saved.setAccessibleName(self.tr("Saved sentences and announcements"))
        self.saved.currentItemChanged.connect(lambda item, _: self.text.setText(item.text() if item is not None else ""))
        self.saved.itemActivated.connect(lambda _: self._speak(True))
        self.voice = VoiceChooser()
        self.speed = QDoubleSpinBox(minimum=0.5, maximum=2.0, singleStep=0.1, decimals=1, value=1.0)
        self.to_caller = QPushButton(self.tr("To the &caller (Enter)"))
        self.to_caller.setProperty("role", "primary")
        self.to_caller.setDefault(True)
        self.to_caller.clicked.connect(lambda _=False: self._speak(True))
        self.to_me = QPushButton(self.tr("To &me only (Ctrl+Enter)"))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, lambda: self._speak(False))
        self.to_me.clicked.connect(lambda _=False: self._speak(False))
        self.stop = QPushButton(self.tr("S&top"))
        self.stop.clicked.connect(lambda _=False: stop())
        self.standing = QLabel()
        self.standing.setProperty("role", "muted")
        self.text.textChanged.connect(lambda _: self._show_possible())
        self._lay_out()
        self._show_sentences(())
        self._show_possible()

    def show_state(self, state: DeskState) -> None:
        """The voices and announcements there are; what the agent chose here stays."""
        self.voice.show_voices(state.speech.voice_details)
        if state.voice.choice != self._choice:
            self._choice = state.voice.choice
            self.voice.put(self._choice.voice)
            self.speed.setValue(self._choice.speed)
        self._show_sentences(state.voice.announcements)
        saying = state.voice.saying
        self.standing.setText(self.tr("Being said in the caller's next pause: {0}").format(saying) if saying else "")
        self.stop.setEnabled(bool(saying))

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&Sentence"))
        label.setBuddy(self.text)
        voice, speed = QLabel(self.tr("&Voice")), QLabel(self.tr("S&peed"))
        voice.setBuddy(self.voice.language)
        speed.setBuddy(self.speed)
        self.speed.setAccessibleName(self.tr("Speed"))
        sound = QHBoxLayout()
        for part, stretch in ((voice, 0), (self.voice, 1), (speed, 0), (self.speed, 0)):
            sound.addWidget(part, stretch)
        row = QHBoxLayout()
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.to_me)
        row.addWidget(self.to_caller)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.text)
        column.addWidget(self.saved, stretch=1)
        column.addLayout(sound)
        column.addWidget(self.standing)
        column.addLayout(row)
        self.resize(680, 430)

    def _show_sentences(self, announcements: tuple[tuple[str, str], ...]) -> None:
        if announcements == self._listed:
            return
        self._listed = announcements
        self.saved.clear()
        for source in SENTENCES:
            self.saved.addItem(QCoreApplication.translate("Sentences", str(source)))
        for key, words in announcements:
            item = QListWidgetItem(words, self.saved)
            item.setData(_KEY, key)
            item.setToolTip(self.tr("An announcement of the site: its sound is played as it was made"))

    def _show_possible(self) -> None:
        has_words = bool(self.text.text().strip())
        self.to_caller.setEnabled(has_words)
        self.to_me.setEnabled(has_words)

    def _speak(self, is_for_caller: bool) -> None:
        words = self.text.text().strip()
        item = self.saved.currentItem()
        key = str(item.data(_KEY) or "") if item is not None and item.text() == words else ""
        if key:
            self._announce(key, is_for_caller)
        elif words:
            self._say(words, is_for_caller, VoiceChoice(self.voice.value(), self.speed.value(), self._choice.volume))
