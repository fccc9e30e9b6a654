"""The wallboard: what it asks for, what it says, and how it says that it is old."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import sample_state as sample
from ui.theme import load_theme, style_sheet_of
from ui.wallboard import WallboardWindow


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_figures_are_asked_for_only_while_the_window_is_to_be_seen(qtbot: QtBot) -> None:
    wanted: list[bool] = []
    window = WallboardWindow(wanted.append)
    qtbot.addWidget(window)

    window.show()
    window.close()

    assert wanted == [True, False]


def test_the_age_is_shown_and_turns_into_a_warning_after_ten_seconds(qtbot: QtBot) -> None:
    clock = Clock()
    window = WallboardWindow(lambda _: None, clock)
    qtbot.addWidget(window)
    window.show()
    window.show_state(sample.wallboard())
    fresh = window.age.text()

    clock.now += 11
    qtbot.waitUntil(lambda: window.age.text() != fresh, timeout=3000)

    assert fresh == "Figures 0 s old"
    assert "OLD FIGURES, 11 s" in window.age.text()
    assert window.age.property("tone") == "danger"


def test_the_same_figures_sent_again_do_not_become_young(qtbot: QtBot) -> None:
    clock = Clock()
    window = WallboardWindow(lambda _: None, clock)
    qtbot.addWidget(window)
    window.show_state(sample.wallboard())
    clock.now += 20

    window.show_state(replace(sample.wallboard(), figures=replace(sample.FIGURES)))

    assert "OLD FIGURES, 20 s" in window.age.text()


def test_newer_figures_take_the_warning_away(qtbot: QtBot) -> None:
    clock = Clock()
    window = WallboardWindow(lambda _: None, clock)
    qtbot.addWidget(window)
    window.show_state(sample.wallboard())
    clock.now += 20

    window.show_state(replace(sample.wallboard(), figures=replace(sample.FIGURES, at=sample.NOW + 20)))

    assert window.age.text() == "Figures 0 s old"


def test_without_figures_the_window_says_so(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)

    window.show_state(sample.IDLE)

    assert "No figures yet" in window.age.text()


def test_a_service_level_just_below_the_target_is_never_rounded_up_to_it(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)

    figures = replace(sample.FIGURES, offered=10_000, answered_within_15_s=9_496)
    window.show_state(replace(sample.IDLE, figures=figures))

    assert window.tiles["level"].figure.text() == "94.9 %"
    assert window.tiles["level"].remark.text() == "▼ below target 95 %"


def test_the_target_is_met_at_exactly_95_percent(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)

    window.show_state(replace(sample.IDLE, figures=replace(sample.FIGURES, offered=100, answered_within_15_s=95)))

    assert window.tiles["level"].remark.text() == "✓ target 95 % met"


def test_no_call_yet_is_no_service_level_of_nought(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)

    window.show_state(replace(sample.IDLE, figures=replace(sample.FIGURES, offered=0, answered_within_15_s=0)))

    assert window.tiles["level"].figure.text() == "–"


def test_an_agent_whose_console_is_lost_counts_as_signed_off(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)

    window.show_state(sample.wallboard())

    counts = {state.value: label.text() for state, label in window.agents.counts.items()}
    assert counts == {"ready": "4", "busy": "4", "on_break": "1", "wrap_up": "2", "offline": "1"}
    assert "1" in window.agents.unsynced.text()


def test_the_figures_grow_with_the_window_and_never_leave_their_tile(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    window.setStyleSheet(style_sheet_of(load_theme("light")))
    qtbot.addWidget(window)
    window.show_state(sample.wallboard())
    window.show()
    heights = []

    for width, height in ((1366, 768), (1920, 1080)):
        window.resize(width, height)
        QApplication.processEvents()
        heights.append(window.tiles["level"].figure.fontMetrics().height())
        for tile in window.tiles.values():
            for part in (tile.caption, tile.figure, tile.remark):
                assert part.fontMetrics().horizontalAdvance(part.text()) <= part.width()

    assert heights[0] >= 64
    assert heights[1] > heights[0] * 1.3


def test_f11_is_left_to_the_ambulance_and_escape_closes_the_window(qtbot: QtBot) -> None:
    window = WallboardWindow(lambda _: None)
    qtbot.addWidget(window)
    window.show()

    QTest.keyClick(window, Qt.Key.Key_F11)
    was_full = window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert not was_full
    assert not window.isVisible()
