"""The words of the call on the screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.domain.transcript import Speaker, Transcript, Utterance
from tests import sample_state as sample
from ui.theme import Theme
from ui.transcript_view import TranscriptView


def heard(number: int, text: str, start_s: float, final: bool = True, speaker: Speaker = Speaker.CALLER) -> Utterance:
    return Utterance(speaker, number, text, start_s, start_s + 1, final)


def state_of(*said: Utterance) -> DeskState:
    transcript = Transcript()
    for utterance in said:
        transcript = transcript.with_heard(utterance)
    return replace(sample.talking(), transcript=transcript, draft=None)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TranscriptView:
    made = TranscriptView(theme)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def lines(view: QTextEdit) -> list[str]:
    return view.toPlainText().split("\n")


def test_each_voice_is_named_with_its_time(view: TranscriptView) -> None:
    view.show_state(state_of(heard(0, "Hello", 0.4, speaker=Speaker.AGENT), heard(0, "There is a fire", 62.0)))

    assert lines(view) == ["0:00 Agent\tHello", "1:02 Caller\tThere is a fire"]


def test_a_partial_settles_in_its_place_between_others(view: TranscriptView) -> None:
    first, later = heard(0, "One", 1.0), heard(2, "Three", 9.0)
    view.show_state(state_of(first, heard(1, "Tw", 4.0, final=False), later))
    partial = lines(view)

    view.show_state(state_of(first, heard(1, "Two", 4.0), later))

    assert partial[1] == "0:04 Caller\tTw …"
    assert lines(view) == ["0:01 Caller\tOne", "0:04 Caller\tTwo", "0:09 Caller\tThree"]


def test_words_that_are_taken_back_leave_no_empty_line(view: TranscriptView) -> None:
    one, two, three = heard(0, "One", 1.0), heard(1, "Two", 4.0), heard(2, "Three", 9.0)
    for kept in ((one, two, three), (one, three), (three,), (), (two,), (one, two, three), (two, three)):
        view.show_state(state_of(*kept))

        assert [line.split("\t")[1] for line in lines(view)] == [u.text for u in kept] if kept else lines(view) == [""]


def test_words_spoken_earlier_but_heard_later_come_before(view: TranscriptView) -> None:
    view.show_state(state_of(heard(1, "Later", 9.0)))

    view.show_state(state_of(heard(1, "Later", 9.0), heard(0, "Earlier", 2.0, speaker=Speaker.AGENT)))

    assert [line.split("\t")[1] for line in lines(view)] == ["Earlier", "Later"]


def test_evidence_is_underlined_and_nothing_else(view: TranscriptView) -> None:
    view.show_state(sample.talking())

    underlined = []
    block = view.document().begin()
    while block.isValid():
        for fragment in block:  # type: ignore[attr-defined]
            if fragment.fragment().charFormat().fontUnderline():
                underlined.append(fragment.fragment().text())
        block = block.next()

    assert underlined == ["青河区锦绣家园七号楼", "昨天晚上八点", "停水", "姓陈"]


def test_the_reader_who_scrolled_up_stays_there_and_is_told_of_new_words(view: TranscriptView) -> None:
    said = [heard(number, f"Words number {number} " * 5, number * 3.0) for number in range(40)]
    view.show_state(state_of(*said))
    followed = view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    view.verticalScrollBar().setValue(10)

    view.show_state(state_of(*said, heard(40, "New", 200.0)))
    stayed_at = view.verticalScrollBar().value()
    was_told = view.newest.isVisible()
    QTest.mouseClick(view.newest, Qt.MouseButton.LeftButton)

    assert followed
    assert stayed_at == 10
    assert was_told
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    assert not view.newest.isVisible()


def test_the_end_is_followed_while_the_last_words_grow(view: TranscriptView) -> None:
    said = [heard(number, f"Words number {number} " * 5, number * 3.0) for number in range(20)]
    for length in (1, 20, 60):
        view.show_state(state_of(*said, heard(20, "growing " * length, 100.0, final=False)))

        assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_a_selection_survives_new_words(view: TranscriptView) -> None:
    view.show_state(state_of(heard(0, "First words", 1.0)))
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)

    view.show_state(state_of(heard(0, "First words", 1.0), heard(1, "More", 3.0)))

    assert view.textCursor().selectedText() == "0:01 C"


def test_it_says_when_nothing_listens(view: TranscriptView) -> None:
    view.show_state(replace(sample.no_model(), transcript=Transcript()))

    assert "Nothing listens" in view.placeholderText()


def test_another_call_shows_its_own_words_only(view: TranscriptView) -> None:
    view.show_state(sample.talking())

    view.show_state(state_of(heard(0, "Good morning", 0.0)))

    assert lines(view) == ["0:00 Caller\tGood morning"]
