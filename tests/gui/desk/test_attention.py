import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk.state import CallView, DeskState
from app.domain.agent import AgentState
from app.domain.call import CallId, CallStage, Direction
from tests.waiting import wait_for
from ui.attention import Attention
from ui.awake import Awake, SystemSleep

CALL = CallView(CallId("1" * 32), "13800000001", "", Direction.INCOMING, CallStage.RINGING, 1.0)


class SlowSleep:
    """A system that takes its time; touches nothing of this machine."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.may_answer = threading.Event()

    def hold_off(self) -> None:
        self.may_answer.wait(10)
        self.steps.append("hold off")

    def let_in(self) -> None:
        self.steps.append("let in")


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    seen: list[Any] = []
    monkeypatch.setattr(QApplication, "alert", lambda *words: seen.append(words))
    return seen


@pytest.fixture
def attention(qtbot: QtBot) -> Attention:
    window = QWidget()
    qtbot.addWidget(window)
    return Attention(window, QIcon(), QIcon())


def ringing() -> DeskState:
    return replace(DeskState(), calls=(CALL,))


def test_a_ringing_call_flashes_and_blinks_until_it_is_taken(attention: Attention, alerts: list[Any], qtbot: QtBot) -> None:
    attention._again.setInterval(20)

    attention.show_state(ringing())
    attention.show_state(ringing())
    once = len(alerts)
    qtbot.waitUntil(lambda: len(alerts) >= 3, timeout=3000)
    was_blinking = attention.tray.is_blinking
    attention.show_state(replace(DeskState(), calls=(replace(CALL, stage=CallStage.TALKING),)))
    after = len(alerts)
    qtbot.wait(80)

    assert once == 1
    assert was_blinking
    assert not attention.tray.is_blinking
    assert len(alerts) == after


def test_answer_in_the_tray_is_possible_only_while_it_rings(attention: Attention, alerts: list[Any]) -> None:
    before = attention.tray.answer.isEnabled()
    attention.show_state(ringing())
    during = attention.tray.answer.isEnabled()
    attention.show_state(DeskState())

    assert (before, during, attention.tray.answer.isEnabled()) == (False, True, False)


def test_the_computer_stays_awake_as_long_as_the_agent_is_signed_in_and_a_slow_system_holds_up_nobody() -> None:
    sleep = SlowSleep()
    awake = Awake(sleep)

    for state in (AgentState.OFFLINE, AgentState.READY, AgentState.ON_BREAK, AgentState.OFFLINE):
        awake.show_state(replace(DeskState(), agent_state=state))
    before = list(sleep.steps)
    sleep.may_answer.set()
    awake.release()

    assert (before, sleep.steps) == ([], ["hold off", "let in"])


def test_an_agent_who_leaves_signed_in_lets_the_computer_sleep() -> None:
    sleep = SlowSleep()
    sleep.may_answer.set()
    awake = Awake(sleep)
    awake.show_state(replace(DeskState(), agent_state=AgentState.READY))

    awake.release()

    assert (awake.is_on, sleep.steps) == (False, ["hold off", "let in"])


def test_a_call_of_an_agent_who_signed_off_keeps_the_computer_awake() -> None:
    sleep = SlowSleep()
    sleep.may_answer.set()
    awake = Awake(sleep)

    awake.show_state(replace(DeskState(), agent_state=AgentState.OFFLINE, calls=(replace(CALL, stage=CallStage.TALKING),)))

    wait_for(lambda: sleep.steps == ["hold off"], "the system to be asked")
    awake.release()


@pytest.mark.skipif(sys.platform != "linux", reason="systemd-inhibit is of Linux")
def test_an_inhibitor_that_failed_at_its_start_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "systemd-inhibit").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "systemd-inhibit").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    sleep = SystemSleep()

    sleep.hold_off()

    children = psutil.Process().children()
    assert [child for child in children if child.status() == psutil.STATUS_ZOMBIE] == []


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="dbus-run-session is not installed (Debian: dbus-daemon)")
def test_the_desktop_is_asked_not_to_sleep_and_told_when_it_may() -> None:
    """On a session bus of its own, with a screen saver service of ours in another process."""
    folder = Path(__file__).resolve().parents[3]
    script = [sys.executable, "-c", "from tests.gui.desk.screen_saver import main; main()"]

    command = ["dbus-run-session", "--", *script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.split() == ["asked", "released", "Inhibit", "Jiesu"], done.stderr
