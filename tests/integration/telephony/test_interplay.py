"""Parts of telephony that act at once, with the real library: its four places, holds, hand-overs, a citizen who calls again."""

import time
from collections.abc import Callable

from app.desk.commands import AddLeg, AnswerCall, Dial, FocusCall, HandOver, HangUp, HoldCall, LineAccount, TakeBack
from app.desk.events import CallEnded, CallRang, LegChanged
from app.domain.call import CallId, HandOverStep, LegPurpose, LegStage
from tests.integration.telephony.seat import Seat, caller_voice, level
from tests.integration.telephony.test_emergency_routing import LOUD, QUIET, handed, help_leg, step
from tests.integration.telephony.test_further_parties import LEG, stage, take, way
from tests.trunk import Caller, Gateway

CONSULT = CallId("d" * 32)
OTHER = '"李四" <sip:13900139000@127.0.0.6>'


def take_another(seat: Seat, other: Caller) -> CallRang:
    """A second citizen is talked with; the first waits."""
    since = seat.count
    other.call(seat.sip, "agent", OTHER)
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang


def test_with_every_place_taken_a_colleague_gives_way_to_the_second_way_to_119(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    dumb, alive = gateways("127.0.0.7", manner="silent"), gateways("127.0.0.8", pitch=2300)
    rang, talk = take(seat, citizen, LineAccount("pbx", dumb.target, transport="udp"), way(alive))
    other = Caller("127.0.0.6", pitch=1100)
    try:
        take_another(seat, other)
        seat.send(FocusCall(rang.call))
        seat.send(Dial(CONSULT, "8002", "gateway", rang.call))
        seat.wait_answered(CONSULT)
        pressed = time.perf_counter()

        seat.send(AddLeg(rang.call, LEG, LegPurpose.EMERGENCY, "119", (("pbx", "119"), ("gateway", "119")), 250, answer_s=10.0))

        up = stage(seat, LegStage.TALKING)
        took_s = seat.times[seat.events.index(up)] - pressed
        time.sleep(1.2)
        assert up.route == "gateway" and took_s < 1.0
        assert seat.wait(CallEnded).call == CONSULT
        assert level(citizen.heard(talk), 2300, 8000) > LOUD
    finally:
        other.close()


def test_a_citizen_who_calls_again_is_with_the_line_that_stayed_on(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)
    citizen.hang_up(talk)
    seat.wait(CallEnded)
    since = seat.count

    again = citizen.call(seat.sip, "agent")
    seat.send(AnswerCall(seat.wait_ring(since).call))
    citizen.wait(lambda known: known is again and known.is_up)
    time.sleep(1.2)

    assert level(citizen.heard(again), second_gateway.pitch, 8000) > LOUD
    assert level(second_gateway.heard(second_gateway.wait_call("119")), citizen.pitch, 8000) > LOUD


def test_a_citizen_on_hold_is_not_left_to_the_line_on_hold(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)
    seat.send(HoldCall(rang.call, True))

    seat.send(HandOver(rang.call, LEG, 3.0))

    step(seat, HandOverStep.TOGETHER)
    time.sleep(1.5)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > LOUD
    assert level(second_gateway.heard(second_gateway.wait_call("119")), citizen.pitch, 8000) > LOUD


def test_a_citizen_is_taken_back_from_the_midst_of_another_call(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    call, talk, there = handed(seat, citizen, second_gateway)
    other = Caller("127.0.0.6", pitch=1100)
    try:
        take_another(seat, other)

        seat.send(TakeBack(call))

        step(seat, HandOverStep.TAKEN_BACK)
        frames = seat.listen(1.5)
        assert level(caller_voice(frames), citizen.pitch) > LOUD
        assert level(caller_voice(frames), 1100) < QUIET
        assert level(citizen.heard(talk), second_gateway.pitch, 8000) > LOUD
        assert level(second_gateway.heard(there), citizen.pitch, 8000) > LOUD
    finally:
        other.close()


def test_who_stays_is_heard_on_after_an_added_party_was_let_go(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    """The library disconnects a voice from everybody when it is parted from a party that has just been taken away."""
    rang, _ = take(seat, citizen, way(second_gateway))
    for number in range(3):
        since = seat.count
        leg = CallId(f"{number + 1:032x}")
        seat.send(AddLeg(rang.call, leg, LegPurpose.THREE_WAY, "8002", (("gateway", "8002"),), 250))
        seat.wait(LegChanged, lambda event: event.leg == leg and event.stage is LegStage.TALKING, since=since)  # noqa: B023
        time.sleep(0.3)

        seat.send(HangUp(leg))

        seat.wait(LegChanged, lambda event: event.leg == leg and event.stage is LegStage.ENDED, since=since)  # noqa: B023
        time.sleep(0.3)
        assert level(caller_voice(seat.listen(1.0)), 700) > LOUD
