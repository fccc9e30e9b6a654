"""A sentence read aloud into the call or to the agent only: one of the saved ones, or typed."""

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

SENTENCES = (
    QT_TRANSLATE_NOOP("Sentences", "Hello, this is the 12345 hotline. How may I help you?"),
    QT_TRANSLATE_NOOP("Sentences", "Please hold the line, I am looking this up for you."),
    QT_TRANSLATE_NOOP("Sentences", "Thank you for waiting."),
    QT_TRANSLATE_NOOP("Sentences", "Please stay on the line, I am connecting you with the emergency service."),
    QT_TRANSLATE_NOOP("Sentences", "I cannot hear you. Please call again."),
    QT_TRANSLATE_NOOP("Sentences", "Thank you for your call. Goodbye."),
)


class SayDialog(QDialog):
    """`say(text, is_for_caller)`; stays open, so that several sentences can be said. Enter says it to the caller."""

    def __init__(self, say: Callable[[str, bool], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.setWindowTitle(self.tr("Read a sentence aloud"))
        self.text = QLineEdit()
        self.text.setMaxLength(500)
        label = QLabel(self.tr("&Sentence"))
        label.setBuddy(self.text)
        self.saved = QListWidget()
        self.saved.setAccessibleName(self.tr("Saved sentences"))
        self.saved.addItems([QCoreApplication.translate("Sentences", str(source)) for source in SENTENCES])
        self.saved.currentTextChanged.connect(self.text.setText)
        self.saved.itemActivated.connect(lambda _: self._speak(True))
        self.to_caller = QPushButton(self.tr("To the &caller (Enter)"))
        self.to_caller.setProperty("role", "primary")
        self.to_caller.setDefault(True)
        self.to_caller.clicked.connect(lambda _=False: self._speak(True))
        self.to_me = QPushButton(self.tr("To &me only"))
        self.to_me.clicked.connect(lambda _=False: self._speak(False))
        self.text.textChanged.connect(lambda _: self._show_possible())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.to_me)
        row.addWidget(self.to_caller)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.text)
        column.addWidget(self.saved, stretch=1)
        column.addLayout(row)
        self.resize(620, 340)
        self._show_possible()

    def _show_possible(self) -> None:
        has_words = bool(self.text.text().strip())
        self.to_caller.setEnabled(has_words)
        self.to_me.setEnabled(has_words)

    def _speak(self, is_for_caller: bool) -> None:
        words = self.text.text().strip()
        if words:
            self._say(words, is_for_caller)
