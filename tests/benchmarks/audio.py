"""The sound systems under one call: delay there and back, the gap of a switch, plugs seen, what a call costs.

A PulseAudio of our own with null sinks is the headset, sipp echoes the voice: `.venv/bin/python -m tests.benchmarks.audio`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from app.desk.commands import AudioChoice, ChooseHeadset, Dial, HangUp, LineAccount
from app.desk.events import HeadsetChanged
from app.domain.call import CallId
from tests.benchmarks.report import Figure, Group, Missing, Target, to_text
from tests.headset import EARPIECE, MICROPHONE, RATE, SPEAKER, VirtualHeadset, why_not
from tests.integration.telephony.seat import Seat

ENGINES = ("pulse", "qt", "sounddevice")
ECHO = "127.0.15.8:5085"
CALL = CallId("a" * 32)
_SETTLE_S = 2.5
_CHIRP_S = 0.05


def measure(is_quick: bool) -> Group:
    if why_not() or not shutil.which("sipp"):
        raise Missing(why_not() or "sipp is not installed (Debian: sip-tester)")
    figures: list[Figure] = []
    for engine in ENGINES:
        with _call(engine) as (seat, headset):
            figures += _of_engine(engine, seat, headset, 6 if is_quick else 20, 3 if is_quick else 10)
    return Group(
        "audio",
        figures,
        [
            "mouth → RTP echo → ear: from the sound at the microphone's null sink to the sound at the earpiece's, echoed by "
            "sipp; both ways and our jitter buffer, so the delay we add one way is half of it; null sinks themselves work "
            "in blocks of up to 50 ms",
            "switch: the earpiece is changed in mid-call; silence between the last of the tone on the old and its first on the "
            "new device, by what both were given",
            "plug: the null sink is unloaded or loaded in mid-call → the window's end of the link knows the new device in use",
            "CPU: the whole telephony process in a call with taps, 100 % = one core",
        ],
    )


def _of_engine(engine: str, seat: Seat, headset: VirtualHeadset, chirps: int, times: int) -> list[Figure]:
    cpu = _cpu(seat, 4.0 if times == 3 else 10.0)
    delays = _delays(headset, chirps)
    gaps = [_switch_gap(seat, headset, engine, SPEAKER if turn % 2 == 0 else EARPIECE) for turn in range(times + times % 2)]
    pulled, plugged = _plugs(seat, headset, times)
    return [
        Figure(f"{engine}_round_trip_ms", f"{engine}: mouth → RTP echo → ear", "ms", delays, Target("p50", 200)),
        Figure(f"{engine}_one_way_ms", f"{engine}: added one way (half)", "ms", _halved(delays), Target("p50", 100)),
        Figure(f"{engine}_switch_ms", f"{engine}: silence of a switch in mid-call", "ms", gaps, Target("max", 100)),
        Figure(f"{engine}_pulled_ms", f"{engine}: pulled → another carries the call", "ms", pulled, Target("max", 1000)),
        Figure(f"{engine}_plugged_ms", f"{engine}: plugged in → carries the call again", "ms", plugged, Target("max", 1000)),
        Figure(f"{engine}_cpu", f"{engine}: CPU of the telephony process in a call", "% core", [cpu], Target("p50", 5)),
        Figure(f"{engine}_rss", f"{engine}: RSS of the telephony process", "MB", [_rss(seat)]),
    ]


def _halved(delays: list[float]) -> list[float]:
    return [each / 2 for each in delays]


@contextmanager
def _call(engine: str) -> Iterator[tuple[Seat, VirtualHeadset]]:
    """A call to the echo, over the headset."""
    with tempfile.TemporaryDirectory(prefix="jb") as made, VirtualHeadset() as headset:
        host, port = ECHO.split(":")
        echo = subprocess.Popen(
            ["sipp", "-sn", "uas", "-i", host, "-mi", host, "-p", port, "-rtp_echo", "-nostdin"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=made,
        )
        seat = Seat(Path(made), headset.environment)
        try:
            seat.attach()
            seat.wait(HeadsetChanged, lambda event: event.is_working)
            seat.send(ChooseHeadset(AudioChoice(MICROPHONE, EARPIECE, SPEAKER, engine=engine)))
            told = seat.wait(HeadsetChanged, lambda event: event.earpiece == EARPIECE and event.microphone == MICROPHONE)
            if told.engine != engine:
                seat.wait(HeadsetChanged, lambda event: event.engine == engine and event.earpiece == EARPIECE)
            seat.set_up(LineAccount("gateway", ECHO, transport="udp"))
            seat.send(Dial(CALL, "600", "gateway"))
            seat.wait_answered(CALL)
            time.sleep(_SETTLE_S)
            yield seat, headset
            seat.send(HangUp(CALL))
        finally:
            seat.end()
            echo.terminate()
            echo.wait(5)


class _Ear:
    """What a sink is given, on the clock of this process."""

    def __init__(self, headset: VirtualHeadset, sink: str) -> None:
        self._process = headset.record(sink)
        self._data = bytearray()
        self._zero = float("inf")
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while part := os.read(self._process.stdout.fileno(), 640):
            self._data += part
            self._zero = min(self._zero, time.perf_counter() - len(self._data) / 2 / RATE)

    def end(self) -> tuple[float, "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
        """When it began, and all samples. The least delay of any part names the beginning."""
        self._process.kill()
        self._process.wait(5)
        self._thread.join(5)
        return self._zero, np.frombuffer(bytes(self._data[: len(self._data) & ~1]), "<i2").astype(np.float64)


def _chirp() -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    clock = np.arange(int(_CHIRP_S * RATE)) / RATE
    return np.asarray(9000 * np.sin(2 * np.pi * (500 * clock + 20_000 * clock**2)) * np.hanning(len(clock)))


def _delays(headset: VirtualHeadset, count: int) -> list[float]:
    """From the chirp at the mouth to the chirp at the ear, each half a second, in ms."""
    chirp = _chirp()
    spoken = np.zeros(int((1 + 0.5 * count) * RATE))
    for number in range(count):
        start = int((0.5 + 0.5 * number) * RATE)
        spoken[start : start + len(chirp)] = chirp
    mouth, ear = _Ear(headset, "mouth_in"), _Ear(headset, "ear")
    headset.say(spoken.astype("<i2").tobytes()).wait(60)
    time.sleep(0.8)
    said, heard = (_places(*each.end(), chirp, count) for each in (mouth, ear))
    pairs = ((at, min((after for after in heard if after > at), default=0.0)) for at in said)
    return [(after - at) * 1000 for at, after in pairs if 0 < after - at < 0.45]


def _places(
    zero: float,
    samples: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    chirp: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    count: int,
) -> list[float]:
    matched = np.abs(np.correlate(samples, chirp, "valid")) if len(samples) > len(chirp) else np.zeros(1)
    loudest = float(matched.max())
    found: list[float] = []
    while len(found) < count and matched.max() > 0.25 * loudest > 0:
        place = int(matched.argmax())
        found.append(zero + place / RATE)
        matched[max(0, place - RATE // 5) : place + RATE // 5] = 0
    return sorted(found)


def _switch_gap(seat: Seat, headset: VirtualHeadset, engine: str, target: str) -> float:
    """Says a steady tone that comes back, changes the earpiece, and looks how long neither device had it."""
    clock = np.arange(int(3.0 * RATE)) / RATE
    speaking = headset.say((9000 * np.sin(2 * np.pi * 800 * clock)).astype("<i2").tobytes())
    ears = {"ear": _Ear(headset, "ear"), "speaker": _Ear(headset, "speaker")}
    time.sleep(1.5)
    seat.send(ChooseHeadset(AudioChoice(MICROPHONE, target, SPEAKER, engine=engine)))
    time.sleep(1.0)
    spans = {name: _loud_span(*each.end()) for name, each in ears.items()}
    speaking.wait(10)
    old, new = ("ear", "speaker") if target == SPEAKER else ("speaker", "ear")
    return max(0.0, (spans[new][0] - spans[old][1]) * 1000)


def _loud_span(zero: float, samples: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float]:
    block = RATE // 200
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    loud = np.flatnonzero(np.abs(blocks).max(axis=1) > 1000) if len(blocks) else np.zeros(0)
    if not len(loud):
        return float("inf"), float("-inf")
    return zero + float(loud[0]) * block / RATE, zero + float(loud[-1] + 1) * block / RATE


def _plugs(seat: Seat, headset: VirtualHeadset, times: int) -> tuple[list[float], list[float]]:
    pulled, plugged = [], []
    for _ in range(times):
        since, at = seat.count, time.perf_counter()
        headset.pull()
        told = seat.wait(HeadsetChanged, lambda event: event.is_working and event.earpiece != EARPIECE, since=since)
        pulled.append((seat.times[seat.events.index(told, since)] - at) * 1000)
        since, at = seat.count, time.perf_counter()
        headset.plug()
        told = seat.wait(HeadsetChanged, lambda event: event.earpiece == EARPIECE, since=since)
        plugged.append((seat.times[seat.events.index(told, since)] - at) * 1000)
        time.sleep(0.3)
    return pulled, plugged


def _cpu(seat: Seat, seconds: float) -> float:
    process = psutil.Process(seat.process.pid)
    process.cpu_percent()
    time.sleep(seconds)
    return process.cpu_percent()


def _rss(seat: Seat) -> float:
    return psutil.Process(seat.process.pid).memory_info().rss / 1e6


if __name__ == "__main__":
    print(to_text([measure("--quick" in sys.argv)]))
