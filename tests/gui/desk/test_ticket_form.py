"""The ticket form: what is heard, what is typed, what is confirmed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState, Draft
from app.domain.ticket import RequestKind, TicketId, Urgency
from app.settings import Settings
from tests import fakes
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.main_window import MainWindow
from ui.text_fields import AreaField, LineField
from ui.theme import Theme
from ui.ticket_form import TicketForm

TEXTS = ("matter", "place", "happened", "requester", "contact", "content", "reply")


def words(form: TicketForm, name: str) -> str:
    field = form.texts[name]
    return field.text() if isinstance(field, LineField) else field.toPlainText()


def with_ticket(state: DeskState, **changes: object) -> DeskState:
    assert state.draft is not None
    return replace(state, draft=replace(state.draft, ticket=replace(state.draft.ticket, **changes)))  # type: ignore[arg-type]


def test_every_field_shows_the_draft(window: MainWindow) -> None:
    ticket = sample.draft().ticket

    shown = {name: words(window.view.form, name) for name in TEXTS}

    assert shown == {name: getattr(ticket, name) for name in TEXTS}
    assert window.view.form.kind.buttons["help"].isChecked()
    assert window.view.form.urgency.buttons["urgent"].isChecked()


def test_a_field_shows_the_words_it_came_from_and_that_it_is_unsure(window: MainWindow) -> None:
    head = window.view.form.heads["place"]

    assert "青河区锦绣家园七号楼" in head.words.text()
    assert head.unsure.isVisible()
    assert "Ctrl+J" in head.unsure.toolTip() and "Ctrl+J" in window.view.form.title.text()
    assert "unsure" in window.view.form.texts["place"].accessibleDescription()
    assert not window.view.form.heads["content"].unsure.isVisible()


def test_a_letter_typed_is_told_to_the_desk_with_its_field(window: MainWindow, desk: RecordingDesk) -> None:
    reply = window.view.form.texts["reply"]

    QTest.keyClicks(reply, "ok")

    assert desk.asked == [("edit", "reply", "o"), ("edit", "reply", "ok")]


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_click_chooses_the_kind(kind: RequestKind, window: MainWindow, desk: RecordingDesk) -> None:
    QTest.mouseClick(window.view.form.kind.buttons[kind.value], Qt.MouseButton.LeftButton)

    assert desk.asked == [("edit", "kind", kind)]


def test_urgency_and_confidentiality_are_told_as_what_they_are(window: MainWindow, desk: RecordingDesk) -> None:
    QTest.mouseClick(window.view.form.urgency.buttons["emergency"], Qt.MouseButton.LeftButton)
    QTest.keyClick(window.view.form.confidential, Qt.Key.Key_Space)

    assert desk.asked == [("edit", "urgency", Urgency.EMERGENCY), ("edit", "is_confidential", True)]


def test_the_arrow_keys_choose_the_kind(window: MainWindow, desk: RecordingDesk) -> None:
    window.view.form.kind.buttons["help"].setFocus()

    QTest.keyClick(window.view.form.kind.buttons["help"], Qt.Key.Key_Right)

    assert ("edit", "kind", RequestKind.OPINION) in desk.asked


def test_the_confirm_key_first_goes_to_an_unsure_field_and_then_confirms_it(window: MainWindow, desk: RecordingDesk) -> None:
    form = window.view.form
    form.texts["reply"].setFocus()

    QTest.keyClick(form.texts["reply"], Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    reached, asked_first = form.focused_field, list(desk.asked)
    QTest.keyClick(form.texts[reached], Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

    assert asked_first == []
    assert desk.asked == [("confirm", reached)]


def test_enter_in_an_unsure_line_confirms_it(window: MainWindow, desk: RecordingDesk) -> None:
    place = window.view.form.texts["place"]
    place.setFocus()

    QTest.keyClick(place, Qt.Key.Key_Return)

    assert desk.asked == [("confirm", "place")]


def test_the_unsure_mark_can_be_clicked(window: MainWindow, desk: RecordingDesk) -> None:
    QTest.mouseClick(window.view.form.heads["happened"].unsure, Qt.MouseButton.LeftButton)

    assert desk.asked == [("confirm", "happened")]


def test_another_callers_ticket_replaces_every_field(window: MainWindow) -> None:
    other = with_ticket(sample.talking(), id=TicketId("other"), **dict.fromkeys(TEXTS, ""), kind=None, evidence={})

    window.show_state(other)

    assert {name: words(window.view.form, name) for name in TEXTS} == dict.fromkeys(TEXTS, "")
    assert not any(button.isChecked() for button in window.view.form.kind.buttons.values())


def test_a_note_of_ten_thousand_characters_is_shown_whole(window: MainWindow) -> None:
    note = "长" * 10_000

    window.show_state(with_ticket(sample.talking(), content=note))

    assert words(window.view.form, "content") == note


def test_too_long_a_note_is_refused_with_a_sentence(window: MainWindow, desk: RecordingDesk) -> None:
    content = window.view.form.texts["content"]
    assert isinstance(content, AreaField)

    content.insertPlainText("x" * 10_001)

    assert desk.asked == []
    assert words(window.view.form, "content") == sample.draft().ticket.content
    assert "10000" in window.view.form.heads["content"].words.text()


def test_entering_a_field_points_out_its_words_in_the_transcript(window: MainWindow) -> None:
    window.view.form.texts["place"].setFocus()

    pointed_out = [mark.cursor.selectedText() for mark in window.view.transcript.extraSelections()]  # type: ignore[attr-defined]

    assert pointed_out == ["青河区锦绣家园七号楼"]


def test_with_no_ticket_the_form_says_so_and_can_be_typed_into(open_window: OpenWindow, desk: RecordingDesk) -> None:
    form = open_window(sample.IDLE).view.form

    QTest.keyClicks(form.texts["matter"], "a")

    assert "none is open" in form.title.text()
    assert desk.asked == [("edit", "matter", "a")]


def test_typing_before_the_real_desk_keeps_text_and_cursor(qtbot: QtBot, theme: Theme) -> None:
    around = fakes.Place()
    window = MainWindow(around.desk, Settings(), lambda changes: None)
    qtbot.addWidget(window)
    around.desk._show = window.show_state
    place = window.view.form.texts["place"]
    assert isinstance(place, LineField)

    QTest.keyClicks(place, "Grn 5")
    place.setCursorPosition(1)
    QTest.keyClicks(place, "een")

    assert place.text() == "Geenrn 5"
    assert place.cursorPosition() == 4
    assert around.state.draft is not None
    assert around.state.draft.ticket.place == "Geenrn 5"


def test_the_draft_that_was_confirmed_loses_its_marks(window: MainWindow) -> None:
    draft = sample.draft()

    window.show_state(replace(sample.talking(), draft=Draft(draft.ticket, draft.own_fields | draft.unsure, frozenset())))

    assert not any(head.unsure.isVisible() for head in window.view.form.heads.values())
    assert window.view.form.heads["place"].words.text() != ""
