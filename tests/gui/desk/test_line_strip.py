"""The line's meter, the recording's sign, sentences played from the transcript."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState, LineView, Playing, RecordingView
from app.domain.quality import LineQuality, Trouble
from app.domain.recognition import RecognitionStage
from app.domain.recording import RecordingStage
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.quality_dialog import QualityDialog
from ui.theme import Theme

GOOD = LineQuality(1000.0, "PCMA", 1.0, 1.0, 0.0, 0.0, 20.0, 40.0)
BAD = LineQuality(1002.0, "PCMA", 30.0, 1.0, 15.0, 0.0, 20.0, 40.0)


def with_line(state: DeskState, *looks: LineQuality, trouble: Trouble = Trouble.NONE) -> DeskState:
    return replace(state, qualities={state.focus: LineView(looks, {}, trouble)})


def with_recording(state: DeskState, stage: RecordingStage) -> DeskState:
    return replace(state, recordings={state.focus: RecordingView(stage, state.now - 5)})


@pytest.mark.parametrize(
    ("stage", "word", "tone"),
    [
        (RecordingStage.RUNNING, "● REC", "ok"),
        (RecordingStage.PAUSED, "❚❚ PAUSED 0:05", "warning"),
        (RecordingStage.FAILED, "NOT RECORDED", "warning"),
    ],
)
def test_the_call_bar_says_loudly_how_the_recording_stands(
    open_window: OpenWindow, stage: RecordingStage, word: str, tone: str
) -> None:
    window = open_window(with_recording(sample.talking(), stage))

    sign = window.view.call.line.recording
    assert word in sign.text() and sign.property("tone") == tone
    assert word in sign.accessibleName()


@pytest.mark.parametrize("key", ["Pause", "Ctrl+Shift+K"])
def test_both_keys_pause_the_recording(open_window: OpenWindow, desk: RecordingDesk, key: str) -> None:
    window = open_window(with_recording(sample.talking(), RecordingStage.RUNNING))

    if key == "Pause":
        QTest.keyClick(window, Qt.Key.Key_Pause)
    else:
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert desk.asked == [("toggle_recording",)]


def test_the_meter_shows_bars_and_number_and_says_it_in_words(open_window: OpenWindow) -> None:
    window = open_window(with_line(sample.talking(), GOOD))
    meter = window.view.call.line.meter
    good = (meter.score, meter.accessibleName())

    window.show_state(with_line(sample.talking(), GOOD, BAD, trouble=Trouble.WE_HEAR_BADLY))

    assert good[0] > 4 and "good" in good[1]
    assert meter.score < 3 and "bad" in meter.accessibleName()
    assert "15.0 %" in meter.toolTip() and "You hear the caller badly" in meter.toolTip()


def test_a_call_that_has_ended_shows_no_meter(open_window: OpenWindow) -> None:
    window = open_window(sample.IDLE)

    assert not window.view.call.line.isVisible()


def test_ctrl_shift_l_plays_the_sentence(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.talking()
    window = open_window(state)
    last = state.transcript.utterances[-1]

    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert desk.asked == [("play_sentence", last.speaker, last.number)]


def test_a_double_click_plays_what_is_under_it_and_the_key_stops_it(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.talking()
    window = open_window(state)
    view = window.view.transcript
    view.verticalScrollBar().setValue(0)
    first = state.transcript.utterances[0]
    place = view.cursorRect(view.textCursor().__class__(view.document().findBlockByNumber(0))).center()

    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.show_state(replace(state, playing=Playing(state.focus, "r", first.speaker, first.number)))
    marked = view.text_of(0)
    view.play_current()

    assert desk.asked == [("play_sentence", first.speaker, first.number)] * 2
    assert marked.startswith("▶")


def test_the_graph_follows_the_call(qtbot: QtBot, theme: Theme) -> None:
    dialog = QualityDialog(theme)
    qtbot.addWidget(dialog)
    dialog.show_state(with_line(sample.talking(), GOOD, BAD, trouble=Trouble.WE_HEAR_BADLY))
    dialog.show()

    assert "You hear the caller badly" in dialog.said.text()
    assert "15.0 %" in dialog.figures.text()
    assert "Lowest" in dialog.graph.accessibleDescription()


def test_nothing_moves_sideways_when_a_call_comes_up_grows_long_or_is_not_written_down(open_window: OpenWindow) -> None:
    window = open_window(sample.IDLE)
    window.resize(1366, 768)
    talking = with_recording(sample.talking(), RecordingStage.RUNNING)
    long = replace(talking, now=talking.now + 1000)
    refused = replace(long, recognitions={long.focus: RecognitionStage.REFUSED})

    places = []
    for state in (sample.IDLE, talking, long, with_recording(long, RecordingStage.PAUSED), refused):
        window.show_state(state)
        QApplication.processEvents()
        places.append(window.view.transcript.mapTo(window, QPoint(0, 0)).x())

    assert max(places) - min(places) <= 1, places  # letters are rounded to whole pixels
