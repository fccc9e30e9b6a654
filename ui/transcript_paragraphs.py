"""Writes the lines of a transcript into a text document: only what differs, and a long one in slices, the newest first."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from ui.transcript_formats import Formats
from ui.transcript_lines import Key, Line, head_of, runs_of

AT_ONCE = 40
"""Paragraphs that are written in one event; more would keep the window from its other work."""

MANY = 150
"""Paragraphs that differ beyond which the document is written anew, the newest first."""


NEAR, EDITS = 12, 3
"""Changed paragraphs so near to each other are one edit, and so many edits are made in one event."""


class Paragraphs:
    """`lines` are those that stand in the document, one a paragraph; what `is_behind` comes with `go_on`."""

    def __init__(self, document: QTextDocument, formats: Formats) -> None:
        self._document, self._formats = document, formats
        self._all: list[Line] = []
        self._first = 0
        self._late: list[Line] | None = None  # what is to stand there, where some paragraphs are not rewritten yet
        self._places: dict[Key, int] | None = None

    @property
    def lines(self) -> Sequence[Line]:
        return self._all if not self._first else self._all[self._first :]

    def __len__(self) -> int:
        return len(self._all) - self._first

    @property
    def is_behind(self) -> bool:
        """Whether there is more to write: `go_on` does."""
        return bool(self._first or self._late is not None)

    def change_to(self, lines: list[Line]) -> bool:
        """Rewrites only the paragraphs that differ; whether any did."""
        shown_from = self._shown_from(lines)
        old, new = self.lines, lines[shown_from:]
        start, end = _alike(old, new)
        removed, added = len(old) - start - end, len(new) - start - end
        # what stays on both sides is compared line by line: evidence comes and goes in the midst of a call
        shift = len(new) - len(old)
        kept = [*((at, at) for at in range(start)), *((at, at + shift) for at in range(len(old) - end, len(old)))]
        other = {place: old[at] for at, place in kept if old[at] != new[place]}
        self._late = None
        is_changed = bool(removed or added or other or shown_from != self._first)
        if removed or added:
            self._places = None
        if max(removed, added) + len(other) > MANY:
            self._begin_anew(lines)
            return True
        if removed or added:
            self._change(start, removed, new[start : start + added], len(old))
        left = self._rewrite(other, new)
        self._all, self._first = lines, shown_from
        if left:
            self._late, self._all = lines, list(lines)
            for place in left:
                self._all[shown_from + place] = other[place]
        return is_changed

    def go_on(self) -> bool:
        """Writes the next of what is left; whether that changed anything."""
        if self._late is not None:
            return self.change_to(self._late)
        return self._bring_earlier()

    def _bring_earlier(self) -> bool:
        """Writes the next slice of earlier lines above the others."""
        if not self._first:
            return False
        since = max(0, self._first - AT_ONCE)
        slice_ = self._all[since : self._first]
        self._places = None
        self._change(0, 0, slice_, len(self))
        self._first = since
        return True

    def place_of(self, key: Key) -> int | None:
        """The paragraph of an utterance; None where it is not, or not yet, in the document."""
        if self._places is None:
            self._places = {line.key: place for place, line in enumerate(self.lines)}
        return self._places.get(key)

    def line_at(self, place: int) -> Line | None:
        return self._all[self._first + place] if 0 <= place < len(self) else None

    def block(self, place: int) -> QTextBlock:
        return self._document.findBlockByNumber(place)

    def span(self, place: int, start: int, end: int) -> QTextCursor:
        """The characters `start`…`end` of the words of a paragraph."""
        line = self._all[self._first + place]
        first = self.block(place).position() + len(head_of(line))
        length = len(line.utterance.text)
        cursor = QTextCursor(self._document)
        cursor.setPosition(first + _units(line, min(start, length)))
        cursor.setPosition(first + _units(line, min(end, length)), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def offset(self, place: int, position: int) -> int:
        """The character of the words at a position of the document; negative in the head."""
        line = self._all[self._first + place]
        at = position - self.block(place).position() - len(head_of(line))
        if at <= 0:
            return at
        return len(line.utterance.text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", errors="ignore"))

    def _shown_from(self, lines: list[Line]) -> int:
        """Where in the new lines those begin that are to stand in the document."""
        if not self._first:
            return 0
        first = self._all[self._first].key
        near = range(self._first, min(self._first + AT_ONCE, len(lines)))
        return next((place for place in near if lines[place].key == first), min(self._first, len(lines)))

    def _begin_anew(self, lines: list[Line]) -> None:
        self._document.clear()
        self._all, self._first = lines, max(0, len(lines) - AT_ONCE)
        self._change(0, 0, lines[self._first :], 0)

    def _change(self, start: int, removed: int, added: Sequence[Line], before: int) -> None:
        """`before`: how many paragraphs there are."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for step in range(max(removed, len(added))):
            if step < min(removed, len(added)):
                self._write(cursor, start + step, added[step])
            elif step < len(added):
                self._insert(cursor, start + step, added[step], is_only=not before and start + step == 0)
            else:
                self._remove(cursor, start + len(added))
        cursor.endEditBlock()

    def _rewrite(self, changed: Iterable[int], lines: Sequence[Line]) -> list[int]:
        """Writes these paragraphs, the newest first, and gives back those that are left for another event.

        Places that are far apart are separate edits: all that lies between the first and the last of one edit is laid out anew.
        """
        groups: list[list[int]] = []
        for place in sorted(changed, reverse=True):
            if groups and groups[-1][-1] - place <= NEAR:
                groups[-1].append(place)
            else:
                groups.append([place])
        cursor = QTextCursor(self._document)
        for group in groups[:EDITS]:
            cursor.beginEditBlock()
            for place in group:
                self._write(cursor, place, lines[place])
            cursor.endEditBlock()
        return [place for group in groups[EDITS:] for place in group]

    def _insert(self, cursor: QTextCursor, place: int, line: Line, is_only: bool) -> None:
        if not is_only:
            before = self.block(place - 1) if place else None
            cursor.setPosition(before.position() + before.length() - 1 if before is not None and before.isValid() else 0)
            cursor.insertBlock()
        self._write(cursor, place, line)

    def _remove(self, cursor: QTextCursor, place: int) -> None:
        cursor.setPosition(self.block(place).position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if self._document.blockCount() > 1:
            if place > 0:
                cursor.deletePreviousChar()
            else:
                cursor.deleteChar()

    def _write(self, cursor: QTextCursor, place: int, line: Line) -> None:
        cursor.setPosition(self.block(place).position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(self._formats.paragraph(line.utterance.speaker))
        cursor.insertText(head_of(line), self._formats.head)
        for text, look in runs_of(line, self._formats):
            cursor.insertText(text, look)


def _alike(old: Sequence[Line], new: Sequence[Line]) -> tuple[int, int]:
    """How many lines of the same utterances the two have at their beginning and at their end."""
    least = min(len(old), len(new))
    start = 0
    while start < least and _is_of_one(old[start], new[start]):
        start += 1
    end = 0
    while end < least - start and _is_of_one(old[-1 - end], new[-1 - end]):
        end += 1
    return start, end


def _is_of_one(left: Line, right: Line) -> bool:
    return left.utterance is right.utterance or left.key == right.key


def _units(line: Line, place: int) -> int:
    """Places as Qt counts them: a character beyond U+FFFF is two."""
    text = line.utterance.text
    return place if text.isascii() else place + sum(ord(sign) > 0xFFFF for sign in text[:place])
