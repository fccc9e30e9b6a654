"""What telephony outlives: a window that dies, an exchange that dies, callers whose numbers are none, its own kill."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.desk.commands import AddLeg, AnswerCall, Dial, LineAccount, MuteMicrophone
from app.desk.events import CallEnded, CallRang, HeadsetChanged, LegChanged, LineAttached, LineChanged
from app.domain.call import CallId, LegPurpose, LegStage
from tests.exchange import Exchange
from tests.integration.telephony.seat import Seat, caller_voice, level, way_back
from tests.trunk import Caller, Gateway

LEG = CallId("b" * 32)


@pytest.mark.pbx
def test_with_the_exchange_killed_in_a_call_119_is_reached_through_the_second_gateway(
    seat: Seat, mortal_exchange: Exchange, second_gateway: Gateway
) -> None:
    pbx = LineAccount("pbx", mortal_exchange.address, "1001", "pw1001")
    seat.set_up(pbx, LineAccount("gateway", second_gateway.target, transport="udp"))
    seat.wait_up()
    mortal_exchange.ring("1001", "602")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    seat.listen(0.6)
    since = seat.count

    mortal_exchange.kill()
    killed = time.perf_counter()

    lost = seat.wait(LineChanged, lambda event: event.line == "pbx" and not event.is_up, since=since)
    ended = seat.wait(CallEnded, since=since)
    assert ended.by == "network"
    assert seat.times[seat.events.index(lost)] - killed < 0.5
    assert seat.times[seat.events.index(ended)] - killed < 3.0
    pressed = time.perf_counter()
    seat.send(AddLeg(rang.call, LEG, LegPurpose.EMERGENCY, "119", (("pbx", "119"), ("gateway", "119"))))
    up = seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING)
    assert up.route == "gateway"
    assert seat.times[seat.events.index(up)] - pressed < 0.5
    assert second_gateway.wait_call("119").is_up


def test_a_citizen_who_was_lost_is_called_back_into_the_emergency_call(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    gateway = LineAccount("gateway", second_gateway.target, transport="udp")
    seat.set_up(way_back(citizen), gateway)
    seat.wait_up("practice")
    citizen.call(seat.sip, "agent", "<sip:13800138000@127.0.0.5>")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    seat.send(AddLeg(rang.call, LEG, LegPurpose.EMERGENCY, "119", (("gateway", "119"),)))
    seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING)
    citizen.close()
    assert seat.wait(CallEnded).by == "network"
    back = CallId("d" * 32)

    seat.send(Dial(back, "13800138000", "gateway"))

    seat.wait_answered(back)
    assert seat.wait(LegChanged, lambda event: event.call == back).stage is LegStage.TALKING
    both = {number: second_gateway.wait_call(number) for number in ("119", "13800138000")}
    time.sleep(1.2)
    assert level(second_gateway.heard(both["119"]), 2300, 8000) > -35
    assert level(second_gateway.heard(both["13800138000"]), 2300, 8000) > -35


@pytest.mark.pbx
def test_a_seat_registers_again_by_itself_when_the_exchange_is_back(seat: Seat, mortal_exchange: Exchange) -> None:
    seat.set_up(LineAccount("pbx", mortal_exchange.address, "1001", "pw1001"))
    seat.wait_up()
    since = seat.count
    mortal_exchange.kill()
    seat.wait(LineChanged, lambda event: not event.is_up, since=since)
    since = seat.count

    mortal_exchange.start()

    assert seat.wait_up(since=since).code == 200


def test_a_flood_of_calls_does_not_bring_the_telephone_down(seat: Seat, citizen: Caller) -> None:
    seat.set_up(way_back(citizen))
    seat.wait_up("practice")
    flood = [citizen.call(seat.sip, "agent") for _ in range(150)]
    seat.wait_ring()
    flood += [citizen.call(seat.sip, "agent") for _ in range(60)]
    end = time.monotonic() + 40
    while any(not talk.is_over for talk in flood):
        assert time.monotonic() < end, "calls of the flood were not ended"
        for talk in flood:
            if not talk.is_over:
                citizen.cancel(talk)
        time.sleep(0.2)

    for _ in range(10):  # while the last of the flood are being cleared away, a call may be told to be busy
        since = seat.count
        talk = citizen.call(seat.sip, "agent", "<sip:13900139000@127.0.0.5>")
        citizen.wait(lambda known: known is talk and (180 in known.codes or known.is_over))  # noqa: B023
        if not talk.is_over:
            break
        time.sleep(0.5)

    seat.wait(CallRang, lambda event: event.number == "13900139000", since=since)


def test_no_exchange_at_all_is_said_within_three_seconds(seat: Seat) -> None:
    seat.set_up(LineAccount("pbx", "127.0.0.4:15999", "1001", "pw1001"))

    refused = seat.wait(LineChanged, patience_s=3)

    assert (refused.line, refused.is_up) == ("pbx", False)
    assert refused.reason


def test_an_address_that_is_not_ours_is_said_and_the_process_lives(seat: Seat) -> None:
    seat.set_up(LineAccount("pbx", "127.0.0.4:15999", "1001", "pw1001"), address="192.0.2.1")

    refused = seat.wait(LineChanged)

    assert not refused.is_up
    assert "192.0.2.1" in refused.reason


def test_a_window_that_comes_back_finds_the_call_as_it_was(seat: Seat, citizen: Caller) -> None:
    seat.set_up()
    talk = citizen.call(seat.sip, "agent", "<sip:13800138000@127.0.0.5>", "User-to-User: 74;encoding=hex")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    answered = seat.wait_answered(rang.call)
    seat.send(MuteMicrophone(True))
    seat.detach()
    without = seat.listen(0.6)
    since = seat.count

    seat.attach()

    attached = seat.wait(LineAttached, since=since)
    assert seat.events[since] == attached
    kept = attached.calls[0]
    assert (kept.call, kept.number, kept.answered_at, kept.is_held) == (rang.call, "13800138000", answered.at, False)
    assert kept.headers["User-to-User"] == "74;encoding=hex"
    assert (attached.focus, attached.is_muted) == (rang.call, True)
    assert not seat.wait(HeadsetChanged, since=since).is_working
    assert level(caller_voice(without), 700) > -35
    assert not talk.is_over


def test_a_window_that_comes_while_it_rings_sees_it_ring(seat: Seat, citizen: Caller) -> None:
    seat.set_up()
    citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.detach()
    since = seat.count

    seat.attach()

    kept = seat.wait(LineAttached, since=since).calls[0]
    assert (kept.call, kept.answered_at) == (rang.call, 0.0)


def test_a_killed_process_leaves_nothing_that_stops_the_next(tmp_path: Path, citizen: Caller) -> None:
    first = Seat(tmp_path)
    first.attach()
    first.set_up()
    citizen.call(first.sip, "agent")
    first.wait_ring()
    os.kill(first.process.pid, signal.SIGKILL)
    first.end()

    second = Seat(tmp_path)
    second.attach()
    second.set_up()
    citizen.call(second.sip, "agent")

    rang = second.wait_ring()
    assert second.end() == 0
    assert isinstance(rang, CallRang)


def test_the_end_of_the_process_hangs_up_properly(tmp_path: Path, citizen: Caller) -> None:
    seat = Seat(tmp_path)
    seat.attach()
    seat.set_up()
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)

    code = seat.end()

    assert code == 0
    assert citizen.wait(lambda known: known.is_over) is talk


def test_ending_while_a_silent_peer_still_owes_an_answer_is_clean(tmp_path: Path, gateways: Callable[..., Gateway]) -> None:
    silent = gateways("127.0.0.7", manner="silent")
    seat = Seat(tmp_path)
    seat.attach()
    seat.set_up(LineAccount("gateway", silent.target, transport="udp"), LineAccount("pbx", silent.target, "u", "p", "udp"))
    time.sleep(0.3)

    code = seat.end()

    assert code == 0, seat.log


def test_the_launcher_ending_ends_telephony(seat: Seat) -> None:
    seat.process.terminate()

    assert seat.process.wait(5) == 0


@pytest.mark.parametrize(
    ("sender", "asserted", "number"),
    [
        ('"x" <sip:138/0013*8000@127.0.0.5>', "", "138/0013*8000"),
        ("<sip:anonymous@anonymous.invalid>", "", "anonymous"),
        ("<sip:127.0.0.5>", "", ""),
        ("<sip:1%2F2%23@127.0.0.5>", "", "1/2#"),
        ("<sip:anonymous@127.0.0.5>", "<tel:+8613800138000>", "+8613800138000"),
        ("<sip:1@127.0.0.5>", '"张 三" <sip:010-6655-abc@x;user=phone>', "010-6655-abc"),
        ("<sip:1@127.0.0.5>", "\udcd5\udcc5 <sip:2@x>", "2"),
        ("<sip:1@127.0.0.5>", "garbage", "1"),
        (f"<sip:{'9' * 300}@127.0.0.5>", "", "9" * 300),
    ],
)
def test_any_number_rings_as_the_network_said_it(seat: Seat, citizen: Caller, sender: str, asserted: str, number: str) -> None:
    seat.set_up()
    extra = [f"P-Asserted-Identity: {asserted}"] if asserted else []

    citizen.call(seat.sip, "agent", sender, *extra)

    assert seat.wait_ring().number == number
