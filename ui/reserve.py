"""The launcher's reserve: of the processes whose absence is felt at once, one more each that has loaded already and waits."""

import logging
import subprocess
import time
from collections.abc import Callable, Iterable

from ui.standby import GO

log = logging.getLogger(__name__)

REST_S = 1.0
"""Seconds without any start before a reserve is made: it must not take the processor from what comes back."""

AGAIN_S = 30.0
"""A reserve that ended by itself is not made again before this: something of this computer does not want it."""


class Reserve:
    """`begin(role)` starts a process in reserve. One thread."""

    def __init__(self, roles: Iterable[str], begin: Callable[[str], "subprocess.Popen[bytes]"]) -> None:
        self._begin = begin
        self._waiting: dict[str, subprocess.Popen[bytes] | None] = dict.fromkeys(roles)
        self._not_before = dict.fromkeys(self._waiting, 0.0)

    def look(self, last_start: float) -> None:
        """Makes one reserve that is missing, when all is calm. Times are monotonic."""
        now = time.monotonic()
        for role, process in self._waiting.items():
            if process is not None and process.poll() is not None:
                log.warning("the reserve of %s ended with %s", role, process.returncode)
                self._waiting[role], self._not_before[role] = None, now + AGAIN_S
        lacking = [role for role, process in self._waiting.items() if process is None and now >= self._not_before[role]]
        if lacking and now - last_start >= REST_S:
            self._waiting[lacking[0]] = self._begin(lacking[0])
            self._not_before = {role: max(at, now + REST_S) for role, at in self._not_before.items()}  # one after the other

    def take(self, role: str) -> "subprocess.Popen[bytes] | None":
        """The reserve of this role, told to take over; None where there is none. One that still loads takes over after that."""
        process = self._waiting.get(role)
        if process is None or process.poll() is not None or process.stdin is None:
            return None
        self._waiting[role] = None
        try:
            process.stdin.write(GO)
            process.stdin.flush()
        except OSError:
            process.kill()
            process.wait()
            return None
        return process

    def end(self) -> None:
        """Returns when none is left."""
        left = [process for process in self._waiting.values() if process is not None]
        for process in left:
            if process.stdin is not None:
                process.stdin.close()
            process.kill()  # it holds nothing, and may be in the middle of its loading
        for process in left:
            process.wait()
