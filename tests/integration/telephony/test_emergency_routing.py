"""The way to the emergency lines when it is not smooth: busy, dumb, slow, handed over, listened in, and the exchange killed."""

import time
import wave
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.desk.commands import AddLeg, AnswerCall, Dial, FocusCall, HandOver, HangUp, LineAccount, SendMessage, TakeBack
from app.desk.events import CallEnded, CallFocused, HandOverChanged, LegTried, MessageAnswered
from app.domain.call import NO_CALL, CallId, HandOverStep, LegPurpose, LegStage
from tests.exchange import TRUNK, Exchange
from tests.integration.telephony.scripted import SlowGateway
from tests.integration.telephony.seat import Seat, caller_voice, level
from tests.integration.telephony.test_further_parties import LEG, stage, take, way
from tests.trunk import Caller, Gateway, Talk

LOUD, QUIET = -40, -55
BACK = CallId("c" * 32)


def help_leg(call: CallId, *targets: tuple[str, str], answer_s: float = 1.0, **more: object) -> AddLeg:
    asked = AddLeg(call, LEG, LegPurpose.EMERGENCY, "119", targets, 250, answer_s=answer_s, rounds=20)
    return msgspec.structs.replace(asked, **more)


def step(seat: Seat, wanted: HandOverStep, patience_s: float = 10.0) -> HandOverChanged:
    return seat.wait(HandOverChanged, lambda event: event.step is wanted, patience_s)


def handed(seat: Seat, citizen: Caller, gateway: Gateway) -> tuple[CallId, Talk, Talk]:
    """A citizen who was left to 119 by one press: the call, the citizen's side, the line's side."""
    rang, talk = take(seat, citizen, way(gateway))
    seat.send(help_leg(rang.call, ("gateway", "119"), hands_over=True, undo_s=0.3))
    step(seat, HandOverStep.TOGETHER)
    return rang.call, talk, gateway.wait_call("119")


# --- ways that give nothing ---


def test_a_busy_line_is_called_again_and_again_until_it_answers(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    busy = gateways("127.0.0.7", manner="486 Busy Here", pitch=1900)
    rang, talk = take(seat, citizen, way(busy))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    paused = seat.wait(LegTried, lambda event: event.route == "")
    busy.manner = "answers"

    up = stage(seat, LegStage.TALKING)

    again = seat.wait(LegTried, lambda event: event.round == 2 and event.route == "gateway")
    assert "486" in paused.reason and paused.again_s == 1.0
    assert (up.route, again.target) == ("gateway", "119")
    assert not talk.is_over


def test_a_way_that_only_rings_is_joined_by_the_next_and_the_first_to_answer_stays(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    rings, answers = gateways("127.0.0.7", manner="rings"), gateways("127.0.0.8", pitch=2300)
    rang, talk = take(seat, citizen, LineAccount("pbx", rings.target, transport="udp"), way(answers))
    pressed = time.perf_counter()

    seat.send(help_leg(rang.call, ("pbx", "119"), ("gateway", "119")))

    up = stage(seat, LegStage.TALKING)
    took = seat.times[seat.events.index(up)] - pressed
    assert up.route == "gateway" and 1.0 <= took < 1.6
    assert rings.wait(lambda known: known.is_over).is_over
    assert not talk.is_over


def test_a_line_that_rings_on_is_still_taken_when_it_answers_after_its_time(seat: Seat, citizen: Caller) -> None:
    with SlowGateway("127.0.0.7", answers_after_s=2.6, pitch=1900) as slow:
        rang, talk = take(seat, citizen, way(slow))

        seat.send(help_leg(rang.call, ("gateway", "119")))

        assert stage(seat, LegStage.TALKING).route == "gateway"
        time.sleep(1.2)
        assert level(citizen.heard(talk), 1900, 8000) > LOUD
        assert len(slow.talks) == 1, "it was called a second time while it rang"


def test_no_answer_at_all_is_said_after_the_rounds_and_the_citizen_stays(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    dumb = gateways("127.0.0.7", manner="silent")
    rang, talk = take(seat, citizen, way(dumb))

    seat.send(help_leg(rang.call, ("gateway", "119"), rounds=2))

    assert "no answer" in stage(seat, LegStage.FAILED, 12).reason
    assert len(dumb.talks) == 1, "a way that is still being asked was asked a second time"
    assert not talk.is_over


def test_the_agent_ends_a_line_that_is_called_over_and_over(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    busy = gateways("127.0.0.7", manner="486 Busy Here")
    rang, talk = take(seat, citizen, way(busy))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    seat.wait(LegTried, lambda event: event.route == "")

    seat.send(HangUp(LEG))

    stage(seat, LegStage.ENDED)
    calls = len(busy.talks)
    time.sleep(1.5)
    assert len(busy.talks) == calls and not talk.is_over


def test_a_waiting_citizen_is_spoken_to_and_never_in_silence(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway], tmp_path: Path
) -> None:
    rings = gateways("127.0.0.7", manner="rings")
    rang, talk = take(seat, citizen, way(rings))
    path = tmp_path / "comfort.wav"
    _tone(path, 1300, 2.0)

    seat.send(help_leg(rang.call, ("gateway", "119"), answer_s=10.0, comfort=str(path)))

    stage(seat, LegStage.RINGING)
    time.sleep(4.2)
    heard = citizen.heard(talk, 4.0)
    assert loudest(heard, 1300) > LOUD
    assert loudest(heard, 450) > LOUD
    assert _longest_silence_s(heard) < 1.5


def test_a_comfort_sound_that_is_missing_leaves_the_tone(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway], tmp_path: Path
) -> None:
    rings = gateways("127.0.0.7", manner="rings")
    rang, talk = take(seat, citizen, way(rings))

    seat.send(help_leg(rang.call, ("gateway", "119"), comfort=str(tmp_path / "none.wav")))

    stage(seat, LegStage.RINGING)
    time.sleep(1.2)
    assert loudest(citizen.heard(talk, 1.2), 450) > LOUD


def test_the_citizen_is_not_put_on_hold_while_the_line_is_called_and_the_agent_takes_another(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    rings = gateways("127.0.0.7", manner="rings")
    rang, talk = take(seat, citizen, way(rings))
    seat.send(help_leg(rang.call, ("gateway", "119"), answer_s=10.0))
    stage(seat, LegStage.RINGING)
    since = seat.count
    later = citizen.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.5>')

    seat.send(AnswerCall(seat.wait_ring(since).call))
    citizen.wait(lambda known: known is later and known.is_up)
    time.sleep(5.2)

    assert loudest(citizen.heard(talk, 5.0), 450) > LOUD


# --- handing over ---


def test_the_citizen_is_left_to_the_line_as_soon_as_it_answers(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    _, talk, there = handed(seat, citizen, second_gateway)

    frames = seat.listen(1.5)

    assert seat.wait(CallFocused, lambda event: event.call == NO_CALL).call == NO_CALL
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > LOUD
    assert level(second_gateway.heard(there), citizen.pitch, 8000) > LOUD
    assert level(caller_voice(frames), citizen.pitch) < QUIET


def test_nobody_is_handed_over_to_a_line_that_does_not_answer(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    rings = gateways("127.0.0.7", manner="rings")
    rang, talk = take(seat, citizen, way(rings))

    seat.send(help_leg(rang.call, ("gateway", "119"), rounds=1, hands_over=True, answer_s=0.5))

    stage(seat, LegStage.FAILED)
    assert not [event for event in seat.events if isinstance(event, HandOverChanged)]
    assert caller_voice(seat.listen(0.5)) and not talk.is_over


def test_the_agent_is_free_for_another_caller_while_the_two_talk(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    _, talk, there = handed(seat, citizen, second_gateway)
    since = seat.count
    with_other = Caller("127.0.0.6", pitch=1100)

    try:
        other = with_other.call(seat.sip, "agent", '"李四" <sip:13900139000@127.0.0.6>')
        rang = seat.wait_ring(since)
        seat.send(AnswerCall(rang.call))
        seat.wait_answered(rang.call)
        frames = seat.listen(1.5)

        assert level(caller_voice(frames), 1100) > LOUD
        assert level(caller_voice(frames), citizen.pitch) < QUIET
        assert level(citizen.heard(talk), second_gateway.pitch, 8000) > LOUD
        assert level(second_gateway.heard(there), 1100, 8000) < QUIET and not other.is_over
    finally:
        with_other.close()


def test_a_three_way_call_is_handed_over_and_taken_back(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)
    seat.send(HandOver(rang.call, LEG, 3.0))
    step(seat, HandOverStep.TOGETHER)

    seat.send(TakeBack(rang.call))

    step(seat, HandOverStep.TAKEN_BACK)
    frames = seat.listen(1.2)
    assert level(caller_voice(frames), citizen.pitch) > LOUD
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) > LOUD


def test_turning_to_the_call_again_brings_the_agent_back(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    call, _, _ = handed(seat, citizen, second_gateway)

    seat.send(FocusCall(call))

    assert step(seat, HandOverStep.TAKEN_BACK).call == call


def test_a_line_that_leaves_first_gives_the_citizen_back(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    call, talk, there = handed(seat, citizen, second_gateway)
    since = seat.count

    second_gateway.hang_up(there)

    assert step(seat, HandOverStep.RETURNED).call == call
    assert seat.wait(CallFocused, since=since).call == call
    assert level(caller_voice(seat.listen(1.0)), citizen.pitch) > LOUD and not talk.is_over


def test_a_citizen_who_leaves_first_ends_the_line_too(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    _, talk, there = handed(seat, citizen, second_gateway)

    citizen.hang_up(talk)

    assert seat.wait(CallEnded).by == "caller"
    stage(seat, LegStage.ENDED)
    assert second_gateway.wait(lambda known: known is there and known.is_over)


def test_a_window_that_comes_later_hears_that_the_caller_was_handed_over(
    seat: Seat, citizen: Caller, second_gateway: Gateway
) -> None:
    call, _, _ = handed(seat, citizen, second_gateway)
    seat.detach()
    seat.events.clear()
    seat.times.clear()

    seat.attach()

    assert (step(seat, HandOverStep.TOGETHER).call, step(seat, HandOverStep.TOGETHER).leg) == (call, LEG)


@pytest.mark.pbx
def test_the_exchange_joins_citizen_and_line_and_our_legs_are_gone(
    seat: Seat, exchange: Exchange, pbx: LineAccount, fire_brigade: Gateway
) -> None:
    citizen = Caller(TRUNK, 0, 700)
    try:
        seat.set_up(pbx)
        seat.wait_up()
        talk = citizen.call(exchange.address, "1001", f'"张三" <sip:13800138000@{TRUNK}>')
        rang = seat.wait_ring()
        seat.send(AnswerCall(rang.call))
        seat.wait_answered(rang.call)

        seat.send(help_leg(rang.call, ("pbx", "119"), answer_s=8.0, hands_over=True, undo_s=0.5))

        step(seat, HandOverStep.TOGETHER)
        step(seat, HandOverStep.TRANSFERRED, 15)
        assert seat.wait(CallEnded).by == "transfer"
        there = fire_brigade.wait_call("119")
        time.sleep(1.5)
        assert level(citizen.heard(talk), fire_brigade.pitch, 8000) > LOUD
        assert level(fire_brigade.heard(there), citizen.pitch, 8000) > LOUD
        assert not talk.is_over and not there.is_over
    finally:
        citizen.close()


# --- the silent second channel ---


def test_a_silent_line_hears_all_and_is_heard_by_nobody(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    rang, talk = take(seat, citizen, way(second_gateway))

    seat.send(AddLeg(rang.call, LEG, LegPurpose.SILENT, "110", (("gateway", "110"),), 250))

    stage(seat, LegStage.TALKING)
    there = second_gateway.wait_call("110")
    frames = seat.listen(1.6)
    assert level(second_gateway.heard(there), citizen.pitch, 8000) > LOUD
    assert level(citizen.heard(talk), second_gateway.pitch, 8000) < QUIET
    assert level(citizen.heard(talk), 450, 8000) < QUIET
    assert level(caller_voice(frames), second_gateway.pitch) < QUIET


def test_the_caller_hears_no_tone_while_a_silent_line_rings(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    rings = gateways("127.0.0.7", manner="rings")
    rang, talk = take(seat, citizen, way(rings))

    seat.send(AddLeg(rang.call, LEG, LegPurpose.SILENT, "110", (("gateway", "110"),), 250))

    stage(seat, LegStage.RINGING)
    seat.listen(1.5)
    assert level(citizen.heard(talk), 450, 8000) < QUIET


def test_a_text_to_the_team_lead_is_answered(seat: Seat, gateways: Callable[..., Gateway]) -> None:
    lead = gateways("127.0.0.7")
    seat.set_up(way(lead))
    seat.wait_up("gateway")

    seat.send(SendMessage("one", "gateway", "8000", "静默报警"))

    assert seat.wait(MessageAnswered) == MessageAnswered("one", True, "")
    assert "静默报警" in lead.texts[-1]


def test_a_text_that_nobody_takes_is_said(seat: Seat, gateways: Callable[..., Gateway]) -> None:
    seat.set_up()

    seat.send(SendMessage("one", "pbx", "8000", "静默报警"))

    told = seat.wait(MessageAnswered)
    assert not told.is_done and "not set up" in told.reason


# --- the citizen is called back ---


def test_the_line_that_stayed_on_goes_over_to_the_call_that_rings_the_citizen_back(
    seat: Seat, citizen: Caller, gateways: Callable[..., Gateway]
) -> None:
    line = gateways("127.0.0.8", pitch=2300)
    rang, talk = take(seat, citizen, way(line))
    seat.send(help_leg(rang.call, ("gateway", "119")))
    stage(seat, LegStage.TALKING)
    citizen.hang_up(talk)
    seat.wait(CallEnded)

    seat.send(Dial(BACK, "13800138000", "gateway", takes_over=rang.call))

    seat.wait_answered(BACK)
    time.sleep(1.2)
    one = line.wait(lambda known: known.dialled == "13800138000")
    assert level(line.heard(one), line.pitch, 8000) > LOUD, "citizen and line do not hear each other"


def loudest(voice: bytes, pitch: float) -> float:
    """The pitch where it sounds: half a second at a time."""
    half = 8000
    return max(level(voice[at : at + half], pitch, 8000) for at in range(0, len(voice) - half + 1, half // 2))


def _tone(path: Path, pitch: float, seconds: float) -> None:
    rate = 16_000
    clock = np.arange(int(seconds * rate)) / rate
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((9000 * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes())


def _longest_silence_s(voice: bytes, rate: int = 8000) -> float:
    samples = np.abs(np.frombuffer(voice, "<i2").astype(float))
    frame = rate // 50
    quiet = samples[: len(samples) // frame * frame].reshape(-1, frame).max(axis=1) < 100
    longest = run = 0
    for is_quiet in quiet:
        run = run + 1 if is_quiet else 0
        longest = max(longest, run)
    return longest / 50
