"""Keeps screen and computer awake while the agent is signed in: a sleeping computer misses calls (agents' complaint 9).

Best effort: Windows by SetThreadExecutionState, Linux by the desktop's screen saver service and by systemd-logind. Where
none of them is there, nothing happens.
"""

import queue
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Protocol

from app.desk.state import DeskState
from app.domain.agent import AgentState

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2
_PARTING_S, _FIRST_S = 1.0, 0.5
_WHY = "a hotline agent is signed in"
_CONNECTION = "jiesu-awake"
_SERVICES = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class Sleep(Protocol):
    """The system's sleep, held off and let in again; both may wait for the system, and neither raises."""

    def hold_off(self) -> None: ...
    def let_in(self) -> None: ...


class Awake:
    """Main thread only, which never waits: the system is asked on a thread of its own, and forgets it all when we end."""

    def __init__(self, sleep: Sleep | None = None) -> None:
        self.is_on = False
        self._sleep = sleep or SystemSleep()
        self._wishes: queue.SimpleQueue[bool | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def show_state(self, state: DeskState) -> None:
        is_wanted = state.agent_state is not AgentState.OFFLINE or bool(state.calls)
        if is_wanted != self.is_on:
            self.is_on = is_wanted
            self._wish(is_wanted)

    def release(self) -> None:
        """The window is gone: lets the system sleep, and waits a moment until it knows."""
        if self._thread is not None:
            if self.is_on:
                self._wish(False)
            self._wish(None)
            self._thread.join(_PARTING_S)
        self.is_on = False

    def _wish(self, is_wanted: bool | None) -> None:
        self._wishes.put(is_wanted)
        if self._thread is None:  # Windows holds off as long as the thread that asked for it lives
            self._thread = threading.Thread(target=self._run, name="awake", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (is_wanted := self._wishes.get()) is not None:
            if is_wanted:
                self._sleep.hold_off()
            else:
                self._sleep.let_in()


class SystemSleep:
    """Of this computer; one thread."""

    def __init__(self) -> None:
        self.bus_name = ""
        """Our name on the session bus while a screen saver service holds back for us."""
        self._inhibitor: subprocess.Popen[bytes] | None = None

    def hold_off(self) -> None:
        if sys.platform == "win32":
            _tell_windows(_CONTINUOUS | _SYSTEM | _DISPLAY)
            return
        self.bus_name = _ask_screen_saver()
        tool = shutil.which("systemd-inhibit")
        if tool is not None:
            with suppress(OSError):
                self._inhibitor = subprocess.Popen(  # ends with us: its input closes
                    [tool, "--what=idle:sleep", "--who=Jiesu", f"--why={_WHY}", "--mode=block", "cat"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                if _has_failed(self._inhibitor):
                    self._inhibitor = None

    def let_in(self) -> None:
        if sys.platform == "win32":
            _tell_windows(_CONTINUOUS)
            return
        if self.bus_name:
            self.bus_name = ""
            _leave_screen_saver()
        if self._inhibitor is not None:
            inhibitor, self._inhibitor = self._inhibitor, None
            _end(inhibitor)


def _has_failed(inhibitor: "subprocess.Popen[bytes]") -> bool:
    """Where logind is missing or forbids it, the tool ends at once, and is cleared away here."""
    try:
        inhibitor.wait(_FIRST_S)
    except subprocess.TimeoutExpired:
        return False
    if inhibitor.stdin is not None:
        inhibitor.stdin.close()
    return True


def _end(inhibitor: "subprocess.Popen[bytes]") -> None:
    """It ends when its input closes."""
    if inhibitor.stdin is not None:
        inhibitor.stdin.close()
    try:
        inhibitor.wait(_PARTING_S / 2)
    except subprocess.TimeoutExpired:
        inhibitor.kill()
        inhibitor.wait()


def _tell_windows(state: int) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetThreadExecutionState(state)


def _ask_screen_saver() -> str:
    """Our name on the bus, or "" where no service holds back for us. Waits half a second at most for each.

    The connection is for this alone: a service drops what it promised as soon as the connection is gone.
    """
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:
        return ""
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
    for service in _SERVICES if bus.isConnected() else ():
        message = QDBusMessage.createMethodCall(service, "/" + service.replace(".", "/"), service, "Inhibit")
        message.setArguments(["Jiesu", _WHY])
        if bus.call(message, timeout=500).type() is QDBusMessage.MessageType.ReplyMessage:
            return str(bus.baseService())
    _leave_screen_saver()
    return ""


def _leave_screen_saver() -> None:
    with suppress(ImportError):
        from PySide6.QtDBus import QDBusConnection

        QDBusConnection.disconnectFromBus(_CONNECTION)
