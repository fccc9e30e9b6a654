"""The words of the call: two voices, times, partials that settle in place, evidence underlined, any sentence played again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPushButton, QTextEdit, QWidget

from app.desk.state import DeskState, Playing
from app.domain.call import CallStage
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance
from ui.clock_texts import duration_text
from ui.labels import speaker_text
from ui.theme import Theme

_NEAR_END = 6
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """What one paragraph shows; equal lines need no repainting."""

    utterance: Utterance
    spans: Spans
    is_played: bool = False


class TranscriptView(QTextEdit):
    """One paragraph an utterance. Follows the newest words unless the reader scrolled up; then a button leads back.

    `play` is asked for the sentence under the cursor, under the mouse, or the newest; asked again for the same, it stops.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, play: Callable[[Speaker, int], None] = lambda _speaker, _number: None
    ) -> None:
        super().__init__(parent)
        self._theme, self._play = theme, play
        self._lines: list[_Line] = []
        self._shown: tuple[Transcript, Mapping[str, tuple[Evidence, ...]], Playing | None] | None = None
        self._is_following = True
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
        self._formats = _Formats(theme)
        self.setTabStopDistance(self._formats.indent)
        self.newest = QPushButton(self.tr("New words ↓"), self)
        self.newest.setProperty("role", "primary")
        self.newest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.newest.clicked.connect(lambda _=False: self.follow())
        self.newest.hide()
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._keep_place())

    def show_state(self, state: DeskState) -> None:
        self._show_placeholder(state)
        evidence = state.draft.ticket.evidence if state.draft else {}
        shown, playing = self._shown, state.playing
        if shown is not None and shown[0] is state.transcript and shown[1] is evidence and shown[2] is playing:
            return
        self._shown = (state.transcript, evidence, playing)
        spans = _spans_of(evidence)
        played = (playing.speaker, playing.number) if playing is not None else None
        keys = [(said.speaker, said.number) for said in state.transcript.utterances]
        said = zip(state.transcript.utterances, keys, strict=True)
        self._change_to([_Line(one, spans.get(key, ()), key == played) for one, key in said])

    def play_current(self) -> None:
        """Plays the sentence that is being played (that is: stops), else the one under the cursor, else the newest."""
        line = next((line for line in self._lines if line.is_played), None)
        if line is None and self._lines:
            line = self._line_at(self.textCursor()) if self.hasFocus() else self._lines[-1]
        self._ask_for(line)

    def follow(self) -> None:
        """Goes to the newest words and stays with them."""
        self._is_following = True
        self.newest.hide()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def point_out(self, evidence: tuple[Evidence, ...]) -> None:
        """Marks the words a field came from, without moving the text."""
        marks = []
        for part in evidence:
            place = self._place_of(part)
            if place is None:
                continue
            mark = QTextEdit.ExtraSelection()
            # PySide's stubs leave these two attributes out
            mark.cursor = place  # type: ignore[attr-defined]
            mark.format = self._formats.pointed_out  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def text_of(self, place: int) -> str:
        """The paragraph of the `place`-th utterance as it stands on the screen."""
        return self.document().findBlockByNumber(place).text()

    # --- paragraphs ---

    def _change_to(self, lines: list[_Line]) -> None:
        """Rewrites only the paragraphs that differ."""
        old = self._lines
        start = 0
        while start < min(len(old), len(lines)) and old[start] == lines[start]:
            start += 1
        end = 0
        while end < min(len(old), len(lines)) - start and old[-1 - end] == lines[-1 - end]:
            end += 1
        if start == len(old) == len(lines):
            return
        removed, added = len(old) - start - end, lines[start : len(lines) - end]
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for step in range(max(removed, len(added))):
            if step < min(removed, len(added)):
                self._write(cursor, start + step, added[step])
            elif step < len(added):
                self._insert(cursor, start + step, added[step], is_only=not old and start + step == 0)
            else:
                self._remove(cursor, start + len(added))
        cursor.endEditBlock()
        self._lines = lines
        if len(lines) > len(old) and not self._is_following:
            self._place_button()
            self.newest.show()
        if not lines:
            self.follow()

    def _insert(self, cursor: QTextCursor, place: int, line: _Line, is_only: bool) -> None:
        if not is_only:
            before = self.document().findBlockByNumber(place - 1)
            if before.isValid() and place > 0:
                cursor.setPosition(before.position() + before.length() - 1)
                cursor.insertBlock()
            else:
                cursor.setPosition(0)
                cursor.insertBlock()
        self._write(cursor, place, line)

    def _remove(self, cursor: QTextCursor, place: int) -> None:
        block = self.document().findBlockByNumber(place)
        cursor.setPosition(block.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if self.document().blockCount() > 1:
            if place > 0:
                cursor.deletePreviousChar()
            else:
                cursor.deleteChar()

    def _write(self, cursor: QTextCursor, place: int, line: _Line) -> None:
        block = self.document().findBlockByNumber(place)
        cursor.setPosition(block.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        said = line.utterance
        cursor.setBlockFormat(self._formats.paragraph(said.speaker))
        cursor.insertText(_head_of(line), self._formats.head)
        plain = self._formats.words(said.speaker, said.final)
        marked = QTextCharFormat(plain)
        marked.merge(self._formats.evidence)
        done = 0
        for start, end in line.spans:
            cursor.insertText(said.text[done:start], plain)
            cursor.insertText(said.text[max(done, start) : end], marked)
            done = max(done, end)
        cursor.insertText(said.text[done:] + ("" if said.final else " …"), plain)

    def _place_of(self, part: Evidence) -> QTextCursor | None:
        for place, line in enumerate(self._lines):
            said = line.utterance
            if (said.speaker, said.number) == (part.speaker, part.utterance):
                first = self.document().findBlockByNumber(place).position() + len(_head_of(line))
                cursor = QTextCursor(self.document())
                cursor.setPosition(first + min(part.start, len(said.text)))
                cursor.setPosition(first + min(part.end, len(said.text)), QTextCursor.MoveMode.KeepAnchor)
                return cursor
        return None

    # --- playing ---

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._ask_for(self._line_at(self.cursorForPosition(event.position().toPoint())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self._line_at(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu()
        if line is not None:
            text = self.tr("Stop playing") if line.is_played else self.tr("Play this sentence")
            menu.addSeparator()
            menu.addAction(text).triggered.connect(lambda _=False: self._ask_for(line))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def _line_at(self, cursor: QTextCursor) -> _Line | None:
        place = cursor.blockNumber()
        return self._lines[place] if place < len(self._lines) else None

    def _ask_for(self, line: _Line | None) -> None:
        if line is not None:
            self._play(line.utterance.speaker, line.utterance.number)

    # --- scrolling ---

    def _on_scrolled(self, value: int) -> None:
        self._is_following = value >= self.verticalScrollBar().maximum() - _NEAR_END
        if self._is_following:
            self.newest.hide()

    def _keep_place(self) -> None:
        if self._is_following:
            self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_following = self._is_following
        super().resizeEvent(event)
        self._is_following = is_following
        self._place_button()
        self._keep_place()

    def _place_button(self) -> None:
        self.newest.adjustSize()
        self.newest.move(self.width() - self.newest.width() - 20, self.height() - self.newest.height() - 8)

    def _show_placeholder(self, state: DeskState) -> None:
        if self._lines:
            return
        if not state.speech.engine:
            text = self.tr("Nothing listens: no words will appear here. Type what you hear into the form.")
        elif state.focused is not None and state.focused.stage in (CallStage.TALKING, CallStage.HELD):
            text = self.tr("Listening…")
        else:
            text = self.tr("The words of caller and agent appear here as they are spoken.")
        if text != self.placeholderText():
            self.setPlaceholderText(text)


class _Formats:
    """How paragraphs and words look."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        small = theme.font("small")
        self.indent = QFontMetrics(small).horizontalAdvance("00:00:00  ") + max(
            QFontMetrics(small).horizontalAdvance(speaker_text(speaker)) for speaker in Speaker
        )
        self.head = QTextCharFormat()
        self.head.setFont(small)
        self.head.setForeground(theme.colour("muted"))
        self.evidence = QTextCharFormat()
        self.evidence.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self.evidence.setUnderlineColor(theme.colour("evidence"))
        self.evidence.setFontUnderline(True)
        self.pointed_out = QTextCharFormat()
        self.pointed_out.setBackground(theme.colour("evidence_ground"))

    def paragraph(self, speaker: Speaker) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLeftMargin(self.indent)
        made.setTextIndent(-self.indent)
        made.setTabPositions([])
        made.setTopMargin(3)
        made.setBottomMargin(3)
        if speaker is Speaker.AGENT:
            made.setBackground(self._theme.colour("agent_ground"))
        return made

    def words(self, speaker: Speaker, is_final: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        font: QFont = self._theme.font("transcript")
        made.setFont(font)
        colour: QColor = self._theme.colour("agent" if speaker is Speaker.AGENT else "caller")
        made.setForeground(colour if is_final else self._theme.colour("muted"))
        return made


def _head_of(line: _Line) -> str:
    said = line.utterance
    return f"{'▶ ' if line.is_played else ''}{duration_text(said.start_s)} {speaker_text(said.speaker)}\t"


def _spans_of(evidence: Mapping[str, tuple[Evidence, ...]]) -> dict[tuple[Speaker, int], Spans]:
    """The characters of each utterance that some field came from, in order."""
    found: dict[tuple[Speaker, int], list[tuple[int, int]]] = {}
    for parts in evidence.values():
        for part in parts:
            found.setdefault((part.speaker, part.utterance), []).append((part.start, part.end))
    return {key: tuple(sorted(spans)) for key, spans in found.items()}
