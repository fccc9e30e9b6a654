"""Do not disturb, auto-answer by policy, redial."""

import pytest

from app.desk.commands import AnswerCall, Dial, DoNotDisturb, LineAccount
from app.desk.events import CallRang, CallRefused, DisturbChanged, LineAttached, ProcessFound, StoreOpened, Ticked
from app.domain.agent import AgentState
from app.domain.auto_answer import asked_delay_s
from app.domain.call import NO_CALL, Direction
from app.domain.notice import NoticeCode
from tests.fakes import FIRST, SECOND, Place

PBX = (LineAccount("pbx", "10.0.0.2:5060", "1001"),)
ASKS = {"Call-Info": "<sip:pbx>;answer-after=0"}


def ready(**policy: object) -> Place:
    place = Place(accounts=PBX, **policy)
    place.desk.become(AgentState.READY)
    place.line.sent.clear()
    return place


@pytest.mark.parametrize(
    ("headers", "delay_s"),
    [
        ({"Call-Info": "<sip:x>;answer-after=0"}, 0.0),
        ({"Call-Info": "<sip:x>; Answer-After=3"}, 3.0),
        ({"Alert-Info": "<http://127.0.0.1>;info=alert-autoanswer;delay=2"}, 2.0),
        ({"Alert-Info": "Auto Answer"}, 0.0),
        ({"Alert-Info": "ring-answer"}, 0.0),
        ({"Alert-Info": "<http://10.0.0.2/ring.wav>"}, None),
        ({"Call-Info": "<http://10.0.0.2/icon.png>;purpose=icon"}, None),
        ({}, None),
    ],
)
def test_an_exchange_asks_for_an_answer_in_one_of_several_ways(headers: dict[str, str], delay_s: float | None) -> None:
    assert asked_delay_s(headers) == delay_s


def test_a_call_that_asks_for_it_is_answered_with_a_beep_where_the_site_allows() -> None:
    place = ready(auto_answer="asked")

    place.desk.handle(CallRang(FIRST, "13800000001", "", ASKS, 1000.0, "pbx"))

    assert place.line.of(AnswerCall) == [AnswerCall(FIRST, is_automatic=True)]


@pytest.mark.parametrize(
    ("policy", "headers", "line"),
    [("never", ASKS, "pbx"), ("asked", {}, "pbx"), ("asked", ASKS, ""), ("asked", ASKS, "own")],
)
def test_nothing_else_opens_the_microphone(policy: str, headers: dict[str, str], line: str) -> None:
    place = ready(auto_answer=policy)

    place.desk.handle(CallRang(FIRST, "13800000001", "", headers, 1000.0, line))

    assert not place.line.of(AnswerCall)


def test_a_call_is_not_answered_by_itself_while_the_agent_is_not_ready_or_talks() -> None:
    busy, talking = ready(auto_answer="always"), ready(auto_answer="always")
    busy.desk.become(AgentState.BUSY)
    talking.talks()
    talking.line.sent.clear()

    busy.rings()
    talking.rings(SECOND, "13900000002")

    assert not busy.line.of(AnswerCall)
    assert not talking.line.of(AnswerCall)


def test_the_exchange_may_ask_for_an_answer_after_some_seconds() -> None:
    place = ready(auto_answer="asked")
    place.desk.handle(CallRang(FIRST, "13800000001", "", {"Call-Info": "<sip:x>;answer-after=3"}, 1000.0, "pbx"))
    place.desk.handle(Ticked(1002.0))
    before = place.line.of(AnswerCall)

    place.desk.handle(Ticked(1003.0))

    assert before == []
    assert place.line.of(AnswerCall) == [AnswerCall(FIRST, is_automatic=True)]


def test_do_not_disturb_lets_emergency_lines_through_and_follows_what_telephony_says() -> None:
    place = Place()

    place.desk.toggle_undisturbed()
    asked = place.line.of(DoNotDisturb)[0]
    place.desk.handle(DisturbChanged(True))
    place.desk.toggle_undisturbed()

    assert (asked.is_on, "119" in asked.let_through) == (True, True)
    assert [sent.is_on for sent in place.line.of(DoNotDisturb)] == [True, False]


def test_a_refused_caller_is_written_down_as_one_who_rang_in_vain() -> None:
    place = Place()

    place.desk.handle(CallRefused(FIRST, "13800000001", "", {}, 1000.0))

    record = place.store.calls[0]
    assert (record.number, record.direction, record.answered_at) == ("13800000001", Direction.INCOMING, 0.0)
    assert [notice.code for notice in place.state.notices] == [NoticeCode.CALL_REFUSED]
    assert "13800000001" not in place.state.notices[0].values


def test_a_telephone_that_was_started_anew_is_told_again_not_to_disturb() -> None:
    place = Place()
    place.desk.handle(DisturbChanged(True))

    place.desk.handle(ProcessFound("telephony"))

    assert [sent.is_on for sent in place.line.of(DoNotDisturb)] == [True]


def test_a_new_window_shows_that_callers_are_refused() -> None:
    place = Place()

    place.desk.handle(LineAttached((), (), NO_CALL, False, is_undisturbed=True))

    assert place.state.is_undisturbed


def test_redial_calls_the_number_that_was_dialled_last_and_keeps_it_for_the_next_start() -> None:
    place = Place()
    place.desk.dial("010-8812 3456")

    place.desk.redial()

    assert [sent.number for sent in place.line.of(Dial)] == ["01088123456", "01088123456"]
    assert place.store.last_dialled == "01088123456"


def test_redial_works_after_a_restart_of_the_window() -> None:
    place = Place()
    place.desk.handle(StoreOpened("8001", AgentState.READY, 1.0, 5, (), (), "01088123456"))

    place.desk.redial()

    assert [sent.number for sent in place.line.of(Dial)] == ["01088123456"]


def test_an_emergency_number_is_not_kept_for_redial() -> None:
    place = Place()

    place.desk.dial("119")

    assert place.store.last_dialled == ""
