from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.desk.events import ShiftCheckChanged, ShiftFinding
from app.desk.state import DeskState, HeadsetState
from ui import shift_check_texts as texts
from ui.shift_check_dialog import ShiftCheckDialog

GOOD = (ShiftFinding("level", "good", "", -24.0), ShiftFinding("echo", "bad", "", -12.0), ShiftFinding("ringer", "good"))


class Asked:
    def __init__(self) -> None:
        self.words: list[object] = []
        self.dialog = ShiftCheckDialog(lambda: self.words.append("start"), lambda: self.words.append("stop"), self.words.append)

    def show(self, step: str, **more: object) -> None:
        check = ShiftCheckChanged(step, **more)  # type: ignore[arg-type]
        last = check if step == "done" else None
        self.dialog.show_state(replace(DeskState(), headset=HeadsetState("mic", "ear", check=check, last_check=last)))


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    asked = Asked()
    qtbot.addWidget(asked.dialog)
    asked.dialog.show()
    return asked


def test_enter_starts_the_check_and_esc_cancels_it(asked: Asked, qtbot: QtBot) -> None:
    QTest.keyClick(asked.dialog, Qt.Key.Key_Return)
    asked.show("silence", progress=0.1)
    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)

    assert asked.words == ["start", "stop"]
    assert not asked.dialog.isVisible()


def test_level_and_progress_follow_the_check(asked: Asked) -> None:
    asked.dialog.begin()

    asked.show("sentence", progress=0.4, level_dbfs=-23.4)

    assert (asked.dialog.progress.value(), asked.dialog.level.value()) == (40, -23)
    assert asked.dialog.sentence.isEnabled()
    assert asked.dialog.start_button.isHidden()


def test_while_it_rings_enter_says_heard(asked: Asked, qtbot: QtBot) -> None:
    asked.dialog.begin()
    asked.show("silence")
    before = asked.dialog.heard_button.isHidden()
    asked.show("ringer", progress=0.7)

    QTest.keyClick(asked.dialog, Qt.Key.Key_Return)

    assert before
    assert asked.words == ["start", True]


def test_the_other_button_says_not_heard(asked: Asked, qtbot: QtBot) -> None:
    asked.dialog.begin()
    asked.show("ringer")

    QTest.mouseClick(asked.dialog.unheard_button, Qt.MouseButton.LeftButton)

    assert asked.words == ["start", False]


def test_the_end_says_what_is_wrong_and_what_to_do(asked: Asked) -> None:
    asked.dialog.begin()

    asked.show("done", progress=1.0, findings=GOOD)

    def verdict(what: str) -> QLabel:
        return asked.dialog.rows[what][1]

    assert verdict("level").property("tone") == "ok"
    assert verdict("echo").property("tone") == "danger"
    assert "-12" in verdict("echo").text()
    assert asked.dialog.step.property("tone") == "danger"
    assert texts.name_text("echo") in asked.dialog.step.text()
    assert not asked.dialog.start_button.isHidden()


def test_opened_again_it_shows_the_last_result(qtbot: QtBot) -> None:
    asked = Asked()
    qtbot.addWidget(asked.dialog)

    asked.show("done", findings=GOOD)

    assert asked.dialog.rows["level"][1].text() == f"✓ {texts.finding_text(GOOD[0])}"


@pytest.mark.parametrize("step", ["interrupted", "refused", "failed"])
def test_a_check_that_could_not_be_says_why_and_can_be_started_again(asked: Asked, step: str) -> None:
    asked.dialog.begin()

    asked.show(step)

    assert asked.dialog.step.text() == texts.step_text(step)
    assert not asked.dialog.start_button.isHidden()


def test_every_verdict_has_its_words() -> None:
    whys = {"level": ("low", "high", "none"), "ringer": ("none",), "echo": ("none",)}
    for what in texts.NAMES:
        for verdict in ("good", "fair", "bad", "unknown"):
            for why in ("", *whys.get(what, ())):
                if (what, verdict, why) in texts._WORDS:
                    assert texts.finding_text(ShiftFinding(what, verdict, why, 1.0))
