"""How a process of the practice ends: asked by signal, or left alone by the launcher; and never without its children."""

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import psutil


def end_on_signals(stop: Callable[[], None]) -> None:
    """Calls `stop` on SIGTERM and SIGINT; to be said on the main thread."""
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stop())


def end_with_parent(stop: Callable[[], None]) -> None:
    """Calls `stop` on signals, and when the pipe that a launcher gave as standard input closes."""
    end_on_signals(stop)
    with suppress(OSError, ValueError, AttributeError):  # no standard input, as in a windowed program
        if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
            threading.Thread(target=_wait_for_end, args=(sys.stdin.fileno(), stop), name="parent-watch", daemon=True).start()


def _wait_for_end(handle: int, stop: Callable[[], None]) -> None:
    with suppress(OSError):
        while os.read(handle, 4096):
            pass
    stop()


def leave(code: int) -> NoReturn:
    """Ends this process at once, its children first: leftovers of the SIP library would abort a normal exit."""
    with suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
