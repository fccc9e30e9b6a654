"""Loopback ends of a trunk for tests: a gateway that answers as 110/119/120/122, and a caller with any header one likes.

Plain SIP over UDP with PCMA, small enough to misbehave on purpose. Each runs in one thread and speaks a tone, so that a test
can tell by the pitch who hears whom.
"""

import re
import select
import socket
import struct
import threading
import time
import uuid
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

RATE = 8000
_FRAME = 160


def to_alaw(samples: npt.NDArray[np.int16]) -> bytes:
    """G.711 A-law."""
    wide = samples.astype(np.int32)
    sign = np.where(wide >= 0, 0x80, 0)
    size = np.minimum(np.where(wide >= 0, wide, -wide - 1), 32767) >> 3
    chord = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    low = np.where(chord == 0, size >> 1, size >> np.maximum(chord, 1)) & 0x0F
    return bytes(((sign | (chord << 4) | low) ^ 0x55).astype(np.uint8).tobytes())


def from_alaw(data: bytes) -> npt.NDArray[np.int16]:
    code = np.frombuffer(data, np.uint8).astype(np.int32) ^ 0x55
    chord, low = (code >> 4) & 7, code & 0x0F
    size = np.where(chord == 0, (low << 4) + 8, ((low << 4) + 0x108) << np.maximum(chord - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.int16)


@dataclass(slots=True)
class Talk:
    """One call as seen from here."""

    call_id: str
    request: str  # the INVITE as it came or went
    peer: tuple[str, int]
    rtp: tuple[str, int] | None = None
    tag: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    is_up: bool = False
    is_over: bool = False
    answer: str = ""
    heard: list[bytes] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    at: float = field(default_factory=time.perf_counter)  # when the INVITE came or went

    @property
    def dialled(self) -> str:
        """The user part that was asked for."""
        match = re.match(r"INVITE sips?:([^@\s]*)@", self.request)
        return match[1] if match else ""

    def header(self, name: str) -> str:
        match = re.search(rf"(?im)^{re.escape(name)}\s*:\s*(.*?)\r?$", self.request)
        return match[1] if match else ""


class TrunkEnd:
    """Common ground of gateway and caller: sockets, the thread, RTP with a tone."""

    def __init__(self, address: str, port: int, pitch: float) -> None:
        self.address, self.port, self.pitch = address, port, pitch
        self.peak = 6000.0
        self.talks: dict[str, Talk] = {}
        self._sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sip.bind((address, port))
        self.port = self._sip.getsockname()[1]
        self._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._rtp.bind((address, 0))
        self._changed = threading.Condition()
        self._is_ending = False
        self._sent = 0
        self._thread = threading.Thread(target=self._run, name=f"trunk-{self.port}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """As a power cut: answers nothing from now on."""
        self._is_ending = True
        self._thread.join(5)
        self._sip.close()
        self._rtp.close()

    def heard(self, talk: Talk, seconds: float = 1.0) -> bytes:
        """The last seconds of what came in, 16 bit mono of 8 kHz."""
        data = b"".join(talk.heard)[-int(seconds * RATE) :]
        return from_alaw(data).astype("<i2").tobytes()

    def wait(self, fits: "object", patience_s: float = 8.0) -> Talk:
        """The first talk of which `fits` is true."""
        assert callable(fits)
        end = time.monotonic() + patience_s
        with self._changed:
            while True:
                found = next((talk for talk in self.talks.values() if fits(talk)), None)
                if found is not None:
                    return found
                left = end - time.monotonic()
                assert left > 0, f"no such call at {self.address}:{self.port}: {[talk.codes for talk in self.talks.values()]}"
                self._changed.wait(left)

    # --- the thread ---

    def _run(self) -> None:
        due = time.monotonic()
        while not self._is_ending:
            due += 0.02
            while (left := due - time.monotonic()) > 0:
                ready, _, _ = select.select([self._sip, self._rtp], [], [], left)
                for sock in ready:
                    self._take(sock)
            self._speak()
            self.live()

    def live(self) -> None:
        """Every 20 ms, on the thread."""

    def _take(self, sock: socket.socket) -> None:
        try:
            data, peer = sock.recvfrom(65536)
        except OSError:
            return
        if sock is self._sip:
            with self._changed:
                self.take_message(data.decode("utf-8", "surrogateescape"), peer)
                self._changed.notify_all()
            return
        up = [talk for talk in self.talks.values() if talk.is_up and not talk.is_over]
        for talk in [talk for talk in up if talk.rtp == peer] or up:  # two talks share our one port: whose voice is it?
            if len(data) == 12 + _FRAME and data[1] & 0x7F == 8:
                talk.heard.append(data[12:])

    def _speak(self) -> None:
        voice = to_alaw(self.voice(self._sent * _FRAME))
        head = struct.pack("!BBHII", 0x80, 8, self._sent & 0xFFFF, self._sent * _FRAME & 0xFFFFFFFF, 0x1234)
        self._sent += 1
        for talk in list(self.talks.values()):
            if talk.is_up and not talk.is_over and talk.rtp is not None:
                self._rtp.sendto(head + voice, talk.rtp)

    def voice(self, place: int) -> npt.NDArray[np.int16]:
        """The next 20 ms of what is said; `place` counts samples."""
        clock = np.arange(place, place + _FRAME) / RATE
        return (self.peak * np.sin(2 * np.pi * self.pitch * clock)).astype(np.int16)

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        raise NotImplementedError

    def sdp(self) -> str:
        port = self._rtp.getsockname()[1]
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self.address}\r\ns=-\r\nc=IN IP4 {self.address}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n"
        )

    def put(self, message: str, peer: tuple[str, int]) -> None:
        self._sip.sendto(message.encode("utf-8", "surrogateescape"), peer)

    def reply(self, request: str, peer: tuple[str, int], status: str, tag: str, body: str = "") -> None:
        lines = [f"SIP/2.0 {status}"]
        for line in request.split("\r\n\r\n")[0].split("\r\n")[1:]:
            name = line.partition(":")[0].strip().lower()
            if name in ("via", "from", "call-id", "cseq", "record-route"):
                lines.append(line)
            elif name == "to":
                lines.append(line if ";tag=" in line else f"{line};tag={tag}")
        lines.append(f"Contact: <sip:end@{self.address}:{self.port}>")
        if body:
            lines.append("Content-Type: application/sdp")
        self.put("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]), peer)


def media_address(message: str) -> tuple[str, int] | None:
    place = re.search(r"(?m)^c=IN IP4 (\S+)", message)
    port = re.search(r"(?m)^m=audio (\d+)", message)
    return (place[1], int(port[1])) if place and port else None


def call_id_of(message: str) -> str:
    match = re.search(r"(?im)^(?:call-id|i)\s*:\s*(\S+)", message)
    return match[1] if match else ""


class Gateway(TrunkEnd):
    """Refuses registrations and counts them.

    Manner: "answers" (180, then 200), "rings" (180 only), "tries" (100 only), "silent", or a refusal such as "503 Busy"."""

    def __init__(self, address: str = "127.0.0.7", port: int = 0, manner: str = "answers", pitch: float = 1900.0) -> None:
        self.manner = manner
        self.registrations = 0
        self.texts: list[str] = []
        super().__init__(address, port, pitch)

    @property
    def target(self) -> str:
        return f"{self.address}:{self.port}"

    def wait_call(self, dialled: str, patience_s: float = 8.0) -> Talk:
        """The call to that number, once it is up."""
        return self.wait(lambda talk: talk.dialled == dialled and talk.is_up, patience_s)

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        method = message.split(" ", 1)[0]
        call = call_id_of(message)
        if method == "INVITE":
            self._invited(message, peer, call)
        elif method == "REGISTER":
            self.registrations += 1
            self.reply(message, peer, "403 Forbidden", "x")
        elif method == "MESSAGE" and self.manner != "silent":
            self.texts.append(message.partition("\r\n\r\n")[2].encode("utf-8", "surrogateescape").decode(errors="replace"))
            self.reply(message, peer, "200 OK", "x")
        elif method in ("BYE", "CANCEL", "OPTIONS") and self.manner != "silent":
            talk = self.talks.get(call)
            self.reply(message, peer, "200 OK", talk.tag if talk else "x")
            if talk is not None and method != "OPTIONS":
                talk.is_over = True
                if method == "CANCEL":
                    self.reply(talk.request, peer, "487 Request Terminated", talk.tag)

    def hang_up(self, talk: Talk) -> None:
        """BYE from this side."""
        talk.is_over = True
        contact = re.search(r"(?im)^contact:\s*<([^>]*)>", talk.request)
        lines = [
            f"BYE {contact[1] if contact else ''} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{uuid.uuid4().hex}",
            f"From: {talk.header('To')};tag={talk.tag}",
            f"To: {talk.header('From')}",
            f"Call-ID: {talk.call_id}",
            "CSeq: 7 BYE",
            "Max-Forwards: 70",
            "Content-Length: 0",
        ]
        self.put("\r\n".join([*lines, "", ""]), talk.peer)

    def _invited(self, message: str, peer: tuple[str, int], call: str) -> None:
        is_new = call not in self.talks
        talk = self.talks.setdefault(call, Talk(call, message, peer))
        talk.rtp = media_address(message)
        if self.manner in ("silent",):
            return
        if self.manner[0].isdigit():
            self.reply(message, peer, self.manner, talk.tag)
            return
        if is_new:
            self.reply(message, peer, "100 Trying", talk.tag)
        if self.manner == "tries":
            return
        if is_new:
            self.reply(message, peer, "180 Ringing", talk.tag)
        if self.manner == "answers":
            talk.is_up = True
            self.reply(message, peer, "200 OK", talk.tag, self.sdp())


class Caller(TrunkEnd):
    """A citizen, or whatever a trunk may bring: the lines of From and of further headers are sent as they are given."""

    def __init__(self, address: str = "127.0.0.5", port: int = 0, pitch: float = 700.0) -> None:
        super().__init__(address, port, pitch)

    def call(self, target: str, number: str, sender: str = '"张三" <sip:13800138000@127.0.0.5>', *headers: str) -> Talk:
        """INVITE to host:port; returns at once."""
        host, _, port = target.rpartition(":")
        call = uuid.uuid4().hex
        body = self.sdp()
        message = "\r\n".join(
            [
                f"INVITE sip:{number}@{target} SIP/2.0",
                f"Via: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{call}",
                f"From: {sender};tag=1",
                f"To: <sip:{number}@{target}>",
                f"Call-ID: {call}",
                "CSeq: 1 INVITE",
                f"Contact: <sip:caller@{self.address}:{self.port}>",
                "Max-Forwards: 70",
                *headers,
                "Content-Type: application/sdp",
                f"Content-Length: {len(body)}",
                "",
                body,
            ]
        )
        talk = Talk(call, message, (host, int(port)))
        self.talks[call] = talk
        self.put(message, talk.peer)
        return talk

    def live(self) -> None:
        for talk in list(self.talks.values()):
            if not talk.codes and not talk.is_over and self._sent % 25 == 24:
                self.put(talk.request, talk.peer)

    def cancel(self, talk: Talk) -> None:
        self.put(self._request(talk, "CANCEL", 1, is_cancel=True), talk.peer)

    def hang_up(self, talk: Talk) -> None:
        talk.is_over = True
        self.put(self._request(talk, "BYE", 2), talk.peer)

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        talk = self.talks.get(call_id_of(message))
        if message.startswith("OPTIONS"):
            self.reply(message, peer, "200 OK", "1")
        if talk is None:
            return
        if not message.startswith("SIP/2.0"):
            self._requested(message, peer, talk)
            return
        code = int(message.split(" ", 2)[1])
        if "INVITE" not in message.split("CSeq:")[-1].split("\r\n")[0]:
            return
        talk.codes.append(code)
        if code >= 200:
            talk.answer = message
            self.put(self._request(talk, "ACK", 1, is_cancel=code >= 300), talk.peer)
            talk.rtp = media_address(message) or talk.rtp
            talk.is_up, talk.is_over = code < 300, talk.is_over or code >= 300

    def _requested(self, message: str, peer: tuple[str, int], talk: Talk) -> None:
        body = ""
        if message.startswith("BYE"):
            talk.is_over = True
        elif message.startswith("INVITE"):
            talk.rtp = media_address(message) or talk.rtp
            body = self.sdp()
        if not message.startswith("ACK"):
            self.reply(message, peer, "501 Not Implemented" if message.startswith("REFER") else "200 OK", "1", body)

    def _request(self, talk: Talk, method: str, number: int, is_cancel: bool = False) -> str:
        first = talk.request.split("\r\n")
        to = re.search(r"(?im)^to:.*$", talk.answer)
        contact = re.search(r"(?im)^contact:\s*<([^>]*)>", talk.answer)
        target = contact[1] if contact and not is_cancel else first[0].split(" ")[1]
        kept = [line for line in first if line.startswith(("From:", "Call-ID:", "Max-Forwards:"))]
        branch = talk.call_id if is_cancel else uuid.uuid4().hex
        return "\r\n".join(
            [
                f"{method} {target} SIP/2.0",
                f"Via: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{branch}",
                *kept,
                to[0].rstrip("\r") if to and method != "CANCEL" else next(line for line in first if line.startswith("To:")),
                f"CSeq: {number} {method}",
                "Content-Length: 0",
                "",
                "",
            ]
        )
