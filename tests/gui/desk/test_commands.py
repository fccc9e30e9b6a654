"""Every command by its key, from the keyboard alone, wherever the focus is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.desk.state import CallView, DeskState, EmergencyState
from app.domain.agent import AgentState
from app.domain.call import CallId, CallStage, Direction
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import Asked, RecordingDesk
from ui.commands import COMMANDS
from ui.main_window import MainWindow

OTHER = CallId("f" * 32)


def everything_possible() -> DeskState:
    """A call up, another one ringing, an emergency that can be undone, a ticket with a number, a practice call."""
    state = sample.emergency_pressed()
    ringing = CallView(OTHER, "13900001111", "", Direction.INCOMING, CallStage.RINGING, state.now - 3)
    draft = replace(sample.draft(), ticket=replace(sample.draft().ticket, number=sample.number(7)))
    return replace(
        state,
        calls=(*state.calls, ringing),
        draft=draft,
        emergency=EmergencyState("119", "着火了", state.now + 3),
        practice=replace(state.practice, scenario="kitchen_fire"),
        notices=sample.no_headset().notices,
    )


DONE_BY_KEY: dict[str, Asked] = {
    "F2": ("take",),
    "Shift+F2": ("reject",),
    "F3": ("hang_up",),
    "F4": ("hold_or_resume",),
    "F5": ("toggle_mute",),
    "Shift+F4": ("swap",),
    "F9": ("press_emergency", "110"),
    "F10": ("press_emergency", "119"),
    "F11": ("press_emergency", "120"),
    "F12": ("press_emergency", "122"),
    "Shift+F9": ("hand_over", "110"),
    "Shift+F10": ("hand_over", "119"),
    "Shift+F11": ("hand_over", "120"),
    "Shift+F12": ("hand_over", "122"),
    "Ctrl+F12": ("silent_alert",),
    "Ctrl+Shift+W": ("warn_lead",),
    "Ctrl+F10": ("speak_card",),
    "Esc": ("undo_emergency",),
    "Ctrl+S": ("save",),
    "Ctrl+Return": ("dispatch",),
    "Ctrl+Enter": ("dispatch",),
    "Ctrl+Shift+Return": ("answer_on_call",),
    "Ctrl+Shift+D": ("decline",),
    "Ctrl+N": ("new_ticket",),
    "Ctrl+R": ("say_number", True),
    "Ctrl+Shift+R": ("say_number", False),
    "Ctrl+1": ("become", AgentState.READY),
    "Ctrl+2": ("become", AgentState.BUSY),
    "Ctrl+3": ("become", AgentState.ON_BREAK),
    "Ctrl+4": ("become", AgentState.WRAP_UP),
    "Ctrl+0": ("become", AgentState.OFFLINE),
    "Ctrl+Shift+P": ("stop_practice",),
    "Ctrl+T": ("find_tickets", ""),
    "Ctrl+Shift+F": ("seal_evidence",),
}


def press(widget: QWidget, keys: str) -> None:
    combination = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)[0]  # type: ignore[index]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def field(window: MainWindow, place: str) -> QWidget:
    places: dict[str, QWidget] = {
        "line": window.view.form.texts["place"],
        "area": window.view.form.texts["content"],
        "search": window.view.knowledge.box,
        "transcript": window.view.transcript,
    }
    return places[place]


@pytest.mark.parametrize(("keys", "asked"), DONE_BY_KEY.items())
def test_each_key_does_its_one_thing_wherever_the_focus_is(
    keys: str, asked: Asked, qtbot: QtBot, open_window: OpenWindow, desk: RecordingDesk
) -> None:
    window = open_window(everything_possible())
    done = {}

    for place in ("line", "area", "search", "transcript"):
        desk.asked.clear()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        field(window, place).setFocus()
        press(field(window, place), keys)
        done[place] = list(desk.asked)

    assert done == {place: [asked] for place in ("line", "area", "search", "transcript")}


@pytest.mark.parametrize("place", ["line", "area", "search"])
@pytest.mark.parametrize(
    ("keys", "reached"),
    [("Ctrl+K", "search"), ("Ctrl+L", "transcript"), ("Ctrl+E", "matter"), ("Ctrl+U", "units"), ("Ctrl+H", "history"),
     ("Alt+P", "line"), ("Alt+T", "area")],
)  # fmt: skip
def test_keys_that_move_the_focus_work_while_typing(keys: str, reached: str, place: str, window: MainWindow) -> None:
    targets = {
        "search": window.view.knowledge.box,
        "transcript": window.view.transcript,
        "matter": window.view.form.texts["matter"],
        "units": window.view.units.filter,
        "history": window.view.history.list,
        "line": window.view.form.texts["place"],
        "area": window.view.form.texts["content"],
    }
    field(window, place).setFocus()

    press(field(window, place), keys)

    assert QApplication.focusWidget() is targets[reached]


def test_no_key_stands_for_two_commands() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]

    assert len(keys) == len(set(keys))
    assert all(keys)


def test_every_command_has_a_key() -> None:
    assert [command.id for command in COMMANDS if not command.keys] == []


def test_a_key_held_down_acts_once(window: MainWindow) -> None:
    repeating = [id for id, action in window.view.commands.by_id.items() if action.autoRepeat()]

    assert repeating == []


@pytest.mark.parametrize(("keys", "line"), [("F9", "110"), ("F10", "119"), ("F11", "120"), ("F12", "122")])
def test_emergency_keys_work_in_an_open_dialog(
    keys: str, line: str, qtbot: QtBot, window: MainWindow, desk: RecordingDesk
) -> None:
    window.view.commands.by_id["dial"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)

    press(dialog, keys)

    assert desk.asked == [("press_emergency", line)]
    dialog.close()


def test_emergency_keys_work_while_a_menu_is_open(qtbot: QtBot, window: MainWindow, desk: RecordingDesk) -> None:
    menu = window.view.agent.menu.menu()
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible, timeout=3000)
    press(menu, "Down")
    press(menu, "Right")
    submenu = QApplication.activePopupWidget()
    assert submenu is not None

    press(submenu, "F10")

    assert desk.asked == [("press_emergency", "119")]
    assert QApplication.activePopupWidget() is None


def test_what_is_not_possible_now_is_not_done(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample.IDLE)

    for keys in ("F2", "F3", "F4", "Ctrl+S", "Ctrl+Return", "Esc", "Ctrl+R"):
        press(window, keys)

    assert desk.asked == []


def test_an_emergency_can_be_called_with_no_call_up(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample.IDLE)

    press(window, "F9")

    assert desk.asked == [("press_emergency", "110")]


def test_a_dispatch_key_with_nothing_to_dispatch_puts_no_line_break_into_the_text(
    open_window: OpenWindow, desk: RecordingDesk
) -> None:
    window = open_window(sample.IDLE)
    content = window.view.form.texts["content"]
    content.setFocus()

    press(content, "Ctrl+Return")

    assert desk.asked == []


@pytest.mark.parametrize(("keys", "asked"), [("F6", "three_way"), ("F7", "transfer_blind"), ("F8", "dial")])
def test_a_number_is_asked_for_and_then_called(
    keys: str, asked: str, qtbot: QtBot, window: MainWindow, desk: RecordingDesk
) -> None:
    press(window, keys)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)

    number = QApplication.focusWidget()
    assert number is not None
    QTest.keyClicks(number, "01065120000")
    QTest.keyClick(number, Qt.Key.Key_Return)

    assert desk.asked == [(asked, "01065120000")]


def test_the_menu_holds_every_command(window: MainWindow) -> None:
    groups = [group.menu() for group in window.view.agent.menu.menu().actions()]

    found = [action.objectName() for group in groups if isinstance(group, QMenu) for action in group.actions()]

    assert sorted(found) == sorted(command.id for command in COMMANDS if command.id != "menu")


def test_a_draft_is_thrown_away_only_after_a_question(qtbot: QtBot, window: MainWindow, desk: RecordingDesk) -> None:
    press(window, "Ctrl+Shift+X")
    box = QApplication.activeModalWidget()
    assert box is not None
    qtbot.waitUntil(box.isActiveWindow, timeout=3000)
    asked_before_answer = list(desk.asked)

    QTest.keyClick(box, Qt.Key.Key_Return)  # the answer under Enter changes nothing

    assert asked_before_answer == []
    assert desk.asked == []
