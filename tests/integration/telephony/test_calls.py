"""Calls between a telephony process and a real exchange."""

import itertools
import time

import pytest

from app.desk.commands import (
    AnswerCall,
    Dial,
    FocusCall,
    HangUp,
    HoldCall,
    LineAccount,
    MuteMicrophone,
    RejectCall,
    SendDigits,
    TransferBlind,
)
from app.desk.events import CallEnded, CallFocused, CallHeld, CallRang, DigitHeard, LineChanged, MicrophoneMuted, TransferEnded
from app.domain.call import CallId
from tests.exchange import TRUNK, Exchange
from tests.integration.telephony.seat import Seat, caller_voice, level
from tests.trunk import Caller, Gateway

pytestmark = pytest.mark.pbx

OURS = CallId("a" * 32)


def take(seat: Seat, exchange: Exchange, extension: str) -> CallRang:
    """The extension calls us and is answered."""
    since = seat.count
    exchange.ring("1001", extension)
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    return rang


def register(seat: Seat, pbx: LineAccount) -> None:
    seat.set_up(pbx)
    seat.wait_up()


def test_a_seat_registers_with_digest_over_tcp(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    seat.set_up(pbx)

    assert seat.wait_up().code == 200
    contacts = exchange.cli("pjsip show contacts")
    assert "1001/sip:1001@127.0.0.2" in contacts
    assert "transport=tcp" in exchange.cli("pjsip show aor 1001").lower()


def test_a_wrong_password_is_said(seat: Seat, exchange: Exchange) -> None:
    seat.set_up(LineAccount("pbx", exchange.address, "1002", "wrong"))

    refused = seat.wait(LineChanged)
    assert (refused.is_up, refused.code in (401, 403)) == (False, True)


def test_a_refused_registration_is_not_tried_again_within_seconds(seat: Seat, second_gateway: Gateway) -> None:
    seat.set_up(LineAccount("pbx", second_gateway.target, "1002", "wrong", "udp"))
    seat.wait(LineChanged)

    time.sleep(5)

    assert second_gateway.registrations == 1


def test_the_right_password_after_a_wrong_one_registers(seat: Seat, exchange: Exchange) -> None:
    seat.set_up(LineAccount("pbx", exchange.address, "1002", "wrong"))
    seat.wait(LineChanged)

    seat.set_up(LineAccount("pbx", exchange.address, "1002", "pw1002"))

    assert seat.wait_up().code == 200


def test_a_ringing_call_carries_number_and_headers(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    trunk = Caller(TRUNK)
    try:
        trunk.call(exchange.address, "1001", "<sip:13800138000@127.0.0.5>")

        rang = seat.wait_ring()
    finally:
        trunk.close()
    assert rang.number == "13800138000"
    assert rang.headers["User-to-User"].startswith("7469636b6574")
    assert rang.headers["X-Call-ID"]
    assert "13800138000" in rang.headers["P-Asserted-Identity"]
    assert rang.headers["To"] == "1001"


def test_a_caller_who_gives_up_ends_the_ringing(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    trunk = Caller(TRUNK)
    talk = trunk.call(exchange.address, "1001", "<sip:13800138000@127.0.0.5>")
    rang = seat.wait_ring()

    trunk.cancel(talk)

    ended = seat.wait(CallEnded)
    trunk.close()
    assert (ended.call, ended.by) == (rang.call, "caller")


def test_the_tap_hears_the_caller_only(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    take(seat, exchange, "603")

    frames = seat.listen(1.5)

    assert level(caller_voice(frames), 880) > -35
    assert level(caller_voice(frames), 500) < -60
    assert level(b"".join(frame.agent for frame in frames), 880) < -60


def test_tap_frames_are_counted_from_the_answer(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    rang = take(seat, exchange, "603")
    answered = seat.wait_answered(rang.call)

    frames = seat.listen(1.0)

    spans = [frame.at - answered.at for frame in frames]
    assert abs(spans[0] - round(spans[0] / 0.02) * 0.02) < 1e-4
    assert all(abs(later - earlier - 0.02) < 1e-4 for earlier, later in itertools.pairwise(spans))
    assert {frame.call for frame in frames} == {rang.call}


def test_a_rejected_call_ends_by_the_agent(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    exchange.ring("1001", "602")
    rang = seat.wait_ring()

    seat.send(RejectCall(rang.call))

    assert seat.wait(CallEnded).by == "agent"


def test_the_far_end_hanging_up_ends_by_the_caller(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    take(seat, exchange, "602")

    exchange.hang_up_all()

    assert seat.wait(CallEnded).by == "caller"


def test_a_held_call_is_silent_and_comes_back(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    rang = take(seat, exchange, "602")

    seat.send(HoldCall(rang.call, True))
    seat.wait(CallHeld, lambda event: event.is_held)
    held = seat.listen(1.2)
    seat.send(HoldCall(rang.call, False))
    seat.wait(CallHeld, lambda event: not event.is_held)
    time.sleep(0.4)
    back = seat.listen(1.2)

    assert level(caller_voice(held), 440) < -60
    assert level(caller_voice(back), 440) > -35


def test_digits_reach_the_exchange_as_telephone_events(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    seat.send(Dial(OURS, "604"))
    seat.wait_answered(OURS)
    time.sleep(0.5)

    seat.send(SendDigits(OURS, "1190"))

    seat.wait(CallEnded)
    assert (exchange.files / "digits").read_text().strip() == "1190"


def test_digits_of_the_caller_are_heard(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    rang = take(seat, exchange, "602")
    channel = next(line for line in exchange.cli("core show channels concise").splitlines() if line.startswith("PJSIP/1001"))

    exchange.cli(f"channel originate Local/600@agents application SendDTMF 7,250,250,{channel.split('!')[0]}", may_fail=True)

    assert seat.wait(DigitHeard, lambda event: event.call == rang.call).digit == "7"


def test_muting_is_told_back(seat: Seat) -> None:
    seat.send(MuteMicrophone(True))

    assert seat.wait(MicrophoneMuted).is_muted


def test_a_second_call_rings_beside_the_first_and_the_agent_swaps(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    first = take(seat, exchange, "611")
    second = take(seat, exchange, "612")
    assert seat.wait(CallHeld, lambda event: event.call == first.call).is_held
    hears_second = seat.listen(1.2)

    seat.send(FocusCall(first.call))
    since = seat.count
    seat.wait(CallFocused, lambda event: event.call == first.call, since=since - 1)
    time.sleep(0.4)
    hears_first = seat.listen(1.2)

    assert {frame.call for frame in hears_second} == {second.call}
    assert level(caller_voice(hears_second), 1500) > -35
    assert level(caller_voice(hears_second), 500) < -60
    assert {frame.call for frame in hears_first} == {first.call}
    assert level(caller_voice(hears_first), 500) > -35
    assert level(caller_voice(hears_first), 1500) < -60


def test_a_blind_transfer_hands_the_caller_on(seat: Seat, exchange: Exchange, pbx: LineAccount, fire_brigade: Gateway) -> None:
    register(seat, pbx)
    rang = take(seat, exchange, "611")

    seat.send(TransferBlind(rang.call, "119"))

    done = seat.wait(TransferEnded)
    assert (done.is_done, done.target) == (True, "119")
    assert seat.wait(CallEnded).by == "transfer"
    talk = fire_brigade.wait_call("119")
    time.sleep(1.2)
    assert level(fire_brigade.heard(talk), 500, 8000) > -35


def test_a_transfer_to_nobody_is_told_and_keeps_the_call(seat: Seat, exchange: Exchange, pbx: LineAccount) -> None:
    register(seat, pbx)
    rang = take(seat, exchange, "611")

    seat.send(TransferBlind(rang.call, "7777"))

    failed = seat.wait(TransferEnded, patience_s=20)
    assert not failed.is_done
    assert failed.reason
    assert level(caller_voice(seat.listen(1.0)), 500) > -35


def test_a_number_that_does_not_exist_ends_the_call_with_its_code(seat: Seat, pbx: LineAccount) -> None:
    register(seat, pbx)

    seat.send(Dial(OURS, "7/77 abc"))

    ended = seat.wait(CallEnded)
    assert (ended.call, ended.code) == (OURS, 404)


def test_hanging_up_a_call_that_is_gone_says_so_once_more(seat: Seat) -> None:
    seat.send(HangUp(CallId("f" * 32)))

    assert seat.wait(CallEnded).call == "f" * 32
