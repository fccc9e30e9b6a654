"""A shown window of 1366x768 before a recording desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.settings import Settings
from tests import sample_state as sample
from tests.gui.desk.recording_desk import RecordingDesk
from ui.main_window import MainWindow, theme_of
from ui.theme import Theme, apply_theme

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_HERE):  # what the offscreen platform says of every window is no fault of ours
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


OpenWindow = Callable[[DeskState], MainWindow]


@pytest.fixture
def desk() -> RecordingDesk:
    return RecordingDesk()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = theme_of(Settings())
    apply_theme(qapp, theme)
    return theme


@pytest.fixture
def open_window(qtbot: QtBot, desk: RecordingDesk, theme: Theme) -> OpenWindow:
    def open_it(state: DeskState) -> MainWindow:
        window = MainWindow(desk, Settings(), lambda changes: None)
        qtbot.addWidget(window, before_close_func=lambda window: window.show_state(sample.IDLE))
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        window.show_state(state)
        desk.asked.clear()
        return window

    return open_it


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """A window in the middle of a call, with a draft."""
    return open_window(sample.talking())
