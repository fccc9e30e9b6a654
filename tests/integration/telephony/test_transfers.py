"""Consult, attended transfer, joining and parking: two agents and a caller on a real exchange, and parties that refuse."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk.commands import (
    AnswerCall,
    Dial,
    FocusCall,
    HangUp,
    JoinCalls,
    LineAccount,
    ParkCall,
    SendDigits,
    TransferAttended,
)
from app.desk.events import Bonds, CallEnded, CallFocused, CallHeld, CallRang, CallsBound, LineAttached, TransferEnded
from app.domain.call import NO_CALL, CallId
from tests.exchange import SLOT, Exchange, ExchangePlan, why_not
from tests.integration.telephony.seat import Seat, caller_voice, level, way_back
from tests.trunk import Caller, Gateway, Talk

CONSULT, BACK = CallId("c" * 32), CallId("d" * 32)


def take(seat: Seat, citizen: Caller, *lines: LineAccount) -> tuple[CallRang, Talk]:
    """A citizen calls straight into the seat and is answered."""
    seat.set_up(way_back(citizen), *lines)
    seat.wait_up("practice")
    for line in lines:
        seat.wait_up(line.line)
    since = seat.count
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    citizen.wait(lambda known: known is talk and known.is_up)
    return rang, talk


def take_from_exchange(seat: Seat, exchange: Exchange, extension: str) -> CallId:
    """The extension calls us through the exchange and is answered."""
    since = seat.count
    exchange.ring("1001", extension)
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang.call


def ask(seat: Seat, caller: CallId, number: str, line: str) -> None:
    """Consults somebody about the caller."""
    seat.send(Dial(CONSULT, number, line, caller))
    seat.wait_answered(CONSULT)


def way(gateway: Gateway) -> LineAccount:
    return LineAccount("gateway", gateway.target, transport="udp")


def bound(seat: Seat, fits: Callable[[Bonds], bool], since: int = 0) -> Bonds:
    return seat.wait(CallsBound, lambda event: fits(event.bonds), since=since).bonds


def ended(seat: Seat, call: CallId) -> CallEnded:
    return seat.wait(CallEnded, lambda event: event.call == call)


@pytest.fixture
def second_seat(tmp_path: Path) -> Iterator[Seat]:
    """Another agent's telephone."""
    folder = tmp_path / "second"
    folder.mkdir()
    seat = Seat(folder)
    try:
        seat.attach()
        yield seat
    finally:
        code = seat.end()
    assert code == 0, seat.log


# --- consulting ---


def test_while_somebody_is_consulted_the_caller_waits_with_a_tone_and_hears_nothing_of_it(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))

    ask(seat, rang.call, "8002", "gateway")

    assert seat.wait(CallHeld).is_held
    time.sleep(5.0)
    asked = second_gateway.wait_call("8002")
    assert level(citizen.heard(talk, 4.4), 392, 8000) > -60  # the hold tone
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) < -70
    assert level(second_gateway.heard(asked), citizen.pitch, 8000) < -70


def test_who_is_consulted_is_bound_to_the_caller_and_a_new_window_is_told(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, _ = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")
    seat.detach()
    since = seat.count

    seat.attach()

    attached = seat.wait(LineAttached, since=since)
    assert attached.bonds.consults == ((CONSULT, rang.call),)
    assert attached.focus == CONSULT


def test_ending_the_consult_brings_the_agent_back_to_the_caller(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")
    since = seat.count

    seat.send(HangUp(CONSULT))

    assert seat.wait(CallFocused, since=since).call == rang.call
    assert not seat.wait(CallHeld, since=since).is_held
    assert not talk.is_over
    time.sleep(0.8)
    assert level(caller_voice(seat.listen(1.0)), citizen.pitch) > -35


def test_a_consulted_party_that_is_busy_gives_the_caller_back_at_once(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    rang, _ = take(seat, citizen, way(gateways("127.0.0.8", manner="486 Busy Here")))
    since = seat.count

    seat.send(Dial(CONSULT, "8002", "gateway", rang.call))

    assert seat.wait(CallEnded, since=since).call == CONSULT
    seat.wait(CallHeld, lambda event: event.call == rang.call and not event.is_held, since=since)
    assert bound(seat, lambda bonds: not bonds.consults, since) == Bonds()


def test_the_agent_swaps_between_the_caller_and_the_consulted_party(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")
    since = seat.count

    seat.send(FocusCall(rang.call))

    seat.wait(CallHeld, lambda event: event.call == CONSULT and event.is_held, since=since)
    seat.wait(CallHeld, lambda event: event.call == rang.call and not event.is_held, since=since)
    time.sleep(0.8)
    assert level(caller_voice(seat.listen(1.0)), citizen.pitch) > -35
    assert not talk.is_over


@pytest.mark.pbx
def test_tones_reach_the_consulted_party(seat: Seat, exchange: Exchange, pbx: LineAccount, citizen: Caller) -> None:
    rang, _ = take(seat, citizen, pbx)
    ask(seat, rang.call, "604", "pbx")

    seat.send(SendDigits(CONSULT, "1379"))

    seat.wait(CallEnded, lambda event: event.call == CONSULT)
    assert (exchange.files / "digits").read_text().strip() == "1379"


# --- joining ---


def test_joined_calls_hear_each_other_and_the_agent(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")

    seat.send(JoinCalls(rang.call, (CONSULT,)))

    bound(seat, lambda bonds: bonds.rooms == (tuple(sorted((rang.call, CONSULT))),))
    time.sleep(2.0)
    asked = second_gateway.wait_call("8002")
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35
    assert level(second_gateway.heard(asked), citizen.pitch, 8000) > -35
    frames = seat.listen(1.0)
    assert level(caller_voice(frames), citizen.pitch) > -35
    assert level(caller_voice(frames), second_gateway.pitch) < -60  # the tap is the citizen's alone


def test_joined_parties_go_on_talking_while_the_agent_answers_another_caller(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")
    seat.send(JoinCalls(rang.call, (CONSULT,)))
    bound(seat, lambda bonds: bool(bonds.rooms))
    since = seat.count
    later = citizen.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.5>')

    seat.send(AnswerCall(seat.wait_ring(since).call))

    citizen.wait(lambda known: known is later and known.is_up)
    time.sleep(2.0)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35
    assert level(citizen.heard(later), second_gateway.pitch, 8000) < -50


def test_two_callers_do_not_hear_each_other_unless_they_are_joined(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    first, talk = take(seat, citizen)
    other = Caller("127.0.0.6", pitch=1100)
    since = seat.count
    later = other.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.6>')
    second = seat.wait_ring(since)
    seat.send(AnswerCall(second.call))
    other.wait(lambda known: known.is_up)
    time.sleep(1.5)
    apart = level(citizen.heard(talk), 1100, 8000)

    seat.send(JoinCalls(first.call, (second.call,)))

    time.sleep(2.0)
    together = level(citizen.heard(talk), 1100, 8000)
    other.close()
    assert apart < -60
    assert together > -35
    assert not later.is_over


def test_who_stays_of_joined_parties_is_talked_with(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")
    seat.send(JoinCalls(rang.call, (CONSULT,)))
    seat.wait(CallHeld, lambda event: event.call == rang.call and not event.is_held)
    since = seat.count

    citizen.hang_up(talk)

    assert seat.wait(CallEnded, since=since).call == rang.call
    assert seat.wait(CallFocused, since=since).call == CONSULT
    assert bound(seat, lambda bonds: not bonds.rooms, since).consults == ()


# --- attended transfer ---


@pytest.mark.pbx
def test_an_attended_transfer_joins_the_far_ends_and_frees_the_agent(
    seat: Seat, exchange: Exchange, pbx: LineAccount, second_seat: Seat
) -> None:
    seat.set_up(pbx)
    seat.wait_up()
    second_seat.set_up(LineAccount("pbx", exchange.address, "1002", "pw1002"), address="127.0.0.3")
    second_seat.wait_up()
    caller = take_from_exchange(seat, exchange, "602")
    seat.send(Dial(CONSULT, "1002", "pbx", caller))
    colleague = second_seat.wait_ring().call
    second_seat.send(AnswerCall(colleague))
    seat.wait_answered(CONSULT)

    seat.send(TransferAttended(caller, CONSULT))

    done = seat.wait(TransferEnded)
    assert (done.is_done, done.other) == (True, CONSULT)
    by = {event.call: event.by for event in (ended(seat, caller), ended(seat, CONSULT))}
    assert by == {caller: "transfer", CONSULT: "transfer"}
    time.sleep(1.0)
    assert level(caller_voice(second_seat.listen(1.2)), 440) > -35
    assert not [event for event in second_seat.events if isinstance(event, CallEnded)]


def test_an_attended_transfer_that_is_refused_is_told_and_leaves_both_calls_up(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    ask(seat, rang.call, "8002", "gateway")

    seat.send(TransferAttended(rang.call, CONSULT))

    refused = seat.wait(TransferEnded)
    assert (refused.is_done, refused.other, refused.target, refused.reason[:3]) == (False, CONSULT, "8002", "501")
    assert not talk.is_over
    assert not second_gateway.wait_call("8002").is_over


def test_a_transfer_without_a_consult_call_is_refused_here(seat: Seat, citizen: Caller) -> None:
    rang, talk = take(seat, citizen)

    seat.send(TransferAttended(rang.call, CONSULT))

    assert not seat.wait(TransferEnded).is_done
    assert not talk.is_over


# --- parking ---


@pytest.fixture
def parking() -> Iterator[Exchange]:
    """An exchange of its own that parks at 700 and writes the place to the agent who parked."""
    if why_not():
        pytest.skip(why_not())
    extra = {
        "res_parking.conf": "[general]\n[default]\nparkext => 700\nparkpos => 701-720\ncontext => parkedcalls\n"
        "parkingtime => 300\ncomebacktoorigin = yes\n",
        "extensions.conf": "[agents]\ninclude => parkedcalls\n"
        "exten => 799,1,Set(PARKINGEXTEN=707)\n same => n,Set(MESSAGE(body)=parked at 707)\n"
        " same => n,MessageSend(pjsip:${CUT(CUT(BLINDTRANSFER,-,1),/,2)})\n same => n,Park()\n",
    }
    plan = ExchangePlan(f"127.0.{SLOT}.14", rtp_first=31500, rtp_last=31700, name=f"{SLOT}-parking", extra=extra)
    with Exchange(plan) as exchange:
        yield exchange


@pytest.mark.pbx
def test_a_caller_parked_in_the_exchange_is_taken_back_by_dialling_the_place(seat: Seat, parking: Exchange) -> None:
    seat.set_up(LineAccount("pbx", parking.address, "1001", "pw1001"))
    seat.wait_up()
    caller = take_from_exchange(seat, parking, "602")

    seat.send(ParkCall(caller, "700"))

    done = seat.wait(TransferEnded)
    assert (done.is_done, done.is_park) == (True, True)
    away = bound(seat, lambda bonds: bool(bonds.away)).away[0]
    assert (away.call, away.slot) == (caller, "")
    assert seat.wait(CallEnded, patience_s=15).by == "transfer"
    since = seat.count
    seat.send(Dial(BACK, "701", "pbx", takes_back=caller))
    seat.wait_answered(BACK)
    assert bound(seat, lambda bonds: not bonds.away, since)
    time.sleep(1.0)
    assert level(caller_voice(seat.listen(1.2)), 440) > -35


@pytest.mark.pbx
def test_the_exchange_writes_where_it_parked_a_caller(seat: Seat, parking: Exchange) -> None:
    seat.set_up(LineAccount("pbx", parking.address, "1001", "pw1001"))
    seat.wait_up()
    caller = take_from_exchange(seat, parking, "602")
    parked_at = time.monotonic()

    seat.send(ParkCall(caller, "799"))

    away = bound(seat, lambda bonds: any(away.slot for away in bonds.away)).away
    assert [(known.call, known.slot) for known in away] == [(caller, "707")]
    assert seat.wait(CallEnded).by == "transfer"
    assert time.monotonic() - parked_at < 3.0  # nothing more is to be heard: the agent is free
    assert "707" in parking.cli("parking show default")


def test_a_caller_parked_here_waits_while_another_is_talked_with_and_comes_back(seat: Seat, citizen: Caller) -> None:
    rang, talk = take(seat, citizen)

    seat.send(ParkCall(rang.call))

    assert bound(seat, lambda bonds: bool(bonds.parked)).parked == (rang.call,)
    seat.wait(CallFocused, lambda event: event.call == NO_CALL)
    since = seat.count
    seat.send(FocusCall(rang.call))
    assert bound(seat, lambda bonds: not bonds.parked, since) == Bonds()
    seat.wait(CallHeld, lambda event: not event.is_held, since=since)
    assert not talk.is_over


def test_a_parking_that_the_exchange_refuses_keeps_the_caller(seat: Seat, citizen: Caller) -> None:
    rang, talk = take(seat, citizen)

    seat.send(ParkCall(rang.call, "700"))

    refused = seat.wait(TransferEnded)
    assert (refused.is_done, refused.is_park) == (False, True)
    assert not talk.is_over
