"""The window's process: builds the console and its windows, shows them first, and then lets the parts begin."""

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app import logs
from app.console import Console
from app.desk.events import NoticeCleared, Noticed
from app.desk.state import DeskState
from app.domain.agent import AgentState
from app.domain.call import CallStage
from app.domain.notice import Gravity, Notice, NoticeCode
from app.places import Places
from app.settings import Settings, load
from ui import translation
from ui.awake import Awake
from ui.bridge import Bridge
from ui.first_paint import FirstPaint
from ui.main_window import MainWindow, theme_of
from ui.probe import Probe
from ui.settings_watch import SettingsWatch
from ui.settled_memory import settle_memory
from ui.smoke import Smoke
from ui.theme import apply_theme

SETTLED_MS = (5_000, 30_000)
"""After the first paint: what is loaded beside the window (store, danger, knowledge, words of the site) lies there by the one,
and on a slow computer by the other."""

PARTING_S = 0.5
"""A launcher that was killed takes a moment to be gone, in seconds."""

SWITCH_S = 0.001
"""How long a thread may keep the interpreter while another waits, in seconds: a command on its way out waits no longer."""


def open_window(options: argparse.Namespace, version: str) -> int:
    """Runs until the window is closed; gives its exit code."""
    sys.setswitchinterval(SWITCH_S)
    places = Places.from_env()
    settings = load(places.settings_file)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Jiesu")
    app.setApplicationVersion(version)
    app.setQuitOnLastWindowClosed(False)
    translation.install(app, settings.text("general.language"))
    desk_place = Workstation(places, settings, options, version)
    logs.set_up("window", places.logs, desk_place.say_crash)
    desk_place.open()
    _watch_launcher(desk_place.ended.emit, desk_place.orphaned.emit)
    code = app.exec()
    desk_place.close()
    return code


class Workstation(QObject):
    """Holds what lives as long as the window: bridge, console, main window. Main thread, but for `say_crash` and `ended`."""

    ended = Signal()
    """The launcher ends: the window goes too. May be emitted from any thread."""

    orphaned = Signal()
    """The launcher was killed: the window goes as soon as nobody is on the line. May be emitted from any thread."""

    def __init__(self, places: Places, settings: Settings, options: argparse.Namespace, version: str) -> None:
        super().__init__()
        self._places, self._settings, self._options = places, settings, options
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme_of(settings))
        self._bridge = Bridge(time.time, self)
        self._console = Console(places, settings, self._bridge.post, self._show, version, self._bridge.later)
        self._window = MainWindow(self._console.desk, settings, self._console.save_settings,
                                  lambda: self._console.models)  # fmt: skip
        self._window.left.connect(lambda: app.exit(0))
        self.ended.connect(lambda: app.exit(0), Qt.ConnectionType.QueuedConnection)
        self.orphaned.connect(self._be_orphan, Qt.ConnectionType.QueuedConnection)
        self._awake = Awake()
        self._is_orphan = False
        self._probe = Probe(options.state_file, self._window) if options.state_file else None
        self._smoke = Smoke(self._console.desk, app.exit) if options.smoke else None
        self._citizen: str | None = options.practice
        self._is_usable = False
        self._watch = SettingsWatch(places.settings_file, self._take_settings, self)

    def open(self) -> None:
        self._window.show_state(self._console.desk.state)
        screen = QApplication.primaryScreen()
        self._window.resize(screen.availableSize())  # as large as maximised, where no window manager maximises
        self._window.showMaximized()
        self._bridge.serve(self._console.desk.handle)
        self._say_problems()
        if self._options.wallboard:
            self._window.side.show_wallboard()
        FirstPaint(self._window, self._begin)

    def close(self) -> None:
        self._awake.release()
        self._bridge.stop()
        self._console.stop()

    def say_crash(self, what: str) -> None:
        """Any thread."""
        self._bridge.post(Noticed(Notice(NoticeCode.INTERNAL, (what,), Gravity.ERROR, standing=False)))

    def _take_settings(self, settings: Settings) -> None:
        """The settings file was changed, by the dialog or by an editor."""
        before, self._settings = self._settings, settings
        if [problem.values for problem in before.problems] != [problem.values for problem in settings.problems]:
            self._bridge.post(NoticeCleared(NoticeCode.SETTINGS_WRONG))
            self._say_problems()
        self._console.adopt(settings)
        self._window.take_settings(settings)

    def _say_problems(self) -> None:
        for problem in self._settings.problems:
            self._bridge.post(Noticed(Notice(NoticeCode.SETTINGS_WRONG, problem.values, Gravity.WARNING)))

    def _begin(self) -> None:
        """The window has been painted: now the store opens and the processes are reached."""
        (Path(self._places.run) / "shown").touch()
        self._console.start()
        for wait_ms in SETTLED_MS:
            QTimer.singleShot(wait_ms, self, settle_memory)

    def _be_orphan(self) -> None:
        self._is_orphan = True
        self._leave_when_idle(self._console.desk.state)

    def _leave_when_idle(self, state: DeskState) -> None:
        """Telephony keeps the call that is up: without a window nobody could end it, or press 119."""
        if self._is_orphan and not any(view.stage is not CallStage.ENDED or view.living_legs for view in state.calls):
            QApplication.exit(0)

    def _show(self, state: DeskState) -> None:
        self._window.show_state(state)
        self._awake.show_state(state)
        self._leave_when_idle(state)
        for watcher in (self._probe, self._smoke):
            if watcher is not None:
                watcher.show_state(state)
        if not self._is_usable and state.agent_state is not AgentState.OFFLINE and state.lines:
            self._is_usable = True  # the store is open, telephony is reached: the launcher may start the rest
            (Path(self._places.run) / "usable").touch()
        if self._citizen is not None and state.practice.scenarios:
            wanted, self._citizen = self._citizen, None
            QTimer.singleShot(0, self, lambda: self._console.desk.start_practice("" if wanted == "any" else wanted))


def _watch_launcher(ended: Callable[[], None], orphaned: Callable[[], None]) -> None:
    """The launcher holds the other end of our standard input: when that closes, the window closes itself."""
    launcher = os.getppid()

    def watch() -> None:
        import psutil

        parent = None
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(launcher)
        while os.read(0, 4096):
            pass
        time.sleep(PARTING_S)
        is_alive = parent is not None and parent.is_running() and (os.name == "nt" or os.getppid() == launcher)
        (ended if is_alive else orphaned)()

    threading.Thread(target=watch, name="launcher-watch", daemon=True).start()
