"""The emergency trainer: answers as 110, 119, 120 and 122 on the loopback, and keeps what it was given.

It is also the second gateway of practice and tests, so it is a process of its own: it outlives the practice exchange.
It listens only within 127.0.0.0/8, where no packet from another machine ever arrives.
"""

import collections
import ipaddress
import json
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.call import CallId
from app.practice.cached_speech import CachedSpeech, Line
from app.practice.caller import split_address
from app.practice.citizen import Playback
from app.practice.lifetime import end_with_parent
from app.practice.sounds import WavFile, tone_speech
from app.telephony.sip import SipAgent
from app.telephony.sip_events import AccountSpec, CallCame, CallOver, CallUp, DigitCame, SipBind, SipError, SipEvent

log = logging.getLogger(__name__)

GREETINGS = {
    "110": "110报警服务台，请讲您的位置。",
    "119": "119消防，请讲您的位置。",
    "120": "120急救中心，请讲您的位置。",
    "122": "122交通事故报警台，请讲您的位置。",
}
RECORD = "calls.jsonl"
RTP_PORT = 33_400
_RTP_PORTS = 200
SLOTS = 8
_NOT_FOUND, _BUSY = 404, 486
_TICK_S = 0.02
_FLUSH_S = 0.5
_VOICE = "zf_xiaobei"
_SPOKEN = str.maketrans("012", "零幺二") | {ord("9"): "九"}


def greeting_line(line: str) -> Line:
    """The greeting as it is spoken: a voice reads 119 as 幺幺九, not as a number."""
    return Line(GREETINGS[line].translate(_SPOKEN), _VOICE)


def check_loopback(address: str) -> tuple[str, int]:
    """Host and port of `address`. Raises SipError for anything but a literal address within 127.0.0.0/8."""
    host, port = split_address(address)
    try:
        is_loopback = ipaddress.IPv4Address(host) in ipaddress.IPv4Network("127.0.0.0/8")
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise SipError("trainer", f"{host} is not within 127.0.0.0/8: the emergency trainer answers nobody outside")
    return host, port


class Greetings:
    """The sound of each line's greeting: tones until the voice has been made, on a thread of its own."""

    def __init__(self, speech: CachedSpeech) -> None:
        self._speech = speech
        self._sounds = {line: tone_speech(text) for line, text in GREETINGS.items()}
        self._thread = threading.Thread(target=self._make, name="trainer-greetings", daemon=True)

    def make(self) -> None:
        self._thread.start()

    def of(self, line: str) -> bytes:
        return self._sounds[line]

    def _make(self) -> None:
        for line in GREETINGS:
            sound = self._speech.sound(greeting_line(line))
            self._sounds[line] = sound
        self._speech.rest()


@dataclass(slots=True)
class _Recording:
    """One call: what it told of itself, what is heard of it, and where that is kept."""

    came: CallCame
    slot: int
    path: Path
    playback: Playback = field(default_factory=Playback)
    heard: collections.deque[bytes] = field(default_factory=lambda: collections.deque(maxlen=3000))
    wav: WavFile | None = None
    answered_at: float = 0.0
    digits: str = ""
    flushed_at: float = 0.0

    def drain(self) -> None:
        """Writes now and then what was heard: a trainer that is killed leaves all but the last half second."""
        if self.wav is not None and time.monotonic() - self.flushed_at >= _FLUSH_S:
            self.flushed_at = time.monotonic()
            self.wav.write(self._taken())

    def close(self) -> None:
        if self.wav is not None:
            self.wav.write(self._taken())
            self.wav.close()
            self.wav = None

    def _taken(self) -> bytes:
        return b"".join(self.heard.popleft() for _ in range(len(self.heard)))


class Trainer:
    """One SIP address of the trainer. `stop` may be called from any thread or signal; all else belongs to `run`'s thread."""

    def __init__(self, address: str, folder: Path, greetings: Greetings, rtp_port: int = RTP_PORT) -> None:
        """Raises SipError where the address is none of the loopback's or cannot be had."""
        host, port = check_loopback(address)
        self._folder, self._greetings = folder, greetings
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._inbox: queue.SimpleQueue[SipEvent | None] = queue.SimpleQueue()
        self._calls: dict[CallId, _Recording] = {}
        self._agent = SipAgent(SipBind(host, port, rtp_port, _RTP_PORTS, "Jiesu emergency trainer"), self._inbox.put)
        self.address = f"{host}:{self._agent.port}"
        self._agent.add_account(AccountSpec("trainer", self.address, user="trainer"))

    def stop(self) -> None:
        self._inbox.put(None)

    def run(self) -> None:
        """Returns after `stop`; every call has then been ended and written down."""
        while True:
            event: SipEvent | None = None
            with suppress(queue.Empty):
                event = self._inbox.get(timeout=_TICK_S)
                if event is None:
                    break
                self._handle(event)
            for recording in self._calls.values():
                recording.drain()
        self._agent.close()
        for call in list(self._calls):
            self._ended(CallOver(call, 0, "the trainer was stopped", is_ours=True, was_up=True))

    def _handle(self, event: SipEvent) -> None:
        match event:
            case CallCame():
                self._came(event)
            case CallUp(call) if call in self._calls:
                self._calls[call].playback = self._speak(self._calls[call])
            case DigitCame(call, digit) if call in self._calls:
                self._calls[call].digits += digit
                self._note(self._calls[call], "digit")
            case CallOver(call) if call in self._calls:
                self._ended(event)
            case _:
                pass

    def _came(self, came: CallCame) -> None:
        slot = next((slot for slot in range(SLOTS) if slot not in {one.slot for one in self._calls.values()}), None)
        if came.dialled not in GREETINGS or slot is None:
            log.info("call %s: refused", came.call)
            self._agent.reject(came.call, _BUSY if came.dialled in GREETINGS else _NOT_FOUND)
            return
        stamp = time.strftime("%Y%m%d-%H%M%S")
        recording = _Recording(came, slot, self._folder / f"{stamp}-{came.dialled}-{came.call[:8]}.wav")
        self._calls[came.call] = recording
        try:
            self._wire(recording)
            self._agent.ring(came.call)
            self._agent.answer(came.call)
        except SipError as refused:  # the caller has gone again
            log.info("call %s: not answered: %s", came.call, refused)

    def _wire(self, recording: _Recording) -> None:
        call, slot = recording.came.call, recording.slot
        self._agent.add_source(f"mouth-{slot}", lambda: recording.playback.pull())
        self._agent.add_sink(f"ear-{slot}", recording.heard.append)
        self._agent.connect(f"mouth-{slot}", call)
        self._agent.connect(call, f"ear-{slot}")

    def _speak(self, recording: _Recording) -> Playback:
        recording.answered_at = time.time()
        recording.wav = WavFile(recording.path)
        self._note(recording, "answered")
        return Playback(self._greetings.of(recording.came.dialled))

    def _ended(self, over: CallOver) -> None:
        recording = self._calls.pop(over.call)
        recording.close()
        self._note(recording, "ended", ended_by="trainer" if over.is_ours else "caller", code=over.code, reason=over.reason)

    def _note(self, recording: _Recording, event: str, **more: Any) -> None:
        """One JSON line, for the eyes of the trainer only: the folder is the user's own and holds what the log must not."""
        came, now = recording.came, time.time()
        line = {
            "event": event,
            "time": round(now, 3),
            "call": came.call,
            "line": came.dialled,
            "number": came.number,
            "display": came.display,
            "headers": came.headers,
            "digits": recording.digits,
            "answered_at": round(recording.answered_at, 3),
            "seconds": round(now - recording.answered_at, 3) if recording.answered_at else 0.0,
            "file": recording.path.name if recording.answered_at else "",
            **more,
        }
        handle = os.open(self._folder / RECORD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_trainer(
    address: str, folder: Path, speech: CachedSpeech, index: int = 0, announce: Callable[[str], None] = log.info
) -> None:
    """Serves until a signal or the launcher's end; call on the main thread, then `lifetime.leave`. Raises SipError.

    `index` keeps the voices' ports of several trainers on one machine apart.
    """
    greetings = Greetings(speech)
    trainer = Trainer(address, folder, greetings, RTP_PORT + index * _RTP_PORTS)
    greetings.make()
    end_with_parent(trainer.stop)
    announce(f"the emergency trainer answers at {trainer.address}")
    trainer.run()
