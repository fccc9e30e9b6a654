"""The launcher: what was killed is started again at once, however often; what keeps falling waits. And its reserve."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.settings import Settings
from tests.waiting import wait_for
from ui.launcher import RESTARTS_IN_A_ROW, Launcher, Plan
from ui.reserve import Reserve
from ui.standby import GO

SLEEPS = "import time; time.sleep(30)"
READY_THEN_SLEEPS = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(30)"
FALLS = "import sys; sys.exit(3)"


class OwnLauncher(Launcher):
    """Starts a program of the test in the place of every role."""

    code = SLEEPS
    mark = ""

    def _begin(self, way: str, role: str, environment: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-I", "-S", "-c", self.code, self.mark], stdin=subprocess.PIPE)


@pytest.fixture
def launcher(tmp_path: Path) -> OwnLauncher:
    launcher = OwnLauncher(Plan(tmp_path, tmp_path, Settings()))
    launcher._marks = {"speech": tmp_path / "speech"}
    launcher.mark = str(tmp_path / "speech")
    return launcher


def fall_and_revive(launcher: OwnLauncher, tmp_path: Path, times: int, kills: bool) -> float:
    """The longest time from an end to the next start, in seconds."""
    environment = {**os.environ, "JIESU_RUN": str(tmp_path)}
    launcher._start("speech", environment)
    child, longest = launcher.children["speech"], 0.0
    for _ in range(times):
        process = child.process
        assert process is not None
        if kills:
            wait_for(lambda: _is_marked(tmp_path / "speech", child.started_at), "a process that is ready")
            process.kill()
        process.wait(10)
        ended = time.monotonic()
        while child.process is process or child.process is None:
            launcher._revive(child, environment)
            if time.monotonic() - ended > 1.5:
                break
            time.sleep(0.002)
        longest = max(longest, time.monotonic() - ended)
        if child.process is None:
            break
    if child.process is not None:
        child.process.kill()
        child.process.communicate()
    return longest


def _is_marked(mark: Path, since: float) -> bool:
    return mark.exists() and mark.stat().st_mtime > time.time() - (time.monotonic() - since)


@pytest.mark.allows_log("it is started again")
def test_a_process_that_was_ready_and_is_killed_starts_again_at_once_twenty_times(
    launcher: OwnLauncher, tmp_path: Path
) -> None:
    launcher.code = READY_THEN_SLEEPS

    longest = fall_and_revive(launcher, tmp_path, 20, kills=True)

    assert longest < 0.5 and launcher.children["speech"].falls == 0


@pytest.mark.allows_log("it is started again")
def test_a_process_that_keeps_falling_of_itself_has_to_wait(launcher: OwnLauncher, tmp_path: Path) -> None:
    launcher.code = FALLS

    fall_and_revive(launcher, tmp_path, RESTARTS_IN_A_ROW + 1, kills=False)

    child = launcher.children["speech"]
    assert child.falls >= RESTARTS_IN_A_ROW and child.next_start > child.started_at + 1


ECHO = """
import sys
sys.path.insert(0, sys.argv[1])
from ui import standby
standby.WANTED["window"] = ()
print(standby.wait_for_turn("window"))
"""


def reserve_of(folder: Path) -> Reserve:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "JIESU_RUN": str(folder)}
    return Reserve(
        ("window",),
        lambda role: subprocess.Popen(
            [sys.executable, "-c", ECHO, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        ),
    )


def test_a_reserve_takes_over_when_it_is_told_to_and_another_one_is_made(tmp_path: Path) -> None:
    reserve = reserve_of(tmp_path)
    reserve.look(last_start=0.0)
    wait_for((tmp_path / "window.reserve").exists, "a reserve that has loaded")

    taken = reserve.take("window")

    assert taken is not None and taken.communicate(timeout=10)[0].strip() == b"True"
    assert reserve.take("window") is None
    reserve.end()


def test_no_reserve_is_made_while_something_is_just_starting(tmp_path: Path) -> None:
    reserve = reserve_of(tmp_path)

    reserve.look(last_start=time.monotonic())

    assert reserve.take("window") is None
    reserve.end()


def test_a_reserve_ends_when_the_launcher_is_gone(tmp_path: Path) -> None:
    reserve = reserve_of(tmp_path)
    process = reserve._begin("window")

    said, _ = process.communicate(b"", timeout=10)

    assert said.strip() == b"False" and process.returncode == 0
    assert GO.endswith(b"\n")


@pytest.mark.expects_log("the reserve of window ended with")
def test_a_reserve_that_died_is_not_taken(tmp_path: Path) -> None:
    reserve = reserve_of(tmp_path)
    reserve.look(last_start=0.0)
    process = reserve._waiting["window"]
    assert process is not None
    process.kill()
    process.communicate()

    reserve.look(last_start=0.0)

    assert reserve.take("window") is None
    reserve.end()
