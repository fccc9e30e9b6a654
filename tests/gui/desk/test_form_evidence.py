"""Heard, sure, offered, confirmed and verified on the form, by keyboard alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.desk.policy import Proposal
from app.domain.ticket import LONG_TEXTS, RequestKind
from app.domain.transcript import Evidence, Speaker, Transcript
from app.settings import Settings
from tests import fakes, sample_form
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.main_window import MainWindow
from ui.text_fields import AreaField, LineField
from ui.theme import Theme

CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def line(window: MainWindow, name: str) -> LineField:
    field = window.view.form.texts[name]
    assert isinstance(field, LineField)
    return field


def here() -> QWidget:
    has = QApplication.focusWidget()
    assert has is not None
    return has


def proposing(**sure: tuple[str, float]) -> Proposal:
    return {
        name: (value, (Evidence(Speaker.CALLER, 0, 0, 2, value, how, f"{name}:rule"),)) for name, (value, how) in sure.items()
    }


@pytest.fixture
def real(qtbot: QtBot, theme: Theme) -> tuple[fakes.Place, MainWindow]:
    """A window before a real desk, in a call."""
    around = fakes.Place()
    window = MainWindow(around.desk, Settings(), lambda changes: None)
    qtbot.addWidget(window, before_close_func=lambda window: window.show_state(sample.IDLE))
    around.desk._show = window.show_state
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    around.talks()
    return around, window


def hear(around: fakes.Place, **sure: tuple[str, float]) -> None:
    """The words are the same for the desk; what they are read as, the test says."""
    around.desk.rules = replace(around.desk.rules, propose=lambda _: proposing(**sure))
    around.hears("说了一句", number=len(around.state.transcript.utterances))


def test_sure_unsure_and_own_fields_are_told_apart_without_colours(open_window: OpenWindow) -> None:
    form = open_window(sample_form.heard()).view.form

    marks = {name: form.heads[name].words.text()[:1] for name in ("place", "happened", "named_unit", "reply")}
    told = {name: form.texts[name].accessibleDescription() for name in ("place", "happened")}

    assert marks == {"place": "●", "happened": "◑", "named_unit": "◔", "reply": ""}
    assert "sure" in told["place"] and "unsure" not in told["place"] and "unsure" in told["happened"]
    assert form.heads["happened"].unsure.isVisible() and not form.heads["place"].unsure.isVisible()
    assert form.texts["place"].property("sure") == "true" and form.texts["happened"].property("unsure") == "true"


def test_a_confirmed_field_keeps_its_words_and_has_a_tick(open_window: OpenWindow) -> None:
    form = open_window(sample_form.looked_at()).view.form

    assert form.heads["contact"].words.text().startswith("✓ “13800138000”")
    assert form.texts["contact"].property("sure") == "false"


def test_the_tip_says_how_sure_and_by_which_rule(open_window: OpenWindow) -> None:
    tip = open_window(sample_form.heard()).view.form.heads["place"].words.toolTip()

    assert "幸福路123号" in tip and "90 %" in tip and "a road with a house number" in tip


def test_a_click_on_the_words_lights_them_up_and_plays_them(qtbot: QtBot, open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.heard())

    QTest.mouseClick(window.view.form.heads["place"].words, Qt.MouseButton.LeftButton)

    def lit() -> list[str]:
        return [mark.cursor.selectedText() for mark in window.view.transcript.extraSelections()]  # type: ignore[attr-defined]

    qtbot.waitUntil(lambda: lit() == ["幸福路123号"], timeout=3000)
    assert desk.asked == [("play_words", sample_form.heard_ticket().evidence["place"])]


def test_the_words_of_the_field_under_the_cursor_are_played_by_a_key(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.heard())
    window.view.form.enter("demand")

    QTest.keyClick(here(), Qt.Key.Key_J, CONTROL | SHIFT)

    assert desk.asked == [("play_words", sample_form.heard_ticket().evidence["demand"])]


def test_a_field_without_words_says_so_when_they_are_asked_for(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.heard())
    window.view.form.enter("reply")

    QTest.keyClick(here(), Qt.Key.Key_J, CONTROL | SHIFT)

    assert desk.asked == [("play_evidence", "reply")]


def test_a_dispatch_leads_to_the_first_field_that_wants_a_look(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.heard())
    window.view.form.enter("reply")

    QTest.keyClick(here(), Qt.Key.Key_Return, CONTROL)

    assert desk.asked == [("dispatch",)]
    assert window.view.form.focused_field == "happened"


def test_a_dispatch_without_a_kind_leads_there_before_any_unsure_field(open_window: OpenWindow) -> None:
    state = sample_form.heard()
    assert state.draft is not None
    bare = replace(state.draft, ticket=replace(state.draft.ticket, kind=None))
    window = open_window(replace(state, draft=bare))

    QTest.keyClick(here(), Qt.Key.Key_Return, CONTROL)

    assert window.view.form.focused_field == "kind"


def test_a_dispatch_that_lacks_only_its_unit_leads_to_the_units(open_window: OpenWindow) -> None:
    state = sample_form.heard()
    assert state.draft is not None
    sure = replace(state.draft, unsure=frozenset(), ticket=replace(state.draft.ticket, unit=""))
    window = open_window(replace(state, draft=sure))

    QTest.keyClick(here(), Qt.Key.Key_Return, CONTROL)

    assert here() is window.view.units.filter


def test_one_key_a_field_confirms_what_is_unsure_and_nothing_else(
    real: tuple[fakes.Place, MainWindow],
) -> None:
    around, window = real
    hear(around, place=("幸福路", 0.6), demand=("修好", 0.7), hurt=("无人受伤", 0.95), named_unit=("某物业", 0.5))
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    reached = []

    for key in (Qt.Key.Key_Return, Qt.Key.Key_J, Qt.Key.Key_Return):
        reached.append(window.view.form.focused_field)
        QTest.keyClick(here(), key, CONTROL if key == Qt.Key.Key_J else Qt.KeyboardModifier.NoModifier)

    assert reached == ["place", "named_unit", "demand"]
    assert around.state.draft is not None
    assert around.state.draft.own_fields == {"place", "named_unit", "demand"} and not around.state.draft.unsure


def test_no_command_confirms_more_than_one_field(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    hear(around, place=("幸福路", 0.6), demand=("修好", 0.7), named_unit=("某物业", 0.5))
    most = 0

    for command in ("confirm", "confirm", "take_offer", "to_verified", "to_form", "dispatch", "save"):
        before = len(around.state.draft.unsure) if around.state.draft else 0
        window.view.commands.by_id[command].trigger()
        most = max(most, before - (len(around.state.draft.unsure) if around.state.draft else 0))

    assert most == 1


def test_enter_held_down_confirms_one_field_only(open_window: OpenWindow, desk: RecordingDesk, qtbot: QtBot) -> None:
    window = open_window(sample_form.heard())
    window.view.form.enter("happened")

    for is_repeat in (False, True, True):
        press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_repeat)
        QApplication.sendEvent(line(window, "happened"), press)

    assert desk.asked == [("confirm", "happened")]


def test_enter_confirms_an_unsure_kind_and_an_unsure_confidentiality(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample_form.heard()
    assert state.draft is not None
    window = open_window(replace(state, draft=replace(state.draft, unsure=frozenset({"kind", "is_confidential"}))))
    form = window.view.form

    form.enter("kind")
    QTest.keyClick(form.kind.buttons["complaint"], Qt.Key.Key_Return)
    form.enter("is_confidential")
    QTest.keyClick(form.confidential, Qt.Key.Key_Return)

    assert desk.asked == [("confirm", "kind"), ("confirm", "is_confidential")]


def test_what_is_typed_over_a_heard_line_takes_its_place(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    hear(around, place=("幸福路", 0.6))

    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    QTest.keyClicks(here(), "No 5")

    assert around.state.draft is not None and around.state.draft.ticket.place == "No 5"


def test_words_that_come_in_under_the_cursor_are_never_mixed_with_what_is_typed(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    window.view.form.enter("place")
    hear(around, place=("幸福路", 0.6))
    hear(around, place=("幸福路123号", 0.6))

    QTest.keyClicks(line(window, "place"), "No 5")

    assert around.state.draft is not None and around.state.draft.ticket.place == "No 5"


@pytest.mark.parametrize("name", ["place", "content"])
def test_what_is_being_composed_stands_above_what_is_heard_meanwhile(name: str, real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    field = window.view.form.texts[name]
    window.view.form.enter(name)
    QApplication.sendEvent(field, QInputMethodEvent("jiefang", []))
    hear(around, **{name: ("幸福路", 0.9)})
    committed = QInputMethodEvent("", [])
    committed.setCommitString("解放街")

    QApplication.sendEvent(field, committed)
    hear(around, **{name: ("人民路", 0.95)})

    assert around.state.draft is not None and getattr(around.state.draft.ticket, name) == "解放街"
    assert (field.text() if isinstance(field, LineField) else field.toPlainText()) == "解放街"


def test_a_field_emptied_by_the_agent_stays_empty(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    hear(around, place=("幸福路", 0.6))
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)

    QTest.keyClick(here(), Qt.Key.Key_Delete)
    hear(around, place=("幸福路", 0.95))

    assert around.state.draft is not None and around.state.draft.ticket.place == "" and line(window, "place").text() == ""


def test_what_was_heard_since_stands_beside_a_confirmed_field_and_one_key_takes_it(
    real: tuple[fakes.Place, MainWindow],
) -> None:
    around, window = real
    hear(around, place=("幸福路", 0.6))
    QTest.keyClick(window, Qt.Key.Key_J, CONTROL)
    QTest.keyClick(here(), Qt.Key.Key_Return)
    hear(around, place=("人民路", 0.9))
    beside, kept = window.view.form.heads["place"].words.text(), line(window, "place").text()

    QTest.keyClick(here(), Qt.Key.Key_J, ALT)

    assert ("人民路" in beside, kept, line(window, "place").text()) == (True, "幸福路", "人民路")
    assert not window.view.form.heads["place"].offer.isVisible()


def test_from_elsewhere_the_key_goes_to_the_offer_first(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.looked_at())
    window.view.form.enter("reply")

    QTest.keyClick(here(), Qt.Key.Key_J, ALT)
    reached, asked = window.view.form.focused_field, list(desk.asked)
    QTest.keyClick(here(), Qt.Key.Key_J, ALT)

    assert (reached, asked, desk.asked) == ("happened", [], [("take_offer", "happened")])


def test_what_was_verified_has_its_own_key_and_stands_apart(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(sample_form.heard())

    QTest.keyClick(window, Qt.Key.Key_V, CONTROL | SHIFT)
    QTest.keyClicks(here(), "x")

    form = window.view.form
    assert desk.asked == [("edit", "verified", "x")]
    assert form.heads["verified"].label.text() != form.heads["content"].label.text()
    assert form.texts["verified"].property("role") == "verified"


def test_what_a_kind_wants_and_is_empty_is_pointed_out_and_nothing_is_refused(
    open_window: OpenWindow, desk: RecordingDesk
) -> None:
    window = open_window(sample_form.wanting())

    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)

    assert "still wanted" in window.view.form.heads["place"].words.text()
    assert "Place" in window.view.form.title.text()
    assert desk.asked == [("save",), ("dispatch",)]


def test_no_field_moves_when_words_come_in(open_window: OpenWindow) -> None:
    window = open_window(replace(sample_form.heard(), draft=None))
    form = window.view.form
    QApplication.processEvents()
    before = {name: field.geometry() for name, field in form.fields.items() if name != "is_confidential"}

    for state in (sample_form.heard(), sample_form.looked_at(), sample_form.long_values()):
        window.show_state(state)
        QApplication.processEvents()

    assert {name: field.geometry() for name, field in form.fields.items() if name != "is_confidential"} == before


def test_every_field_is_on_the_screen_at_once_at_1366_by_768(open_window: OpenWindow) -> None:
    window = open_window(sample_form.looked_at())
    QApplication.processEvents()
    area = window.view.form.parent().parent()
    assert isinstance(area, QScrollArea)

    hidden = [name for name, field in window.view.form.fields.items() if field.visibleRegion().boundingRect() != field.rect()]

    assert (hidden, area.verticalScrollBar().maximum()) == ([], 0)


def test_the_form_holds_every_text_of_a_ticket(open_window: OpenWindow) -> None:
    form = open_window(sample.talking()).view.form

    assert set(LONG_TEXTS) == set(form.texts)
    assert all(isinstance(head.label, QLabel) and head.label.buddy() is form.fields[name] for name, head in form.heads.items())


def test_content_grows_before_the_eyes_until_the_agent_types_there(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    content = window.view.form.texts["content"]
    assert isinstance(content, AreaField)
    hear(around, content=("停水。", 0.9))
    hear(around, content=("停水。三天了。", 0.9))
    grown = content.toPlainText()

    content.setFocus()
    QTest.keyClicks(content, "x")
    hear(around, content=("停水。三天了。老人在家。", 0.9))

    assert (grown, content.toPlainText()) == ("停水。三天了。", "停水。三天了。x")


def test_the_kind_of_another_call_is_not_taken_for_sure(real: tuple[fakes.Place, MainWindow]) -> None:
    around, window = real
    around.desk.rules = replace(
        around.desk.rules, propose=lambda _: {"kind": (RequestKind.HELP, (Evidence(Speaker.CALLER, 0, 0, 1, "帮", 0.6),))}
    )
    around.hears("帮帮我")

    assert window.view.form.kind.buttons["help"].isChecked() and window.view.form.heads["kind"].unsure.isVisible()
    assert around.state.transcript != Transcript()


@pytest.mark.parametrize("name", sorted({*sample_form.heard_ticket().evidence, "urgency", "verified"} - {"is_confidential"}))
def test_the_letter_at_each_field_leads_into_it(name: str, open_window: OpenWindow) -> None:
    window = open_window(sample_form.heard())
    form = window.view.form
    form.enter("reply")
    letter = QKeySequence.mnemonic(form.heads[name].label.text())[0].key()  # type: ignore[index]

    QTest.keyClick(here(), letter, ALT)

    assert form.focused_field == name
