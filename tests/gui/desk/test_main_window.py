"""The window as a whole: nothing cut off, nothing slow, left only on purpose."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.domain.call import CallStage
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.transcript import Speaker, Transcript, Utterance
from app.settings import Settings
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui import translation
from ui.elided_label import ElidedLabel
from ui.main_window import MainWindow
from ui.theme import Theme

MANY_NOTICES = tuple(
    Notice(code, ("one", "two", "three", "four"), Gravity.ERROR)
    for code in (NoticeCode.MODEL_CORRUPT, NoticeCode.EMERGENCY_FAILED, NoticeCode.CENTRE_DOWN)
)
STATES = {
    "idle": sample.IDLE,
    "ringing": sample.ringing(),
    "talking": sample.talking(),
    "two_calls": sample.two_calls(),
    "wrap_up": sample.wrap_up(),
    "suggested": sample.emergency_suggested(),
    "pressed": sample.emergency_pressed(),
    "connected": sample.emergency_connected(),
    "offline": sample.offline(),
    "no_model": sample.no_model(),
    "no_headset": sample.no_headset(),
    "restored": sample.restored(),
    "notices": replace(sample.talking(), notices=MANY_NOTICES),
}


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    translators = translation.install(qapp, request.param)
    yield request.param
    translation.remove(qapp, translators)
    translation.install(qapp, "en")


def clipped(window: MainWindow) -> list[str]:
    """Buttons and labels that have less room than their text needs."""
    small = []
    parts: list[QWidget] = [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]
    for part in parts:
        if not part.isVisible() or isinstance(part, ElidedLabel) or isinstance(part.parent(), QLineEdit):
            continue
        needed = part.minimumSizeHint()
        room = part.heightForWidth(part.width()) if part.hasHeightForWidth() else needed.height()
        if part.width() < needed.width() or part.height() < min(room, needed.height()):
            text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
            small.append(f"{type(part).__name__} {part.accessibleName() or text}: {part.size()} < {needed}")
    return small


def focused() -> QWidget:
    has = QApplication.focusWidget()
    assert has is not None
    return has


def overlapping(window: MainWindow) -> list[str]:
    """Visible parts of the main areas that lie on each other."""
    view = window.view
    parts = [view.agent, view.emergency, view.call, view.history, view.transcript, view.knowledge, view.form.heads["kind"],
             view.units, view.status, *view.ticket_buttons.values()]  # fmt: skip
    places = [(type(part).__name__, part.rect().translated(part.mapTo(window, part.rect().topLeft()))) for part in parts]
    return [f"{a} on {b}" for n, (a, first) in enumerate(places) for b, second in places[n + 1 :] if first.intersects(second)]


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_cut_off_or_covered_at_1366_by_768(name: str, language: str, open_window: OpenWindow) -> None:
    window = open_window(STATES[name])
    QApplication.processEvents()

    assert (window.width(), window.height()) == (1366, 768)
    assert clipped(window) == []
    assert overlapping(window) == []


def test_the_window_fits_a_small_screen_with_its_task_bar(language: str, open_window: OpenWindow) -> None:
    window = open_window(STATES["notices"])

    least = window.minimumSizeHint()

    assert (least.width() <= 1366, least.height() <= 700) == (True, True), least


def test_every_control_has_a_name_for_a_screen_reader(language: str, window: MainWindow) -> None:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
    found: list[QWidget] = [*window.findChildren(QWidget)]
    parts = [part for part in found if isinstance(part, kinds) and part.isVisible()]
    parts = [part for part in parts if not isinstance(part.parent(), QLineEdit)]  # Qt's own button that clears a line

    nameless = [
        f"{type(part).__name__} in {type(part.parent()).__name__}"
        for part in parts
        if not part.accessibleName() and not getattr(part, "text", str)() and not part.objectName().startswith("qt_")
    ]

    assert nameless == []


def test_no_two_labels_share_an_alt_key(language: str, window: MainWindow) -> None:
    labels: list[QLabel] = [*window.findChildren(QLabel)]
    buttons: list[QAbstractButton] = [*window.findChildren(QAbstractButton)]
    texts = [label.text() for label in labels if label.buddy() is not None] + [button.text() for button in buttons]
    letters = [text[text.index("&") + 1].upper() for text in texts if "&" in text]

    assert sorted(letters) == sorted(set(letters))


def test_tab_goes_through_the_form_in_the_order_it_is_read(window: MainWindow) -> None:
    form = window.view.form
    form.texts["happened"].setFocus()
    reached = []

    for _ in range(12):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.append(form.focused_field)

    address, people = ["district", "street", "place"], ["requester", "contact", "hurt", "named_unit"]
    assert reached == ["matter", *address, *people, "demand", "content", "verified", "reply"]


def test_one_more_word_costs_a_fraction_of_showing_the_whole_conversation(window: MainWindow) -> None:
    base = sample.talking()
    said = tuple(Utterance(Speaker.CALLER, n, f"第{n}句话说了一些事情", n * 2.0, n * 2.0 + 1, True) for n in range(300))
    states: list[DeskState] = []
    for step in range(60):
        growing = Utterance(Speaker.CALLER, 300, "正在说的话" * (1 + step % 8), 700.0, 701.0, False)
        states.append(replace(base, transcript=Transcript((*said, growing)), now=base.now + step / 5))
    took = []

    for state in states:
        begun = time.perf_counter()
        window.show_state(state)
        took.append(time.perf_counter() - begun)

    whole_s, *words_s = took
    assert min(words_s) <= whole_s / 4  # the one that other work on the machine disturbed least


def test_a_ringing_call_flashes_the_task_bar_once(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window(sample.IDLE)
    flashed: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget, _ms: flashed.append(widget))

    window.show_state(sample.ringing())
    window.show_state(replace(sample.ringing(), now=sample.NOW + 1))

    assert flashed == [window]


def test_the_window_is_not_left_with_a_call_up_unless_the_agent_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    was_still_there = window.isVisible()
    leave = next(button for button in box.buttons() if box.buttonRole(button) == QMessageBox.ButtonRole.AcceptRole)

    with qtbot.waitSignal(window.left, timeout=1000):
        QTest.mouseClick(leave, Qt.MouseButton.LeftButton)

    assert was_still_there
    assert not window.isVisible()


def test_a_call_that_has_ended_does_not_keep_the_window_open(qtbot: QtBot, open_window: OpenWindow) -> None:
    state = sample.talking()
    window = open_window(replace(state, calls=(replace(state.calls[0], stage=CallStage.ENDED),)))

    with qtbot.waitSignal(window.left, timeout=1000):
        window.close()


def test_a_new_look_shows_the_same_work_at_once(qtbot: QtBot, theme: Theme, desk: RecordingDesk) -> None:
    saved: list[dict[str, object]] = []
    window = MainWindow(desk, Settings(), saved.append)
    qtbot.addWidget(window, before_close_func=lambda window: window.show_state(sample.IDLE))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    window.show_state(sample.talking())
    before = window.view

    window._save_and_follow({"general.theme": "dark"})
    qtbot.waitUntil(lambda: window.view is not before, timeout=2000)
    QTest.keyClick(window, Qt.Key.Key_F3)

    assert saved == [{"general.theme": "dark"}]
    assert window.view.form.texts["matter"].property("text") == sample.draft().ticket.matter
    assert desk.asked.count(("hang_up",)) == 1


def test_the_settings_open_by_their_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)

    dialog = QApplication.activeModalWidget()

    assert dialog is not None
    assert dialog.windowTitle() == "Settings"
    dialog.close()
