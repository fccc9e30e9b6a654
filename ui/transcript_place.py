"""Where the reader stands in a transcript: at the newest words, or somewhere above them, and then nothing moves him."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton, QTextEdit

from ui.transcript_paragraphs import Paragraphs

_NEAR_END = 6


class Place:
    """Follows the newest words unless the reader scrolled up, or `is_held`; then `newest` leads back."""

    def __init__(self, view: QTextEdit, paragraphs: Paragraphs, newest: QPushButton) -> None:
        self._view, self._paragraphs, self._newest = view, paragraphs, newest
        self.is_following = True
        self.is_held = False
        self._is_moving = False
        self._held_px = 0
        self.pad: Callable[[int], None] = lambda _px: None
        """Keeps so many pixels free below the words."""
        bar = view.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(lambda *_: self._keep())

    def follow(self) -> None:
        """Goes to the newest words and stays with them."""
        self.is_following = True
        self._newest.hide()
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.maximum())

    def change(self, write: Callable[[], bool], is_news: bool = True) -> None:
        """Lets `write` change the paragraphs; what the reader looks at stays where it is."""
        before, last = len(self._paragraphs), self._paragraphs.block(len(self._paragraphs) - 1)
        height = self._height(len(self._paragraphs) - 1) if last.isValid() else 0.0
        anchor = QTextCursor(self._view.cursorForPosition(QPoint(0, 0)).block())
        above = self._view.cursorRect(anchor).top()
        is_changed = write()
        count = len(self._paragraphs)
        if is_changed and is_news:
            self._hold_height(before, count, height)
        if not count:
            self.follow()
        elif self._is_free() and is_changed:
            self._scroll_by(self._view.cursorRect(anchor).top() - above)
            if is_news and count > before:
                self._place_button()
                self._newest.show()

    def bring_into_sight(self, cursor: QTextCursor) -> None:
        """Scrolls as little as is needed, and stays there."""
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        end = QTextCursor(cursor)
        end.setPosition(cursor.selectionEnd())
        wanted = self._view.cursorRect(start).united(self._view.cursorRect(end))
        seen: QRect = self._view.viewport().rect()
        if wanted.top() < seen.top() or wanted.bottom() > seen.bottom():
            self.is_following = False
            self._scroll_by(wanted.top() - seen.height() // 3)

    def resized(self, resize: Callable[[], None]) -> None:
        is_following = self.is_following
        resize()
        self.is_following = is_following
        self._place_button()
        self._keep()

    def _is_free(self) -> bool:
        return not self.is_following or self.is_held

    def _scroll_by(self, pixels: int) -> None:
        if pixels:
            bar = self._view.verticalScrollBar()
            self._is_moving = True
            bar.setValue(bar.value() + pixels)
            self._is_moving = False

    def _height(self, place: int) -> float:
        block = self._paragraphs.block(place)
        return self._view.document().documentLayout().blockBoundingRect(block).height() if block.isValid() else 0.0

    def _hold_height(self, before: int, count: int, height: float) -> None:
        """The text above does not move while the newest paragraph settles: what it loses in height is kept free below it
        until other words follow, or until it grows again."""
        held = self._held_px
        if count != before or self._is_free():
            held = 0
        elif self._view.verticalScrollBar().maximum() > 0 or held:
            held = max(0, held + round(height - self._height(count - 1)))
        if held != self._held_px:
            self._held_px = held
            self.pad(held)

    def _on_scrolled(self, value: int) -> None:
        if self._is_moving or self.is_held:
            return
        self.is_following = value >= self._view.verticalScrollBar().maximum() - _NEAR_END
        if self.is_following:
            self._newest.hide()

    def _keep(self) -> None:
        if self.is_following and not self.is_held:
            self.follow()

    def _place_button(self) -> None:
        self._newest.adjustSize()
        view = self._view
        self._newest.move(view.width() - self._newest.width() - 20, view.height() - self._newest.height() - 8)
