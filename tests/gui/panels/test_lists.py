"""The panels of history, answers and units: keys, selection, debounce, marks."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState, Draft
from app.domain.ticket import Stage
from tests import sample_state as sample
from ui.dispatch_panel import DispatchPanel
from ui.history_panel import HistoryPanel
from ui.knowledge_panel import KnowledgePanel
from ui.row_model import RowModel
from ui.ticket_table import TicketTable, unsent_tickets
from ui.two_line_list import Line, TwoLineList


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=3000)


def commit(widget: QWidget, text: str) -> None:
    """Types `text` as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def line(panel_list: TwoLineList, place: int, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    return str(panel_list.model().index(place, 0).data(role))


def test_the_open_ticket_of_the_caller_stands_first_and_enter_opens_it(qtbot: QtBot) -> None:
    opened: list[str] = []
    panel = HistoryPanel(opened.append)
    shown(qtbot, panel)
    panel.show_state(replace(sample.talking(), history=tuple(reversed(sample.HISTORY))))

    panel.list.enter_list()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)

    assert opened == [sample.HISTORY[0].id]
    assert line(panel.list, 0).startswith("[open]")


def test_the_chosen_row_stays_chosen_while_other_tickets_come_and_go(qtbot: QtBot) -> None:
    panel = HistoryPanel(lambda _: None)
    shown(qtbot, panel)
    panel.show_state(replace(sample.talking(), history=sample.HISTORY))
    panel.list.setCurrentIndex(panel.rows.index(2, 0))
    chosen = line(panel.list, 2)

    newer = sample.ticket(200, "路面塌陷", Stage.DISPATCHED)
    panel.show_state(replace(sample.talking(), history=(newer, *sample.HISTORY[1:])))

    assert str(panel.list.currentIndex().data()) == chosen


def test_a_caller_without_a_number_is_said_to_have_no_history(qtbot: QtBot) -> None:
    panel = HistoryPanel(lambda _: None)
    shown(qtbot, panel)
    state = sample.ringing()

    panel.show_state(replace(state, calls=(replace(state.calls[0], number=""),), history=()))

    assert "no number" in panel.heading.text()


def test_typing_asks_once_when_it_pauses(qtbot: QtBot) -> None:
    asked: list[str] = []
    panel = KnowledgePanel(asked.append, lambda _: None)
    shown(qtbot, panel)

    QTest.keyClicks(panel.box, "water")
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked), timeout=2000)

    assert asked == ["water"]


def test_enter_in_the_search_box_does_not_wait_for_the_pause(qtbot: QtBot) -> None:
    asked: list[str] = []
    panel = KnowledgePanel(asked.append, lambda _: None)
    shown(qtbot, panel)

    QTest.keyClicks(panel.box, "gas")
    QTest.keyClick(panel.box, Qt.Key.Key_Return)

    assert asked == ["gas"]


def test_the_query_of_the_desk_never_overwrites_what_is_being_typed(qtbot: QtBot) -> None:
    panel = KnowledgePanel(lambda _: None, lambda _: None)
    shown(qtbot, panel)
    panel.box.setFocus()
    QTest.keyClicks(panel.box, "lift")

    panel.show_state(sample.talking())

    assert panel.box.text() == "lift"


def test_down_goes_into_the_answers_and_enter_uses_the_one_under_the_cursor(qtbot: QtBot) -> None:
    used: list[str] = []
    panel = KnowledgePanel(lambda _: None, used.append)
    shown(qtbot, panel)
    panel.show_state(sample.talking())

    QTest.keyClick(panel.box, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)

    assert used == ["kp-2"]


def test_alt_and_a_digit_use_that_answer_from_the_search_box(qtbot: QtBot) -> None:
    used: list[str] = []
    panel = KnowledgePanel(lambda _: None, used.append)
    shown(qtbot, panel)
    panel.show_state(sample.talking())
    panel.box.setFocus()

    QTest.keyClick(panel.box, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)

    assert used == ["kp-3"]


def test_an_expired_answer_is_marked_in_words_with_its_date(qtbot: QtBot) -> None:
    panel = KnowledgePanel(lambda _: None, lambda _: None)
    shown(qtbot, panel)

    panel.show_state(sample.talking())

    assert "[expired]" in line(panel.list, 2)
    assert "expired on 2025-12-31" in line(panel.list, 2, Line.DETAIL)


def test_an_open_text_stays_while_new_words_bring_other_answers(qtbot: QtBot) -> None:
    used: list[str] = []
    panel = KnowledgePanel(lambda _: None, used.append)
    shown(qtbot, panel)
    panel.show_state(sample.talking())
    panel.list.enter_list()
    QTest.keyClick(panel.list, Qt.Key.Key_Space)

    panel.show_state(replace(sample.talking(), answers=sample.ANSWERS[1:]))
    QTest.keyClick(panel.text.body, Qt.Key.Key_Return)

    assert "96116" in panel.text.body.toPlainText()
    assert used == ["kp-1"]


def test_escape_closes_the_text_and_goes_back_to_the_list(qtbot: QtBot) -> None:
    panel = KnowledgePanel(lambda _: None, lambda _: None)
    shown(qtbot, panel)
    panel.show_state(sample.talking())
    panel.open_text(0)

    QTest.keyClick(panel.text.body, Qt.Key.Key_Escape)

    assert panel.pages.currentWidget() is panel.list


def test_a_search_without_answers_says_so(qtbot: QtBot) -> None:
    panel = KnowledgePanel(lambda _: None, lambda _: None)
    shown(qtbot, panel)

    panel.show_state(replace(sample.talking(), answers=()))

    assert panel.empty.isVisible()


def test_a_unit_is_chosen_by_a_double_click_and_shows_its_reasons(qtbot: QtBot) -> None:
    chosen: list[str] = []
    panel = DispatchPanel(chosen.append)
    shown(qtbot, panel)
    panel.show_state(sample.talking())

    place = panel.list.visualRect(panel.rows.index(1, 0)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen == ["qinghe"]
    assert line(panel.list, 0, Line.DETAIL).startswith("Matter: 停水")
    assert line(panel.list, 0, Line.ASIDE) == sample.ADVICE[0].deadline


def test_the_filter_narrows_the_units_and_enter_chooses_the_first_left(qtbot: QtBot) -> None:
    chosen: list[str] = []
    panel = DispatchPanel(chosen.append)
    shown(qtbot, panel)
    panel.show_state(sample.talking())

    commit(panel.filter, "住房")
    QTest.keyClick(panel.filter, Qt.Key.Key_Return)

    assert panel.rows.rowCount() == 1
    assert chosen == ["housing"]


def test_the_chosen_unit_is_marked_in_words(qtbot: QtBot) -> None:
    panel = DispatchPanel(lambda _: None)
    shown(qtbot, panel)

    panel.show_state(sample.chosen())

    assert "(chosen)" in line(panel.list, 0)
    assert "市自来水集团" in panel.heading.text()


def test_a_ticket_that_arrives_is_shown_without_losing_the_selection(qtbot: QtBot) -> None:
    window = TicketTable(lambda _: None, lambda _: None)
    shown(qtbot, window)
    state = sample.ticket_table()
    window.show_state(state)
    window.table.selectRow(5)
    wanted = state.tickets[5].number

    newer = sample.ticket(900, "新到工单", Stage.DISPATCHED)
    window.show_state(replace(state, tickets=(newer, *state.tickets)))

    assert window.table.currentIndex().siblingAtColumn(0).data() == wanted
    assert window.rows.rowCount() == len(state.tickets) + 1


def test_enter_in_the_table_opens_the_ticket(qtbot: QtBot) -> None:
    opened: list[str] = []
    window = TicketTable(lambda _: None, opened.append)
    shown(qtbot, window)
    window.show_state(sample.ticket_table())

    QTest.keyClick(window.box, Qt.Key.Key_Down)
    QTest.keyClick(window.table, Qt.Key.Key_Return)

    assert opened == [sample.ticket_table().tickets[0].id]


def test_only_the_latest_saves_of_this_agent_can_be_unsent() -> None:
    state = sample.ticket_table()

    unsent = unsent_tickets(state)

    own = [ticket.id for ticket in state.tickets if ticket.agent == state.agent]
    assert unsent == frozenset(own[:2])
    assert unsent_tickets(replace(state, sync=replace(state.sync, waiting=0))) == frozenset()


def test_a_ticket_turns_from_unsent_to_sent_without_a_new_row(qtbot: QtBot) -> None:
    window = TicketTable(lambda _: None, lambda _: None)
    shown(qtbot, window)
    state = sample.ticket_table()
    window.show_state(state)
    before = window.rows.index(0, 1).data()

    window.show_state(replace(state, sync=replace(state.sync, waiting=0)))

    assert ("not yet sent" in before, "at the centre" in window.rows.index(0, 1).data()) == (True, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "abc"), ("abc", ""), ("abc", "cab"), ("abcd", "xbya"), ("abc", "abc"), ("abcdef", "fbdz")],
)
def test_a_row_model_becomes_the_new_rows_in_their_order(before: str, after: str) -> None:
    model: RowModel[str] = RowModel(str, {Qt.ItemDataRole.DisplayRole: lambda row, _: row})
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.show(list(before))

    model.show(list(after))

    assert [model.row(place) for place in range(model.rowCount())] == list(after)
    assert resets == []


@pytest.mark.parametrize(
    "build",
    [
        lambda: HistoryPanel(lambda _: None),
        lambda: KnowledgePanel(lambda _: None, lambda _: None),
        lambda: DispatchPanel(lambda _: None),
    ],
)
def test_a_panel_shows_a_state_within_two_milliseconds(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    panel = build()
    shown(qtbot, panel)
    states: list[DeskState] = []
    for number in range(30):
        written = replace(sample.draft().ticket, content="水" * number)
        states.append(replace(sample.talking(), draft=Draft(written), now=sample.NOW + number))
    spans = []

    for state in states:
        begun = time.perf_counter()
        panel.show_state(state)  # type: ignore[attr-defined]
        spans.append(time.perf_counter() - begun)

    assert sorted(spans)[len(spans) // 2] < 0.002
