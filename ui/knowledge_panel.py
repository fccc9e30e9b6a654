"""Answers of the knowledge base: a search box, the ranked list, and the whole text of one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.knowledge import Answer
from ui.answer_text import AnswerText
from ui.row_model import RowModel
from ui.two_line_list import Line, TwoLineList
from ui.typed_search import TypedSearch

ANSWER_KEYS = ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5")
"""Use the first, second … answer from anywhere in the window."""


class _AnswerList(TwoLineList):
    text_wanted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Right) and self.currentIndex().isValid():
            self.text_wanted.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class KnowledgePanel(QWidget):
    """In the box: Down goes into the list. In the list: Enter uses an answer, Space or Right opens its text, Esc closes it.

    A text that is open stays as it is while the list changes below new words of the call.
    """

    def __init__(self, search: Callable[[str], None], use_answer: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use_answer = use_answer
        self._used = ""
        self.box = TypedSearch(search, self)
        self.heading = QLabel(self.tr("Answers"))
        self.heading.setProperty("role", "heading")
        self.heading.setBuddy(self.box)
        self.rows: RowModel[Answer] = RowModel(lambda answer: answer.point.key, self._cells(), parent=self)
        self.list = _AnswerList(self.tr("Answers found"), self._enter, self)
        self.list.setModel(self.rows)
        self.text = AnswerText(use_answer, self)
        self.empty = QLabel(self.tr("Nothing found"))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        for page in (self.list, self.text, self.empty):
            self.pages.addWidget(page)
        self._connect()
        self._lay_out()

    def show_state(self, state: DeskState) -> None:
        used = state.draft.ticket.answer if state.draft else ""
        self.rows.show(state.answers)
        if used != self._used:
            self._used = used
            self.rows.refresh()
        self.box.follow(state.query)
        if self.pages.currentWidget() is not self.text:
            self.pages.setCurrentWidget(self.empty if state.query and not state.answers else self.list)

    def open_text(self, place: int) -> None:
        answer = self.rows.row(place)
        if answer is not None:
            self.text.show_answer(answer, self._validity(answer))
            self.pages.setCurrentWidget(self.text)
            self.text.body.setFocus()

    def close_text(self) -> None:
        self.pages.setCurrentWidget(self.list)
        self.list.enter_list()

    def _cells(self) -> dict[int, Callable[[Answer, int], object]]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda answer, _: self._title(answer),
            Line.ASIDE: lambda answer, _: answer.point.unit,
            Line.DETAIL: lambda answer, _: f"{self._validity(answer)} · {answer.snippet or answer.point.body}",
            Qt.ItemDataRole.AccessibleTextRole: lambda answer, _: ", ".join(
                (self._title(answer), answer.point.unit, self._validity(answer), answer.snippet)
            ),
            Qt.ItemDataRole.ToolTipRole: lambda answer, _: f"{answer.point.title}\n{answer.snippet}",
        }

    def _connect(self) -> None:
        self.box.setAccessibleName(self.tr("Search the knowledge base"))
        self.box.setPlaceholderText(self.tr("Search the knowledge base"))
        self.box.left_downwards.connect(self.list.enter_list)
        self.list.left_upwards.connect(self.box.setFocus)
        self.list.text_wanted.connect(self.open_text)
        self.text.closed.connect(self.close_text)
        for place, key in enumerate(ANSWER_KEYS):
            QShortcut(QKeySequence(key), self, lambda place=place: self._enter(place))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addWidget(self.box, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.pages, stretch=1)

    def _title(self, answer: Answer) -> str:
        title = answer.point.title
        if answer.is_expired:
            title = self.tr("[expired] {0}").format(title)
        return self.tr("✓ {0} (used)").format(title) if answer.point.key == self._used else title

    def _validity(self, answer: Answer) -> str:
        point = answer.point
        if answer.is_expired:
            return self.tr("expired on {0}").format(point.valid_until)
        if point.valid_until:
            return self.tr("valid until {0}").format(point.valid_until)
        return self.tr("valid from {0}").format(point.valid_from) if point.valid_from else self.tr("no date given")

    def _enter(self, place: int) -> None:
        answer = self.rows.row(place)
        if answer is not None:
            self._use_answer(answer.point.key)
