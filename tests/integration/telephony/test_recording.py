"""Recordings of a real telephony process: who is on which channel, in step with the words, whatever happens to anybody."""

import os
import signal
import time
import wave
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.desk.commands import (
    AddLeg,
    AnswerCall,
    HangUp,
    HoldCall,
    LineAccount,
    PauseRecording,
    PlaySound,
    SetUpRecording,
    StartRecording,
)
from app.desk.events import CallEnded, CallHeld, LegChanged, NoticeCleared, Noticed, RecordingChanged
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.domain.recording import RecordingStage
from app.taps import TapFrame
from app.voice_file import RATE, Samples, VoiceReader, VoiceUnreadable, new_key_pair, unseal
from tests.integration.telephony.seat import Seat, way_back
from tests.trunk import Caller, Gateway, Talk
from tests.waiting import wait_for

PRIVATE, PUBLIC = new_key_pair()
FRAME = RATE // 50


class Beeper(Caller):
    """A citizen who speaks in bursts of uneven length, so that a shift of time can be seen."""

    def voice(self, place: int) -> npt.NDArray[np.int16]:
        is_loud = (place // 1280) * 7919 % 13 < 6
        return super().voice(place) if is_loud else np.zeros(160, np.int16)


@pytest.fixture
def beeper() -> Iterator[Callable[..., Beeper]]:
    made: list[Beeper] = []

    def make(address: str = "127.0.0.5", pitch: float = 700.0) -> Beeper:
        made.append(Beeper(address, pitch=pitch))
        return made[-1]

    yield make
    for caller in made:
        caller.close()


def record(seat: Seat, is_automatic: bool = True) -> Path:
    folder = seat.folder / "recordings"
    seat.send(SetUpRecording(str(folder), PUBLIC, is_automatic))
    return folder


def ring_through(seat: Seat, citizen: Caller) -> tuple[CallId, float, Talk]:
    since = seat.count
    talk = citizen.call(seat.sip, "agent")
    rang = seat.wait_ring(since)
    seat.send(AnswerCall(rang.call))
    answered = seat.wait_answered(rang.call, since)
    return rang.call, answered.at, talk


def take(seat: Seat, citizen: Caller, *lines: LineAccount) -> tuple[CallId, float, Talk]:
    seat.set_up(way_back(citizen), *lines)
    seat.wait_up("practice")
    return ring_through(seat, citizen)


def finish(seat: Seat, call: CallId) -> RecordingChanged:
    seat.send(HangUp(call))
    return seat.wait(RecordingChanged, lambda event: event.call == call and event.stage is RecordingStage.ENDED)


def key_of(folder: Path, call: CallId, private: bytes = PRIVATE) -> bytes:
    return unseal((folder / f"{call}.key").read_bytes(), private, call)


def opened(folder: Path, call: CallId, ending: str = ".rec") -> VoiceReader:
    return VoiceReader(BytesIO((folder / f"{call}{ending}").read_bytes()), key_of(folder, call))


def loud(samples: Samples, pitch: float) -> float:
    """dB below full scale of one pitch."""
    window = np.hanning(len(samples))
    turning = np.exp(-2j * np.pi * pitch * np.arange(len(samples)) / RATE)
    return float(20 * np.log10(max(abs((samples * window * turning).sum()) * 2 / window.sum(), 1e-3) / 32768))


def shift_ms(frames: list[TapFrame], answered_at: float, recorded: Samples) -> float:
    """How far the recording of the caller is from the frames that the words are taken from; both count from the answer."""
    places = [round((frame.at - answered_at) * 50) for frame in frames]
    tapped = [np.abs(np.frombuffer(frame.caller, "<i2").astype(int)).mean() > 300 for frame in frames]
    kept = np.abs(recorded[: len(recorded) // FRAME * FRAME].astype(int)).reshape(-1, FRAME).mean(axis=1) > 300

    def agreement(lag: int) -> float:
        pairs = [(loud, kept[place + lag]) for loud, place in zip(tapped, places, strict=True) if 0 <= place + lag < len(kept)]
        return float(sum(one == other for one, other in pairs) / len(pairs))

    best = max(range(-15, 16), key=agreement)
    assert agreement(best) > 0.9, "the recording does not hold what was heard"
    return best * 20.0


def sound(folder: Path, pitch: float, seconds: float) -> str:
    path = folder / f"tone{pitch:.0f}.wav"
    clock = np.arange(int(RATE * seconds)) / RATE
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((8000 * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes())
    return str(path)


def test_caller_is_left_and_what_is_announced_is_right_and_the_mark_is_true(seat: Seat, citizen: Caller) -> None:
    folder = record(seat)
    call, _, _ = take(seat, citizen)
    seat.send(PlaySound(call, sound(seat.folder, 1100, 1.5), True))
    time.sleep(2.5)

    ended = finish(seat, call)

    reader = opened(folder, call)
    left, right = reader.voice(0.4, 1.4)
    assert loud(left, 700) > -25 and loud(left, 1100) < -60
    assert loud(right, 1100) > -25 and loud(right, 700) < -60
    found = reader.examine()
    assert ended.mark is not None and found.is_whole
    assert ended.mark.seconds == found.seconds == pytest.approx(2.5, abs=0.5)
    assert (folder / f"{call}.rec").stat().st_mode & 0o077 == 0


def test_what_only_the_agent_hears_is_not_recorded(seat: Seat, citizen: Caller) -> None:
    folder = record(seat)
    call, _, _ = take(seat, citizen)

    seat.send(PlaySound(call, sound(seat.folder, 1100, 1.0), False))

    time.sleep(1.5)
    finish(seat, call)
    _, right = opened(folder, call).voice(0, 1.4)
    assert not right.any() or loud(right, 1100) < -80


def test_hold_and_a_second_call_do_not_shift_the_recording_against_the_words(seat: Seat, beeper: Callable[..., Beeper]) -> None:
    folder = record(seat)
    first, second = beeper("127.0.0.5"), beeper("127.0.0.9", 500.0)
    call, answered_at, _ = take(seat, first)
    seat.listen(1.5)
    seat.send(HoldCall(call, True))
    seat.wait(CallHeld, lambda event: event.is_held)
    other, other_at, _ = ring_through(seat, second)
    between = seat.listen(1.6)
    seat.send(HangUp(other))
    seat.wait(CallEnded, lambda event: event.call == other)
    since = seat.count
    seat.send(HoldCall(call, False))
    seat.wait(CallHeld, lambda event: not event.is_held, since=since)
    time.sleep(0.4)

    after = seat.listen(3.0)

    finish(seat, call)
    left, _ = opened(folder, call).voice(0, 60)
    other_left, _ = opened(folder, other).voice(0, 60)
    frames = [frame for frame in after if frame.call == call]
    assert len(frames) > 100 and abs(shift_ms(frames, answered_at, left)) <= 40
    assert abs(shift_ms([frame for frame in between if frame.call == other], other_at, other_left)) <= 40
    assert loud(left[2 * RATE : 3 * RATE], 500) < -60  # the second citizen is not in the first one's recording


def test_further_parties_are_on_the_left(seat: Seat, citizen: Caller, second_gateway: Gateway) -> None:
    folder = record(seat)
    call, _, _ = take(seat, citizen, LineAccount("gateway", second_gateway.target, transport="udp"))
    leg = CallId("b" * 32)

    seat.send(AddLeg(call, leg, LegPurpose.THREE_WAY, "119", (("gateway", "119"),)))

    seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING)
    time.sleep(2.5)
    finish(seat, call)
    left, right = opened(folder, call).voice(0, 60)
    tail = slice(-RATE - RATE // 2, -RATE // 2)
    assert loud(left[tail], 700) > -25 and loud(left[tail], 2300) > -25
    assert loud(right[tail], 2300) < -60


def test_a_pause_is_silence_of_its_own_length(seat: Seat, beeper: Callable[..., Beeper]) -> None:
    folder = record(seat)
    call, answered_at, _ = take(seat, beeper())
    time.sleep(1.2)
    seat.send(PauseRecording(call, True))
    paused = seat.wait(RecordingChanged, lambda event: event.stage is RecordingStage.PAUSED)
    time.sleep(2.0)
    since = seat.count
    seat.send(PauseRecording(call, False))
    resumed = seat.wait(RecordingChanged, lambda event: event.stage is RecordingStage.RUNNING, since=since)

    frames = seat.listen(2.5)

    finish(seat, call)
    reader = opened(folder, call)
    left, right = reader.voice(paused.at - answered_at + 0.15, resumed.at - answered_at - 0.15)
    assert len(left) > RATE and np.abs(left).max() < 20 and np.abs(right).max() < 20
    assert reader.examine().paused_s >= 2
    whole, _ = reader.voice(0, 60)
    assert abs(shift_ms(frames, answered_at, whole)) <= 40


def test_a_recording_that_was_asked_for_late_keeps_its_place_in_time(seat: Seat, beeper: Callable[..., Beeper]) -> None:
    folder = record(seat, is_automatic=False)
    call, answered_at, _ = take(seat, beeper())
    time.sleep(1.7)

    seat.send(StartRecording(call))

    frames = seat.listen(2.5)
    finish(seat, call)
    reader = opened(folder, call)
    left, _ = reader.voice(0, 60)
    assert np.abs(left[: int(1.4 * RATE)]).max() < 20
    assert reader.examine().gap_s >= 1
    late = [frame for frame in frames if frame.at - answered_at > 2.2]
    assert abs(shift_ms(late, answered_at, left)) <= 40


def test_kill_of_telephony_leaves_all_but_the_last_second_readable(tmp_path: Path, citizen: Caller) -> None:
    seat = Seat(tmp_path)
    try:
        seat.attach()
        folder = record(seat)
        call, _, _ = take(seat, citizen)
        part = folder / f"{call}.part"
        wait_for(lambda: part.exists() and part.stat().st_size > 5000, "seconds are written", 15)
        up_s = time.time() - seat.wait_answered(call).at

        os.kill(seat.process.pid, signal.SIGKILL)

        seat.process.wait(5)
    finally:
        seat.end()
    with part.open("ab") as file:
        file.write(b"\x10\x00\x00\x00half")  # as a power cut in mid-write
    reader = VoiceReader(BytesIO(part.read_bytes()), key_of(folder, call))
    found = reader.examine()
    assert not found.is_whole and found.seconds >= up_s - 2.5
    assert loud(reader.voice(0.5, 1.5)[0], 700) > -25


def test_the_recording_goes_on_without_a_window_and_the_next_one_hears_of_it(seat: Seat, citizen: Caller) -> None:
    folder = record(seat)
    call, _, _ = take(seat, citizen)
    seat.detach()
    time.sleep(1.5)
    since = seat.count

    seat.attach()

    told = seat.wait(RecordingChanged, lambda event: event.call == call, since=since)
    assert told.stage is RecordingStage.RUNNING
    ended = finish(seat, call)
    assert ended.mark is not None and ended.mark.seconds > 1.4
    assert opened(folder, call).examine().is_whole


def test_a_disk_that_takes_nothing_does_not_touch_the_call_and_recording_goes_on_when_it_does(
    seat: Seat, citizen: Caller
) -> None:
    folder = seat.folder / "recordings"
    folder.write_text("a file where the folder should be")
    seat.send(SetUpRecording(str(folder), PUBLIC, True))
    call, _, talk = take(seat, citizen)
    failed = seat.wait(Noticed, lambda event: event.notice.code is NoticeCode.RECORDING_FAILED)
    assert failed.notice.values[0]
    assert not talk.is_over

    folder.unlink()

    seat.wait(NoticeCleared, lambda event: event.code is NoticeCode.RECORDING_FAILED)
    time.sleep(1.2)
    finish(seat, call)
    found = opened(folder, call).examine()
    assert found.is_whole and found.gap_s >= 1
    assert loud(opened(folder, call).voice(found.seconds - 1.2, found.seconds - 0.2)[0], 700) > -25


def test_another_key_does_not_open_it(seat: Seat, citizen: Caller) -> None:
    folder = record(seat)
    call, _, _ = take(seat, citizen)
    time.sleep(1.2)
    finish(seat, call)

    with pytest.raises(VoiceUnreadable):
        key_of(folder, call, new_key_pair()[0])
