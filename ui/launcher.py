"""Starts the console's processes and starts again what dies; it holds no state of its own and no Qt.

The telephony process is started first and stopped last: a call outlives the window, the recogniser and the centre.
"""

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.places import Places, new_key
from app.settings import Settings
from app.taps import make_taps
from ui.free_ports import free_ports

if TYPE_CHECKING:
    from ui.centre_keeper import CentreKeeper

log = logging.getLogger(__name__)

WINDOW_HEADSTART_S = 2.5
"""Seconds that the window may have to become usable, with telephony alone beside it, before the heavy processes start."""

MEANT = (0, 2)
"""Exit codes of a window that was closed or found no display; any other is a crash, and the window comes back."""

HOPELESS = 3
"""A window that fell so often before it was ever seen is given up: something of this computer keeps it from opening."""

NO_WINDOW = (
    "窗口无法打开，已尝试 {0} 次；原因见上文及 {1}\n"
    "The window cannot be opened, {0} attempts failed; the reason stands above and in {1}"
)

RESTARTS_IN_A_ROW = 5
STEADY_S = 10.0
"""A process that ran this long starts again at once when it dies; one that keeps dying waits a little longer each time."""


@dataclass(slots=True)
class Child:
    role: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    next_start: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start. `arguments` go to the window."""

    home: Path
    models: Path
    settings: Settings
    arguments: tuple[str, ...] = ()
    has_centre: bool = True
    has_practice: bool = True


@dataclass(slots=True)
class Launcher:
    """`run` returns the window's exit code when the agent closed it."""

    plan: Plan
    children: dict[str, Child] = field(default_factory=dict)
    centre: "CentreKeeper | None" = None
    is_ending: bool = False

    def run(self) -> int:
        run_folder = Path(tempfile.mkdtemp(prefix="jiesu-"))
        try:
            places = self._places(run_folder)
            make_taps(places.taps)
            self._catch_signals()
            return self._serve(places)
        finally:
            self._end_all()
            shutil.rmtree(run_folder, ignore_errors=True)

    def _places(self, run_folder: Path) -> Places:
        ports = free_ports(4)
        practice = self.plan.has_practice
        settings = self.plan.settings
        return Places(
            home=str(self.plan.home),
            run=str(run_folder),
            key=new_key(),
            models=str(self.plan.models),
            sip_port=int(settings.number("telephony.local_port")) or ports[0],
            practice_sip=f"127.0.0.1:{ports[1]}" if practice else "",
            trainers=f"127.0.0.1:{ports[2]},127.0.0.1:{ports[3]}" if practice else "",
            centre=settings.text("centre.address"),
            centre_token=settings.text("centre.token"),
            pack=settings.text("practice.pack"),
        )

    def _serve(self, places: Places) -> int:
        if not places.centre and self.plan.has_centre:
            places = self._plan_centre(places)
        environment = {**os.environ, **places.to_env()}
        self._start("telephony", environment)
        self._start("window", environment)
        shown, usable = Path(places.run) / "shown", Path(places.run) / "usable"
        self._wait(lambda: usable.exists() or self._has_ended("window"), WINDOW_HEADSTART_S)
        for role in ("trainer", "trainer2", "practice") if self.plan.has_practice else ():
            self._start(role, environment)
        self._start("speech", environment)
        if self.centre is not None:
            self.centre.start()
        return self._watch(environment, shown)

    def _plan_centre(self, places: Places) -> Places:
        """The window is told where its centre will be before it is there: it knows how to wait."""
        from app.centre.embedded import EmbeddedCentre  # the installed console has no centre in it
        from ui.centre_keeper import CentreKeeper

        centre = EmbeddedCentre(self.plan.home / "centre", port=free_ports(1)[0])
        try:
            centre.prepare()
        except OSError as failed:  # a full disk: the window says so
            log.error("the embedded centre has no place: %s", failed.strerror)
        self.centre = CentreKeeper(centre)
        return replace(places, centre=centre.address, centre_token=centre.token)

    def _watch(self, environment: Mapping[str, str], shown: Path) -> int:
        while True:
            window = self.children["window"].process
            if self.is_ending:
                return 0
            if window is not None and window.poll() in self._meant:
                return window.returncode
            if self.children["window"].falls >= HOPELESS and not shown.exists():
                print(NO_WINDOW.format(HOPELESS, self.plan.home / "logs" / "window.log"), file=sys.stderr)  # noqa: T201
                return 1
            for child in self.children.values():
                self._revive(child, environment)
            time.sleep(0.02)

    def _revive(self, child: Child, environment: Mapping[str, str]) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            log.warning("%s ended with %s; it is started again", child.role, child.process.returncode)
            child.falls = 0 if now - child.started_at > STEADY_S else child.falls + 1
            child.next_start = now + (0 if child.falls < RESTARTS_IN_A_ROW else min(30.0, 2.0**child.falls / 16))
            child.process = None
        if child.process is None and now >= child.next_start:
            self._start(child.role, environment)

    def _start(self, role: str, environment: Mapping[str, str]) -> None:
        child = self.children.setdefault(role, Child(role))
        arguments = self.plan.arguments if role == "window" else ()
        # what the SIP library says at its start is for nobody; what goes wrong goes to the log
        said = None if role == "window" else subprocess.DEVNULL
        child.process = subprocess.Popen(
            [*program(), "--role", role, *arguments], env=environment, stdin=subprocess.PIPE, stdout=said, close_fds=True
        )
        child.started_at = time.monotonic()

    @property
    def _meant(self) -> tuple[int, ...]:
        return (*MEANT, 1) if "--smoke" in self.plan.arguments else MEANT

    def _has_ended(self, role: str) -> bool:
        process = self.children[role].process
        return process is not None and process.poll() is not None

    def _wait(self, condition: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not condition() and not self.is_ending:
            time.sleep(0.02)

    def _end_all(self) -> None:
        """Window first, telephony last: every child sees its standard input close and ends by itself, or is ended."""
        order = ("window", "practice", "trainer", "trainer2", "speech", "telephony")
        for role in order:
            process = self.children[role].process if role in self.children else None
            if process is not None and process.stdin is not None:
                process.stdin.close()
        for role in order:
            process = self.children[role].process if role in self.children else None
            if process is not None:
                _end(process)
        if self.centre is not None:
            self.centre.stop()

    def _catch_signals(self) -> None:
        def end(_number: int, _frame: object) -> None:
            self.is_ending = True

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)


def _end(process: subprocess.Popen[bytes], patience_s: float = 5.0) -> None:
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def program() -> list[str]:
    """How this program is started again as another role, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
