"""Where the parts of telephony meet: nobody is dropped, held or left alone because two of them act at once."""

import pytest

from app.desk.commands import AddLeg, AnswerCall, Dial, HandOver, HoldCall, StandInQueue, TakeBack
from app.desk.events import CallEnded, LegChanged, LegTried
from app.desk.queue_events import QueueCodeDialled
from app.domain.agent import QueueStanding
from app.domain.call import CallId, LegPurpose, LegStage
from app.telephony import sources
from app.telephony.wiring import COMFORT, EAR, MICROPHONE
from tests.unit.telephony.sip_fake import Board

FIRST, SECOND, THIRD, BACK, CONSULT, LEG = (CallId(letter * 32) for letter in "abcdef")
IN_QUEUE = StandInQueue(QueueStanding.IN, "*45", "*46")


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "attach", lambda *_asked: 2)


def talks(board: Board, call: CallId = FIRST, number: str = "13800000001") -> None:
    board.comes(call, number)
    board.board.obey(AnswerCall(call))
    board.answers(call)


def help_leg(call: CallId = FIRST, hands_over: bool = False) -> AddLeg:
    ways = (("pbx", "119"), ("gateway", "119"))
    return AddLeg(call, LEG, LegPurpose.EMERGENCY, "119", ways, answer_s=10.0, rounds=30, hands_over=hands_over)


def with_help(board: Board, call: CallId = FIRST) -> CallId:
    """The citizen talks with agent and operator; gives the operator's voice."""
    talks(board, call)
    board.board.obey(help_leg(call))
    board.answers(board.last_dialled)
    return board.last_dialled


def both_ways(one: str, other: str) -> set[tuple[str, str]]:
    return {(one, other), (other, one)}


# --- the tap, and with it the recording, ends with its call ---


def test_the_recording_of_a_consult_call_ends_when_the_colleague_hangs_up() -> None:
    board = Board()
    talks(board)
    board.board.obey(Dial(CONSULT, "8002", consult_of=FIRST))
    board.answers(CONSULT)

    board.over(CONSULT)

    assert board.tap.open == {FIRST}


def test_the_recording_of_a_lost_caller_ends_with_the_line_that_outlived_him_though_the_agent_talks_with_another() -> None:
    board = Board()
    operator = with_help(board)
    board.over(FIRST, 408)
    talks(board, SECOND, "13900000002")

    board.over(operator)

    assert board.tap.open == {SECOND}


def test_a_supervision_and_a_consult_are_nobodys_recording() -> None:
    board = Board()
    board.comes(FIRST, "1001", {"X-Supervision": "0" * 32})
    board.board.obey(AnswerCall(FIRST))
    board.answers(FIRST)
    talks(board, SECOND)
    board.board.obey(Dial(CONSULT, "8002", consult_of=SECOND))

    board.answers(CONSULT)

    assert board.tap.recorded == {SECOND}


# --- hand-over ---


def test_a_caller_on_hold_is_taken_back_before_he_is_left_to_the_line() -> None:
    board = Board()
    talks(board)
    board.board.obey(help_leg(hands_over=True))
    board.board.obey(HoldCall(FIRST, True))

    board.answers(board.last_dialled)

    assert both_ways(FIRST, board.last_dialled) <= board.agent.pairs
    assert FIRST not in board.agent.held


def test_taking_a_caller_back_while_another_is_talked_with_never_tears_him_from_the_line() -> None:
    board = Board()
    operator = with_help(board)
    board.board.obey(HandOver(FIRST, LEG))
    talks(board, SECOND, "13900000002")

    board.board.obey(TakeBack(FIRST))

    assert both_ways(FIRST, operator) <= board.agent.pairs
    assert {(MICROPHONE, FIRST), (FIRST, EAR)} <= board.agent.pairs
    assert (MICROPHONE, SECOND) not in board.agent.pairs and SECOND in board.agent.held


# --- calling back ---


def test_a_ring_back_that_cannot_be_dialled_leaves_the_agent_with_the_operator() -> None:
    board = Board()
    operator = with_help(board)
    board.over(FIRST, 408)
    board.agent.refuses = True

    board.board.obey(Dial(BACK, "13800000001", "gateway", takes_over=FIRST))

    assert {(MICROPHONE, operator), (operator, EAR)} <= board.agent.pairs
    assert board.of(CallEnded)[-1].call == BACK


def test_a_ring_back_that_failed_can_be_dialled_again_and_brings_the_operator_along() -> None:
    board = Board()
    operator = with_help(board)
    board.over(FIRST, 408)
    board.agent.refuses = True
    board.board.obey(Dial(BACK, "13800000001", "gateway", takes_over=FIRST))
    board.agent.refuses = False
    board.board.obey(Dial(SECOND, "13800000001", "gateway", takes_over=BACK))

    board.answers(SECOND)

    assert both_ways(SECOND, operator) <= board.agent.pairs


def test_a_call_that_cannot_be_dialled_leaves_the_agent_with_the_caller() -> None:
    board = Board()
    talks(board)
    board.agent.refuses = True

    board.board.obey(Dial(SECOND, "8002"))

    assert FIRST not in board.agent.held and (MICROPHONE, FIRST) in board.agent.pairs


def test_a_lost_citizen_who_calls_again_himself_meets_the_operator_who_stayed_on() -> None:
    board = Board()
    operator = with_help(board)
    board.over(FIRST, 408)

    talks(board, SECOND)

    assert both_ways(SECOND, operator) <= board.agent.pairs
    assert operator not in board.agent.held


def test_the_operator_goes_over_to_the_citizen_who_was_quicker_than_our_ring_back() -> None:
    board = Board()
    operator = with_help(board)
    board.over(FIRST, 408)
    board.board.obey(Dial(BACK, "13800000001", "gateway", takes_over=FIRST))

    talks(board, SECOND)

    assert both_ways(SECOND, operator) <= board.agent.pairs
    assert board.of(LegChanged)[-1].call == SECOND


# --- the few places of the library ---


def test_a_feature_code_leaves_the_places_that_an_emergency_needs() -> None:
    board = Board()
    talks(board, FIRST)
    talks(board, SECOND, "13900000002")
    board.board.obey(IN_QUEUE)
    board.agent.pass_time(1.0)

    board.board.obey(help_leg(SECOND))
    board.agent.pass_time(0.3)

    assert [account for account, _ in board.agent.dialled] == ["pbx.1", "gateway.1"]


def test_a_feature_code_gives_its_place_to_the_second_way_to_help_and_is_dialled_again() -> None:
    board = Board()
    talks(board, FIRST)
    board.board.obey(IN_QUEUE)
    code = board.last_dialled
    talks(board, SECOND, "13900000002")

    board.board.obey(help_leg(SECOND))
    given_way = list(board.agent.hung_up)
    board.over(code, 487, is_ours=True)
    board.agent.pass_time(0.3)

    assert given_way == [code]
    assert [account for account, _ in board.agent.dialled] == ["pbx.1", "pbx.1", "gateway.1"]
    assert not board.of(QueueCodeDialled)


def test_a_feature_code_never_sends_a_ringing_citizen_away() -> None:
    board = Board()
    for call in (FIRST, SECOND, THIRD):
        board.comes(call, f"1380000000{call[0]}")
    board.comes(CONSULT, "13800000009")
    board.agent.ringing = [FIRST, SECOND, THIRD, CONSULT]

    board.board.obey(IN_QUEUE)

    assert board.agent.hung_up == [] and board.agent.dialled == []


def test_a_way_that_gave_no_sign_of_life_is_not_first_again_when_there_is_one_place_only() -> None:
    board = Board()
    for call in (FIRST, SECOND, THIRD):
        talks(board, call, f"1380000000{call[0]}")
    board.board.obey(help_leg(THIRD))
    board.agent.pass_time(31.9)
    dumb = board.last_dialled

    board.over(dumb, 408)
    board.agent.pass_time(12.0)

    assert [account for account, _ in board.agent.dialled] == ["pbx.1", "gateway.1"]
    assert board.of(LegTried)[-1].route == "gateway"


def test_a_waiting_citizen_is_comforted_though_no_place_is_left_for_the_second_way() -> None:
    board = Board()
    for call in (FIRST, SECOND, THIRD):
        talks(board, call, f"1380000000{call[0]}")

    board.board.obey(help_leg(THIRD))
    board.agent.pass_time(20.0)

    assert (COMFORT, THIRD) in board.agent.pairs
    assert [leg.stage for leg in board.of(LegChanged)][-1] is LegStage.DIALLING
