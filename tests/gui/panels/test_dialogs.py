"""The number pad, the practice calls and the sheet of keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desk.state import PracticeState
from tests import sample_state as sample
from ui.commands import COMMANDS
from ui.dial_dialog import DialDialog, DialPurpose
from ui.keys_help import KeysHelp
from ui.practice_dialog import PracticeDialog
from ui.say_dialog import SayDialog


def test_a_number_typed_on_the_keyboard_is_dialled_by_enter(qtbot: QtBot) -> None:
    dialled: list[str] = []
    dialog = DialDialog(DialPurpose.DIAL, dialled.append)
    qtbot.addWidget(dialog)
    dialog.show()

    QTest.keyClicks(dialog.number, "010-6512 0000")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)

    assert dialled == ["01065120000"]
    assert not dialog.isVisible()


def test_the_pad_and_the_keyboard_write_into_the_same_number(qtbot: QtBot) -> None:
    called: list[str] = []
    dialog = DialDialog(DialPurpose.THREE_WAY, called.append)
    qtbot.addWidget(dialog)
    dialog.show()

    QTest.mouseClick(dialog.pad["9"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.number, "61")
    for key in "16":
        QTest.mouseClick(dialog.pad[key], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)

    assert called == ["96116"]


@pytest.mark.parametrize("wrong", ["", "fire", "1/2", "1", "12+3"])
def test_what_is_no_number_is_refused_with_what_is_allowed(qtbot: QtBot, wrong: str) -> None:
    called: list[str] = []
    dialog = DialDialog(DialPurpose.TRANSFER, called.append, wrong)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.accept()

    assert called == []
    assert "Allowed" in dialog.hint.text()
    assert dialog.isVisible()


def test_tones_go_out_key_by_key_and_the_dialog_stays(qtbot: QtBot) -> None:
    sent: list[str] = []
    dialog = DialDialog(DialPurpose.DIGITS, sent.append)
    qtbot.addWidget(dialog)
    dialog.show()

    QTest.keyClick(dialog, Qt.Key.Key_1)
    QTest.keyClick(dialog, Qt.Key.Key_Asterisk)
    QTest.mouseClick(dialog.pad["#"], Qt.MouseButton.LeftButton)

    assert sent == ["1", "*", "#"]
    assert dialog.number.text() == "1*#"
    assert dialog.isVisible()


def test_escape_calls_nobody(qtbot: QtBot) -> None:
    called: list[str] = []
    dialog = DialDialog(DialPurpose.DIAL, called.append, "96116")
    qtbot.addWidget(dialog)
    dialog.show()

    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert called == []
    assert not dialog.isVisible()


def test_enter_on_a_scenario_starts_it(qtbot: QtBot) -> None:
    started: list[str] = []
    dialog = PracticeDialog(started.append, lambda: None)
    qtbot.addWidget(dialog)
    dialog.show_state(sample.IDLE)
    dialog.show()
    dialog.list.enter_list()

    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(dialog.list, key)

    assert started == ["kitchen_fire"]


def test_the_first_entry_is_any_citizen(qtbot: QtBot) -> None:
    started: list[str] = []
    dialog = PracticeDialog(started.append, lambda: None)
    qtbot.addWidget(dialog)
    dialog.show_state(sample.IDLE)
    dialog.show()

    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)

    assert started == [""]


def test_a_running_practice_call_can_be_stopped_and_no_second_one_started(qtbot: QtBot) -> None:
    started: list[str] = []
    stops: list[bool] = []
    dialog = PracticeDialog(started.append, lambda: stops.append(True))
    qtbot.addWidget(dialog)
    dialog.show_state(sample.practising())
    dialog.show()

    dialog.start_chosen()
    QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)

    assert (started, stops) == ([], [True])
    assert "整栋楼停水" in dialog.step.text()


def test_the_dialog_leaves_the_desk_open_when_the_citizen_it_called_for_rings(qtbot: QtBot) -> None:
    dialog = PracticeDialog(lambda _: None, lambda: None)
    qtbot.addWidget(dialog)
    dialog.show_state(sample.IDLE)
    dialog.show()
    dialog.start_chosen()

    dialog.show_state(replace(sample.IDLE, practice=replace(sample.IDLE.practice, scenario="", step="preparing")))
    was_open = dialog.isVisible()
    dialog.show_state(replace(sample.IDLE, practice=replace(sample.IDLE.practice, scenario="", step="calling")))

    assert was_open and not dialog.isVisible()


def test_without_a_practice_exchange_the_dialog_says_so(qtbot: QtBot) -> None:
    dialog = PracticeDialog(lambda _: None, lambda: None)
    qtbot.addWidget(dialog)

    dialog.show_state(replace(sample.IDLE, practice=PracticeState()))

    assert "not running" in dialog.step.text()
    assert not dialog.start_button.isEnabled()


def test_the_sheet_of_keys_names_every_command_that_has_a_key(qtbot: QtBot) -> None:
    sheet = KeysHelp()
    qtbot.addWidget(sheet)

    named = {label.text() for label, _ in sheet.lines}

    assert {command.text for command in COMMANDS if command.keys} <= named


def test_typing_narrows_the_sheet_to_the_commands_that_hold_the_words(qtbot: QtBot) -> None:
    sheet = KeysHelp()
    qtbot.addWidget(sheet)
    sheet.show()

    QTest.keyClicks(sheet.filter, "hang up")

    assert [label.text() for label, _ in sheet.lines if label.isVisible()] == ["Hang up"]
    assert [heading.text() for heading, _ in sheet.headings if heading.isVisible()] == ["Call"]


def test_no_panel_key_is_also_the_key_of_a_command() -> None:
    """But for Ctrl+F, which in every window searches what that window shows."""
    taken = {key for command in COMMANDS for key in command.keys}

    assert not taken & {"Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+Return"}


def test_enter_reads_a_typed_sentence_to_the_caller_as_the_button_says(qtbot: QtBot) -> None:
    said: list[tuple[str, bool]] = []
    dialog = SayDialog(lambda words, is_for_caller, _choice: said.append((words, is_for_caller)))
    qtbot.addWidget(dialog)
    dialog.show()

    QTest.keyClicks(dialog.text, "hello")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    assert said == [("hello", True)]
