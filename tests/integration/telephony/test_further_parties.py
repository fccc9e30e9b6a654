"""Three-way calls and the way to the emergency lines, as long as the exchange lives."""

import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.desk.commands import AddLeg, AnswerCall, HangUp, LineAccount, PlaySound, TransferBlind
from app.desk.events import CallEnded, CallFocused, CallHeld, CallRang, LegChanged, Noticed, TransferEnded
from app.domain.call import NO_CALL, CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from tests.exchange import Exchange
from tests.integration.telephony.seat import Seat, agent_voice, caller_voice, level, way_back
from tests.trunk import Caller, Gateway, Talk

LEG = CallId("b" * 32)


def take(seat: Seat, citizen: Caller, *lines: LineAccount) -> tuple[CallRang, Talk]:
    """A citizen calls straight into the seat and is answered."""
    seat.set_up(way_back(citizen), *lines)
    seat.wait_up("practice")
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    citizen.wait(lambda known: known.is_up)
    return rang, talk


def stage(seat: Seat, wanted: LegStage, patience_s: float = 10.0) -> LegChanged:
    return seat.wait(LegChanged, lambda event: event.stage is wanted, patience_s)


def way(gateway: Gateway) -> LineAccount:
    return LineAccount("gateway", gateway.target, transport="udp")


def emergency(call: CallId, *targets: tuple[str, str], leg: CallId = LEG) -> AddLeg:
    return AddLeg(call, leg, LegPurpose.EMERGENCY, "119", targets, 250, {"X-Ticket": "T1\r\nInjected: 1"})


@pytest.mark.pbx
def test_all_three_hear_each_other_and_the_exchange_records_it(
    seat: Seat, exchange: Exchange, pbx: LineAccount, citizen: Caller
) -> None:
    rang, talk = take(seat, citizen, pbx)
    seat.wait_up()

    seat.send(AddLeg(rang.call, LEG, LegPurpose.THREE_WAY, "9603", (("pbx", "9603"),), 20_000))

    stage(seat, LegStage.TALKING)
    time.sleep(2.5)
    assert level(citizen.heard(talk), 880, 8000) > -35
    seat.send(HangUp(rang.call))
    stage(seat, LegStage.ENDED)
    time.sleep(0.5)
    recorded, rate = _recorded(exchange.files / "rec-rx.wav")
    assert level(recorded, 700, rate) > -40


def _recorded(path: Path) -> tuple[bytes, int]:
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        return file.readframes(file.getnframes())[-rate * 4 :], rate


@pytest.mark.pbx
def test_an_emergency_line_comes_in_through_the_exchange(
    seat: Seat, exchange: Exchange, pbx: LineAccount, citizen: Caller, fire_brigade: Gateway, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, pbx, way(second_gateway))
    seat.wait_up()

    seat.send(emergency(rang.call, ("pbx", "119"), ("gateway", "119")))

    up = stage(seat, LegStage.TALKING)
    assert (up.call, up.leg, up.route, up.line) == (rang.call, LEG, "pbx", "119")
    there = fire_brigade.wait_call("119")
    frames = seat.listen(1.3)
    assert level(citizen.heard(talk), 1900, 8000) > -35
    assert level(fire_brigade.heard(there), 700, 8000) > -35
    assert level(caller_voice(frames), 700) > -35
    assert level(caller_voice(frames), 1900) < -60
    assert not second_gateway.talks


def test_a_silent_first_way_makes_the_second_be_tried_after_the_patience(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    dead, alive = gateways("127.0.0.7", manner="silent"), gateways("127.0.0.8", pitch=2300)
    rang, talk = take(seat, citizen, LineAccount("pbx", dead.target, transport="udp"), way(alive))
    pressed = time.perf_counter()

    seat.send(emergency(rang.call, ("pbx", "119"), ("gateway", "119")))

    up = stage(seat, LegStage.TALKING)
    took_ms = (seat.times[seat.events.index(up)] - pressed) * 1000
    time.sleep(1.2)
    heard = level(citizen.heard(talk), 2300, 8000)
    seat.send(HangUp(rang.call))
    stage(seat, LegStage.ENDED)
    assert up.route == "gateway"
    assert 250 <= took_ms < 450
    assert heard > -35


def test_a_refusal_makes_the_next_way_be_tried_at_once(
    seat: Seat, citizen: Caller, second_gateway: Gateway, gateways: Callable[..., Gateway]
) -> None:
    busy = gateways("127.0.0.7", manner="503 Service Unavailable")
    rang, _ = take(seat, citizen, LineAccount("pbx", busy.target, transport="udp"), way(second_gateway))
    pressed = time.perf_counter()

    seat.send(emergency(rang.call, ("pbx", "119"), ("gateway", "119")))

    up = stage(seat, LegStage.TALKING)
    assert up.route == "gateway"
    assert (seat.times[seat.events.index(up)] - pressed) * 1000 < 200


def test_a_first_way_that_rings_is_not_called_a_second_time(
    seat: Seat, citizen: Caller, second_gateway: Gateway, gateways: Callable[..., Gateway]
) -> None:
    slow = gateways("127.0.0.7", manner="rings")
    rang, _ = take(seat, citizen, LineAccount("pbx", slow.target, transport="udp"), way(second_gateway))

    seat.send(emergency(rang.call, ("pbx", "119"), ("gateway", "119")))

    assert stage(seat, LegStage.RINGING).route == "pbx"
    time.sleep(0.8)
    assert not second_gateway.talks


def test_with_every_way_closed_the_leg_fails_with_a_reason(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    busy = gateways("127.0.0.7", manner="486 Busy Here")
    rang, _ = take(seat, citizen, way(busy))

    seat.send(emergency(rang.call, ("pbx", "119"), ("gateway", "119")))

    failed = stage(seat, LegStage.FAILED)
    assert "486" in failed.reason
    assert not [event for event in seat.events if isinstance(event, CallEnded)]


def test_nobody_answering_on_any_way_is_told_within_ten_seconds(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    dead = gateways("127.0.0.7", manner="silent")
    rang, _ = take(seat, citizen, way(dead))

    seat.send(emergency(rang.call, ("gateway", "119")))

    failed = stage(seat, LegStage.FAILED, patience_s=12)
    assert "no answer" in failed.reason


def test_a_header_value_cannot_bring_in_another_header(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, _ = take(seat, citizen, way(second_gateway))

    seat.send(emergency(rang.call, ("gateway", "119")))

    talk = second_gateway.wait_call("119")
    assert talk.header("X-Ticket").startswith("T1")
    assert not talk.header("Injected")


def test_the_emergency_line_goes_on_with_the_agent_when_the_caller_is_gone(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    seat.send(emergency(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)

    citizen.hang_up(talk)

    assert seat.wait(CallEnded).by == "caller"
    time.sleep(0.5)
    assert not [event for event in seat.events if isinstance(event, LegChanged) and event.stage is LegStage.ENDED]
    since = seat.count
    seat.send(HangUp(LEG))
    stage(seat, LegStage.ENDED)
    assert seat.wait(CallFocused, since=since).call == NO_CALL


def test_with_no_call_up_the_agent_alone_is_connected(seat: Seat, second_gateway: Gateway) -> None:
    seat.set_up(way(second_gateway))
    seat.wait_up("gateway")

    seat.send(emergency(NO_CALL, ("gateway", "119")))

    assert stage(seat, LegStage.TALKING).call == NO_CALL
    assert second_gateway.wait_call("119").is_up


def test_a_full_address_is_called_without_its_line_being_set_up(seat: Seat, second_gateway: Gateway) -> None:
    seat.set_up()

    seat.send(emergency(NO_CALL, ("practice", f"sip:119@{second_gateway.target}")))

    assert stage(seat, LegStage.TALKING).target == f"sip:119@{second_gateway.target}"


def test_an_announcement_reaches_caller_and_not_the_taps(seat: Seat, citizen: Caller, tmp_path: Path) -> None:
    rang, talk = take(seat, citizen)
    path = tmp_path / "number.wav"
    _write_tone(path, 1300, 22_050)

    seat.send(PlaySound(rang.call, str(path), True))

    frames = seat.listen(1.6)
    assert level(citizen.heard(talk), 1300, 8000) > -35
    assert level(agent_voice(frames), 1300) < -60
    assert level(caller_voice(frames), 1300) < -60


def test_an_announcement_for_the_agent_is_not_heard_by_the_caller(seat: Seat, citizen: Caller, tmp_path: Path) -> None:
    rang, talk = take(seat, citizen)
    path = tmp_path / "number.wav"
    _write_tone(path, 1300, 22_050)

    seat.send(PlaySound(rang.call, str(path), False))

    seat.listen(1.3)
    assert level(citizen.heard(talk), 1300, 8000) < -60


def test_a_sound_that_cannot_be_read_is_said(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF")

    seat.send(PlaySound(NO_CALL, str(tmp_path / "broken.wav"), True))

    assert seat.wait(Noticed).notice.code is NoticeCode.VOICE_FAILED


def test_a_transfer_that_the_other_side_does_not_know_keeps_the_caller(seat: Seat, citizen: Caller) -> None:
    rang, talk = take(seat, citizen)

    seat.send(TransferBlind(rang.call, "119"))

    failed = seat.wait(TransferEnded)
    assert (failed.is_done, failed.reason[:3]) == (False, "501")
    assert not talk.is_over


def _write_tone(path: Path, pitch: float, rate: int) -> None:
    clock = np.arange(2 * rate) / rate
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((9000 * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes())


def test_a_line_called_while_somebody_rings_is_heard_and_hears(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    seat.set_up(way_back(citizen), way(second_gateway))
    seat.wait_up("gateway")
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring()

    seat.send(emergency(rang.call, ("gateway", "119")))

    stage(seat, LegStage.TALKING)
    assert seat.wait(CallFocused).call == rang.call
    seat.send(AnswerCall(rang.call))
    seat.wait_answered(rang.call)
    time.sleep(2.0)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35


def test_a_line_called_for_the_caller_who_waits_on_hold_is_heard_by_agent_and_caller(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    since = seat.count
    later = citizen.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.5>')
    seat.send(AnswerCall(seat.wait_ring(since).call))
    seat.wait(CallHeld, lambda event: event.call == rang.call and event.is_held)
    citizen.wait(lambda known: known is later and known.is_up)
    citizen.hang_up(later)
    seat.wait(CallFocused, lambda event: event.call == NO_CALL)
    since = seat.count

    seat.send(emergency(rang.call, ("gateway", "119")))

    assert seat.wait(CallFocused, since=since).call == rang.call
    stage(seat, LegStage.TALKING)
    time.sleep(2.0)
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35


def test_the_citizen_and_119_go_on_hearing_each_other_while_the_agent_answers_another_call(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    seat.send(emergency(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)
    since = seat.count
    later = citizen.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.5>')

    seat.send(AnswerCall(seat.wait_ring(since).call))
    citizen.wait(lambda known: known is later and known.is_up)
    time.sleep(2.0)

    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > -35
    assert level(citizen.heard(later), second_gateway.pitch, 8000) < -50
