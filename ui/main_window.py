"""The window of an agent: the desk, the windows beside it, its settings, and how it is left."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.desk.state import DeskState
from app.domain.call import CallStage
from app.errors import SettingsError
from app.settings import Settings
from app.speech.glance import Glance
from ui.attention import Attention
from ui.desk_calls import DeskCalls
from ui.desk_view import DeskView
from ui.settings_dialog import SettingsDialog
from ui.side_windows import SideWindows
from ui.theme import Theme, apply_theme, load_theme

_LIVE = (CallStage.RINGING, CallStage.DIALLING, CallStage.TALKING, CallStage.HELD)
_LOOKS = ("general.theme", "general.text_scale", "general.full_numbers")


class MainWindow(QMainWindow):
    """`save_settings` gets what was changed and raises SettingsError or OSError; `models` are the speech models to offer.

    A change of look builds the desk anew: it shows the same state, because it holds none.
    """

    left = Signal()
    """The agent closed the window, and meant it."""

    def __init__(
        self,
        desk: DeskCalls,
        settings: Settings,
        save_settings: Callable[[dict[str, object]], None],
        models: Callable[[], Sequence[Glance]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._settings, self._save, self._models = desk, settings, save_settings, models
        self._state = DeskState()
        self._may_leave = False
        theme = theme_of(settings)
        self.setWindowTitle(self.tr("Jiesu 12345 hotline desk"))
        self.setWindowIcon(theme.icon("jiesu"))
        self.attention = Attention(self, theme.icon("jiesu"), theme.icon("answer", "danger"), desk.take)
        self.side = SideWindows(desk, self)
        self.view = self._build(theme)

    def show_state(self, state: DeskState) -> None:
        """Shows what is true now, in every window that is open."""
        self._state = state
        self.view.show_state(state)
        self.attention.show_state(state)
        self.side.show_state(state)

    def open_wallboard(self) -> None:
        self.side.show_wallboard()

    def open_settings(self, group: str = "") -> None:
        """Opens the settings, at the page `group` where one is named."""
        dialog = SettingsDialog(self._settings, self._save_and_follow, self._models(), parent=self)
        dialog.try_voice(lambda text, choice: self._desk.say(text, False, choice))
        dialog.show_state(self._state)
        if group:
            dialog.go_to(group)
        self.side.open(dialog)

    def sizeHint(self) -> QSize:
        return QSize(1366, 728)

    def closeEvent(self, event: QCloseEvent) -> None:
        """With a call up the agent is asked first; nothing waits for the answer."""
        if self._may_leave or not any(view.stage in _LIVE for view in self._state.calls):
            self.side.close_all()
            self.attention.leave()
            event.accept()
            self.left.emit()
            return
        event.ignore()
        self.side.ask(self.tr("A call is up. Leaving ends it."), self.tr("End the call and leave"), self._leave)

    def _leave(self) -> None:
        self._may_leave = True
        self.close()

    def take_settings(self, settings: Settings) -> None:
        """The settings as they stand now; a changed look is shown at once."""
        before, self._settings = self._settings, settings
        if any(before.get(key) != settings.get(key) for key in _LOOKS):
            QTimer.singleShot(0, self, self._change_look)

    def _save_and_follow(self, changes: dict[str, object]) -> None:
        self._save(changes)
        self.take_settings(self._settings.with_values(changes))

    def _toggle_eyes_free(self) -> None:
        """At once, and for the next start too, where the settings file can be written."""
        self._desk.toggle_eyes_free()
        with suppress(SettingsError, OSError):
            self._save_and_follow({"speech.eyes_free": self._state.voice.is_eyes_free})

    def _change_look(self) -> None:
        theme = theme_of(self._settings)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        self.side.close_all()
        self.view = self._build(theme)
        self.view.show_state(self._state)

    def _build(self, theme: Theme) -> DeskView:
        window_commands: dict[str, Callable[[], None]] = {
            "settings": self.open_settings,
            "quit": lambda: _drop(self.close()),
            "eyes_free": self._toggle_eyes_free,
        }
        full_numbers = self._settings.claim("general.full_numbers")
        view = DeskView(self._desk, self.side, theme, window_commands, full_numbers)
        self.side.take_keys(view.commands)
        self.setCentralWidget(view)
        view.show()  # at once: its keys work only while it is to be seen
        view.show_state(self._state)
        return view


def theme_of(settings: Settings) -> Theme:
    """The look that the settings name."""
    return load_theme(settings.text("general.theme"), settings.number("general.text_scale") / 100)


def _drop(_: object) -> None:
    """A command has no use for a result."""
