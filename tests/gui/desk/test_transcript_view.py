"""The words of the call on the screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.desk.transcript_events import Sought
from app.domain.call import CallStage
from app.domain.transcript import Evidence, Repair, Speaker, Transcript, Utterance, Word
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


LONG = "说得很长很长，一行写不下，还要再写一行才写得完，别的事情也要说，"
Line = QTextCharFormat.UnderlineStyle


def looks(view: TranscriptView, place: int) -> dict[str, QTextCharFormat]:
    """The look of each run of a paragraph."""
    found = {}
    for fragment in view.document().findBlockByNumber(place):  # type: ignore[attr-defined]
        found[fragment.fragment().text()] = fragment.fragment().charFormat()
    return found


def top_of(view: TranscriptView, text: str) -> int:
    """Where a paragraph stands on the screen."""
    cursor = view.document().find(text)
    return view.cursorRect(QTextCursor(cursor.block())).top()


def test_doubtful_words_are_dotted_and_thinner_and_others_are_not(view: TranscriptView) -> None:
    words = (Word("我住", 1, 1.5, 0.9), Word("锦绣", 1.5, 2, 0.2))

    view.show_state(state_of(replace(heard(0, "我住锦绣", 1.0), words=words)))

    found = looks(view, 0)
    assert (found["锦绣"].underlineStyle(), found["锦绣"].fontWeight()) == (Line.DotLine, QFont.Weight.Light)
    assert (found["我住"].underlineStyle(), found["我住"].fontWeight()) == (Line.NoUnderline, QFont.Weight.Normal)


def test_a_repair_is_dashed_and_named_in_the_head(view: TranscriptView) -> None:
    view.show_state(state_of(replace(heard(0, "我住锦绣", 1.0), repairs=(Repair(2, 4, "紧修"),))))

    assert looks(view, 0)["锦绣"].underlineStyle() is Line.DashUnderline
    assert view.text_of(0) == "0:01 Caller ≈\t我住锦绣"


def test_what_a_whole_note_was_made_of_is_not_underlined(view: TranscriptView) -> None:
    state = sample.talking()
    assert state.draft is not None
    evidence = {"content": (Evidence(Speaker.CALLER, 1, 0, 5, ""),)}

    view.show_state(replace(state, draft=replace(state.draft, ticket=replace(state.draft.ticket, evidence=evidence))))

    assert not any(look.fontUnderline() for place in range(6) for look in looks(view, place).values())


def test_words_taken_out_by_the_agent_leave_a_line_that_says_so(view: TranscriptView) -> None:
    view.show_state(state_of(heard(0, "谢谢观看", 1.0).corrected("")))

    assert lines(view) == ["0:01 Caller ✎\t(taken out by the agent)"]


def test_a_line_break_within_an_utterance_makes_no_second_paragraph(view: TranscriptView) -> None:
    view.show_state(state_of(heard(0, "停水\n三天", 1.0), heard(1, "了", 3.0)))

    assert [line.split("\t")[1] for line in lines(view)] == ["停水 三天", "了"]


def test_signs_beyond_the_usual_do_not_shift_what_is_pointed_out(view: TranscriptView) -> None:
    view.show_state(state_of(heard(0, "😀停水三天", 1.0)))

    view.point_out((Evidence(Speaker.CALLER, 0, 1, 3, "停水"),))

    assert view.extraSelections()[0].cursor.selectedText() == "停水"  # type: ignore[attr-defined]


def test_text_above_does_not_move_when_the_newest_words_settle_shorter(view: TranscriptView) -> None:
    said = [heard(number, LONG, number * 3.0) for number in range(8)]
    view.show_state(state_of(*said, heard(8, LONG + LONG, 30.0, final=False)))
    QApplication.processEvents()
    before = top_of(view, "0:21")

    view.show_state(state_of(*said, heard(8, "短", 30.0)))
    QApplication.processEvents()

    assert top_of(view, "0:21") == before


def test_the_free_space_goes_when_the_next_words_come(view: TranscriptView) -> None:
    said = [heard(number, LONG, number * 3.0) for number in range(8)]
    whole = view.viewport().height()
    view.show_state(state_of(*said, heard(8, LONG + LONG, 30.0, final=False)))
    view.show_state(state_of(*said, heard(8, "短", 30.0)))
    held = whole - view.viewport().height()

    view.show_state(state_of(*said, heard(8, "短", 30.0), heard(9, "下一句", 35.0)))

    assert held > 20
    assert view.viewport().height() == whole
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_what_the_reader_looks_at_stays_when_words_come_in_above(view: TranscriptView) -> None:
    said = [heard(number, LONG, 10 + number * 3.0) for number in range(30)]
    view.show_state(state_of(*said))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    shown = view.cursorForPosition(QPoint(0, 0)).block().text().split(" ")[0]
    before = top_of(view, shown)

    late = heard(90, LONG + LONG, 1.0, speaker=Speaker.AGENT)
    view.show_state(state_of(late, *said))
    QApplication.processEvents()

    assert top_of(view, shown) == before


def test_a_long_call_is_there_at_once_with_its_newest_words_and_then_whole(qtbot: QtBot, view: TranscriptView) -> None:
    said = [heard(number, f"第 {number} 句", number * 3.0) for number in range(700)]

    view.show_state(state_of(*said))
    at_once = lines(view)
    qtbot.waitUntil(lambda: len(lines(view)) == 700, timeout=20_000)

    assert at_once[-1].endswith("第 699 句") and len(at_once) < 100
    assert [line.split("\t")[1] for line in lines(view)] == [f"第 {number} 句" for number in range(700)]
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_words_go_on_while_earlier_ones_are_still_being_written(qtbot: QtBot, view: TranscriptView) -> None:
    said = [heard(number, f"第 {number} 句", number * 3.0) for number in range(500)]
    view.show_state(state_of(*said))
    QApplication.processEvents()

    view.show_state(state_of(*said[:499], heard(499, "改了", 499 * 3.0), heard(500, "新的", 2000.0)))
    qtbot.waitUntil(lambda: len(lines(view)) == 501, timeout=20_000)

    assert [line.split("\t")[1] for line in lines(view)] == [*(f"第 {n} 句" for n in range(499)), "改了", "新的"]


def test_words_not_written_yet_are_lit_as_soon_as_they_are(qtbot: QtBot, view: TranscriptView) -> None:
    said = [heard(number, f"第 {number} 句", number * 3.0) for number in range(400)]
    view.show_state(state_of(*said))

    view.light_up((Evidence(Speaker.CALLER, 3, 0, 3, "第 3"),))
    early = view.extraSelections()
    qtbot.waitUntil(lambda: len(lines(view)) == 400, timeout=20_000)

    marks = view.extraSelections()
    cursor = marks[0].cursor  # type: ignore[attr-defined]
    assert early == [] and cursor.selectedText() == "第 3"
    assert view.viewport().rect().contains(view.cursorRect(cursor))


def test_words_of_another_call_with_the_number_of_a_sentence_of_this_one_are_neither_lit_nor_underlined(
    view: TranscriptView,
) -> None:
    other = (Evidence(Speaker.CALLER, 0, 0, 3, "幸福路"),)
    state = state_of(heard(0, "人民路停水三天", 1.0))
    ticket = replace(sample.draft().ticket, evidence={"place": other})
    view.show_state(replace(state, draft=replace(sample.draft(), ticket=ticket)))

    view.light_up(other)
    lit = view.extraSelections()
    view.light_up((Evidence(Speaker.CALLER, 0, 0, 3, "人民路"),))

    assert lit == []
    assert [mark.cursor.selectedText() for mark in view.extraSelections()] == ["人民路"]  # type: ignore[attr-defined]
    underlined = view.document().findBlockByNumber(0).begin()
    while not underlined.atEnd():
        assert not underlined.fragment().charFormat().fontUnderline()
        underlined += 1


# --- where there is nothing ----------------------------------------------------------------------------------------------


def test_a_search_that_finds_nothing_says_so(view: TranscriptView) -> None:
    state = state_of(heard(0, "There is a fire", 1.0))
    view.show_state(state)
    view.enter_search()
    view.search.box.setText("water")

    view.show_state(replace(state, words_query="water"))

    assert view.search.count.text() == "not found"


@pytest.mark.parametrize(
    ("sought", "says"),
    [
        (Sought.ASKED, "Asking the centre"),
        (Sought.AWAY, "They come as soon as it does"),
        (Sought.NONE, "No words were kept"),
        (None, "not on this computer"),
    ],
)
def test_a_ticket_without_words_says_whether_they_will_come(view: TranscriptView, sought: Sought | None, says: str) -> None:
    state = sample.talking()
    assert state.draft is not None and state.focused is not None
    kept = replace(state.draft, ticket=replace(state.draft.ticket, version=2))
    ended = state.with_call(replace(state.focused, stage=CallStage.ENDED))
    words = {state.focus: sought} if sought is not None else {}

    view.show_state(replace(ended, transcript=Transcript(), draft=kept, words_sought=words))

    assert says in view.placeholderText()
