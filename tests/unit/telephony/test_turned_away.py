"""A sentence that was asked for a caller who cannot hear it just now is never told as heard."""

import pytest

from app.desk.commands import HoldCall, StopSound
from app.domain.announcement import SoundEnd
from app.domain.call import CallId
from app.telephony import sources
from app.telephony.announcer import Announcer
from app.telephony.courtesy import Turn
from app.telephony.ports import FRAME_BYTES
from app.telephony.sip_events import Media, MediaChanged
from app.telephony.wiring import ANNOUNCER
from tests.unit.telephony.sip_fake import Board
from tests.unit.telephony.test_switchboard import FIRST, SECOND, help_leg, talks

SENTENCE = [b"\x01\x02" * (FRAME_BYTES // 2)] * 50


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "attach", lambda *_asked: 2)


class Saying:
    """A board whose announcer is pulled as the bridge pulls it, and what it told."""

    def __init__(self) -> None:
        self.ends: list[tuple[str, SoundEnd]] = []
        self.announcer = Announcer(tell=lambda request, how: self.ends.append((request, how)))
        self.board = Board(self.announcer)

    def says(self, call: CallId, request: str = "notice") -> None:
        self.board.board.announce(call, SENTENCE, True, turn=Turn(request, SENTENCE, 8.0, 3))

    def goes_on(self, frames: int = 60) -> None:
        for _ in range(frames):
            self.announcer.pull()


def test_a_notice_over_which_the_caller_is_put_on_hold_was_not_heard() -> None:
    saying = Saying()
    talks(saying.board)
    saying.says(FIRST)
    saying.goes_on(10)

    saying.board.board.obey(HoldCall(FIRST, True))
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.STOPPED)]


def test_a_notice_over_which_the_caller_puts_the_line_on_hold_was_not_heard() -> None:
    saying = Saying()
    talks(saying.board)
    saying.says(FIRST)
    saying.goes_on(10)

    saying.board.agent.held_by_them.add(FIRST)
    saying.board.board.hear(MediaChanged(FIRST, Media.HELD_BY_THEM))
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.STOPPED)]


def test_a_notice_over_which_the_agent_takes_another_call_was_not_heard_and_the_other_caller_hears_nothing_of_it() -> None:
    saying = Saying()
    talks(saying.board)
    saying.says(FIRST)
    saying.goes_on(10)

    talks(saying.board, SECOND, "13900000002")
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.STOPPED)]
    assert not [pair for pair in saying.board.agent.pairs if pair[0] == ANNOUNCER]


def test_a_notice_that_is_asked_for_a_caller_on_hold_is_not_told_as_heard() -> None:
    saying = Saying()
    talks(saying.board)
    saying.board.board.obey(HoldCall(FIRST, True))

    saying.says(FIRST)
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.STOPPED)]


def test_a_sentence_for_a_caller_whom_the_agent_left_with_an_operator_goes_on() -> None:
    saying = Saying()
    talks(saying.board)
    saying.board.board.obey(help_leg())
    saying.board.answers(saying.board.last_dialled)
    saying.says(FIRST)

    talks(saying.board, SECOND, "13900000002")
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.HEARD)]


def test_a_sentence_for_the_agent_alone_goes_on_while_calls_come_and_go() -> None:
    saying = Saying()
    saying.board.board.announce(FIRST, SENTENCE, False, turn=Turn("mine", SENTENCE, 0.0))
    saying.goes_on(10)

    talks(saying.board)
    saying.goes_on()

    assert saying.ends == [("mine", SoundEnd.HEARD)]


def test_what_is_stopped_is_told_once() -> None:
    saying = Saying()
    talks(saying.board)
    saying.says(FIRST)

    saying.board.board.obey(StopSound())
    saying.board.board.obey(HoldCall(FIRST, True))

    assert saying.ends == [("notice", SoundEnd.STOPPED)]


def test_a_stop_meant_for_one_caller_leaves_the_sentence_that_another_is_hearing() -> None:
    saying = Saying()
    talks(saying.board)
    talks(saying.board, SECOND, "13900000002")
    saying.says(SECOND)
    saying.goes_on(10)

    saying.board.board.obey(StopSound(FIRST))
    saying.goes_on()

    assert saying.ends == [("notice", SoundEnd.HEARD)]
