"""A whole console as a user has it: started by its launcher in a home of its own, driven by keys, read by its state file."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from app import settings
from tests.end_to_end.screen import Screen
from tests.habits.needs import MODELS
from tests.waiting import wait_for

State = Mapping[str, Any]


class Workplace:
    """`python -m ui` with its settings; `shows` waits until the window shows what is wanted."""

    def __init__(
        self,
        home: Path,
        screen: Screen,
        changes: Mapping[str, object],
        *options: str,
        environment: Mapping[str, str] | None = None,
        program: Path | None = None,
        under: tuple[str, ...] = (),
    ) -> None:
        """`program`: the folder of another copy of the program than this one; `under`: a command line that it is started by."""
        home.mkdir(parents=True, exist_ok=True)
        if changes:
            settings.save(home / "settings.toml", changes)
        self.home, self.screen, self._program, self._under = home, screen, program, under
        handle, state_file = tempfile.mkstemp(prefix="state", suffix=".json", dir=home.parent)
        os.close(handle)
        self._state_file = Path(state_file)  # not in the home: two consoles may have the same one, or its disk be full
        self.forget_state()
        self._options = ("--home", str(home), "--state-file", str(self._state_file), *options)
        self._environment = {**os.environ, **screen.environment, "JIESU_MODELS": str(MODELS), **(environment or {})}
        self._out = self._state_file.with_suffix(".out")
        self._log = self._out.open("ab")
        self.launcher: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Workplace":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        self._log.close()
        crashes = {
            file.name: text for file in (self.home / "logs").glob("*.crash") if (text := file.read_text(errors="replace"))
        }
        assert not crashes, f"a process broke down: {crashes}"

    def start(self) -> None:
        command = [*self._under, sys.executable, "-m", "ui", *self._options]
        self.launcher = subprocess.Popen(command, env=self._environment, cwd=self._program, stdout=self._log, stderr=self._log)
        self.shows(lambda state: state["now"] > 0, "a window", 30)
        self.screen.focus("接诉|Jiesu")

    def stop(self) -> int:
        if self.launcher is None:
            return 0
        self.launcher.send_signal(signal.SIGTERM)
        try:
            code = self.launcher.wait(40)
        except subprocess.TimeoutExpired:
            self._kill_all()
            raise AssertionError(f"the console did not end: {self.said()}") from None
        finally:
            self.launcher = None
        return code

    def _kill_all(self) -> None:
        assert self.launcher is not None
        for child in psutil.Process(self.launcher.pid).children(recursive=True):
            child.kill()
        self.launcher.kill()
        self.launcher.wait(10)

    def tab_to(self, name: str) -> None:
        """Presses Tab until the control of this accessible name has the keyboard."""
        for _ in range(30):
            focused = self._focused()
            if name in focused:
                return
            self.screen.key("Tab")
            wait_for(lambda focused=focused: self._focused() != focused, "the next control")  # type: ignore[misc]
        raise AssertionError(f"no Tab leads to {name}")

    def _focused(self) -> str:
        name: str = json.loads(self._state_file.read_bytes())["focus"]
        return name

    def note(self, text: str) -> None:
        """Types into the field of what the citizen states; returns when the desk has it."""
        self.screen.key("alt+t")
        self.screen.type(text)
        self.shows(lambda state: state["draft"]["ticket"]["content"].endswith(text), "what was typed")

    def save(self) -> str:
        """Saves the ticket by its key; gives its number."""
        self.screen.key("ctrl+s")
        number: str = self.shows(lambda state: state["draft"]["ticket"]["number"], "a ticket number")
        return number

    def process(self, role: str) -> psutil.Process:
        """The child that plays this role."""
        assert self.launcher is not None
        children = psutil.Process(self.launcher.pid).children()
        try:
            run = Path(children[0].environ()["JIESU_RUN"])
            pid = int((run / f"{role}.pid").read_text())  # of its reserve, once that has taken over
            return next(child for child in children if child.pid == pid)
        except (IndexError, KeyError, OSError, ValueError, StopIteration, psutil.Error):
            raise AssertionError(f"there is no {role}") from None

    def state(self) -> State:
        """What the window shows now; raises FileNotFoundError before it showed anything."""
        body: State = json.loads(self._state_file.read_bytes())["state"]
        return body

    def shows(self, is_wanted: Callable[[State], Any], what: str, timeout_s: float = 15) -> Any:
        """Waits until the window shows it; a failure says what it shows instead."""

        def look() -> Any:
            try:
                return is_wanted(self.state())
            except (FileNotFoundError, KeyError, IndexError, TypeError, StopIteration):
                return None

        try:
            return wait_for(look, what, timeout_s, 0.03)
        except AssertionError as late:
            raise AssertionError(f"{late}; {self._summary()}") from None

    def forget_state(self) -> None:
        """What was shown before is no answer any more."""
        self._state_file.unlink(missing_ok=True)

    def says(self, code: str, *words: str, timeout_s: float = 15) -> None:
        """Waits until a notice of this code stands there, and the status area shows a sentence with all these words."""
        self.shows(lambda state: code in codes(state), f"the notice {code}", timeout_s)
        try:
            wait_for(lambda: any(all(word in said for word in words) for said in self.sentences()), f"{words} on the screen")
        except AssertionError as late:
            raise AssertionError(f"{late}, but {self.sentences()}; {self._summary()}") from None

    def is_silent_about(self, code: str, timeout_s: float = 15) -> None:
        """Waits until no notice of this code stands there any more."""
        self.shows(lambda state: code not in codes(state), f"no notice {code}", timeout_s)

    def sentences(self) -> list[str]:
        """What the status area shows, as the agent reads it."""
        said: list[str] = json.loads(self._state_file.read_bytes())["said"]
        return said

    def windows(self) -> list[str]:
        """Titles of the windows that are open."""
        titles: list[str] = json.loads(self._state_file.read_bytes())["windows"]
        return titles

    def frozen(self) -> int:
        """How many objects of the window's process no collection looks at any more."""
        count: int = json.loads(self._state_file.read_bytes())["frozen"]
        return count

    def says_beside_a_field(self, word: str) -> None:
        """Waits until this stands beside the label of a field of the form."""

        def beside() -> list[str]:
            said: dict[str, str] = json.loads(self._state_file.read_bytes())["beside"]
            return [text for text in said.values() if word in text]

        wait_for(beside, f"{word} beside a field")

    def click(self, button: str) -> None:
        """Clicks a button by its object name, accessible name or text."""
        buttons = json.loads(self._state_file.read_bytes())["buttons"]
        place = next(place for name, place in buttons.items() if button in name)
        self.screen.click(*place)

    def said(self) -> str:
        """The ends of its log files."""
        files = [*sorted((self.home / "logs").glob("*.log")), self._out]
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')[-1500:]}" for file in files if file.exists())

    def _summary(self) -> str:
        try:
            state = self.state()
        except FileNotFoundError:
            return f"no window; {self.said()}"
        names = ("agent_state", "focus", "lines", "headset", "sync", "speech", "emergency", "practice")
        calls = [
            (call["stage"], [(leg["line"], leg["stage"], leg["reason"]) for leg in call["legs"]]) for call in state["calls"]
        ]
        notices = [(notice["code"], notice["values"]) for notice in state["notices"]]
        return f"{ {name: state[name] for name in names} } words {words(state)} calls {calls} notices {notices} {self.said()}"


def words(state: State, speaker: str = "caller") -> str:
    """All that one voice said, as the window shows it."""
    return "".join(said["text"] for said in state["transcript"]["utterances"] if said["speaker"] == speaker)


def stages(state: State) -> list[str]:
    return [call["stage"] for call in state["calls"]]


def legs(state: State) -> list[tuple[str, str]]:
    """Line and stage of every further party."""
    return [(leg["line"], leg["stage"]) for call in state["calls"] for leg in call["legs"]]


def codes(state: State) -> list[str]:
    return [notice["code"] for notice in state["notices"]]
