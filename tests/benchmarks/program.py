"""The whole program under measure: `python -m ui` as it stands on a desk, and what its parts cost."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from app import settings
from tests.benchmarks.eyes import Eyes
from tests.benchmarks.start import end, environment
from tests.end_to_end.screen import Screen
from tests.habits.needs import shared_folder
from tests.waiting import wait_for
from ui.free_ports import free_ports

SETTLE_S = 3.0
CITIZEN = "dry_taps"
PACKED = "wage_arrears"
"""The citizen whose voice is made by a model takes a while at first; the one of a pack of recordings speaks at once."""


class Program:
    """`python -m ui` as it stands on a desk, and a citizen outside."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self._folder, self.screen, self._shared = folder, screen, shared_folder()
        self._state_file, self.port = folder / "state.json", free_ports(1)[0]
        self.citizen = f"pack/{PACKED}" if self._shared else CITIZEN
        (folder / "home").mkdir()
        told = {"telephony.local_port": self.port, "telephony.accepts_from": "127.0.0.0/8"}
        settings.save(folder / "home" / "settings.toml", told)
        self._out = (folder / "out").open("ab")
        options = ("--no-practice", "--home", str(folder / "home"), "--state-file", str(self._state_file))
        self._launcher = self._run("ui", *options)
        self._caller: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._caller, self._launcher):
            if process is not None:
                end(process)
        self._out.close()

    def _run(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        own = {"JIESU_CACHE": str(self._folder / "cache"), "JIESU_PRACTICE_SIP": f"127.0.0.5:{free_ports(1)[0]}"}
        if self._shared:
            own["JIESU_PRACTICE_PACK"] = str(self._shared / "speech" / "calls")
        given = {**environment(self._folder, self.screen), **own}
        return subprocess.Popen([sys.executable, "-m", module, *options], env=given, stdout=self._out, stderr=self._out)

    def take_call(self, talk_s: float) -> tuple[dict[str, float], float, int]:
        """Cores that each process used while the citizen talked, how long that was, and how many characters were heard."""
        self.shows(lambda state: state["speech"]["engine"], "a recogniser", 90)
        self._caller = self._run("app.practice", "call", self.citizen, "--target", f"sip:desk@127.0.0.1:{self.port}")
        self.shows(lambda state: state["calls"][-1]["stage"] == "ringing", "a citizen who calls", 180)
        self.screen.focus("接诉|Jiesu")
        with Eyes(self.screen.display) as eyes:
            eyes.press("F2")
            self.shows(lambda state: state["calls"][-1]["stage"] == "talking", "a call that talks", 20)
            before, begun = self._cpu_s(), time.perf_counter()
            self._listen(talk_s)
            took = time.perf_counter() - begun
            used = {role: (spent - before.get(role, 0.0)) / took for role, spent in self._cpu_s().items()}
            eyes.press("F3")
        self.shows(lambda state: state["calls"][-1]["stage"] == "ended", "an end of the call", 20)
        words = self.shows(lambda state: sum(len(said["text"]) for said in state["transcript"]["utterances"]), "words", 20)
        return used, took, words

    def memory(self) -> dict[str, int]:
        """Bytes by role, after the last words have settled."""
        time.sleep(SETTLE_S)
        held: dict[str, int] = {}
        for role, process in self._family():
            held[role] = held.get(role, 0) + process.memory_info().rss
        return held

    def _listen(self, seconds: float) -> None:
        """Until the time is over or the citizen has hung up."""
        over = time.perf_counter() + seconds
        while time.perf_counter() < over and self.state()["calls"][-1]["stage"] == "talking":
            time.sleep(0.2)

    def _cpu_s(self) -> dict[str, float]:
        spent: dict[str, float] = {}
        for role, process in self._family():
            times = process.cpu_times()
            spent[role] = spent.get(role, 0.0) + times.user + times.system
        return spent

    def _family(self) -> list[tuple[str, psutil.Process]]:
        """Every process of the program and the part it plays; children play the part of their parent."""
        found = [("launcher", psutil.Process(self._launcher.pid))]
        for child in found[0][1].children():
            role = _role_of(child.cmdline())
            found += [(role, process) for process in (child, *child.children(recursive=True))]
        return found

    def state(self) -> Any:
        return json.loads(self._state_file.read_bytes())["state"]

    def button(self, name: str) -> tuple[int, int]:
        """The middle of the button whose name begins so."""
        buttons = json.loads(self._state_file.read_bytes())["buttons"]
        x, y = next(place for label, place in buttons.items() if label.startswith(name))
        return int(x), int(y)

    def shows(self, is_wanted: Callable[[Any], Any], what: str, timeout_s: float) -> Any:
        def look() -> Any:
            try:
                return is_wanted(self.state())
            except (FileNotFoundError, KeyError, IndexError, TypeError):
                return None

        return wait_for(look, what, timeout_s, 0.05)


def _role_of(command: list[str]) -> str:
    if "--role" in command:
        return command[command.index("--role") + 1]
    is_centre = "app.centre" in command or any(Path(word).name == "postgres" for word in command[:1])
    return "centre" if is_centre else "other"
