"""A bad network between the seat and a citizen, in this process: RTP packets are lost and come late, both ways, on demand.

The kernel's own `tc netem` needs a module that many machines lack; this relay needs nothing. The citizen's side answers the
seat's RTCP as a telephone would, with what really arrived, so that the seat can know how it is heard.
"""

import heapq
import itertools
import random
import select
import socket
import struct
import threading
import time

import numpy as np
import numpy.typing as npt

from tests.trunk import Caller

Address = tuple[str, int]
_REPORT_S = 1.0
_CITIZEN = 0x1234


class BadNetwork:
    """Between the seat, which sends to `near`, and the citizen, who sends to `far`. Loss is a share, jitter is in ms."""

    def __init__(self, address: str = "127.0.0.6") -> None:
        self.loss, self.jitter_ms, self.delay_ms = 0.0, 0.0, 0.0
        self.dropped = self.passed = 0
        self._random = random.Random(12345)
        self._near, self._near_rtcp = _pair(address)
        self._far = _bound(address)
        self.near: Address = self._near.getsockname()
        self.far: Address = self._far.getsockname()
        self._citizen: Address | None = None
        self._seat: Address | None = None
        self._due: list[tuple[float, int, socket.socket, bytes, Address]] = []
        self._order = itertools.count()
        self._heard = _Heard()
        self._is_ending = False
        self._thread = threading.Thread(target=self._run, name="bad-network", daemon=True)
        self._thread.start()

    def lead_to(self, citizen: Address) -> None:
        self._citizen = citizen

    def worsen(self, loss: float, jitter_ms: float, delay_ms: float = 0.0) -> None:
        self.loss, self.jitter_ms, self.delay_ms = loss, jitter_ms, delay_ms

    def close(self) -> None:
        self._is_ending = True
        self._thread.join(5)
        for sock in (self._near, self._near_rtcp, self._far):
            sock.close()

    # --- the thread ---

    def _run(self) -> None:
        report_at = time.monotonic() + _REPORT_S
        while not self._is_ending:
            wait_s = max(0.0, min(0.02, self._due[0][0] - time.monotonic())) if self._due else 0.02
            for sock in select.select([self._near, self._near_rtcp, self._far], [], [], wait_s)[0]:
                self._take(sock)
            now = time.monotonic()
            while self._due and self._due[0][0] <= now:
                _, _, out, data, to = heapq.heappop(self._due)
                if out is self._far:
                    self._heard.came(data, now)
                out.sendto(data, to)
            if now >= report_at:
                report_at = now + _REPORT_S
                self._report(now)

    def _take(self, sock: socket.socket) -> None:
        data, peer = sock.recvfrom(4096)
        if sock is self._near_rtcp:
            self._heard.sender_told(data, time.monotonic())
        elif sock is self._near and self._citizen is not None:
            self._seat = peer
            self._pass_on(self._far, data, self._citizen)
        elif sock is self._far and self._seat is not None:
            self._pass_on(self._near, data, self._seat)

    def _pass_on(self, out: socket.socket, data: bytes, to: Address) -> None:
        if self._random.random() < self.loss:
            self.dropped += 1
            return
        self.passed += 1
        late = (self.delay_ms + self._random.uniform(0, self.jitter_ms)) / 1000
        heapq.heappush(self._due, (time.monotonic() + late, next(self._order), out, data, to))

    def _report(self, now: float) -> None:
        if self._seat is not None:
            host, port = self._seat
            self._near_rtcp.sendto(self._heard.report(now, 2 * self.delay_ms / 1000), (host, port + 1))


class _Heard:
    """What the citizen's telephone counts of the seat's voice (RFC 3550, 6.4.1 and A.8)."""

    def __init__(self) -> None:
        self._first = self._highest = -1
        self._count = 0
        self._before = (0, 0)
        self._jitter = 0.0
        self._transit: float | None = None
        self._source = 0
        self._sender: tuple[int, float] = (0, 0.0)

    def came(self, data: bytes, at: float) -> None:
        if len(data) < 12:
            return
        _, _, number, stamp, self._source = struct.unpack("!BBHII", data[:12])
        if self._first < 0:
            self._first = self._highest = number
        step = (number - self._highest) & 0xFFFF
        if step < 0x8000:
            self._highest += step
        self._count += 1
        transit = at * 8000 - stamp
        if self._transit is not None:
            self._jitter += (abs(transit - self._transit) - self._jitter) / 16
        self._transit = transit

    def sender_told(self, data: bytes, at: float) -> None:
        if len(data) >= 20 and data[1] == 200:
            self._sender = (struct.unpack("!I", data[10:14])[0], at)

    def report(self, now: float, way_s: float) -> bytes:
        """A receiver report; `way_s` is what the way there and back takes, as if the report had been under way so long."""
        expected = self._highest - self._first + 1 if self._first >= 0 else 0
        lost = max(0, expected - self._count)
        span, gone = expected - self._before[0], lost - self._before[1]
        self._before = (expected, lost)
        share = max(0, min(255, gone * 256 // span)) if span > 0 else 0
        told, at = self._sender
        held = max(0, int((now - at - way_s) * 65536)) if told else 0
        block = struct.pack("!IIIIII", self._source, share << 24 | lost & 0xFFFFFF, max(0, self._highest), int(self._jitter),
                            told, held)  # fmt: skip
        return struct.pack("!BBHI", 0x81, 201, 7, _CITIZEN) + block


class FarCaller(Caller):
    """A citizen behind a bad network; `says` (16 bit mono of 8 kHz, said again and again) takes the place of the tone."""

    def __init__(self, network: BadNetwork, address: str = "127.0.0.5", pitch: float = 700.0, says: bytes = b"") -> None:
        self._network = network
        self._says = np.frombuffer(says, "<i2")
        super().__init__(address, pitch=pitch)
        network.lead_to(self._rtp.getsockname())

    def voice(self, place: int) -> npt.NDArray[np.int16]:
        if not len(self._says):
            return super().voice(place)
        return np.take(self._says, np.arange(place, place + 160), mode="wrap")

    def sdp(self) -> str:
        host, port = self._network.near
        own_host, own_port = self._rtp.getsockname()
        return (
            super()
            .sdp()
            .replace(f"m=audio {own_port} ", f"m=audio {port} ")
            .replace(f"c=IN IP4 {own_host}", f"c=IN IP4 {host}")
        )

    def take_message(self, message: str, peer: Address) -> None:
        super().take_message(message, peer)
        for talk in self.talks.values():
            if talk.rtp is not None:
                talk.rtp = self._network.far


def _bound(address: str, port: int = 0) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((address, port))
    return sock


def _pair(address: str) -> tuple[socket.socket, socket.socket]:
    """RTP on an even port, RTCP on the next."""
    for _ in range(50):
        rtp = _bound(address)
        port = rtp.getsockname()[1]
        if port % 2 == 0:
            try:
                return rtp, _bound(address, port + 1)
            except OSError:
                pass
        rtp.close()
    raise OSError("no pair of ports is free")
