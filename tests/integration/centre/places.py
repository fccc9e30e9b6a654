"""Real centres for tests: a PostgreSQL folder made once and copied, a centre process on it, rooms opened in the test itself."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from app.centre.api import Rooms
from app.centre.cluster import Cluster
from app.centre.server import Place, open_rooms
from tests.waiting import wait_for

SITE_TOKEN = "a-token-of-the-site"
TEAM = "hall"


def make_template() -> Path:
    """A database folder that was brought up once, and stands still."""
    folder = Path(tempfile.mkdtemp(prefix="jc"))
    cluster = Cluster(folder)
    cluster.start()
    cluster.stop()
    return folder


def copied(template: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="jc"))
    if sys.platform == "win32":
        shutil.copytree(template, folder, dirs_exist_ok=True)
    else:
        subprocess.run(["cp", "-a", f"{template}/.", str(folder)], check=True, timeout=30)
        folder.chmod(0o755)
    return folder


@asynccontextmanager
async def rooms_on(dsn: str, token: str = SITE_TOKEN) -> AsyncIterator[Rooms]:
    async with open_rooms(dsn, Place("127.0.0.1", 0, TEAM, token, "1.0")) as rooms:
        yield rooms


class CentreProcess:
    """`python -m app.centre` on a folder, always on the same port, so that consoles find it again after a kill."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.folder, self.port, self._options = folder, port, options
        self.address = f"http://127.0.0.1:{port}"
        (folder / "token").write_text(SITE_TOKEN)
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "centre.log").open("ab") as out:
            command = [sys.executable, "-m", "app.centre", "--data", str(self.folder), "--port", str(self.port), "--verbose"]
            command += self._options
            self._child = subprocess.Popen(command, stdout=out, stderr=out)
        wait_for(self.is_healthy, "the centre is healthy", 60, 0.05)

    def lead_token(self) -> str:
        """A token that enrols one team lead's console; asked for while the centre is stopped."""
        command = [sys.executable, "-m", "app.centre", "--data", str(self.folder), "--make-token", "--lead"]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    @property
    def is_started(self) -> bool:
        """Whether it was started and not ended by this test."""
        return self._child is not None and self._child.poll() is None

    def is_healthy(self) -> bool:
        assert self._child is not None
        if self._child.poll() is not None:
            raise AssertionError((self.folder / "centre.log").read_text()[-3000:])
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asking.request("GET", "/v1/health")
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def kill(self) -> None:
        """As a power cut of this process alone."""
        assert self._child is not None
        self._child.kill()
        self._child.wait(10)

    def kill_postgres(self) -> None:
        os.kill(self.postgres_pid(), signal.SIGKILL)

    def postgres_pid(self) -> int:
        return int((self.folder / "pg" / "postmaster.pid").read_text().split()[0])

    def stop(self) -> int:
        assert self._child is not None
        self._child.terminate()
        return self._child.wait(20)

    def is_postgres_running(self) -> bool:
        try:
            return psutil.Process(self.postgres_pid()).status() != psutil.STATUS_ZOMBIE
        except (OSError, psutil.Error):
            return False


def folders(template: Path) -> Iterator[Path]:
    folder = copied(template)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
