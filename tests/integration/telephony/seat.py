"""The window's side of a telephony process, for tests: starts it, speaks with it over its real link, remembers what it said."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from app.desk.commands import Command, Dial, EndProcess, HangUp, LineAccount, RejectCall, SetUpLines
from app.desk.events import CallAnswered, CallEnded, CallRang, DeskEvent, LineAttached, LineChanged
from app.domain.call import CallId
from app.link import SteadyLink
from app.taps import RATE, TapFrame, TapReader, make_taps
from tests.trunk import Caller, Gateway

_Event = TypeVar("_Event")
KEY = b"k" * 32
PAUSE_S = 0.15
"""Between two measured calls: more than eight in 0.8 s are taken for a flood, and wait."""


class Seat:
    """One telephony process and, at most times, one window on it."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.taps_file = folder / "taps"
        make_taps(self.taps_file)
        self._link = str(folder / "link")
        self.sip = f"127.0.0.2:{_free_port('127.0.0.2')}"
        self._out = (folder / "telephony.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.telephony"],
            env={
                **os.environ,
                "JIESU_TELEPHONY_LINK": self._link,
                "JIESU_LINK_KEY": KEY.hex(),
                "JIESU_TAPS": str(self.taps_file),
                "PYTHONFAULTHANDLER": "1",
                **(environment or {}),
            },
            stdout=self._out,
            stderr=self._out,
        )
        self.events: list[Any] = []
        self.times: list[float] = []
        self._came = threading.Condition()
        self._client: SteadyLink | None = None
        self.taps = TapReader(self.taps_file)

    @property
    def log(self) -> str:
        return (self.folder / "telephony.log").read_text(errors="replace")

    def attach(self, patience_s: float = 10.0) -> None:
        """A window comes and has heard how everything stands."""
        since = self.count
        is_there = threading.Event()
        self._client = SteadyLink(self._link, KEY, DeskEvent, self._hear, attached=is_there.set)
        assert is_there.wait(patience_s), f"telephony does not answer: {self.log}"
        self.wait(LineAttached, since=since)

    def detach(self) -> None:
        """The window dies."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def send(self, command: Command) -> None:
        assert self._client is not None
        assert self._client.send(command), f"telephony is gone: {self.log}"

    def set_up(self, *accounts: LineAccount, address: str = "", accepts_from: tuple[str, ...] = ("127.0.0.0/8",)) -> None:
        """Sets the lines up, listening at `sip` or at the port of `sip` on another address, for whoever calls from
        `accepts_from`."""
        own, _, port = self.sip.rpartition(":")
        self.send(SetUpLines(accounts, address or own, int(port), accepts_from))

    def wait(self, kind: type[_Event], fits: Callable[[_Event], bool] = lambda event: True, patience_s: float = 10.0,
             since: int = 0) -> _Event:  # fmt: skip
        """The first event of that kind that fits, among those from number `since` on."""
        with self._came:
            end = time.monotonic() + patience_s
            while True:
                found = next((event for event in self.events[since:] if isinstance(event, kind) and fits(event)), None)
                if found is not None:
                    return found
                left = end - time.monotonic()
                if left <= 0 or not self._came.wait(left):
                    said = "\n".join(map(str, self.events[-15:]))
                    raise AssertionError(f"no {kind.__name__} came; came:\n{said}\n{self.log[-6000:]}")

    @property
    def count(self) -> int:
        with self._came:
            return len(self.events)

    def wait_up(self, line: str = "pbx", since: int = 0) -> LineChanged:
        return self.wait(LineChanged, lambda event: event.line == line and event.is_up, since=since)

    def wait_ring(self, since: int = 0) -> CallRang:
        return self.wait(CallRang, since=since)

    def wait_answered(self, call: CallId, since: int = 0) -> CallAnswered:
        return self.wait(CallAnswered, lambda event: event.call == call, since=since)

    def listen(self, seconds: float) -> list[TapFrame]:
        """What the taps are given during the next `seconds`."""
        self.taps.read()
        frames: list[TapFrame] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.05)
            frames += self.taps.read()
        return frames

    def end(self) -> int:
        """Ends the process properly; gives its exit code."""
        if self.process.poll() is None and self._client is not None:
            self.send(EndProcess())
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait(5)
        self.detach()
        self.taps.close()
        self._out.close()
        return code

    def _hear(self, event: Any) -> None:
        with self._came:
            self.events.append(event)
            self.times.append(time.perf_counter())
            self._came.notify_all()


def way_back(citizen: Caller) -> LineAccount:
    """The line by which a citizen of ours calls straight into the seat; it is up once the seat listens."""
    return LineAccount("practice", f"{citizen.address}:{citizen.port}", transport="udp")


def _free_port(address: str) -> int:
    with socket.socket() as tcp:
        tcp.bind((address, 0))
        return int(tcp.getsockname()[1])


def ring_ms(seat: Seat, caller: Caller) -> float:
    """INVITE on the wire → CallRang at the window's end of the link. The call is refused again afterwards."""
    time.sleep(PAUSE_S)
    since = seat.count
    talk = caller.call(seat.sip, "agent")
    rang = seat.wait_ring(since)
    took = seat.times[seat.events.index(rang, since)] - talk.at
    seat.send(RejectCall(rang.call))
    seat.wait(CallEnded, lambda event: event.call == rang.call, since=since)
    return took * 1000


def dial_ms(seat: Seat, gateway: Gateway, call: CallId) -> float:
    """Dial at the window's end of the link → INVITE at the gateway, which must be the line "gateway" of the seat."""
    time.sleep(PAUSE_S)
    since = seat.count
    number = call[:12]
    pressed = time.perf_counter()
    seat.send(Dial(call, number, "gateway"))
    talk = gateway.wait(lambda known: known.dialled == number)
    seat.send(HangUp(call))
    seat.wait(CallEnded, lambda event: event.call == call, since=since)
    return (talk.at - pressed) * 1000


def level(voice: bytes, pitch: float, rate: int = RATE) -> float:
    """How loud one pitch is in 16 bit mono, in dB below full scale."""
    samples = np.frombuffer(voice, "<i2").astype(float)
    if len(samples) < rate // 4:
        return -99.0
    window = np.hanning(len(samples))
    turning = np.exp(-2j * np.pi * pitch * np.arange(len(samples)) / rate)
    return float(20 * np.log10(max(abs((samples * window * turning).sum()) * 2 / window.sum(), 1e-3) / 32768))


def caller_voice(frames: list[TapFrame]) -> bytes:
    return b"".join(frame.caller for frame in frames)


def agent_voice(frames: list[TapFrame]) -> bytes:
    return b"".join(frame.agent for frame in frames)
