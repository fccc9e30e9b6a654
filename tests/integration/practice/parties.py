"""Real processes of the practice for tests: the exchange, the trainer, and somebody who takes its calls."""

import json
import os
import queue
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.desk.commands import EndProcess, StartScenario, StopScenario
from app.desk.events import DeskEvent, PracticeChanged
from app.link import SteadyLink
from app.practice.sounds import tone, write_wav
from tests.waiting import wait_for

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    """A port that nobody has, for UDP and TCP alike."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = int(tcp.getsockname()[1])
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """No models: where no voice of the system speaks, tones do."""
    return {**os.environ, "JIESU_MODELS": str(folder / "none"), "JIESU_CACHE": str(folder / "cache"), **(more or {})}


def make_pack(folder: Path, **calls: tuple[float, ...]) -> Path:
    """A pack of recordings: for each call the seconds of its sentences, each a tone of its own."""
    for name, sentences in calls.items():
        home = folder / name
        home.mkdir(parents=True)
        turns = []
        for place, seconds in enumerate(sentences):
            write_wav(home / f"{place}.wav", tone(400 + 200 * place, seconds))
            turns.append({"speaker": "caller", "text": f"{place}", "file": f"{place}.wav"})
        (home / "script.json").write_text(json.dumps({"name": name, "turns": turns}), encoding="utf-8")
    return folder


class Spoken:
    """A child process whose lines of output are kept; `end` closes its standard input and waits for it."""

    def __init__(self, *arguments: str, env: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments], env=dict(env), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._read, name="spoken", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def end(self, timeout_s: float = 10.0) -> int:
        assert self.process.stdin is not None
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            code = self.process.wait(timeout_s)
        finally:
            self.process.kill()
            self.process.wait(5)
            self._thread.join(5)
            assert self.process.stdout is not None
            self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


class Console(Spoken):
    """The one who takes the citizens' calls."""

    def __init__(self, folder: Path) -> None:
        super().__init__("-m", "tests.integration.practice.console_agent", env=environment(folder))
        self.address = f"sip:console@127.0.0.1:{self.fact('Ready')['port']};transport=tcp"

    def do(self, wish: str, **values: Any) -> None:
        self.write(json.dumps({"do": wish, **values}))

    def facts(self, kind: str) -> list[dict[str, Any]]:
        read = [json.loads(line) for line in list(self.lines) if line.startswith("{")]
        return [fact for fact in read if fact["kind"] == kind]

    def fact(self, kind: str, nth: int = 0, timeout_s: float = 15.0, **values: Any) -> dict[str, Any]:
        """The nth fact of a kind that has these values; waits for it."""

        def found() -> dict[str, Any] | None:
            fits = [fact for fact in self.facts(kind) if values.items() <= fact.items()]
            return fits[nth] if len(fits) > nth else None

        fact = wait_for(found, f"{kind} {values} number {nth + 1}", timeout_s)
        assert fact is not None
        return fact

    def take(self, nth: int = 0) -> str:
        """Answers the nth call that came, and returns its id."""
        call = str(self.fact("CallCame", nth)["call"])
        self.do("answer", call=call)
        self.fact("CallUp", call=call)
        return call

    def hear_sentence(self, nth: int) -> None:
        """Returns when the nth stretch of voice has begun and ended."""
        self.fact("Voice", nth, is_voice=True)
        self.fact("Voice", nth, is_voice=False)


class Exchange(Spoken):
    """The practice exchange, with us as its window."""

    def __init__(self, folder: Path, pack: Path | None = None, sip: str = "") -> None:
        key = secrets.token_bytes(16)
        address = str(folder / "link")
        names = {
            "JIESU_PRACTICE_LINK": address,
            "JIESU_LINK_KEY": key.hex(),
            "JIESU_PRACTICE_SIP": sip or f"127.0.0.1:{free_port()}",
            "JIESU_PRACTICE_PACK": str(pack or ""),
            "JIESU_PRACTICE_AHEAD": "0",
        }
        super().__init__("-m", "app.practice", "exchange", env=environment(folder, names))
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.told: list[Any] = []
        attached = threading.Event()
        self.link = SteadyLink(address, key, DeskEvent, self._events.put, attached.set)
        assert attached.wait(20), "the exchange's link"

    def start(self, scenario: str, console: Console) -> None:
        self.link.send(StartScenario(scenario, console.address))

    def stop(self) -> None:
        self.link.send(StopScenario())

    def expect(self, is_it: Callable[[Any], bool], what: str, timeout_s: float = 30.0) -> Any:
        """Waits for an event; those before it are kept in `told` too."""

        def found() -> Any:
            while not self._events.empty():
                self.told.append(self._events.get())
            return next((event for event in self.told if is_it(event)), None)

        return wait_for(found, what, timeout_s)

    def expect_step(self, scenario: str, step: str) -> PracticeChanged:
        def is_it(event: Any) -> bool:
            return isinstance(event, PracticeChanged) and (event.scenario, event.step) == (scenario, step)

        event: PracticeChanged = self.expect(is_it, f"{scenario} {step}")
        return event

    def steps(self) -> list[tuple[str, str]]:
        self.expect(lambda _: True, "any event")
        return [(event.step, event.reason) for event in self.told if isinstance(event, PracticeChanged)]

    def end(self, timeout_s: float = 10.0) -> int:
        if self.process.poll() is None:
            self.link.send(EndProcess())
        try:
            return super().end(timeout_s)
        finally:
            self.link.close()


class Trainer(Spoken):
    """The emergency trainer."""

    def __init__(self, folder: Path, address: str = "127.0.0.1:0") -> None:
        self.folder = folder / "trainer"
        names = {"JIESU_TRAINER_SIP": address, "JIESU_TRAINER_FOLDER": str(self.folder)}
        super().__init__("-m", "app.practice", "trainer", env=environment(folder, names))

    def target(self, line: str) -> str:
        said = wait_for(lambda: next((one for one in self.lines if " answers at " in one), ""), "the trainer's address", 20)
        return f"sip:{line}@{said.rpartition(' ')[2]};transport=tcp"

    def records(self) -> list[dict[str, Any]]:
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    def record(self, event: str, timeout_s: float = 10.0) -> dict[str, Any]:
        found = wait_for(
            lambda: next((one for one in self.records() if one["event"] == event), None), f"a record of {event}", timeout_s
        )
        assert found is not None
        return found
