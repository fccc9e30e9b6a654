"""Keeps screen and computer awake while the agent is signed in: a sleeping computer misses calls (agents' complaint 9).

Best effort: Windows by SetThreadExecutionState, Linux by the desktop's screen saver service and by systemd-logind. Where
none of them is there, nothing happens.
"""

import logging
import shutil
import subprocess
import sys
from contextlib import suppress

from app.desk.state import DeskState
from app.domain.agent import AgentState

log = logging.getLogger(__name__)

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2
_WHY = "a hotline agent is signed in"
_CONNECTION = "jiesu-awake"
_SERVICES = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class Awake:
    """Main thread only; the system forgets it all when this process ends."""

    def __init__(self) -> None:
        self.is_on = False
        self.bus_name = ""
        """Our name on the session bus while a screen saver service holds back for us."""
        self._inhibitor: subprocess.Popen[bytes] | None = None

    def show_state(self, state: DeskState) -> None:
        is_wanted = state.agent_state is not AgentState.OFFLINE or bool(state.calls)
        if is_wanted != self.is_on:
            self.is_on = is_wanted
            self._stay_awake() if is_wanted else self.release()

    def release(self) -> None:
        self.is_on = False
        if sys.platform == "win32":
            _tell_windows(_CONTINUOUS)
            return
        if self.bus_name:
            self.bus_name = ""
            _leave_screen_saver()
        if self._inhibitor is not None:
            inhibitor, self._inhibitor = self._inhibitor, None
            if inhibitor.stdin is not None:
                inhibitor.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                inhibitor.wait(0.2)

    def _stay_awake(self) -> None:
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
