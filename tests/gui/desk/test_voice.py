"""What the window shows of the voice, and what a voice says of the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.eyes_free import Rank
from app.desk.speech_events import VoiceDetail
from app.desk.state import DeskState, SpeechState
from app.desk.voice_state import VoiceChoice, VoiceView
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.recognition import RecognitionStage
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.eyes_free import EyesFreeReader
from ui.main_window import MainWindow
from ui.say_dialog import SENTENCES, SayDialog
from ui.spoken_focus import text_at, words_of
from ui.voice_chooser import VoiceChooser
from ui.voice_texts import language_text

VOICES = (
    VoiceDetail("kokoro:zf_xiaoxiao", "zh-CN", "kokoro", "female", "Xiaoxiao"),
    VoiceDetail("kokoro:zm_yunxi", "zh-CN", "kokoro", "male", "Yunxi"),
    VoiceDetail("pyttsx3:sit/yue", "yue", "pyttsx3", "", "Cantonese"),
    VoiceDetail("pyttsx3:gmw/en-us", "en-US", "pyttsx3", "", "English"),
)


def voiced(state: DeskState, **voice: object) -> DeskState:
    return replace(state, voice=replace(state.voice, **voice), speech=SpeechState("whisper", "base", (), VOICES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "asked"),
    [(Qt.Key.Key_Z, ("toggle_recognition",)), (Qt.Key.Key_O, ("toggle_eyes_free",)), (Qt.Key.Key_A, ("say_again_or_stop",))],
)
def test_each_has_its_key(open_window: OpenWindow, desk: RecordingDesk, key: Qt.Key, asked: tuple[str, ...]) -> None:
    window = open_window(voiced(sample.talking(), saying="请稍等"))

    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert asked in desk.asked


def test_the_number_under_the_cursor_goes_with_the_key_that_reads_it_back(window: MainWindow, desk: RecordingDesk) -> None:
    window.view.form.enter("contact")

    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    assert desk.asked[-1] == ("read_back", sample.talking().draft.ticket.contact)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("stage", "word"),
    [
        (RecognitionStage.ON, "Words"),
        (RecognitionStage.TELLING, "Telling"),
        (RecognitionStage.REFUSED, "Refused"),
        (RecognitionStage.OFF, "Off"),
    ],
)
def test_the_call_bar_says_whether_words_are_written_down(open_window: OpenWindow, stage: RecognitionStage, word: str) -> None:
    state = sample.talking()

    sign = open_window(replace(state, recognitions={state.focus: stage})).view.call.line.recognition

    assert word in sign.text() and sign.isVisible() and sign.accessibleName()


def test_the_foot_of_the_window_says_what_waits_and_that_eyes_free_is_on(open_window: OpenWindow) -> None:
    window = open_window(voiced(sample.talking(), saying="请稍等"))
    sign = window.view.status.voice
    saying = sign.text()

    window.show_state(voiced(sample.talking(), is_eyes_free=True))

    assert "请稍等" in saying and "Eyes-free" in sign.text() and sign.isVisible()


def test_a_voice_is_chosen_by_language_and_then_by_name(qtbot: QtBot) -> None:
    chooser = VoiceChooser()
    qtbot.addWidget(chooser)
    chooser.show_voices(VOICES)

    chooser.language.setCurrentIndex(chooser.language.findData("zh-CN"))
    chooser.language.activated.emit(chooser.language.currentIndex())
    first, offered = chooser.value(), [chooser.voice.itemData(at) for at in range(chooser.voice.count())]
    chooser.voice.setCurrentIndex(1)
    chooser.voice.activated.emit(1)

    assert [chooser.language.itemData(at) for at in range(chooser.language.count())] == ["", "zh-CN", "yue", "en-US"]
    assert first == "kokoro:zf_xiaoxiao" and offered == ["kokoro:zf_xiaoxiao", "kokoro:zm_yunxi"]
    assert chooser.value() == "kokoro:zm_yunxi"


def test_a_voice_that_is_gone_stays_chosen(qtbot: QtBot) -> None:
    chooser = VoiceChooser()
    qtbot.addWidget(chooser)
    chooser.put("kokoro:zm_old")

    chooser.show_voices(VOICES)

    assert chooser.value() == "kokoro:zm_old" and "kokoro:zm_old" in chooser.voice.currentText()


def test_languages_have_names() -> None:
    assert language_text("zh-CN") == "Mandarin" and "Deutsch" in language_text("de") and language_text("xx-none") == "xx-none"


def test_the_dialog_says_with_the_voice_and_speed_at_hand_and_plays_announcements_to_the_agent_first(qtbot: QtBot) -> None:
    said: list[tuple[object, ...]] = []
    dialog = SayDialog(lambda *one: said.append(("say", *one)), lambda *one: said.append(("announce", *one)))
    qtbot.addWidget(dialog)
    view = VoiceView(choice=VoiceChoice("kokoro:zm_yunxi", 1.2, 0.7), announcements=(("hold", "请您稍候"),))
    dialog.show_state(replace(voiced(sample.talking()), voice=view))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)

    dialog.saved.setCurrentRow(len(SENTENCES))
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.text.setText("您好")
    dialog.speed.setValue(0.9)
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    assert said == [("announce", "hold", False), ("say", "您好", True, VoiceChoice("kokoro:zm_yunxi", 0.9, 0.7))]


def test_a_field_is_said_with_its_name_what_stands_in_it_and_where_that_came_from(window: MainWindow) -> None:
    form = window.view.form
    form.enter("place")

    said = words_of(form.texts["place"])

    assert said.startswith("Place。") and "unsure" in said and "from the words" in said


def test_controls_of_every_kind_have_something_to_say(qtbot: QtBot) -> None:
    line, area, tick, box, button, secret = (
        QLineEdit(),
        QPlainTextEdit(),
        QCheckBox(),
        QComboBox(),
        QPushButton("&Save"),
        QLineEdit(),
    )
    for widget in (line, area, tick, box, button, secret):
        qtbot.addWidget(widget)
        if widget is not button:
            widget.setAccessibleName("Name")
    tick.setChecked(True)
    box.addItem("first")
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    secret.setText("topsecret")

    said = [words_of(widget) for widget in (line, area, tick, box, button, secret)]

    assert said == ["Name。empty", "Name。empty", "Name。chosen", "Name。first", "Save", "Name。hidden"]
    assert text_at(secret) == "", "a password is neither read nor read back"


class Ear(list[tuple[str, Rank]]):
    def __call__(self, text: str, rank: Rank) -> None:
        self.append((text, rank))


def test_the_ear_hears_what_is_new_and_nothing_twice(qtbot: QtBot) -> None:
    ear = Ear()
    reader = EyesFreeReader(ear)
    idle = voiced(sample.IDLE, is_eyes_free=True)
    lit = replace(idle, emergency=replace(idle.emergency, suggested="119", because="厨房着火"))
    lost = Notice(NoticeCode.PBX_LOST_IN_CALL, (), Gravity.ERROR)
    reader.show_state(replace(idle, notices=()))
    ear.clear()

    reader.show_state(replace(lit, notices=()))
    reader.show_state(replace(lit, notices=(lost,)))
    reader.show_state(replace(lit, notices=(lost, Notice(NoticeCode.SPEECH_SLOW))))
    reader.show_state(replace(lit, notices=(lost, Notice(NoticeCode.TICKET_SAVED, ("260012345678",), Gravity.INFO))))

    assert [rank for _, rank in ear] == [Rank.DANGER, Rank.NEWS, Rank.NEWS]
    assert "厨房着火" in ear[0][0] and "260012345678" in ear[2][0]


def test_with_eyes_free_off_the_ear_hears_nothing(qtbot: QtBot) -> None:
    ear = Ear()
    reader = EyesFreeReader(ear)

    reader.show_state(sample.emergency_suggested())
    reader.read_focus()

    assert ear == []


def test_the_field_that_the_keyboard_comes_to_is_read(open_window: OpenWindow, desk: RecordingDesk, qtbot: QtBot) -> None:
    window = open_window(voiced(sample.talking(), is_eyes_free=True))
    desk.asked.clear()

    window.view.form.enter("contact")

    qtbot.waitUntil(lambda: any(one[0] == "read_out" and "Contact" in str(one[1]) for one in desk.asked), timeout=3000)
