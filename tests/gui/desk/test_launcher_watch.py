"""The window tells a launcher that ends from one that was killed: a call outlives only the second."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.waiting import wait_for

WINDOW = """
import sys, time
from pathlib import Path
from ui.window import _watch_launcher
said = Path(sys.argv[1])
def say(what):
    said.with_suffix(".new").write_text(what)
    said.with_suffix(".new").rename(said)
_watch_launcher(lambda: say("ended"), lambda: say("orphaned"))
print("watching", flush=True)
time.sleep(20)
"""

LAUNCHER = """
import subprocess, sys
window = subprocess.Popen([sys.executable, "-c", *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
window.stdout.readline()
print(window.pid, flush=True)
sys.stdin.readline()
window.stdin.close()
window.wait(20)
"""


@pytest.mark.parametrize(("is_killed", "told"), [(True, "orphaned"), (False, "ended")])
def test_a_window_knows_whether_its_launcher_ends_or_was_killed(tmp_path: Path, is_killed: bool, told: str) -> None:
    said = tmp_path / "said"
    command = [sys.executable, "-c", LAUNCHER, WINDOW, str(said)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as launcher:
        assert launcher.stdin is not None and launcher.stdout is not None
        window = psutil.Process(int(launcher.stdout.readline()))
        if is_killed:
            launcher.kill()
            launcher.wait(5)
        else:
            launcher.stdin.write(b"end\n")
            launcher.stdin.flush()

        wait_for(said.exists, "a word of the window")

        window.kill()
    assert said.read_text() == told
