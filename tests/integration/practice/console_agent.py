"""A stand-in for the console in a process of its own: a real SIP agent, told by JSON lines what to do, telling what it hears.

The SIP library lives in a process of its own because it aborts a normal exit of whoever loaded it.
"""

import json
import sys
import threading
from dataclasses import asdict
from typing import Any

from app.domain.call import CallId
from app.practice.citizen import Playback
from app.practice.lifetime import leave
from app.practice.sounds import VoiceDetector, tone
from app.telephony.sip import SipAgent
from app.telephony.sip_events import AccountSpec, CallCame, SipBind, SipEvent

RTP_PORT = 33_800


class ConsoleAgent:
    """One mouth and one ear, wired to the call named last by `focus`."""

    def __init__(self) -> None:
        self._said = threading.Lock()
        self._playback = Playback()
        self._detector = VoiceDetector()
        self._agent = SipAgent(SipBind("127.0.0.1", 0, RTP_PORT, 100), self._told)
        self._agent.add_account(AccountSpec("practice", f"127.0.0.1:{self._agent.port}", user="console"))
        self._agent.add_source("mouth", lambda: self._playback.pull())
        self._agent.add_sink("ear", self._hear)
        self.say(kind="Ready", port=self._agent.port)

    def say(self, **fact: Any) -> None:
        with self._said:
            sys.stdout.write(json.dumps(fact) + "\n")
            sys.stdout.flush()

    def run(self) -> None:
        for line in sys.stdin:
            wish = json.loads(line)
            getattr(self, "do_" + wish.pop("do"))(**wish)
        self._agent.close()

    def do_answer(self, call: str) -> None:
        self._agent.answer(CallId(call))
        self.do_focus(call)

    def do_focus(self, call: str) -> None:
        self._agent.patch([("mouth", call), (call, "ear")])

    def do_reject(self, call: str, code: int) -> None:
        self._agent.reject(CallId(call), code)

    def do_speak(self, seconds: float, frequency: float = 500.0) -> None:
        self._playback = Playback(tone(frequency, seconds))

    def do_hold(self, call: str, is_held: bool) -> None:
        self._agent.hold(CallId(call), is_held)

    def do_transfer(self, call: str, target: str) -> None:
        self._agent.transfer(CallId(call), target)

    def do_digits(self, call: str, digits: str) -> None:
        self._agent.send_digits(CallId(call), digits)

    def do_dial(self, target: str) -> None:
        call = self._agent.dial("practice", target, {"X-Call-ID": "42"})
        self.do_focus(call)

    def do_hang_up(self, call: str) -> None:
        self._agent.hang_up(CallId(call))

    def _told(self, event: SipEvent) -> None:
        if isinstance(event, CallCame):
            self._agent.ring(event.call)
        self.say(kind=type(event).__name__, **asdict(event))

    def _hear(self, frame: bytes) -> None:
        was_voice = self._detector.is_voice
        if self._detector.hear(frame) != was_voice:
            self.say(kind="Voice", is_voice=self._detector.is_voice)


if __name__ == "__main__":
    ConsoleAgent().run()
    leave(0)
