"""Top line, call controls and status area."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.state import CallView, DeskState, Leg, LineState
from app.domain.agent import AgentState
from app.domain.call import CallId, CallStage, Direction, LegPurpose, LegStage
from app.domain.notice import Gravity, Notice, NoticeCode
from tests import sample_state as sample
from tests.gui.desk.conftest import OpenWindow
from tests.gui.desk.recording_desk import RecordingDesk
from ui.main_window import MainWindow

LEG = CallId("c" * 32)


def with_number(number: str, raw: str) -> DeskState:
    state = sample.ringing()
    return replace(state, calls=(replace(state.calls[0], number=number, raw_number=raw),))


def held() -> DeskState:
    state = sample.talking()
    return replace(state, calls=(replace(state.calls[0], stage=CallStage.HELD),))


CLICKED = {
    "hang_up": ("hang_up",),
    "hold": ("hold_or_resume",),
    "mute": ("toggle_mute",),
}


@pytest.mark.parametrize(("button", "asked"), CLICKED.items())
def test_each_call_button_does_its_one_thing(button: str, asked: tuple[str], window: MainWindow, desk: RecordingDesk) -> None:
    QTest.mouseClick(window.view.call.buttons[button], Qt.MouseButton.LeftButton)

    assert desk.asked == [asked]


@pytest.mark.parametrize(("button", "asked"), {"answer": ("take",), "reject": ("reject",)}.items())
def test_a_ringing_call_is_answered_or_rejected_by_a_click(
    button: str, asked: tuple[str], open_window: OpenWindow, desk: RecordingDesk
) -> None:
    window = open_window(sample.ringing())

    QTest.mouseClick(window.view.call.buttons[button], Qt.MouseButton.LeftButton)

    assert desk.asked == [asked]


@pytest.mark.parametrize("button", ["save", "dispatch", "answer_on_call", "decline"])
def test_each_ticket_button_does_its_one_thing(button: str, window: MainWindow, desk: RecordingDesk) -> None:
    QTest.mouseClick(window.view.ticket_buttons[button], Qt.MouseButton.LeftButton)

    assert desk.asked == [(button,)]


def test_the_number_is_masked_until_the_agent_asks_for_it(window: MainWindow) -> None:
    masked = window.view.call.caller.text()

    QTest.mouseClick(window.view.call.unmask, Qt.MouseButton.LeftButton)

    assert masked == "1381…00"
    assert window.view.call.caller.text() == "13810245600"
    assert "13810245600" in window.view.agent.caller.text()


def test_the_next_callers_number_is_masked_again(window: MainWindow) -> None:
    window.view.commands.by_id["unmask"].trigger()

    other = CallView(LEG, "13900001111", "", Direction.INCOMING, CallStage.TALKING, sample.NOW - 9, sample.NOW - 5)
    window.show_state(replace(sample.talking(), calls=(other,), focus=LEG))

    assert window.view.call.caller.text() == "1390…11"


@pytest.mark.parametrize(
    ("number", "raw", "shown"),
    [("", "", "no number"), ("", "anonymous", "odd number “anon…us”"), ("", "010/6512", "odd number “010/…12”"),
     ("110", "110", "110")],
)  # fmt: skip
def test_a_number_that_is_none_is_said_to_be_none(number: str, raw: str, shown: str, open_window: OpenWindow) -> None:
    window = open_window(with_number(number, raw))

    assert window.view.call.caller.text() == shown


def test_a_held_call_offers_to_be_resumed(open_window: OpenWindow) -> None:
    window = open_window(held())

    assert window.view.call.buttons["hold"].text() == "Resume F4"
    assert window.view.call.stage.text().startswith("On hold")


def test_a_muted_microphone_is_said_twice_and_in_words(open_window: OpenWindow) -> None:
    state = sample.talking()

    window = open_window(replace(state, headset=replace(state.headset, is_muted=True)))

    assert window.view.agent.headset.text.text() == "MUTED"
    assert window.view.call.buttons["mute"].text() == "Unmute F5"


def test_a_waiting_call_can_be_answered_from_its_line(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.two_calls()
    window = open_window(state)
    other = next(view for view in state.calls if view.call != state.focus)
    row = window.view.call._parties["focus", other.call]

    QTest.mouseClick(row.act, Qt.MouseButton.LeftButton)

    assert desk.asked == [("focus_call", other.call)]
    assert row.text.text().startswith("0108…00 · Ringing")


def test_an_added_party_can_be_ended(open_window: OpenWindow, desk: RecordingDesk) -> None:
    state = sample.talking()
    leg = Leg(LEG, LegPurpose.THREE_WAY, "01065129999", "pbx", LegStage.TALKING, "", state.now - 12)
    window = open_window(replace(state, calls=(replace(state.calls[0], legs=(leg,)),)))

    QTest.keyClick(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)

    assert desk.asked == [("end_leg", LEG)]
    assert window.view.call._parties["end", LEG].text.text() == "+ 01065129999 · on the line 0:12"


def test_rows_of_calls_that_are_gone_go_away(open_window: OpenWindow) -> None:
    window = open_window(sample.two_calls())

    window.show_state(sample.talking())

    assert window.view.call._parties == {}


@pytest.mark.parametrize("state", list(AgentState))
def test_the_agents_state_is_said_with_its_time(state: AgentState, open_window: OpenWindow) -> None:
    window = open_window(replace(sample.IDLE, agent_state=state, state_since=sample.NOW - 3725))

    assert "1:02:05" in window.view.agent.state.text()
    assert window.view.agent.state.icon().isNull() is False


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"pbx": LineState(True)}, "Line up"),
        ({"pbx": LineState(False, 503)}, "Line down"),
        ({"practice": LineState(True)}, "Practice line"),
        ({}, "No line"),
    ],
)
def test_the_line_is_said_in_words(lines: dict[str, LineState], said: str, open_window: OpenWindow) -> None:
    window = open_window(replace(sample.IDLE, lines=lines))

    assert window.view.agent.line.text.text() == said


def test_an_offline_console_says_how_much_waits(open_window: OpenWindow) -> None:
    state = sample.offline()
    window = open_window(state)

    assert window.view.agent.centre.text.text() == f"Offline, {state.sync.waiting} waiting"
    assert f"Not sent: {state.sync.waiting}" in window.view.status.counts.text()
    assert f"Numbers left: {state.sync.numbers_left}" in window.view.status.counts.text()


def test_the_engine_and_model_that_listen_are_named(window: MainWindow) -> None:
    assert window.view.agent.speech.text.text() == "whisper · whisper-base"


def test_no_engine_is_said(open_window: OpenWindow) -> None:
    window = open_window(sample.no_model())

    assert window.view.agent.speech.text.text() == "Nothing listens"


def notices(*codes: NoticeCode, gravity: Gravity = Gravity.WARNING) -> tuple[Notice, ...]:
    return tuple(Notice(code, (), gravity) for code in codes)


def test_the_gravest_notice_stands_first_and_the_rest_behind_a_button(open_window: OpenWindow) -> None:
    said = (
        *notices(NoticeCode.CENTRE_DOWN, NoticeCode.MODEL_MISSING),
        *notices(NoticeCode.PBX_UNREACHABLE, gravity=Gravity.ERROR),
        *notices(NoticeCode.NUMBER_ODD, gravity=Gravity.INFO),
    )
    status = open_window(replace(sample.IDLE, notices=said)).view.status
    shown = [row.sentence.text() for row in status.rows if row.isVisible()]

    QTest.mouseClick(status.more, Qt.MouseButton.LeftButton)

    assert len(shown) == 2
    assert shown[0].startswith("Trouble: ")
    assert len([row for row in status.rows if row.isVisible()]) == 4


def test_what_answers_the_agents_last_step_is_seen_whatever_else_stands_there(open_window: OpenWindow) -> None:
    standing = notices(NoticeCode.PBX_UNREACHABLE, NoticeCode.EMERGENCY_FAILED, NoticeCode.DISK_FULL, gravity=Gravity.ERROR)
    brief = Notice(NoticeCode.TICKET_SAVED, ("260000000017",), Gravity.INFO, standing=False)

    status = open_window(replace(sample.IDLE, notices=(brief, *standing))).view.status

    shown = [row.sentence.text() for row in status.rows if row.isVisible()]
    assert "was not reached" in shown[0] and "260000000017" in shown[1]


def test_a_failed_emergency_call_stands_before_every_other_trouble(open_window: OpenWindow) -> None:
    said = notices(NoticeCode.EMERGENCY_FAILED, NoticeCode.DISK_FULL, NoticeCode.CENTRE_DOWN, gravity=Gravity.ERROR)

    status = open_window(replace(sample.IDLE, notices=said)).view.status

    assert "was not reached" in status.rows[0].sentence.text()


def test_a_notice_is_dismissed_by_its_code(open_window: OpenWindow, desk: RecordingDesk) -> None:
    window = open_window(replace(sample.IDLE, notices=notices(NoticeCode.CENTRE_DOWN)))

    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.view.status.rows[0].dismiss, Qt.Key.Key_Space)

    assert desk.asked == [("dismiss_notice", "centre_down")]


def test_a_quiet_desk_says_that_all_is_well(open_window: OpenWindow) -> None:
    window = open_window(replace(sample.IDLE, notices=notices(NoticeCode.CENTRE_DOWN)))

    window.show_state(sample.IDLE)

    assert window.view.status.quiet.isVisible()
    assert not any(row.isVisible() for row in window.view.status.rows)


def test_a_microphone_that_gives_nothing_is_not_called_well(open_window: OpenWindow) -> None:
    unheard = Notice(NoticeCode.MICROPHONE_SILENT, ("headset",), Gravity.ERROR)

    window = open_window(replace(sample.talking(), notices=(unheard,)))

    assert window.view.agent.headset.text.text() == "Microphone dead"


def test_a_line_pressed_without_a_caller_is_who_is_on_the_line(open_window: OpenWindow) -> None:
    state = sample.emergency_connected()
    alone = replace(state.calls[0], number="", raw_number="", direction=Direction.OUTGOING, stage=CallStage.ENDED)

    window = open_window(replace(state, calls=(alone,)))

    assert window.view.call.caller.text().startswith("119 ")
    assert "on the line" in window.view.call.stage.text()
