"""The words of the call: two voices, times, partials that settle in place, evidence underlined, corrected where they stand."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPushButton, QTextEdit, QToolTip, QWidget

from app.desk.state import DeskState, Playing
from app.domain.call import NO_CALL, CallId
from app.domain.transcript import Evidence, Speaker, Transcript
from app.domain.word_search import FoundWords
from ui.theme import Theme
from ui.transcript_correction import Correction
from ui.transcript_formats import Formats
from ui.transcript_lines import Line, repair_at, spans_of, tip_at
from ui.transcript_paragraphs import Paragraphs
from ui.transcript_place import Place
from ui.transcript_search import SearchBar
from ui.transcript_texts import empty_text

_MOST_MARKED = 200
"""Places of a search that are marked on the screen at a time."""

Play = Callable[[Speaker, int], None]


class WordCalls(Protocol):
    """What the transcript asks of the desk beside playing."""

    def correct_words(self, speaker: Speaker, number: int, text: str) -> None: ...
    def undo_repair(self, speaker: Speaker, number: int, start: int | None = None) -> None: ...
    def restore_words(self, speaker: Speaker, number: int) -> None: ...
    def find_words(self, query: str) -> None: ...


class TranscriptView(QTextEdit):
    """One paragraph an utterance. Follows the newest words unless the reader scrolled up; then a button leads back.

    `play` is asked for the sentence under the cursor, under the mouse, or the newest; asked again for the same, it stops.
    Without `words` it only shows.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        play: Play = lambda _speaker, _number: None,
        words: WordCalls | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._play, self._words = theme, play, words
        self._shown: tuple[Transcript, Mapping[str, tuple[Evidence, ...]], Playing | None] | None = None
        self._focus = NO_CALL
        self._pointed: tuple[Evidence, ...] = ()
        self._found: tuple[FoundWords, ...] = ()
        self._found_now = -1
        self._query = ""
        self._to_show: Evidence | FoundWords | None = None
        self.setProperty("role", "transcript")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Transcript of the call"))
        self.setFont(theme.font("transcript"))
        self.document().setDefaultFont(theme.font("transcript"))
        self._formats = Formats(theme)
        self.setTabStopDistance(self._formats.indent)
        self._paragraphs = Paragraphs(self.document(), self._formats)
        self.newest = QPushButton(self.tr("New words ↓"), self)
        self.newest.setProperty("role", "primary")
        self.newest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.newest.clicked.connect(lambda _=False: self.follow())
        self.newest.hide()
        self._below = 0
        self._place = Place(self, self._paragraphs, self.newest)
        self._place.pad = self._keep_free
        self.correction = Correction(self, self._paragraphs, self._place, self._formats, theme, self._correct)
        self.search = SearchBar(self._find, self._step, self._search_closed, self)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._lay_search_if_open())
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._go_on)

    def show_state(self, state: DeskState) -> None:
        self._show_placeholder(state)
        evidence = state.draft.ticket.evidence if state.draft else {}
        shown, playing = self._shown, state.playing
        is_same = shown is not None and shown[0] is state.transcript and shown[1] is evidence and shown[2] is playing
        if not is_same:
            self._turn_to(state.focus)
            self._shown = (state.transcript, evidence, playing)
            self._show_lines(state.transcript, evidence, playing)
        if self._found is not state.words_found or self._query != state.words_query:
            self._query = state.words_query
            self._show_found(state.words_found)

    # --- asked for by keys ---

    def play_current(self) -> None:
        """Plays the sentence that is being played (that is: stops), else the one under the cursor, else the newest."""
        lines = self._paragraphs.lines
        line = next((line for line in lines if line.is_played), None)
        self._ask_for(line if line is not None else self._current())

    def correct(self) -> None:
        """Opens the editor on the sentence under the cursor, else on the newest; in the editor, on the one before."""
        here = self.textCursor().blockNumber() if self._is_in() else None
        self.correction.begin(here)

    def undo_repair(self) -> None:
        """Undoes the repair under the cursor, else the last one of its sentence, else the correction of that sentence;
        from elsewhere the newest repair."""
        line, lines = (self._current() if self._is_in() else None), self._paragraphs.lines
        if line is None or not (line.utterance.repairs or line.utterance.is_corrected):
            line = next((one for one in reversed(lines) if one.utterance.repairs), lines[-1] if lines else None)
        if line is None or self._words is None:
            return
        said = line.utterance
        cursor = self.textCursor()
        at = repair_at(said, self._paragraphs.offset(cursor.blockNumber(), cursor.position())) if self._is_in() else None
        if said.repairs or not said.is_corrected:  # where there is neither, the desk says so
            self._words.undo_repair(said.speaker, said.number, at.start if at is not None else None)
        else:
            self._words.restore_words(said.speaker, said.number)

    def enter_search(self) -> None:
        self.search.enter()
        self._lay_search()

    def follow(self) -> None:
        """Goes to the newest words and stays with them."""
        self._place.follow()

    # --- asked for by other parts ---

    def point_out(self, evidence: tuple[Evidence, ...]) -> None:
        """Marks the words a field came from, without moving the text."""
        self._pointed = evidence
        self._mark()

    def light_up(self, evidence: tuple[Evidence, ...]) -> None:
        """Marks the words a field came from and brings the first of them into sight."""
        self.point_out(evidence)
        self._to_show = evidence[0] if evidence else None
        self._bring_into_sight()

    def text_of(self, place: int) -> str:
        """The paragraph of the `place`-th utterance as it stands on the screen."""
        return self.document().findBlockByNumber(place).text()

    # --- lines ---

    def _turn_to(self, focus: CallId) -> None:
        """Another case has come onto the screen."""
        if focus != self._focus:
            self.correction.put_aside(focus)
            self._focus, self._to_show = focus, None
            self._pointed = ()

    def _show_lines(
        self, transcript: Transcript, evidence: Mapping[str, tuple[Evidence, ...]], playing: Playing | None
    ) -> None:
        spans = spans_of(evidence, transcript)
        played = (playing.speaker, playing.number) if playing is not None else None
        lines = []
        for said in transcript.utterances:
            key = (said.speaker, said.number)
            lines.append(Line(said, spans.get(key, ()), key == played))
        self._place.change(lambda: self._paragraphs.change_to(lines))
        if self._paragraphs.is_behind and not self._filling.isActive():
            self._filling.start()
        self._mark()
        self.correction.follow()

    def _go_on(self) -> None:
        self._place.change(self._paragraphs.go_on, is_news=False)
        if not self._paragraphs.is_behind:
            self._filling.stop()
            self._mark()
            self._bring_into_sight()
        self.correction.follow()

    def _current(self) -> Line | None:
        """The sentence under the cursor while the keyboard is here, else the newest."""
        lines = self._paragraphs.lines
        if self._is_in():
            return self._paragraphs.line_at(self.textCursor().blockNumber())
        return lines[-1] if lines else None

    def _is_in(self) -> bool:
        """Whether the keyboard is in the words, or in their search with a place chosen."""
        return self.hasFocus() or (self.search.isVisible() and self._found_now >= 0)

    # --- marks: evidence that is pointed out, places found ---

    def _show_found(self, found: tuple[FoundWords, ...]) -> None:
        before = self._found[self._found_now] if 0 <= self._found_now < len(self._found) else None
        self._found = found
        if before is not None and before in found:
            self._found_now = found.index(before)
        else:
            self._found_now = self._first_in_sight() if found else -1
            self._go_to_found()
        self.search.show_count(self._found_now + 1, len(found))
        self._mark()

    def _step(self, by: int) -> None:
        if self._found:
            self._found_now = (self._found_now + by) % len(self._found)
            self.search.show_count(self._found_now + 1, len(self._found))
            self._go_to_found()
            self._mark()

    def _go_to_found(self) -> None:
        if 0 <= self._found_now < len(self._found):
            self._to_show = self._found[self._found_now]
            self._bring_into_sight()

    def _first_in_sight(self) -> int:
        """The first place found that is not above what is on the screen."""
        top = self.cursorForPosition(QPoint(0, 0)).blockNumber()
        for place, found in enumerate(self._found):
            at = self._paragraphs.place_of((found.speaker, found.number))
            if at is not None and at >= top:
                return place
        return len(self._found) - 1

    def _bring_into_sight(self) -> None:
        """Waits where its paragraph is not written yet."""
        wanted = self._to_show
        cursor = self._cursor_of(wanted) if wanted is not None else None
        if cursor is None:
            return
        self._to_show = None
        self._place.bring_into_sight(cursor)
        if isinstance(wanted, FoundWords):
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)

    def _cursor_of(self, part: Evidence | FoundWords) -> QTextCursor | None:
        number = part.utterance if isinstance(part, Evidence) else part.number
        place = self._paragraphs.place_of((part.speaker, number))
        if place is None or (isinstance(part, Evidence) and not self._is_said_there(part, place)):
            return None
        return self._paragraphs.span(place, part.start, part.end)

    def _is_said_there(self, part: Evidence, place: int) -> bool:
        """Words of another call may bear the number of an utterance of this one."""
        line = self._paragraphs.line_at(place)
        return line is not None and line.utterance.text[part.start : part.end] == part.text

    def _mark(self) -> None:
        near = max(0, self._found_now - _MOST_MARKED // 2)
        marks: list[tuple[Evidence | FoundWords, QTextCharFormat]] = [
            (part, self._formats.pointed_out) for part in self._pointed
        ]
        found = [(part, self._formats.found) for part in self._found[near : near + _MOST_MARKED]]
        now = [(part, self._formats.found_now) for part in self._found[max(0, self._found_now) :][:1]]
        made = [self._selection(part, look) for part, look in (*marks, *found, *now)]
        selections = [selection for selection in made if selection is not None]
        if selections or self.extraSelections():
            self.setExtraSelections(selections)

    def _selection(self, part: Evidence | FoundWords, look: QTextCharFormat) -> QTextEdit.ExtraSelection | None:
        cursor = self._cursor_of(part)
        if cursor is None:
            return None
        mark = QTextEdit.ExtraSelection()
        # PySide's stubs leave these two attributes out
        mark.cursor = cursor  # type: ignore[attr-defined]
        mark.format = look  # type: ignore[attr-defined]
        return mark

    def _find(self, query: str) -> None:
        if self._words is not None:
            self._words.find_words(query)

    def _search_closed(self) -> None:
        self.setViewportMargins(0, 0, 0, self._below)

    def _lay_search(self) -> None:
        height, bar = self.search.sizeHint().height(), self.verticalScrollBar()
        self.search.setGeometry(0, 0, self.width() - (bar.width() if bar.isVisible() else 0), height)
        self.setViewportMargins(0, height, 0, self._below)

    def _lay_search_if_open(self) -> None:
        """The scroll bar came or went beside it."""
        if self.search.isVisible():
            self._lay_search()

    def _keep_free(self, below: int) -> None:
        self._below = below
        self.setViewportMargins(0, self.search.height() if self.search.isVisible() else 0, 0, below)

    # --- mouse ---

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        self._ask_for(self._paragraphs.line_at(cursor.blockNumber()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        cursor = self.cursorForPosition(event.pos())
        place = cursor.blockNumber()
        line = self._paragraphs.line_at(place)
        menu = self.createStandardContextMenu()
        if line is not None:
            menu.addSeparator()
            for text, act in self._choices(line, place, cursor.position()):
                menu.addAction(text).triggered.connect(lambda _=False, act=act: act())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def _choices(self, line: Line, place: int, position: int) -> list[tuple[str, Callable[[], None]]]:
        """What can be done with the sentence under the mouse."""
        said, words = line.utterance, self._words
        playing = self.tr("Stop playing") if line.is_played else self.tr("Play this sentence")
        choices: list[tuple[str, Callable[[], None]]] = [(playing, lambda: self._ask_for(line))]
        if words is None:
            return choices
        if said.final:
            choices.append((self.tr("Correct this sentence"), lambda: self.correction.begin(place)))
        repair = repair_at(said, self._paragraphs.offset(place, position))
        if repair is not None:
            undo = self.tr("Undo the repair: heard “{0}”").format(repair.was)
            choices.append((undo, lambda: words.undo_repair(said.speaker, said.number, repair.start)))
        if said.is_corrected:
            choices.append((self.tr("Bring back what was heard"), lambda: words.restore_words(said.speaker, said.number)))
        return choices

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """What is to be said of the word under a point of the words' own surface."""
        cursor = self.cursorForPosition(point)
        line = self._paragraphs.line_at(cursor.blockNumber())
        if line is None:
            return ""
        at = cursor.position() - (1 if self.cursorRect(cursor).x() > point.x() else 0)
        return tip_at(line.utterance, self._paragraphs.offset(cursor.blockNumber(), at))

    def _ask_for(self, line: Line | None) -> None:
        if line is not None:
            self._play(line.utterance.speaker, line.utterance.number)

    def _correct(self, speaker: Speaker, number: int, text: str) -> None:
        if self._words is not None:
            self._words.correct_words(speaker, number, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place.resized(lambda: super(TranscriptView, self).resizeEvent(event))
        self._lay_search_if_open()
        self.correction.follow()

    def _show_placeholder(self, state: DeskState) -> None:
        if len(self._paragraphs):
            return
        text = empty_text(state)
        if text != self.placeholderText():
            self.setPlaceholderText(text)
