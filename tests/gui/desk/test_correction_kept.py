"""What is typed into a sentence's editor is never thrown away by going on to another sentence."""

import pytest
from PySide6.QtCore import Qt

from app.domain.transcript import SENTENCE_LIMIT
from tests.gui.desk.test_transcript_keys import CTRL, Seat, seat

__all__ = ["seat"]


@pytest.mark.usefixtures("qtbot")
def test_a_correction_that_is_too_long_stays_in_its_editor_when_the_sentence_before_is_asked_for(seat: Seat) -> None:
    seat.hears(1, "第一句话")
    seat.hears(2, "第二句话")
    seat.view.correct()
    seat.view.correction.editor.text.setPlainText("长" * (SENTENCE_LIMIT + 1))

    seat.press(Qt.Key.Key_Y, CTRL)

    editor = seat.view.correction.editor
    assert len(editor.words) == SENTENCE_LIMIT + 1 and editor.key is not None and editor.key[1] == 2
