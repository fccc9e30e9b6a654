"""From the command to a window one can see, and to one one can work with: the whole program as a user starts it, every part."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks import call as call_part
from tests.benchmarks.eyes import Box, Eyes
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.end_to_end.screen import Screen
from tests.habits.needs import MODELS

ACROSS = Box(0, 400, 1366, 1)
"""A line across the middle of the screen: black as long as no window is painted there."""


def measure(is_quick: bool) -> Group:
    """The first start makes store, keys and a PostgreSQL cluster, and is told apart."""
    if reason := call_part.why_not():
        raise Missing(reason)
    folder = Path(tempfile.mkdtemp(prefix="jb"))
    try:
        with Screen() as screen:
            first = _start(folder, screen)
            later = [_start(folder, screen) for _ in range(2 if is_quick else 10)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Group(
        "start",
        [
            Figure("start_window_s", "start → window painted", "s", [window for window, _ in later], Target("p50", 1.5)),
            Figure("start_usable_s", "start → usable", "s", [usable for _, usable in later], Target("p50", 3.0)),
            Figure("first_start_window_s", "the first start of all → window painted", "s", [first[0]]),
            Figure("first_start_usable_s", "the first start of all → usable", "s", [first[1]]),
        ],
        [
            "`python -m ui` with centre, practice exchange, trainers and recogniser, from the start of the launcher; "
            "usable = the store is open and telephony answers (read from the state file, which is up to 50 ms late)"
        ],
    )


def _start(folder: Path, screen: Screen) -> tuple[float, float]:
    """Seconds to the painted window and to the usable one. Ends the program again."""
    state_file = folder / "state.json"
    state_file.unlink(missing_ok=True)
    with Eyes(screen.display) as eyes, (folder / "out").open("ab") as out:
        command = [sys.executable, "-m", "ui", "--home", str(folder / "home"), "--state-file", str(state_file)]
        begun = time.perf_counter()
        program = subprocess.Popen(command, env=environment(folder, screen), stdout=out, stderr=out)
        try:
            window = eyes.watch(ACROSS, _is_painted, 60) - begun
            while not _is_usable(state_file):
                if time.perf_counter() - begun > 60:
                    raise TimeoutError("the console did not become usable")
                time.sleep(0.005)
            usable = time.perf_counter() - begun
            time.sleep(4)  # the rest of its processes begins; a start is not measured against the end of another
        finally:
            end(program)
    return window, usable


def environment(folder: Path, screen: Screen) -> dict[str, str]:
    """Of a program under measure: nothing of whoever measures is read or written."""
    own = {"HOME": str(folder), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "JIESU_MODELS": str(MODELS)}
    return {**os.environ, **screen.environment, **own}


def end(program: subprocess.Popen[bytes]) -> None:
    """As the agent does; by force where that does not help."""
    program.send_signal(signal.SIGTERM)
    try:
        program.wait(40)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait(10)


def _is_painted(seen: bytes) -> bool:
    return bool((np.frombuffer(seen, np.uint32) & 0xFFFFFF).all())


def _is_usable(state_file: Path) -> bool:
    try:
        state = json.loads(state_file.read_bytes())["state"]
    except (FileNotFoundError, ValueError):
        return False
    return state["agent_state"] != "offline" and bool(state["lines"])
