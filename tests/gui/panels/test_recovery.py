"""Ringing back, the missed calls and the directory, by key and by mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState, DirectoryState
from app.domain.call import CallStage
from app.domain.directory import Contact, ContactProblem
from app.domain.missed import MissedCall
from app.settings import Settings
from tests import sample_state as sample
from tests.gui.desk.recording_desk import RecordingDesk
from ui.directory_dialog import DIAL, THREE_WAY, TRANSFER, DirectoryDialog
from ui.main_window import MainWindow, theme_of
from ui.missed_calls import MissedCallsDialog

URGENT = MissedCall("13900000009", (900.0, 950.0), 20.0)
ODD = MissedCall("010/55", (900.0,), 20.0)
CONTACTS = (Contact("市民政局", "01055551234", "市政府"), Contact("城管委", "01055554321"))


def lost() -> DeskState:
    state = sample.talking()
    call = state.focus
    views = tuple(
        replace(view, stage=CallStage.ENDED, is_lost=True, ended_at=state.now - 7) if view.call == call else view
        for view in state.calls
    )
    return replace(state, calls=views)


@pytest.fixture
def desk() -> RecordingDesk:
    return RecordingDesk()


@pytest.fixture
def window(qtbot: QtBot, desk: RecordingDesk) -> MainWindow:
    theme_of(Settings())
    window = MainWindow(desk, Settings(), lambda changes: None)
    qtbot.addWidget(window, before_close_func=lambda window: window.show_state(sample.IDLE))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    return window


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_lost_call_is_rung_back_by_key_and_by_mouse(window: MainWindow, desk: RecordingDesk, qtbot: QtBot) -> None:
    window.show_state(lost())
    bar = window.view.recovery

    QTest.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(bar.ring_back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.drop, Qt.MouseButton.LeftButton)

    assert desk.asked == [("ring_back",), ("ring_back",), ("let_go", lost().focus)]
    assert bar.isVisible() and "…" in bar.text.text() and "0:07" in bar.text.text()


def test_nothing_is_offered_while_nothing_is_lost(window: MainWindow, desk: RecordingDesk, qtbot: QtBot) -> None:
    window.show_state(sample.talking())

    QTest.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)

    assert desk.asked == [] and not window.view.recovery.isVisible()


def test_missed_calls_are_counted_and_opened_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.show_state(replace(sample.IDLE, missed=(URGENT, ODD, replace(ODD, number="1", done_at=5.0))))

    QTest.keyClick(window, Qt.Key.Key_F2, Qt.KeyboardModifier.ControlModifier)

    assert "2" in window.view.recovery.missed.text() and "1" in window.view.recovery.missed.text()
    dialogs: list[MissedCallsDialog] = list(window.findChildren(MissedCallsDialog))
    assert len(dialogs) == 1 and dialogs[0].isVisible() and dialogs[0].rows.rowCount() == 3


def opened_missed(qtbot: QtBot, desk: RecordingDesk, *missed: MissedCall) -> MissedCallsDialog:
    dialog = MissedCallsDialog(desk.ring_back_missed, desk.settle_missed)
    qtbot.addWidget(dialog)
    dialog.show_state(replace(sample.IDLE, missed=missed))
    dialog.show()
    return dialog


def test_enter_rings_the_first_of_the_missed_callers_back(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_missed(qtbot, desk, URGENT, ODD)

    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert desk.asked == [("ring_back_missed", "13900000009")] and not dialog.isVisible()


def test_what_is_no_number_cannot_be_rung_back(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_missed(qtbot, desk, ODD)

    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert desk.asked == [] and not dialog.ring_button.isEnabled()


def test_a_missed_caller_is_done_with_a_reason_and_not_without(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_missed(qtbot, desk, URGENT)

    QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    assert desk.asked == []
    QTest.keyClicks(dialog.reason, "a test")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)

    assert desk.asked == [("settle_missed", "13900000009", "a test")]


def opened_directory(qtbot: QtBot, desk: RecordingDesk, state: DeskState) -> DirectoryDialog:
    ways = {DIAL: desk.dial, TRANSFER: desk.transfer_blind, THREE_WAY: desk.three_way}
    dialog = DirectoryDialog(desk.find_contacts, ways)
    qtbot.addWidget(dialog)
    dialog.show_state(replace(state, contacts=CONTACTS, directory=DirectoryState(2, (ContactProblem(3, "number"),))))
    dialog.show()
    return dialog


def test_typing_searches_and_enter_goes_to_the_first_found_before_it_dials(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_directory(qtbot, desk, sample.IDLE)

    QTest.keyClicks(dialog.box, "smz")
    QTest.keyClick(dialog.box, Qt.Key.Key_Return)
    assert desk.asked == [("find_contacts", "smz")] and dialog.isVisible()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert desk.asked[-1] == ("dial", "01055551234") and not dialog.isVisible()
    assert "3" in dialog.problems.text()


def test_another_search_never_leaves_the_cursor_on_whom_the_last_one_found(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_directory(qtbot, desk, sample.IDLE)
    dialog.list.setCurrentIndex(dialog.rows.index(1, 0))

    dialog.show_state(replace(sample.IDLE, contacts=CONTACTS, contacts_query="市", directory=DirectoryState(2)))

    assert dialog.list.currentIndex().row() == 0


def test_a_contact_is_brought_into_a_call_only_while_one_is_up(qtbot: QtBot) -> None:
    desk = RecordingDesk()
    dialog = opened_directory(qtbot, desk, sample.IDLE)
    assert not dialog.buttons[TRANSFER].isEnabled()

    dialog.show_state(replace(sample.talking(), contacts=CONTACTS, directory=DirectoryState(2)))
    QTest.mouseClick(dialog.buttons[THREE_WAY], Qt.MouseButton.LeftButton)

    assert desk.asked == [("three_way", "01055551234")]
