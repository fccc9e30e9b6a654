"""What is typed stays as typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.ticket import NOTE_LIMIT
from ui.text_fields import AreaField, LineField

Field = LineField | AreaField


def words(field: Field) -> str:
    return field.text() if isinstance(field, LineField) else field.toPlainText()


def place(field: Field) -> int:
    return field.cursorPosition() if isinstance(field, LineField) else field.textCursor().position()


@pytest.fixture
def edits() -> list[str]:
    return []


@pytest.fixture(params=["line", "area"])
def field(request: pytest.FixtureRequest, qtbot: QtBot, edits: list[str]) -> Field:
    made: Field = LineField(edits.append) if request.param == "line" else AreaField(edits.append, 3)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=3000)
    made.setFocus()
    return made


def test_every_key_is_told_once(field: Field, edits: list[str]) -> None:
    QTest.keyClicks(field, "abc")

    assert edits == ["a", "ab", "abc"]


def test_an_echo_that_comes_late_does_not_take_letters_away(field: Field) -> None:
    QTest.keyClicks(field, "abc")

    field.show_value("a")

    assert words(field) == "abc"
    assert place(field) == 3


def test_a_value_from_the_desk_is_shown_and_the_cursor_stays(field: Field) -> None:
    field.show_value("Green Street 5")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_Right)

    field.show_value("Green Street 57")

    assert words(field) == "Green Street 57"
    assert place(field) == 1


def test_a_new_ticket_empties_the_field(field: Field) -> None:
    QTest.keyClicks(field, "abc")
    field.show_value("abc")

    field.show_value("", is_new_ticket=True)

    assert words(field) == ""


def test_the_ticket_that_begins_with_the_first_letter_keeps_it(qtbot: QtBot) -> None:
    made = LineField(lambda value: made.show_value("", is_new_ticket=True))
    qtbot.addWidget(made)

    QTest.keyClicks(made, "a")

    assert made.text() == "a"


def test_too_long_a_text_is_refused_and_what_stood_there_stays(field: Field, edits: list[str], qtbot: QtBot) -> None:
    field.show_value("kept")
    QApplication.clipboard().setText("x" * (NOTE_LIMIT + 1))

    with qtbot.waitSignal(field.refused, timeout=1000):
        field.paste()

    assert words(field) == "kept"
    assert edits == []


def test_a_text_of_the_greatest_length_is_taken_whole(field: Field, edits: list[str]) -> None:
    QApplication.clipboard().setText("字" * NOTE_LIMIT)

    field.paste()

    assert edits == ["字" * NOTE_LIMIT]


def compose(field: Field, preedit: str = "", commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_words_that_come_while_chinese_is_composed_wait_until_it_is_done(field: Field, edits: list[str]) -> None:
    compose(field, preedit="chao")

    field.show_value("heard words")
    during = words(field)
    compose(field, commit="朝阳")

    assert during == ""
    assert words(field) == "朝阳"
    assert edits == ["朝阳"]


def test_words_that_came_while_composing_are_shown_when_it_was_broken_off(field: Field) -> None:
    compose(field, preedit="chao")
    field.show_value("heard words")

    compose(field)

    assert words(field) == "heard words"


def test_undo_and_selection_survive_words_from_the_desk_at_the_end(qtbot: QtBot) -> None:
    made = AreaField(lambda _: None, 3)
    qtbot.addWidget(made)
    made.show_value("first line\nsecond")
    cursor = made.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, cursor.MoveMode.KeepAnchor)
    made.setTextCursor(cursor)

    made.show_value("first line\nsecond 😀 third")

    assert made.textCursor().selectedText() == "first"
    assert made.toPlainText() == "first line\nsecond 😀 third"


def test_ten_thousand_signs_beyond_the_basic_plane_are_replaced_rightly(qtbot: QtBot) -> None:
    made = AreaField(lambda _: None, 3)
    qtbot.addWidget(made)
    made.show_value("😀" * 5000 + "end")

    made.show_value("😀" * 5000 + "the end")

    assert made.toPlainText() == "😀" * 5000 + "the end"
