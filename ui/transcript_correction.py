"""Correcting a sentence where it stands: which one, where the editor lies, where the keyboard goes afterwards."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from app.domain.call import NO_CALL, CallId
from app.domain.transcript import Speaker
from ui.theme import Theme
from ui.transcript_editor import SentenceEditor
from ui.transcript_formats import Formats
from ui.transcript_lines import Key
from ui.transcript_paragraphs import Paragraphs
from ui.transcript_place import Place


class Correction:
    """New words, even of the same sentence, never touch what is being typed. What is left unfinished when another case comes
    onto the screen is there again when that sentence is corrected next."""

    def __init__(
        self,
        view: QTextEdit,
        paragraphs: Paragraphs,
        place: Place,
        formats: Formats,
        theme: Theme,
        correct: Callable[[Speaker, int, str], None],
    ) -> None:
        self._view, self._paragraphs, self._place, self._formats = view, paragraphs, place, formats
        self._correct = correct
        self._focus = NO_CALL
        self._left: dict[tuple[CallId, Key], str] = {}
        self._before: QWidget | None = None
        self.editor = SentenceEditor(theme, self._keep, self._closed, self.follow, view.viewport())
        view.verticalScrollBar().valueChanged.connect(lambda _: self.follow())

    def begin(self, here: int | None) -> None:
        """On the sentence in paragraph `here`, else the newest that is final; once more: on the one before."""
        if self.editor.key is not None:
            since = self._paragraphs.place_of(self.editor.key)
            wanted = self._final_before(since if since is not None else len(self._paragraphs))
            if wanted is None:
                return
            before, self._before = self._before, None
            self.editor.done()
            self._before = before
            if self.editor.key is not None:
                return  # too long to be taken: it stays where it can be shortened
        else:
            self._before = QApplication.focusWidget()
            wanted = here if here is not None and self._is_final(here) else self._final_before(len(self._paragraphs))
        line = self._paragraphs.line_at(wanted) if wanted is not None else None
        if line is None or wanted is None:
            return
        self._place.is_held = True
        self._place.bring_into_sight(QTextCursor(self._paragraphs.block(wanted)))
        self.editor.open(line.key, line.utterance.text, self._left.pop((self._focus, line.key), None))
        self.follow()

    def put_aside(self, focus: CallId) -> None:
        """Another case comes onto the screen: what is typed is remembered."""
        key = self.editor.key
        if key is not None:
            if self.editor.is_changed:
                self._left[self._focus, key] = self.editor.words
            self.editor.close_editor()
        self._focus = focus

    def follow(self) -> None:
        """The editor lies over its paragraph, whatever moved."""
        key = self.editor.key
        place = self._paragraphs.place_of(key) if key is not None else None
        if place is None:
            return
        view, indent = self._view, self._formats.indent
        top = view.cursorRect(QTextCursor(self._paragraphs.block(place))).top() - 4
        width = view.viewport().width() - indent
        self.editor.setFixedWidth(width)
        height = self.editor.sizeHint().height()
        self.editor.resize(width, height)
        lowest = view.viewport().height() - height
        self.editor.move(QPoint(indent - 2, max(0, min(top, lowest)) if top > -height else top))

    def _keep(self, key: Key, words: str) -> None:
        self._correct(*key, words)

    def _closed(self) -> None:
        before, self._before = self._before, None
        self._place.is_held = False
        if self._place.is_following:
            self._place.follow()
        if before is not None and before is not self.editor.text:
            before.setFocus()

    def _is_final(self, place: int) -> bool:
        line = self._paragraphs.line_at(place)
        return line is not None and line.utterance.final

    def _final_before(self, place: int) -> int | None:
        return next((at for at in range(place - 1, -1, -1) if self._is_final(at)), None)
