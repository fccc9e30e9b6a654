"""Several parties on the line: what is shown, and what every key and button asks of the desk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.desk.events import Bonds, ParkedAway
from tests import sample_lines, sample_state
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.click_dial import number_in
from ui.dial_dialog import DialDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = {
    "complete": (Qt.Key.Key_F7, CTRL, ("complete_transfer",)),
    "back": (Qt.Key.Key_F7, CTRL | SHIFT, ("back_to_caller",)),
    "join": (Qt.Key.Key_F6, SHIFT, ("join_all",)),
    "redial": (Qt.Key.Key_F8, CTRL, ("redial",)),
    "undisturbed": (Qt.Key.Key_5, CTRL, ("toggle_undisturbed",)),
    "swap": (Qt.Key.Key_F4, SHIFT, ("swap",)),
}


@pytest.mark.parametrize("id", KEYS)
def test_each_key_does_its_one_thing_during_a_consult(id: str, open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_lines.consulting())
    key, modifiers, asked = KEYS[id]

    QTest.keyClick(window, key, modifiers)

    assert desk.asked == [asked]


@pytest.mark.parametrize("id", ["complete", "back", "join"])
def test_each_button_of_a_consult_does_its_one_thing(id: str, open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_lines.consulting())

    QTest.mouseClick(window.view.call.buttons[id], Qt.MouseButton.LeftButton)

    assert desk.asked == [KEYS[id][2]]


def test_the_buttons_of_a_consult_are_there_only_while_there_is_one(open_window: OpenWindow) -> None:
    window = open_window(sample_state.talking())
    buttons = window.view.call.buttons
    before = [buttons[id].isVisible() for id in ("consult", "park", "complete", "back")]

    window.show_state(sample_lines.consulting())

    assert before == [True, True, False, False]
    assert [buttons[id].isVisible() for id in ("consult", "park", "complete", "back")] == [False, False, True, True]


def test_a_consult_row_names_who_is_asked_and_offers_nothing_needless(open_window: OpenWindow) -> None:
    window = open_window(sample_lines.consulting())
    row = window.view.call._parties["focus", sample_lines.COLLEAGUE]

    assert row.text.text() == "Consult 8002 · Talking 0:12"
    assert not row.act.isVisible()


def test_parking_asks_the_desk(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_state.talking())

    QTest.keyClick(window, Qt.Key.Key_F6, CTRL)

    assert desk.asked == [("park",)]


def test_a_parked_caller_is_taken_back_from_his_row(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_lines.parked())
    rows = window.view.call._parties

    QTest.mouseClick(rows["unpark", sample_lines.AWAY].act, Qt.MouseButton.LeftButton)

    assert rows["unpark", sample_lines.AWAY].text.text() == "Parked at 701: 1370…00"
    assert rows["unpark", sample_lines.LATER].text.text().startswith("Parked 1390…00")
    assert desk.asked == [("unpark", sample_lines.AWAY, "")]


def test_a_place_that_the_exchange_only_said_is_asked_for(open_window: OpenWindow, desk: RecordingDesk) -> None:
    away = ParkedAway(sample_lines.AWAY, "13700137000", "", "", sample_state.NOW)
    window = open_window(replace(sample_state.IDLE, bonds=Bonds(away=(away,))))

    QTest.keyClick(window, Qt.Key.Key_F6, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DialDialog)
    QTest.keyClicks(dialog.number, "703")
    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert desk.asked == [("unpark", sample_lines.AWAY, "703")]


def test_do_not_disturb_stands_in_the_top_line_and_a_click_ends_it(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_lines.parked())

    QTest.mouseClick(window.view.agent.undisturbed, Qt.MouseButton.LeftButton)

    assert window.view.agent.undisturbed.isVisible()
    assert desk.asked == [("toggle_undisturbed",)]


def test_f8_takes_the_number_on_which_the_cursor_stands(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_state.talking())
    window.view.form.texts["contact"].setFocus()

    QTest.keyClick(window, Qt.Key.Key_F8)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DialDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert desk.asked == [("dial", "13810245600")]


def test_the_right_mouse_button_dials_the_contact(open_window: OpenWindow, desk: RecordingDesk, qtbot: QtBot) -> None:
    contact = open_window(sample_state.talking()).view.form.texts["contact"]
    place = QPoint(5, 5)

    QApplication.sendEvent(contact, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, contact.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()

    assert desk.asked == [("dial", "13810245600")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("请打 138 1024 5600 找王师傅", "13810245600"),
        ("事项：停水 · 电话：96116", "96116"),
        ("010-65129999", "01065129999"),
        ("供电热线 95598", "95598"),
        ("1370…00", ""),
        ("有效期至 2026-12-31", ""),
        ("工单 260000000976", ""),
        ("13810245600 或 13910245600", ""),
        ("没有号码", ""),
    ],
)
def test_only_what_is_a_telephone_number_is_dialled(text: str, number: str) -> None:
    assert number_in(text) == number


def test_tab_leads_to_the_other_calls_where_they_stand(open_window: OpenWindow) -> None:
    bar = open_window(sample_lines.joined()).view.call
    names = ("Turn to: + 8002", "Answer: 1390…00")

    ways, part = [], bar.line.recording.nextInFocusChain()
    while part is not None and part is not bar.buttons["answer"]:
        ways += [part.accessibleName()] if part.accessibleName() in names else []
        part = part.nextInFocusChain()

    assert tuple(ways) == names
