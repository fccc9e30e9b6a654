"""The card is read out from one screen; the wallboard cannot overlook a silent alert."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.domain.alert import Alert
from app.domain.call import CallId
from tests import sample_help as help_states
from tests import sample_state as sample
from ui.handoff_card import HandOffCardWindow
from ui.silent_alert_strip import SilentAlertStrip
from ui.theme import load_theme, style_sheet_of


def opened(qtbot: QtBot, state: DeskState) -> tuple[HandOffCardWindow, list[object]]:
    asked: list[object] = []
    window = HandOffCardWindow(asked.append, lambda: asked.append("speak"))
    qtbot.addWidget(window)
    window.show()
    window.show_state(state)
    return window, asked


def test_place_number_danger_and_ticket_stand_in_large_letters(qtbot: QtBot) -> None:
    window, _ = opened(qtbot, help_states.with_card())

    texts = {name: label.text() for name, label in window.fields.items()}

    assert texts["place"] == "青河区锦绣家园 7 号楼 2 单元 1502"
    assert (texts["ring_back"], texts["danger"]) == ("138 1024 5600", "着火了、困在屋里")
    assert texts["ticket"].replace(" ", "") == sample.number(174)
    assert min(window.fields[name].font().pixelSize() for name in ("place", "ring_back", "danger")) >= 36


@pytest.mark.parametrize("look", ["", "light"])
def test_the_letters_stay_large_under_every_look_when_the_card_changes(qtbot: QtBot, qapp: QApplication, look: str) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet_of(load_theme(look)) if look else "")
    try:
        state = help_states.with_card()
        card = state.emergency.card
        assert card is not None
        window, _ = opened(qtbot, replace(state, emergency=replace(state.emergency, card=replace(card, place="", danger=""))))

        window.show_state(state)

        assert min(window.fields[name].font().pixelSize() for name in ("place", "ring_back", "danger")) >= 36
    finally:
        qapp.setStyleSheet(before)


def test_what_is_not_known_is_to_be_asked(qtbot: QtBot) -> None:
    state = help_states.with_card()
    card = state.emergency.card
    assert card is not None

    window, _ = opened(qtbot, replace(state, emergency=replace(state.emergency, card=replace(card, place=""))))

    assert window.fields["place"].text() == "ASK: not known yet"


def test_opening_and_closing_are_told_and_esc_closes(qtbot: QtBot) -> None:
    window, asked = opened(qtbot, help_states.with_card())

    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert asked == [True, False] and not window.isVisible()


def test_the_button_reads_and_stops(qtbot: QtBot) -> None:
    state = help_states.with_card()
    window, asked = opened(qtbot, state)
    QTest.mouseClick(window.speak, Qt.MouseButton.LeftButton)

    window.show_state(replace(state, emergency=replace(state.emergency, is_spoken=True)))

    assert asked == [True, "speak"] and window.speak.text().startswith("■")


def test_a_card_that_is_not_sent_says_that_it_must_be_read(qtbot: QtBot) -> None:
    state = help_states.with_card()

    window, _ = opened(qtbot, replace(state, emergency=replace(state.emergency, pushed="ConnectError")))

    assert "read it out" in window.standing.text()


def test_without_a_call_there_is_nothing_to_hand_over(qtbot: QtBot) -> None:
    window, _ = opened(qtbot, sample.IDLE)

    assert window.title.text().startswith("No call") and not window.speak.isEnabled()


def test_a_silent_alert_stands_on_the_wallboard_until_it_is_seen(qtbot: QtBot) -> None:
    raised: list[bool] = []
    strip = SilentAlertStrip(lambda: raised.append(True))
    qtbot.addWidget(strip)
    alert = Alert(CallId("a" * 32), "110", "周晓岚", sample.NOW - 14, "锦绣家园")
    state = replace(sample.IDLE, alerts=(alert,))
    strip.show_state(state)
    strip.show_state(state)
    shown, words = strip.isVisible(), strip.words.text()

    QTest.mouseClick(strip.seen, Qt.MouseButton.LeftButton)
    strip.show_state(state)

    assert shown and "周晓岚" in words and "110" in words
    assert raised == [True] and not strip.isVisible()


def test_a_warning_says_that_nobody_was_called(qtbot: QtBot) -> None:
    strip = SilentAlertStrip()
    qtbot.addWidget(strip)
    warning = Alert(CallId("a" * 32), "110", "周晓岚", sample.NOW - 14, danger="堵路", is_warning=True, matter="mass")

    strip.show_state(replace(sample.IDLE, alerts=(warning,)))

    assert "WARNING" in strip.words.text() and "Mass incident" in strip.words.text() and "堵路" in strip.words.text()
    assert "Do not call" not in strip.words.text()
