"""A centre of one's own: the launcher starts it as a child process on this machine. Imports no server library."""

import logging
import os
import queue
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from app.errors import CentreError

log = logging.getLogger(__name__)

LOG_LIMIT = 4 * 1024 * 1024
ENDING_S = 12.0


class EmbeddedCentre:
    """Starts `python -m app.centre` on a free port of 127.0.0.1. From one thread; `stop` may be called again.

    The child ends by itself when this process is gone, however it went: it notices that its standard input has closed.
    """

    def __init__(self, folder: Path, command: tuple[str, ...] = (sys.executable, "-m", "app.centre"), port: int = 0) -> None:
        """`command` is how to start the centre: a packed program has another way. With a `port`, `address` is known before
        the start and stays the same when the centre is started again; 0 takes a new one each time."""
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}" if port else ""
        self.token = ""
        self._port = port
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None

    def prepare(self) -> None:
        """Makes folder and token, so that a console can be told of both before the centre is up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "token"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
        self.token = path.read_text(encoding="utf-8").strip()

    def start(self, timeout_s: float = 60.0) -> None:
        """Returns when the centre takes requests. Raises CentreError; then nothing is left running."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said: queue.Queue[str] = queue.Queue()
        try:
            with self._log() as out:
                self._child = subprocess.Popen(
                    [*self._command, "--data", str(self.folder), "--port", str(self._port), "--end-with-stdin"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=out,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            self._reader = threading.Thread(target=_read, args=(self._child, said), name="centre-said", daemon=True)
            self._reader.start()
            line = said.get(timeout=timeout_s)
        except OSError as wrong:
            self.stop()
            raise CentreError(f"the centre cannot be started: {wrong}") from wrong
        except queue.Empty:
            self.stop()
            raise CentreError(f"the centre was not ready within {timeout_s:.0f} s; see {self._log_path}") from None
        if " ready at " not in line:
            self.stop()
            raise CentreError(f"the centre ended at once; see {self._log_path}")
        self.address = line.rsplit(" ", 1)[1]
        self.token = (self.folder / "token").read_text(encoding="utf-8").strip()

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        """The centre's process; 0 = none."""
        return self._child.pid if self._child is not None else 0

    def stop(self) -> None:
        """Ends the centre and its database; returns when both are gone."""
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None and child.stdout is not None
        child.stdin.close()
        for end in (child.terminate, child.kill, child.wait):
            try:
                child.wait(ENDING_S)
                break
            except subprocess.TimeoutExpired:
                log.warning("the centre does not end")
                end()
        if self._reader is not None:
            self._reader.join(ENDING_S)
        child.stdout.close()

    @property
    def _log_path(self) -> Path:
        return self.folder / "centre.log"

    def _log(self) -> BinaryIO:
        is_long = self._log_path.exists() and self._log_path.stat().st_size > LOG_LIMIT
        return self._log_path.open("wb" if is_long else "ab")


def _read(child: "subprocess.Popen[bytes]", said: "queue.Queue[str]") -> None:
    """Gives the first line, or "" where the child ended without one, and keeps the pipe empty after that."""
    assert child.stdout is not None
    said.put(child.stdout.readline().decode(errors="replace").strip())
    while child.stdout.read(4096):
        pass
