"""The shield on the screen: the next step on one key, what matters of the caller in one line, evidence by the keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.shield_state import CallShield, ShieldState
from tests import sample_shield as shield
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.evidence_dialog import EvidenceDialog, MarkDialog
from ui.main_window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def text_of(window: MainWindow) -> str:
    return window.view.shield.text.toolTip()


def test_one_key_plays_the_next_notice(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(shield.warned())

    QTest.keyClick(window, Qt.Key.Key_G, CONTROL)

    assert desk.asked[-1] == ("civility",)
    assert window.view.shield.next.text().startswith("Civility 2/3")


def test_another_key_asks_for_the_end_by_rule(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(shield.ending())

    QTest.keyClick(window, Qt.Key.Key_G, CONTROL | SHIFT)

    assert desk.asked[-1] == ("end_by_policy",)
    assert window.view.shield.end.text().startswith("Do not end")


@pytest.mark.parametrize("button", [QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole])
def test_after_emergency_words_the_key_asks_whether_nobody_is_in_danger(
    open_window: OpenWindow, desk: RecordingDesk, button: QMessageBox.ButtonRole
) -> None:
    window = open_window(shield.rests())
    before = list(desk.asked)

    QTest.keyClick(window, Qt.Key.Key_G, CONTROL)
    box = window.findChild(QMessageBox)
    assert box is not None and "着火" in box.text()
    chosen = next(one for one in box.buttons() if box.buttonRole(one) is button)
    QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)

    wanted = [("resume_shield",)] if button is QMessageBox.ButtonRole.AcceptRole else []
    assert desk.asked == [*before, *wanted]


def test_with_an_emergency_line_on_the_call_the_key_asks_nothing(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.emergency_connected()
    window = open_window(shield.with_shield(state, shield.rests().shield.of(state.focus)))

    QTest.keyClick(window, Qt.Key.Key_G, CONTROL)

    assert window.findChild(QMessageBox) is None
    assert desk.asked[-1] == ("civility",)


def test_a_number_that_rings_all_night_is_shown_while_it_rings(open_window: OpenWindow) -> None:
    window = open_window(shield.rings_again())

    assert text_of(window) == "4 calls tonight · 9 in 7 days · 2 silent · 1 with civility notices"


def test_a_caller_like_any_other_has_no_line(open_window: OpenWindow) -> None:
    window = open_window(shield.with_shield(sample.talking(), CallShield(has_spoken=True)))

    assert not window.view.shield.text.isVisible()


def test_the_gravest_stands_first_and_the_rest_is_in_the_tip(open_window: OpenWindow) -> None:
    window = open_window(shield.marked())

    assert text_of(window).split("\n") == [
        "Lead: 每周登记一次，其余来电只记录",
        "4 calls tonight · 9 in 7 days · 2 silent · 1 with civility notices",
    ]


def test_a_silent_caller_is_asked_and_not_warned(open_window: OpenWindow) -> None:
    window = open_window(shield.silent())

    assert window.view.shield.next.text().startswith("Ask: press 1")
    assert text_of(window).startswith("Silent for 23 s")


def test_the_end_is_offered_only_after_the_last_notice_and_only_where_the_city_allows_it(open_window: OpenWindow) -> None:
    shown = CallShield(replace(shield.ending().shield.of(shield.ending().focus).shield, ends_at=0.0), has_spoken=True)
    state = shield.with_shield(sample.talking(), shown)
    window = open_window(state)
    offered = window.view.shield.end.isVisible()

    window.show_state(replace(state, shield=ShieldState({state.focus: shown}, 3, False)))

    assert (offered, window.view.shield.end.isVisible()) == (True, False)


def test_only_a_lead_may_write_beside_a_number(open_window: OpenWindow) -> None:
    state = shield.warned()
    window = open_window(state)
    before = window.view.commands.by_id["mark_number"].isVisible()

    window.show_state(replace(state, shield=replace(state.shield, is_lead=True)))

    assert (before, window.view.commands.by_id["mark_number"].isVisible()) == (False, True)


def test_sealed_packs_are_listed_checked_by_enter_and_the_answer_is_shown(qtbot: QtBot) -> None:
    asked: list[str] = []
    dialog = EvidenceDialog(asked.append, lambda name, target: None)
    qtbot.addWidget(dialog)
    dialog.show_state(replace(shield.sealed(), shield=replace(shield.sealed().shield, checked="")))
    dialog.show()

    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    dialog.show_state(
        replace(shield.sealed(), shield=replace(shield.sealed().shield, pack_flaws=("part_changed: journal.json",)))
    )

    assert asked == [shield.PACKS[0].name]
    assert dialog.verdict.text() == "✗ a part was changed: journal.json"


def test_the_chosen_pack_stays_chosen_when_another_is_sealed(qtbot: QtBot) -> None:
    dialog = EvidenceDialog(lambda name: None, lambda name, target: None)
    qtbot.addWidget(dialog)
    state = shield.sealed()
    dialog.show_state(replace(state, shield=replace(state.shield, packs=shield.PACKS[1:])))
    dialog.list.setCurrentRow(1)

    dialog.show_state(state)

    assert dialog.list.currentRow() == 2


def test_without_a_pack_nothing_can_be_checked(qtbot: QtBot) -> None:
    dialog = EvidenceDialog(lambda name: None, lambda name, target: None)
    qtbot.addWidget(dialog)

    dialog.show_state(sample.IDLE)

    assert [button.isEnabled() for button in (dialog.check, dialog.export)] == [False, False]


def test_a_mark_has_advice_and_an_end_and_can_be_taken_away(qtbot: QtBot) -> None:
    marks: list[tuple[str, str, int]] = []
    for press in ("keep", "lift"):
        dialog = MarkDialog("13800000001", 30, lambda *mark: marks.append(mark))
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.advice.setText("只记录")
        button: QPushButton = getattr(dialog, press)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert marks == [("13800000001", "只记录", 30), ("13800000001", "只记录", 0)]
