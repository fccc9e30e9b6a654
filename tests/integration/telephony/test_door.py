"""Who may ring while the agent does not want to be disturbed, and what an INVITE that asks for an answer is told as."""

import time

import pytest

from app.desk.commands import AddLeg, AnswerCall, DoNotDisturb, LineAccount
from app.desk.events import CallEnded, CallRang, CallRefused, DisturbChanged, LegChanged, LineAttached
from app.domain.call import CallId, LegPurpose, LegStage
from tests.integration.telephony.seat import Seat, way_back
from tests.trunk import Caller, Gateway

LEG = CallId("b" * 32)
OTHER = '"李四" <sip:13900139000@127.0.0.5>'


def undisturbed(seat: Seat, citizen: Caller, *lines: LineAccount) -> None:
    seat.set_up(way_back(citizen), *lines)
    seat.wait_up("practice")
    for line in lines:
        seat.wait_up(line.line)
    seat.send(DoNotDisturb(True, ("119",)))
    assert seat.wait(DisturbChanged).is_undisturbed


def test_a_new_caller_is_refused_as_busy_and_told(seat: Seat, citizen: Caller) -> None:
    undisturbed(seat, citizen)

    talk = citizen.call(seat.sip, "agent")

    refused = seat.wait(CallRefused)
    citizen.wait(lambda known: known is talk and known.is_over)
    assert refused.number == "13800138000"
    assert talk.codes[-1] == 486
    assert not [event for event in seat.events if isinstance(event, CallRang)]


def test_callers_ring_again_once_it_is_off(seat: Seat, citizen: Caller) -> None:
    undisturbed(seat, citizen)
    seat.send(DoNotDisturb(False))
    seat.wait(DisturbChanged, lambda event: not event.is_undisturbed)
    since = seat.count

    citizen.call(seat.sip, "agent")

    assert seat.wait_ring(since).number == "13800138000"


def test_a_new_window_is_told_that_callers_are_refused(seat: Seat, citizen: Caller) -> None:
    undisturbed(seat, citizen)
    seat.detach()
    since = seat.count

    seat.attach()

    assert seat.wait(LineAttached, since=since).is_undisturbed


def test_an_emergency_line_that_calls_back_is_let_through(seat: Seat, citizen: Caller) -> None:
    undisturbed(seat, citizen)

    citizen.call(seat.sip, "agent", "<sip:119@127.0.0.5>")

    assert seat.wait_ring().number == "119"


def test_the_citizen_of_an_emergency_that_goes_on_is_let_through(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    seat.set_up(way_back(citizen), LineAccount("gateway", second_gateway.target, transport="udp"))
    seat.wait_up("practice")
    seat.wait_up("gateway")
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    seat.send(AddLeg(rang.call, LEG, LegPurpose.EMERGENCY, "119", (("gateway", "119"),)))
    seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING)
    seat.send(DoNotDisturb(True))
    seat.wait(DisturbChanged)
    citizen.hang_up(talk)
    seat.wait(CallEnded)
    since = seat.count
    stranger = citizen.call(seat.sip, "agent", OTHER)
    citizen.wait(lambda known: known is stranger and known.is_over)

    citizen.call(seat.sip, "agent")

    assert seat.wait_ring(since).number == "13800138000"
    assert stranger.codes[-1] == 486


@pytest.mark.parametrize(("address", "line"), [("127.0.0.5", "practice"), ("127.0.0.6", "")])
def test_only_the_far_end_of_a_line_is_told_as_that_line(seat: Seat, citizen: Caller, address: str, line: str) -> None:
    seat.set_up(way_back(citizen))
    seat.wait_up("practice")
    stranger = citizen if address == citizen.address else Caller(address)

    stranger.call(seat.sip, "agent", OTHER, "Call-Info: <sip:x>;answer-after=0")

    rang = seat.wait_ring()
    stranger.close()
    assert rang.line == line
    assert rang.headers["Call-Info"] == "<sip:x>;answer-after=0"


def test_a_call_answered_without_a_key_is_answered(seat: Seat, citizen: Caller) -> None:
    seat.set_up(way_back(citizen))
    seat.wait_up("practice")
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()

    seat.send(AnswerCall(rang.call, is_automatic=True))

    seat.wait_answered(rang.call)
    time.sleep(0.8)
    assert not talk.is_over
