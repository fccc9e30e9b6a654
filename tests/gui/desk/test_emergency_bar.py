"""110, 119, 120, 122."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.state import DeskState, Leg, SilentState
from app.domain.call import CallId, LegPurpose, LegStage
from tests import sample_danger as danger
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk

LEG = CallId("e" * 32)


def with_leg(stage: LegStage, undo_s: float = 0.0, reason: str = "", line: str = "119") -> DeskState:
    state = sample.emergency_suggested()
    leg = Leg(LEG, LegPurpose.EMERGENCY, line, "pbx", stage, reason, state.now - 65)
    calls = tuple(replace(view, legs=(leg,)) for view in state.calls)
    return replace(state, calls=calls, emergency=replace(state.emergency, undo_until=state.now + undo_s))


@pytest.mark.parametrize("line", ["110", "119", "120", "122"])
def test_one_click_calls_the_line_at_once(line: str, open_window: OpenWindow, desk: RecordingDesk) -> None:
    bar = open_window(sample.talking()).view.emergency

    QTest.mouseClick(bar.cells[line].button, Qt.MouseButton.LeftButton)

    assert desk.asked == [("press_emergency", line)]


@pytest.mark.parametrize("state", [sample.IDLE, sample.talking(), sample.wrap_up(), sample.offline(), sample.no_headset()])
def test_all_four_lines_are_there_whatever_happens(state: DeskState, open_window: OpenWindow) -> None:
    bar = open_window(state).view.emergency

    assert all(cell.button.isVisible() and cell.button.isEnabled() for cell in bar.cells.values())


def test_the_suggested_line_is_lit_and_says_which_words_suggest_it(open_window: OpenWindow) -> None:
    state = sample.emergency_suggested()
    bar = open_window(state).view.emergency

    lit = [line for line, cell in bar.cells.items() if cell.button.property("lit") == "true"]

    assert lit == [state.emergency.suggested]
    assert state.emergency.because in bar.cells["119"].button.detail.text()
    assert state.emergency.because in bar.cells["119"].button.accessibleName()


def test_undo_stands_in_the_place_of_the_pressed_button_and_takes_it_back(open_window: OpenWindow, desk: RecordingDesk) -> None:
    bar = open_window(with_leg(LegStage.DIALLING, undo_s=2.4)).view.emergency
    cell = bar.cells["119"]

    QTest.mouseClick(cell.undo, Qt.MouseButton.LeftButton)

    assert desk.asked == [("undo_emergency",)]
    assert not cell.button.isVisible()
    assert "3 s" in cell.undo.text()
    assert [line for line, other in bar.cells.items() if other.undo.isVisible()] == ["119"]


def test_after_three_seconds_the_call_to_the_line_stands_there_with_its_end(
    open_window: OpenWindow, desk: RecordingDesk
) -> None:
    cell = open_window(with_leg(LegStage.TALKING)).view.emergency.cells["119"]

    QTest.mouseClick(cell.end, Qt.MouseButton.LeftButton)

    assert desk.asked == [("end_leg", LEG)]
    assert cell.stage.text() == "on the line 1:05"
    assert not cell.undo.isVisible()


def test_a_failed_line_says_why_and_can_be_pressed_again(open_window: OpenWindow, desk: RecordingDesk) -> None:
    cell = open_window(with_leg(LegStage.FAILED, reason="503", undo_s=2.0)).view.emergency.cells["119"]

    QTest.mouseClick(cell.button, Qt.MouseButton.LeftButton)

    assert desk.asked == [("press_emergency", "119")]
    assert "failed: 503" in cell.button.detail.text()


def test_of_two_lines_pressed_in_a_row_the_later_one_can_be_undone(open_window: OpenWindow) -> None:
    state = with_leg(LegStage.DIALLING, undo_s=3.0)
    later = Leg(CallId("d" * 32), LegPurpose.EMERGENCY, "120", "pbx", LegStage.DIALLING, "", state.now)
    calls = tuple(replace(view, legs=(*view.legs, later)) for view in state.calls)

    bar = open_window(replace(state, calls=calls)).view.emergency

    assert bar.cells["120"].undo.isVisible()
    assert bar.cells["119"].standing.isVisible()


def test_the_keyboard_stays_where_it_was_when_the_button_turns_into_its_undo(open_window: OpenWindow) -> None:
    window = open_window(sample.emergency_suggested())
    cell = window.view.emergency.cells["119"]
    cell.button.setFocus()

    window.show_state(with_leg(LegStage.DIALLING, undo_s=3.0))

    assert cell.undo.hasFocus()


def test_the_narrow_button_calls_the_line_and_hands_over(open_window: OpenWindow, desk: RecordingDesk) -> None:
    cell = open_window(sample.talking()).view.emergency.cells["119"]

    QTest.mouseClick(cell.over_at_once, Qt.MouseButton.LeftButton)

    assert desk.asked == [("hand_over", "119")]
    assert "119" in cell.over_at_once.accessibleName()


def test_a_line_that_talks_offers_the_hand_over_and_then_the_way_back(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(with_leg(LegStage.TALKING))
    cell = window.view.emergency.cells["119"]
    offered = cell.over.text()
    QTest.mouseClick(cell.over, Qt.MouseButton.LeftButton)
    state = with_leg(LegStage.TALKING)
    handed = replace(state.calls[0].legs[0], handed_at=state.now - 9, hands_over=True)

    window.show_state(replace(state, calls=(replace(state.calls[0], legs=(handed,)),)))

    assert desk.asked == [("hand_over", "119")]
    assert (offered, cell.over.text(), cell.stage.text()) == ("Hand over", "Come back", "handed over 0:09")


def test_rounds_and_pauses_of_a_line_nobody_answers_stand_in_its_place(open_window: OpenWindow) -> None:
    state = with_leg(LegStage.DIALLING)
    leg = state.calls[0].legs[0]
    window = open_window(replace(state, calls=(replace(state.calls[0], legs=(replace(leg, again_at=state.now + 3),)),)))
    pausing = window.view.emergency.cells["119"].stage.text()

    window.show_state(replace(state, calls=(replace(state.calls[0], legs=(replace(leg, round=2),)),)))

    assert pausing == "no answer, again in 3 s"
    assert window.view.emergency.cells["119"].stage.text() == "calling 1:05, round 2"


def test_the_silent_alert_is_one_click_and_answers_with_a_word(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.talking()
    window = open_window(state)
    button = window.view.emergency.silent
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    reached = SilentState(state.focus, "110", "call", "done", state.now)

    window.show_state(replace(state, emergency=replace(state.emergency, silent=reached)))

    assert desk.asked == [("silent_alert",)]
    assert button.detail.text() == "✓ 110 knows" and "110" in button.accessibleName()
    assert button.height() >= 40


def test_all_of_the_bar_is_to_be_seen_at_1366(open_window: OpenWindow) -> None:
    bar = open_window(with_leg(LegStage.TALKING)).view.emergency

    assert bar.width() <= 1366
    assert bar.silent.geometry().right() <= bar.width()


def test_the_matter_stands_on_the_lit_button(open_window: OpenWindow) -> None:
    window = open_window(danger.suicide())

    button = window.view.emergency.cells["110"].button

    assert "Suicide" in button.detail.text() and "不想活了" in button.detail.text()
    assert "Suicide" in button.accessibleName()


def test_a_mass_incident_asks_for_two_dispatches_and_says_why(open_window: OpenWindow) -> None:
    window = open_window(danger.mass())
    shown = window.view.units.double.text()

    window.show_state(sample.talking())

    assert "police" in shown and "Mass incident" in shown and "家长" in shown
    assert window.view.units.double.isHidden()


def test_one_key_warns_the_lead(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(danger.social())

    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert desk.asked == [("warn_lead",)]


def test_abuse_offers_the_civility_notice_with_its_key(open_window: OpenWindow) -> None:
    window = open_window(danger.abused())

    shown = window.view.shield.text.text()

    assert "你们就是一群废物" in shown and "Ctrl+G" in shown
