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
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.places import Places, new_key
from app.settings import Settings
from app.taps import first_number, make_taps
from ui.free_ports import free_ports
from ui.reserve import Reserve
from ui.standby import WANTED, mark_of

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
"""A process that dies of itself before it ran this long has fallen; one that keeps falling waits a little longer each time."""

BARELY_S = 1.0
"""Of a process that shows no sign of being ready this much life counts as one."""

KILLED = (-signal.SIGTERM, -getattr(signal, "SIGKILL", 9))
"""Ends that came from outside (an operator, the system short of memory): no reason to think that the next start falls too."""


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
    reserve: Reserve | None = None
    last_start: float = 0.0
    _marks: dict[str, Path] = field(default_factory=dict)
    """Files that a process makes, or touches, each time it has become ready."""

    def run(self) -> int:
        run_folder = Path(tempfile.mkdtemp(prefix="jiesu-"))
        try:
            places = self._places(run_folder)
            make_taps(places.taps, first_number(time.time()))
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
        linked = ("telephony", "speech", "practice") if os.name == "posix" else ()
        self._marks = {"window": usable, **{role: Path(places.link(role)) for role in linked}}
        self._wait(lambda: usable.exists() or self._has_ended("window"), WINDOW_HEADSTART_S)
        for role in ("trainer", "trainer2", "practice") if self.plan.has_practice else ():
            self._start(role, environment)
        self._start("speech", environment)
        if self.centre is not None:
            self.centre.start()
        if "--smoke" not in self.plan.arguments:
            self.reserve = Reserve(WANTED, lambda role: self._begin("--standby", role, environment))
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
            if self.reserve is not None:
                self.reserve.look(self.last_start)
            time.sleep(0.02)

    def _revive(self, child: Child, environment: Mapping[str, str]) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            log.warning("%s ended with %s; it is started again", child.role, child.process.returncode)
            child.falls = child.falls + 1 if self._has_fallen(child, now) else 0
            child.next_start = now + (0 if child.falls < RESTARTS_IN_A_ROW else min(30.0, 2.0**child.falls / 16))
            _shut_input(child.process)
            child.process = None
        if child.process is None and now >= child.next_start:
            self._start(child.role, environment)

    def _has_fallen(self, child: Child, now: float) -> bool:
        """Whether it died of itself, or before it was of any use: then the next start must not follow at once for ever.

        One that was ready and was killed from outside is started again at once, however often that happens.
        """
        assert child.process is not None
        lived_s = now - child.started_at
        if child.process.returncode not in KILLED:
            return lived_s < STEADY_S
        mark = self._marks.get(child.role)
        if mark is None:
            return lived_s < BARELY_S
        try:
            return mark.stat().st_mtime < time.time() - lived_s
        except OSError:
            return lived_s < BARELY_S

    def _start(self, role: str, environment: Mapping[str, str]) -> None:
        child = self.children.setdefault(role, Child(role))
        taken = self.reserve.take(role) if self.reserve is not None else None
        child.process = taken or self._begin("--role", role, environment)
        child.started_at = self.last_start = time.monotonic()
        with suppress(OSError):  # a full disk: only whoever looks from outside wants to know it
            mark_of(Path(environment["JIESU_RUN"]), role).unlink(missing_ok=True)
            (Path(environment["JIESU_RUN"]) / f"{role}.pid").write_text(str(child.process.pid))

    def _begin(self, way: str, role: str, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """`way`: "--role" begins at once, "--standby" loads and waits for its turn."""
        arguments = self.plan.arguments if role == "window" else ()
        # what the SIP library says at its start is for nobody; what goes wrong goes to the log
        said = None if role == "window" else subprocess.DEVNULL
        return subprocess.Popen(
            [*program(), way, role, *arguments], env=environment, stdin=subprocess.PIPE, stdout=said, close_fds=True
        )

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
        if self.reserve is not None:
            self.reserve.end()
        if self.centre is not None:
            self.centre.stop()

    def _catch_signals(self) -> None:
        def end(_number: int, _frame: object) -> None:
            self.is_ending = True

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)


def _shut_input(process: "subprocess.Popen[bytes]") -> None:
    """Our end of the pipe of one that is gone."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()


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
