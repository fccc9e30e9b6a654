"""Sound straight from the sound server: what is opened, pulled, dead, lost and given back, on a real PulseAudio."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.telephony import pulse_library
from app.telephony.devices import Device
from app.telephony.engines import EngineFailed, OpenStream, StreamFailed
from app.telephony.pulse_streams import PulseEngine
from app.telephony.streams import SoundDeviceEngine
from tests.headset import EARPIECE, MICROPHONE, RATE, SPEAKER, VirtualHeadset, tone, why_not
from tests.integration.telephony.seat import level

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@pytest.fixture
def headset(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualHeadset]:
    with VirtualHeadset() as headset:
        for name, value in headset.environment.items():
            monkeypatch.setenv(name, value)
        yield headset


@pytest.fixture
def engine(headset: VirtualHeadset) -> Iterator[PulseEngine]:
    engine = PulseEngine(lambda: None)
    yield engine
    engine.close()


def device(engine: PulseEngine, name: str) -> Device:
    return next(each for each in engine.devices().devices if each.name == name)


def until(is_so: Callable[[], object], patience_s: float = 6.0) -> None:
    end = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


class Heard:
    def __init__(self) -> None:
        self.voice = b""

    def push(self, samples: bytes) -> None:
        self.voice += samples


class Spoken:
    """A steady tone, in whatever pieces it is asked for."""

    def __init__(self) -> None:
        self._voice = tone(700, 1.0) * 60
        self.asked: list[int] = []

    def pull(self, count: int) -> bytes:
        done = sum(self.asked)
        self.asked.append(count)
        return self._voice[done : done + count]


def test_a_tone_goes_out_whole_and_another_comes_in(engine: PulseEngine, headset: VirtualHeadset) -> None:
    heard, spoken = Heard(), Spoken()

    ear = engine.open_earpiece(device(engine, EARPIECE), spoken.pull)
    microphone = engine.open_microphone(device(engine, MICROPHONE), heard.push)
    speaking = headset.say(tone(1000, 4))
    in_ear = headset.listen(1.5)
    until(lambda: level(heard.voice[-RATE:], 1000) > -25)

    assert ear.is_alive
    assert microphone.is_alive
    assert level(in_ear, 700) > -25
    assert max(spoken.asked) < 2 * 640
    speaking.terminate()
    speaking.wait(5)


def test_nothing_to_say_is_silence_and_no_standstill(engine: PulseEngine, headset: VirtualHeadset) -> None:
    asked: list[int] = []
    engine.open_earpiece(device(engine, EARPIECE), asked.append)
    until(lambda: len(asked) > 20)

    before = len(asked)
    in_ear = headset.listen(1.0)

    assert not any(in_ear)
    assert len(asked) - before >= 40


def test_a_pulled_device_is_dead_and_never_another_one(engine: PulseEngine, headset: VirtualHeadset) -> None:
    ear = engine.open_earpiece(device(engine, EARPIECE), Spoken().pull)

    headset.pull()

    until(lambda: not ear.is_alive, 1.0)
    until(lambda: not engine.devices().has(EARPIECE, False), 1.0)
    assert not any(headset.listen(0.5, SPEAKER))


def test_a_device_that_takes_nothing_any_more_is_dead_after_a_second(engine: PulseEngine, headset: VirtualHeadset) -> None:
    ear = engine.open_earpiece(device(engine, EARPIECE), Spoken().pull)
    began = time.monotonic()

    headset.freeze()

    until(lambda: not ear.is_alive, 4.0)
    assert time.monotonic() - began < 3.0


def test_a_device_that_is_not_there_is_refused_at_once(engine: PulseEngine) -> None:
    began = time.monotonic()

    with pytest.raises(StreamFailed, match="ghost"):
        engine.open_earpiece(Device(-1, "ghost", 0, 1, RATE, "no.such.sink"), Spoken().pull)

    assert time.monotonic() - began < 1.0


def test_streams_opened_and_closed_many_times_leave_nothing_behind(engine: PulseEngine, headset: VirtualHeadset) -> None:
    ear, mouth = device(engine, EARPIECE), device(engine, MICROPHONE)
    threads, files = threading.active_count(), open_files()

    for _ in range(40):
        streams: list[OpenStream] = [engine.open_earpiece(ear, Spoken().pull), engine.open_microphone(mouth, Heard().push)]
        for stream in streams:
            stream.close()
            stream.close()

    until(lambda: headset.streams() == 0)
    assert threading.active_count() == threads
    assert open_files() <= files + 1


def test_engines_opened_and_closed_many_times_leave_nothing_behind(headset: VirtualHeadset) -> None:
    PulseEngine(lambda: None).close()
    threads, files = threading.active_count(), open_files()

    for _ in range(20):
        engine = PulseEngine(lambda: None)
        engine.open_earpiece(device(engine, EARPIECE), Spoken().pull)
        engine.close()

    assert threading.active_count() == threads
    assert open_files() <= files + 1


def test_a_server_that_dies_is_said_and_found_again_when_it_is_back(headset: VirtualHeadset) -> None:
    changes = threading.Event()
    engine = PulseEngine(changes.set)
    ear = engine.open_earpiece(device(engine, EARPIECE), Spoken().pull)
    until(lambda: ear.is_alive)
    changes.clear()

    headset.stop()

    assert changes.wait(2)
    until(lambda: not ear.is_alive)
    assert not engine.sees_devices
    with pytest.raises(StreamFailed):
        engine.open_earpiece(Device(-1, EARPIECE, 0, 1, RATE, "ear"), Spoken().pull)
    engine.look_again()
    assert engine.devices().devices == ()
    headset.start()
    engine.look_again()
    again = engine.open_earpiece(device(engine, EARPIECE), Spoken().pull)
    assert engine.sees_devices
    assert level(headset.listen(1.0), 700) > -25
    ear.close()
    again.close()
    engine.close()


def test_no_server_is_told_so_that_the_next_sound_system_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/at/all")

    with pytest.raises(EngineFailed, match="PulseAudio"):
        PulseEngine(lambda: None)


def test_no_library_is_told_so_that_the_next_sound_system_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse_library, "FILE", "libnowhere.so.0")

    with pytest.raises(EngineFailed, match="libnowhere"):
        PulseEngine(lambda: None)


def test_how_portaudio_wants_its_streams_does_not_outlive_it(headset: VirtualHeadset) -> None:
    SoundDeviceEngine(lambda: None).close()

    assert "PULSE_LATENCY_MSEC" not in os.environ
