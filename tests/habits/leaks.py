"""A thread or process that outlives its test fails that test; the process is killed.

Processes are found as children and, where their parent has died, by a token that they inherit in the environment.
Fixtures of a wider scope are set up before the count begins and may keep theirs until the session ends.
"""

import os
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

GRACE_S = 3.0
TOKEN = "JIESU_TEST_TOKEN"
Leak = TypeVar("Leak")

LASTING_THREADS = {
    "tqdm_monitor": "tqdm's own; one per interpreter, ends with it",
    "pytest_timeout": "the watchdog of the test itself",
}
LASTING_PROCESSES = {
    "multiprocessing.resource_tracker": "one per interpreter, ends with it",
    "multiprocessing.forkserver": "one per interpreter, ends with it",
}


def threads_that_should_end(before: set[threading.Thread]) -> list[threading.Thread]:
    """Live threads not in `before`. Threads of C libraries that once called Python show as dummies and cannot be told ended."""
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before
        and not isinstance(thread, threading._DummyThread)
        and not any(thread.name.startswith(name) for name in LASTING_THREADS)
    ]


def processes_that_should_end(before: set[psutil.Process], token: str) -> list[psutil.Process]:
    found = set(psutil.Process().children(recursive=True)) | _holders(token)
    return [process for process in found - before if _is_running(process) and not _may_last(process)]


def _holders(token: str) -> set[psutil.Process]:
    """Processes that inherited the token, whoever their parent is now."""
    return {process for pid in psutil.pids() if pid != os.getpid() and (process := _holder(pid, token))}


def _holder(pid: int, token: str) -> psutil.Process | None:
    try:
        if Path("/proc/self").exists():  # twenty times as fast as asking psutil, and asked after every test
            held = f"{TOKEN}={token}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
        else:
            held = psutil.Process(pid).environ().get(TOKEN) == token
        return psutil.Process(pid) if held else None
    except (psutil.Error, OSError):
        return None


def _is_running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _may_last(process: psutil.Process) -> bool:
    try:
        line = " ".join(process.cmdline())
    except psutil.Error:
        return True
    return any(name in line for name in LASTING_PROCESSES)


def settled(find: Callable[[], list[Leak]]) -> list[Leak]:
    """What `find` still finds once the grace is over; ends early when it finds nothing."""
    until = time.monotonic() + GRACE_S
    while (left := find()) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _where(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    stack = "".join(traceback.format_stack(frame)[-3:]) if frame else ""
    return f"{thread.name} (daemon={thread.daemon})\n{stack}"


def _line(process: psutil.Process) -> str:
    try:
        return f"{process.pid} {' '.join(process.cmdline())[:200]}"
    except psutil.Error:
        return str(process.pid)


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs(processes, timeout=3)


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    token = uuid.uuid4().hex
    before_token = os.environ.get(TOKEN)
    os.environ[TOKEN] = token
    threads, processes = set(threading.enumerate()), set(psutil.Process().children(recursive=True))
    yield
    left_processes = settled(lambda: processes_that_should_end(processes, token))
    lines = [_line(process) for process in left_processes]
    _kill(left_processes)
    left_threads = settled(lambda: threads_that_should_end(threads))
    if before_token is None:
        os.environ.pop(TOKEN, None)
    else:
        os.environ[TOKEN] = before_token
    leaks = [f"process {line}" for line in lines] + [f"thread {_where(thread)}" for thread in left_threads]
    if leaks:
        pytest.fail("outlived the test:\n" + "\n".join(leaks), pytrace=False)
