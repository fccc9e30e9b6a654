"""A desk under measure: the program's own telephony and window processes on a screen, with the benchmark as everything else.

The benchmark is the launcher, the recogniser (over the real link), the citizen who calls and the gateway to 110/119/120/122.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from app import settings
from app.desk.commands import SpeechCommand
from app.desk.events import Heard
from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance
from app.link import LinkServer
from app.places import Places, new_key
from app.taps import make_taps
from tests.benchmarks.eyes import Eyes
from tests.end_to_end.screen import Screen
from tests.trunk import Caller, Gateway, call_id_of
from tests.waiting import wait_for
from ui.free_ports import free_ports

State = Mapping[str, Any]
SENTENCE = "您好我家住在幸福路一百二十三号三单元已经停水三天了物业一直没有人来修请你们帮我催一催"


class WireTap(Gateway):
    """A gateway that is always busy, and knows when the first datagram of each INVITE came."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}
        super().__init__("127.0.0.8", manner="486 Busy Here")

    def take_message(self, message: str, peer: tuple[str, int]) -> None:
        if message.startswith("INVITE"):
            self.came.setdefault(call_id_of(message), time.perf_counter())
        super().take_message(message, peer)

    def wait_invite(self, since: int, timeout_s: float = 5.0) -> float:
        """When the INVITE after the first `since` ones came."""
        wait_for(lambda: len(self.came) > since, "an INVITE", timeout_s, 0.005)
        return list(self.came.values())[since]


class Seat:
    """A context: everything it starts has ended when it is left."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="jb"))
        self._state_file = self._folder / "state.json"
        self.screen = Screen()
        self.gateway, self.citizen = WireTap(), Caller("127.0.0.5")
        home, run = self._folder / "home", self._folder / "run"
        run.mkdir()
        home.mkdir()
        self.places = Places(str(home), str(run), new_key(), models=str(self._folder), sip_port=free_ports(1)[0])
        make_taps(self.places.taps)
        told = {"telephony.gateway_address": self.gateway.target, "telephony.accepts_from": "127.0.0.0/8"}
        settings.save(self.places.settings_file, {**told, "emergency.is_signed_off": True, "general.language": "en"})
        self._words = LinkServer(self.places.link("speech"), self.places.link_key, SpeechCommand, lambda _: None)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Seat":
        try:
            self._start("telephony")
            self._start("window", "--state-file", str(self._state_file))
            self.shows(lambda state: state["agent_state"] == "ready" and state["lines"]["gateway"]["is_up"], "a ready desk", 40)
            self.eyes = Eyes(self.screen.display)
            self.screen.focus("接诉|Jiesu")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.eyes.__exit__(kind, error, trace)
        self.close()

    def close(self) -> None:
        for role in ("window", "telephony"):
            if (process := self._processes.get(role)) is not None:
                _end(process)
        self._words.close()
        self.citizen.close()
        self.gateway.close()
        self.screen.__exit__(None, None, None)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def window(self) -> psutil.Process:
        return psutil.Process(self._processes["window"].pid)

    # --- what the window shows ---

    def state(self) -> State:
        body: State = json.loads(self._state_file.read_bytes())["state"]
        return body

    def button(self, name: str) -> tuple[int, int]:
        """The middle of the button whose name begins so."""
        buttons = json.loads(self._state_file.read_bytes())["buttons"]
        x, y = next(place for label, place in buttons.items() if label.startswith(name))
        return int(x), int(y)

    def shows(self, is_wanted: Callable[[State], Any], what: str, timeout_s: float = 10.0) -> Any:
        def look() -> Any:
            try:
                return is_wanted(self.state())
            except (FileNotFoundError, KeyError, IndexError, TypeError):
                return None

        try:
            return wait_for(look, what, timeout_s, 0.02)
        except AssertionError as late:
            calls = [(call["stage"], [leg["stage"] for leg in call["legs"]]) for call in self.state()["calls"]]
            raise AssertionError(f"{late}; calls {calls}") from None

    # --- what happens around it ---

    def ring(self) -> tuple[float, Callable[[], None]]:
        """A citizen calls: when the INVITE left, and what makes him give up."""
        begun = time.perf_counter()
        talk = self.citizen.call(f"127.0.0.1:{self.places.sip_port}", "12345")
        return begun, lambda: self.citizen.cancel(talk)

    def take_call(self) -> CallId:
        """A citizen calls and is answered."""
        self.ring()
        self.shows(lambda state: state["calls"][-1]["stage"] == "ringing", "a ringing call")
        self.eyes.press("F2")
        self.shows(lambda state: state["calls"][-1]["stage"] == "talking", "a call that talks")
        return CallId(self.state()["calls"][-1]["call"])

    def hear(self, call: CallId, number: int, text: str, is_final: bool) -> None:
        """The recogniser says a word."""
        speaker = Speaker.CALLER if number % 2 else Speaker.AGENT
        self._words.send(Heard(call, Utterance(speaker, number, text, number * 4.0, number * 4.0 + 3, is_final)))

    def hear_much(self, call: CallId, utterances: int) -> None:
        """A long talk has gone before."""
        for number in range(utterances):
            self.hear(call, number, SENTENCE, True)
        self.shows(lambda state: len(state["transcript"]["utterances"]) == utterances, "a long transcript", 60)

    def _start(self, role: str, *options: str) -> None:
        environment = {**os.environ, **self.places.to_env(), **self.screen.environment, "HOME": str(self._folder)}
        environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # not the key chain of whoever measures
        command = [sys.executable, "-m", "ui", "--role", role, *options]
        out = (self._folder / f"{role}.out").open("wb")
        self._processes[role] = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=out)
        out.close()


class Babble:
    """A context in which both voices speak without a pause: so many partial words a second, a final after ten."""

    def __init__(self, seat: Seat, call: CallId, first: int, per_s: float) -> None:
        self._seat, self._call, self._first, self._per_s = seat, call, first, per_s
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._speak, name=f"babble-{uuid.uuid4().hex[:4]}", daemon=True)
        self.load = 0.0
        """Of a core, that the window used meanwhile; known when the context is left."""

    def __enter__(self) -> "Babble":
        self._used, self._begun = _cpu_s(self._seat.window), time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.load = (_cpu_s(self._seat.window) - self._used) / (time.perf_counter() - self._begun)
        self._has_ended.set()
        self._thread.join(5)

    def _speak(self) -> None:
        spoken = 0
        while not self._has_ended.wait(1 / self._per_s):
            number, step = self._first + spoken // 10, spoken % 10 + 1
            self._seat.hear(self._call, number, SENTENCE[: step * 4], step == 10)
            spoken += 1


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    for end in (process.terminate, process.kill):
        try:
            process.wait(8)
            return
        except subprocess.TimeoutExpired:
            end()
    process.wait(8)
