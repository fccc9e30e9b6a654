"""The centre as the launcher starts it, and as a person does: it comes up, goes down, and comes up again after any death."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from app.centre.cluster import Cluster, ClusterFailed
from app.centre.embedded import EmbeddedCentre
from app.errors import CentreError
from app.wire import PROTOCOL, PROTOCOL_HEADER
from tests.waiting import wait_for


@pytest.fixture
def embedded(folder: Path) -> Iterator[EmbeddedCentre]:
    centre = EmbeddedCentre(folder)
    yield centre
    centre.stop()


def family(folder: Path) -> list[psutil.Process]:
    """Every process that has to do with this folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        if str(folder) in (process.info["cmdline"] or []) or f"{folder}/pg" in (process.info["cmdline"] or []):
            found.append(process)
    return [process for process in found if process.info["status"] != psutil.STATUS_ZOMBIE]


def test_the_launcher_gets_an_address_and_a_token_that_enrols_and_leaves_nothing_running(
    embedded: EmbeddedCentre, folder: Path
) -> None:
    embedded.start()
    body = {"token": embedded.token, "name": "seat"}
    answer = httpx.post(f"{embedded.address}/v1/enrol", json=body, headers={PROTOCOL_HEADER: str(PROTOCOL)}, trust_env=False)
    running = family(folder)

    embedded.stop()

    assert answer.status_code == 200 and answer.json()["console"]
    assert embedded.address.startswith("http://127.0.0.1:")
    assert len(running) == 2
    assert family(folder) == []
    assert (folder / "token").stat().st_mode & 0o077 == 0


def test_after_a_kill_of_the_centre_nothing_stays_and_the_next_start_works(embedded: EmbeddedCentre, folder: Path) -> None:
    embedded.start()
    centre = next(process for process in family(folder) if "app.centre" in process.cmdline())

    centre.kill()
    wait_for(lambda: not embedded.is_running, "killed")
    embedded.stop()
    again = EmbeddedCentre(folder)
    again.start()
    again.stop()

    wait_for(lambda: family(folder) == [], "all gone")


def test_a_centre_ends_when_its_launcher_is_killed(folder: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from app.centre.embedded import EmbeddedCentre\n"
        "EmbeddedCentre(Path(sys.argv[1])).start(); print('up', flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE)
    assert launcher.stdout is not None
    assert launcher.stdout.readline() == b"up\n"

    launcher.kill()
    launcher.wait(5)
    launcher.stdout.close()

    wait_for(lambda: family(folder) == [], "the centre and its PostgreSQL are gone", 10)


def test_two_centres_on_one_folder_the_second_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.centre.cluster.STOPPING_S", 0.3)
    first = Cluster(folder)
    first.start()
    try:
        with pytest.raises(ClusterFailed, match="another centre uses"):
            Cluster(folder).start()
    finally:
        first.stop()


def test_a_folder_that_was_half_made_is_made_anew(folder: Path) -> None:
    (folder / "pg").rename(folder / "pg.new")
    (folder / "pg.new" / "PG_VERSION").unlink()
    cluster = Cluster(folder)

    dsn = cluster.start()
    cluster.stop()

    assert dsn
    assert (folder / "pg" / "PG_VERSION").exists()


def test_a_centre_that_cannot_start_is_an_error_that_names_its_log(tmp_path: Path) -> None:
    centre = EmbeddedCentre(tmp_path, (sys.executable, "-c", "raise SystemExit('no')"))

    with pytest.raises(CentreError, match=r"centre\.log"):
        centre.start()

    assert "no" in (tmp_path / "centre.log").read_text()


@pytest.mark.expects_log("the centre does not end")
def test_a_centre_that_is_not_ready_in_time_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.centre.embedded.ENDING_S", 0.2)
    centre = EmbeddedCentre(tmp_path, (sys.executable, "-c", "import time; time.sleep(60)"))
    begun = time.monotonic()

    with pytest.raises(CentreError, match="not ready within"):
        centre.start(timeout_s=0.3)

    assert not centre.is_running
    assert time.monotonic() - begun < 10


def test_the_command_line_ends_cleanly_and_says_why_it_cannot_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.centre", "--dsn", "postgresql://nobody@127.0.0.1:1/none", "--port", "0"]

    ended = subprocess.run([*command, "--token-file", str(tmp_path / "token")], capture_output=True, timeout=60, check=False)

    assert ended.returncode == 1
    assert b"the centre cannot start" in ended.stderr
    assert b"Traceback" not in ended.stderr
