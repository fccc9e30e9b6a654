"""A screen saver service on the session bus that prints what it is asked; `main` lets an Awake ask it."""

import subprocess
import sys
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection

from app.desk.state import DeskState
from app.domain.agent import AgentState
from tests.waiting import wait_for
from ui.awake import Awake, SystemSleep

SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


def main() -> None:
    service = subprocess.Popen(
        [sys.executable, "-c", "from tests.gui.desk.screen_saver import serve; serve()"], stdout=subprocess.PIPE, text=True
    )
    assert service.stdout is not None
    assert service.stdout.readline() == "ready\n"
    app = QCoreApplication([])
    sleep = SystemSleep()
    awake = Awake(sleep)
    names = QDBusConnection.sessionBus().interface()
    awake.show_state(replace(DeskState(), agent_state=AgentState.READY))
    wait_for(lambda: bool(sleep.bus_name), "the service's answer")
    name = sleep.bus_name
    print("asked" if names.isServiceRegistered(name).value() else "not asked", flush=True)
    awake.show_state(replace(DeskState(), agent_state=AgentState.OFFLINE))
    wait_for(lambda: not sleep.bus_name, "the release")
    awake.release()
    print("released" if not names.isServiceRegistered(name).value() else "held", flush=True)
    del app
    service.terminate()
    print(service.communicate(timeout=10)[0], flush=True)


class _Saver(QObject):
    @Slot(str, str, result=int)
    def Inhibit(self, who: str, why: str) -> int:
        print("Inhibit", who, flush=True)
        return 7


def serve() -> None:
    app = QCoreApplication([])
    saver = _Saver()
    bus = QDBusConnection.sessionBus()
    assert bus.registerObject(PATH, SERVICE, saver, QDBusConnection.RegisterOption.ExportAllSlots)
    assert bus.registerService(SERVICE)
    QTimer.singleShot(0, lambda: print("ready", flush=True))
    app.exec()
