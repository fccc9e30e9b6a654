"""The transcript by keyboard alone, with a real desk behind the window: search, correct, undo, light up, export."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.desk.events import EarsReady, Heard
from app.desk.transcript_wishes import ExportWords
from app.domain.transcript import Repair, Speaker, Utterance, Word
from app.settings import Settings
from tests import sample_state as sample
from tests.fakes import FIRST, SECOND, Place
from ui.main_window import MainWindow
from ui.theme import Theme
from ui.transcript_view import TranscriptView

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Seat:
    """A desk in the middle of a call, the window in front of it, and ten fingers."""

    def __init__(self, place: Place, window: MainWindow) -> None:
        self.place, self.window = place, window

    @property
    def view(self) -> TranscriptView:
        return self.window.view.transcript

    def hears(self, number: int, text: str, **more: object) -> None:
        at = 3.0 * number
        said = Utterance(Speaker.CALLER, number, text, at, at + 2, True, (Word(text, at, at + 2, 0.9),))
        self.place.desk.handle(Heard(FIRST, replace(said, **more)))  # type: ignore[arg-type]

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, how)

    def type(self, text: str) -> None:
        for sign in text:  # as an input method commits it
            event = QInputMethodEvent("", [])
            event.setCommitString(sign)
            QApplication.sendEvent(focus(), event)

    def lines(self) -> list[str]:
        return [line.split("\t")[1] for line in self.view.toPlainText().split("\n")]


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def seat(qtbot: QtBot, theme: Theme) -> Iterator[Seat]:
    place = Place()
    window = MainWindow(place.desk, Settings(), lambda changes: None)
    qtbot.addWidget(window, before_close_func=lambda window: window.show_state(sample.IDLE))
    place.desk._show = window.show_state
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    place.desk.handle(EarsReady("whisper", "whisper-base"))
    place.talks()
    yield Seat(place, window)


# --- correcting ----------------------------------------------------------------------------------------------------------


def test_the_newest_sentence_is_corrected_from_the_form_and_the_keyboard_goes_back_there(seat: Seat) -> None:
    seat.hears(0, "我住紧修家园")
    seat.press(Key.Key_E, CTRL)
    field = focus()

    seat.press(Key.Key_Y, CTRL)
    seat.press(Key.Key_Home)
    seat.type("啊")
    seat.press(Key.Key_Return)

    assert seat.lines() == ["啊我住紧修家园"]
    assert "✎" in seat.view.text_of(0)
    assert focus() is field


def test_escape_leaves_the_sentence_as_it_was(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_E, CTRL)
    seat.press(Key.Key_Y, CTRL)
    seat.type("三天")

    seat.press(Key.Key_Escape)

    assert seat.lines() == ["停水"]
    assert not seat.view.correction.editor.isVisible()


def test_new_words_do_not_disturb_the_editor(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_Y, CTRL)
    seat.type("三天")
    editor = seat.view.correction.editor
    at = editor.pos()

    for number in range(1, 30):
        seat.hears(number, "还有别的事情要说，说得很长很长，一行写不下，还要再写一行才写得完")
    QApplication.processEvents()

    assert editor.words == "停水三天"
    assert focus() is editor.text
    assert editor.pos() == at
    seat.press(Key.Key_Return)
    assert seat.lines()[0] == "停水三天"
    assert seat.view.verticalScrollBar().value() == seat.view.verticalScrollBar().maximum()


def test_the_sentence_under_the_cursor_is_corrected(seat: Seat) -> None:
    for number, text in enumerate(("一", "二", "三")):
        seat.hears(number, text)
    seat.press(Key.Key_L, CTRL)
    cursor = seat.view.textCursor()
    cursor.setPosition(seat.view.document().findBlockByNumber(1).position() + 2)
    seat.view.setTextCursor(cursor)

    seat.press(Key.Key_Y, CTRL)
    seat.type("百")
    seat.press(Key.Key_Return)

    assert seat.lines() == ["一", "二百", "三"]


def test_once_more_goes_to_the_sentence_before_and_keeps_what_was_typed(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.hears(1, "三天")
    seat.press(Key.Key_Y, CTRL)
    seat.type("了")

    seat.press(Key.Key_Y, CTRL)
    seat.type("吗")
    seat.press(Key.Key_Return)

    assert seat.lines() == ["停水吗", "三天了"]


def test_the_enter_of_an_input_method_belongs_to_it(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_Y, CTRL)
    QApplication.sendEvent(focus(), QInputMethodEvent("san tian", []))

    seat.press(Key.Key_Return)

    assert seat.view.correction.editor.isVisible()
    assert seat.lines() == ["停水"]


def test_what_is_still_being_heard_is_not_corrected_but_the_sentence_before(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.hears(1, "三", final=False)

    seat.press(Key.Key_Y, CTRL)

    assert seat.view.correction.editor.words == "停水"


def test_what_was_typed_is_there_again_after_another_call(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_Y, CTRL)
    seat.type("三天")

    seat.place.talks(SECOND)
    seat.place.desk.focus_call(SECOND)
    closed = not seat.view.correction.editor.isVisible()
    seat.place.desk.focus_call(FIRST)
    seat.press(Key.Key_Y, CTRL)

    assert closed
    assert seat.view.correction.editor.words == "停水三天"


def test_what_the_agent_heard_is_written_where_nothing_listened(seat: Seat) -> None:
    seat.hears(0, "", is_missing=True, words=(), end_s=19.0)
    missing = seat.lines()
    seat.press(Key.Key_Y, CTRL)
    seat.type("家里没人")
    seat.press(Key.Key_Return)

    assert missing == ["… words are missing here (0:00–0:19)"]
    assert seat.lines() == ["家里没人"]


# --- repairs -------------------------------------------------------------------------------------------------------------


def test_the_newest_repair_is_undone_with_one_key(seat: Seat) -> None:
    seat.hears(0, "我住锦绣家园", repairs=(Repair(2, 4, "紧修"),))
    seat.hears(1, "七号楼")
    marked = seat.view.text_of(0)

    seat.press(Key.Key_Y, CTRL | SHIFT)

    assert "≈" in marked
    assert seat.lines() == ["我住紧修家园", "七号楼"]


def test_the_repair_under_the_cursor_is_undone_and_then_the_sentence_comes_back(seat: Seat) -> None:
    seat.hears(0, "锦绣家园七号", repairs=(Repair(0, 2, "紧修"), Repair(4, 6, "骑好")))
    seat.press(Key.Key_L, CTRL)
    cursor = seat.view.textCursor()
    cursor.setPosition(seat.view.text_of(0).index("锦") + 1)
    seat.view.setTextCursor(cursor)

    seat.press(Key.Key_Y, CTRL | SHIFT)
    once = seat.lines()
    seat.press(Key.Key_Y, CTRL | SHIFT)
    twice = seat.lines()
    seat.press(Key.Key_Y, CTRL | SHIFT)

    assert (once, twice, seat.lines()) == (["紧修家园七号"], ["紧修家园骑好"], ["锦绣家园七号"])


def test_a_word_tells_what_was_heard_how_sure_it_is_and_how_it_was_before(seat: Seat) -> None:
    words = (Word("锦绣", 0, 1, 0.31), Word("家园", 1, 2, 0.9))
    seat.hears(0, "锦绣家园", repairs=(Repair(0, 2, "紧修"),), words=words)
    seat.hears(1, "停水")
    seat.place.desk.correct_words(Speaker.CALLER, 1, "停电")
    QApplication.processEvents()

    tips = [seat.view.tip_at(point_of(seat.view, place, sign)) for place, sign in ((0, "锦"), (0, "园"), (1, "电"))]

    assert tips == ["heard: 紧修\nrecognised with 31 % certainty", "", "before the agent's correction: 停水"]


def point_of(view: TranscriptView, place: int, sign: str) -> QPoint:
    """The middle of a character on the screen."""
    cursor = view.textCursor()
    cursor.setPosition(view.document().findBlockByNumber(place).position() + view.text_of(place).index(sign))
    left = view.cursorRect(cursor)
    return QPoint(left.left() + 7, left.center().y())


# --- searching -----------------------------------------------------------------------------------------------------------


def test_words_are_searched_counted_gone_through_and_left(seat: Seat) -> None:
    for number in range(40):
        seat.hears(number, "停水" if number % 10 == 0 else "别的事情，说得很长很长，一行写不下，还要再写一行才写得完")
    seat.press(Key.Key_E, CTRL)
    field = focus()

    seat.press(Key.Key_F, CTRL)
    seat.type("停水")
    counts = [seat.view.search.count.text()]
    for how in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, SHIFT):
        seat.press(Key.Key_Return, how)
        counts.append(seat.view.search.count.text())
        assert sight_of(seat, "停水")
    seat.press(Key.Key_Escape)

    assert counts == ["4 of 4", "1 of 4", "2 of 4", "1 of 4"]
    assert focus() is field
    assert not seat.view.search.isVisible() and seat.place.state.words_query == ""
    assert seat.view.extraSelections() == []


def sight_of(seat: Seat, words: str) -> bool:
    """Whether the place that was gone to lies in sight."""
    return seat.view.textCursor().block().text().endswith(words) and bool(
        seat.view.viewport().rect().contains(seat.view.cursorRect())
    )


def test_what_is_not_there_is_said(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_F, CTRL)

    seat.type("停电")

    assert seat.view.search.count.text() == "not found"


def test_the_sentence_that_was_found_is_corrected_at_once(seat: Seat) -> None:
    for number, text in enumerate(("停水", "三天", "了")):
        seat.hears(number, text)
    seat.press(Key.Key_F, CTRL)
    seat.type("停水")

    seat.press(Key.Key_Y, CTRL)
    seat.type("停电")
    seat.press(Key.Key_Return)

    assert seat.lines() == ["停水停电", "三天", "了"]
    assert focus() is seat.view.search.box


# --- lit, exported -------------------------------------------------------------------------------------------------------


def test_the_words_of_a_field_are_lit_and_brought_into_sight(seat: Seat) -> None:
    seat.hears(0, "幸福路有噪音")
    for number in range(1, 40):
        seat.hears(number, "别的事情，说得很长很长，一行写不下，还要再写一行才写得完")
    draft = seat.place.state.draft
    assert draft is not None

    seat.view.light_up(draft.ticket.evidence["place"])

    mark = seat.view.extraSelections()[0]
    assert mark.cursor.selectedText() == "幸福路"  # type: ignore[attr-defined]
    assert seat.view.viewport().rect().contains(seat.view.cursorRect(mark.cursor))  # type: ignore[attr-defined]


def test_the_export_asks_for_a_file_without_stopping_the_desk(seat: Seat, tmp_path: Path) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_T, CTRL | SHIFT)
    dialog = seat.window.findChild(QFileDialog)
    assert dialog is not None

    seat.hears(1, "三天")
    dialog.fileSelected.emit(str(tmp_path / "26.json"))

    wish = seat.place.store.word_wishes[-1]
    assert isinstance(wish, ExportWords)
    assert (wish.target, wish.may_replace, len(wish.transcript.utterances)) == (str(tmp_path / "26.json"), False, 2)


def test_a_form_that_is_chosen_gives_the_file_its_ending(seat: Seat) -> None:
    seat.hears(0, "停水")
    seat.press(Key.Key_T, CTRL | SHIFT)
    dialog = seat.window.findChild(QFileDialog)
    assert dialog is not None

    endings = []
    for name in dialog.nameFilters():
        dialog.filterSelected.emit(name)
        endings.append((dialog.defaultSuffix(), Path(dialog.selectedFiles()[0]).suffix))

    assert endings == [("txt", ".txt"), ("json", ".json"), ("vtt", ".vtt")]


@pytest.mark.parametrize("key", [(Key.Key_F, CTRL), (Key.Key_Y, CTRL), (Key.Key_Y, CTRL | SHIFT), (Key.Key_T, CTRL | SHIFT)])
def test_without_words_these_keys_do_nothing(seat: Seat, key: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    before: Callable[[], str] = lambda: json.dumps(  # noqa: E731
        [seat.view.search.isVisible(), seat.view.correction.editor.isVisible(), seat.window.findChild(QFileDialog) is None]
    )
    was = before()

    seat.press(*key)

    assert before() == was == "[false, false, true]"
