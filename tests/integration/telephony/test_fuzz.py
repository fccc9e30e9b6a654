"""Whatever comes in by SIP: no crash, no leak, the live call untouched; strangers never ring, a flood costs nothing."""

import random
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from app.desk.commands import AddLeg, AnswerCall, HangUp, HoldCall, LineAccount, SendDigits
from app.desk.events import CallEnded, CallHeld, CallRang, LegChanged
from app.domain.call import CallId, LegPurpose, LegStage
from app.taps import TapFrame
from tests.exchange import SLOT
from tests.integration.telephony.evil import ALLOWED, evil, mutated
from tests.integration.telephony.seat import Seat, caller_voice, level, way_back
from tests.trunk import Caller, Gateway

HERE = f"127.0.{SLOT}"
STRANGER = f"{HERE}.66"
LEG = CallId("b" * 32)
FLOOD_S = 10
FLOOD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<scenario name="flood">
<send retrans="500"><![CDATA[
INVITE sip:agent@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:flood@[local_ip]>;tag=[call_number]
To: <sip:agent@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:flood@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 6000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="403" optional="true" next="1"/>
<recv response="486" next="1"/>
<label id="1"/>
<send><![CDATA[
ACK sip:agent@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:flood@[local_ip]>;tag=[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0
]]></send>
</scenario>
"""


class Flood:
    """1,000 INVITEs a second from one address."""

    def __init__(self, folder: Path, source: str, target: str, transport: str = "u1") -> None:
        (folder / "flood.xml").write_text(FLOOD)
        self._process = subprocess.Popen(
            ["sipp", "-sf", str(folder / "flood.xml"), "-i", source, "-t", transport, "-r", "1000", "-rp", "1000",
             "-l", "200000", "-m", str(FLOOD_S * 1000), "-timeout", f"{FLOOD_S + 2}s", "-nostdin", "-trace_stat", "-fd", "1",
             "-stf", str(folder / "stat.csv"), target],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._stat = folder / "stat.csv"

    @property
    def sent(self) -> int:
        rows = self._stat.read_text().splitlines() if self._stat.exists() else []
        if len(rows) < 2:
            return 0
        return int(rows[-1].split(";")[rows[0].split(";").index("OutgoingCall(C)")])

    def wait(self) -> None:
        try:
            self._process.wait(FLOOD_S + 20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)


class Live:
    """A call that must not notice anything, and the process that holds it."""

    def __init__(self, seat: Seat, citizen: Caller) -> None:
        self._seat, self._process = seat, psutil.Process(seat.process.pid)
        since = seat.count
        self.talk = citizen.call(seat.sip, "agent", "<sip:13800138000@127.0.0.5>")
        self.call = seat.wait_ring(since).call
        seat.send(AnswerCall(self.call))
        seat.wait_answered(self.call, since)
        self.check()
        self.before = self.weigh()

    def weigh(self) -> tuple[int, int, int]:
        """Kilobytes, files, threads."""
        return self._process.memory_info().rss // 1024, self._process.num_fds(), self._process.num_threads()

    def check(self) -> list[TapFrame]:
        frames = self._seat.listen(1.0)
        assert level(caller_voice(frames), 700) > -35, self._seat.log[-2000:]
        return frames

    def check_no_leak(self) -> None:
        time.sleep(6)  # ended calls are kept for 5 s
        kilobytes, files, threads = (now - before for now, before in zip(self.weigh(), self.before, strict=True))
        print(f"\nmeasured: grown by {kilobytes} KB, {files} files, {threads} threads")
        assert kilobytes < 12_000
        assert files <= 4
        assert threads <= 1


@pytest.fixture
def live_citizen() -> Iterator[Caller]:
    caller = Caller(f"{HERE}.5", pitch=700)
    yield caller
    caller.close()


@pytest.fixture
def live(seat: Seat, live_citizen: Caller, second_gateway: Gateway) -> Live:
    gateway = LineAccount("gateway", second_gateway.target, transport="udp")
    seat.set_up(way_back(live_citizen), gateway, accepts_from=(ALLOWED,))
    seat.wait_up("practice")
    seat.wait_up("gateway")
    return Live(seat, live_citizen)


def gaps(frames: list[TapFrame]) -> int:
    return sum(later.number - earlier.number != 1 for earlier, later in pairwise(frames))


def check_flooded(seat: Seat, live: Live, flood: Flood, gateway: Gateway, patience_s: float) -> list[CallRang]:
    """Holds, presses a digit and calls 119 while the flood is on; gives who rang."""
    since = seat.count
    frames = seat.listen(2.0)
    begun = time.perf_counter()
    seat.send(HoldCall(live.call, True))
    seat.wait(CallHeld, since=since)
    time.sleep(0.5)
    seat.send(HoldCall(live.call, False))
    seat.wait(CallHeld, lambda event: not event.is_held, since=since)
    seat.send(SendDigits(live.call, "5"))
    pressed = time.perf_counter()
    seat.send(AddLeg(live.call, LEG, LegPurpose.EMERGENCY, "119", (("gateway", "119"),)))
    up = seat.wait(LegChanged, lambda event: event.stage is LegStage.TALKING, since=since)
    took = seat.times[seat.events.index(up, since)] - pressed
    print(f"\nmeasured: in the flood, press -> 119 answered: {took * 1000:.0f} ms")
    assert took < patience_s
    assert gateway.wait_call("119").is_up
    later = seat.listen(2.0)
    assert time.perf_counter() - begun < FLOOD_S - 2, "the flood was still on"
    flood.wait()
    assert flood.sent >= FLOOD_S * 900, flood.sent
    assert (gaps(frames), gaps(later)) == (0, 0)
    between = (later[0].number - frames[-1].number) * 0.02
    assert abs(later[0].at - frames[-1].at - between) < 0.1, "no frame is missing between"
    assert min(level(caller_voice(frames), 700), level(caller_voice(later), 700)) > -35
    seat.send(HangUp(LEG))
    return [event for event in seat.events[since:] if isinstance(event, CallRang)]


def test_a_flood_of_a_stranger_is_not_even_seen(
    seat: Seat, live: Live, tmp_path: Path, second_gateway: Gateway, live_citizen: Caller
) -> None:
    busy = psutil.Process(seat.process.pid).cpu_times()
    flood = Flood(tmp_path, STRANGER, seat.sip)

    rang = check_flooded(seat, live, flood, second_gateway, 0.5)

    used = psutil.Process(seat.process.pid).cpu_times()
    print(f"measured: {used.user + used.system - busy.user - busy.system:.2f} s of processor in {FLOOD_S} s")
    assert rang == []
    live.check()
    live.check_no_leak()
    check_rings(seat, live_citizen)


@pytest.mark.parametrize("transport", ["u1", "t1"])
def test_a_flood_of_an_allowed_peer_leaves_the_call_alone(
    seat: Seat, live: Live, tmp_path: Path, second_gateway: Gateway, live_citizen: Caller, transport: str
) -> None:
    flood = Flood(tmp_path, ALLOWED, seat.sip, transport)

    rang = check_flooded(seat, live, flood, second_gateway, 2.0)

    print(f"measured: {len(rang)} calls of the flood rang")
    assert len(rang) <= 20
    live.check()
    for event in rang:
        seat.send(HangUp(event.call))
    live.check_no_leak()
    check_rings(seat, live_citizen)


def check_rings(seat: Seat, citizen: Caller) -> None:
    since = seat.count
    citizen.call(seat.sip, "agent", "<sip:13900139000@127.0.0.5>")
    assert seat.wait(CallRang, lambda event: event.number == "13900139000", since=since)


def test_a_stranger_never_rings_over_udp_or_tcp(seat: Seat, live: Live) -> None:
    since = seat.count
    stranger = Caller(STRANGER)
    host, _, port = seat.sip.rpartition(":")
    try:
        talk = stranger.call(seat.sip, "agent")
        with pytest.raises(OSError), socket.create_connection((host, int(port)), 1.5, (STRANGER, 0)):
            pass
    finally:
        stranger.close()

    assert talk.codes == []
    assert not [event for event in seat.events[since:] if isinstance(event, CallRang)]
    live.check()


def test_where_the_system_cannot_drop_a_stranger_gets_403_and_never_rings(tmp_path: Path) -> None:
    seat = Seat(tmp_path, {"JIESU_NO_SOCKET_FILTER": "1"})
    stranger = Caller(STRANGER)
    try:
        seat.attach()
        seat.set_up(accepts_from=(ALLOWED,))
        talk = stranger.call(seat.sip, "agent")

        stranger.wait(lambda known: known.is_over)

        assert talk.codes[-1] == 403
        assert not [event for event in seat.events if isinstance(event, CallRang)]
        assert "403" in seat.log
    finally:
        stranger.close()
        assert seat.end() == 0, seat.log


# --- messages that no one should send ---


def send_udp(target: str, messages: Iterator[bytes]) -> int:
    host, _, port = target.rpartition(":")
    count = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind((ALLOWED, 5066))
        for message in messages:
            one.sendto(message, (host, int(port)))
            count += 1
            time.sleep(0.003)
    return count


def send_tcp(target: str, messages: Iterator[bytes]) -> int:
    """Each on a connection of its own, half of them cut off in the middle."""
    host, _, port = target.rpartition(":")
    count = 0
    for message in messages:
        try:
            with socket.create_connection((host, int(port)), 3, (ALLOWED, 0)) as one:
                one.sendall(message if count % 2 else message[: len(message) // 2])
                time.sleep(0.01)
        except OSError:
            pass  # it was closed in our face, which is well
        count += 1
    return count


def test_broken_messages_over_udp_harm_nothing(seat: Seat, live: Live, live_citizen: Caller) -> None:
    chance = random.Random(12345)

    count = send_udp(seat.sip, (message for round_ in range(5) for message in evil(round_)))
    count += send_udp(seat.sip, (mutated(chance, 1000 + i) for i in range(3000)))

    print(f"\nmeasured: {count} broken datagrams")
    live.check()
    end_all(seat, live)
    live.check_no_leak()
    check_rings(seat, live_citizen)


def test_broken_messages_over_tcp_harm_nothing(seat: Seat, live: Live, live_citizen: Caller) -> None:
    chance = random.Random(54321)

    count = send_tcp(seat.sip, (message for round_ in range(2) for message in evil(round_)))
    count += send_tcp(seat.sip, (mutated(chance, 9000 + i) for i in range(300)))
    count += send_tcp(seat.sip, iter([b"INVITE sip:x SIP/2.0\r\n" + b"X: " + b"a" * 70_000, b"\x16\x03\x01" + b"z" * 9000]))

    print(f"\nmeasured: {count} broken connections")
    live.check()
    end_all(seat, live)
    live.check_no_leak()
    check_rings(seat, live_citizen)


def test_a_hundred_open_connections_of_a_peer_do_not_bring_the_telephone_down(
    seat: Seat, live: Live, live_citizen: Caller
) -> None:
    host, _, port = seat.sip.rpartition(":")
    opened: list[socket.socket] = []
    try:
        for _ in range(100):
            opened.append(socket.create_connection((host, int(port)), 3, (ALLOWED, 0)))
            time.sleep(0.005)
        live.check()
        time.sleep(2)
        live.check()
    finally:
        for one in opened:
            one.close()

    live.check()
    check_rings(seat, live_citizen)


def end_all(seat: Seat, live: Live) -> None:
    """Whatever the fuzz let ring is refused."""
    ended = {event.call for event in seat.events if isinstance(event, CallEnded)}
    for event in list(seat.events):
        if isinstance(event, CallRang) and event.call not in ended and event.call != live.call:
            seat.send(HangUp(event.call))
