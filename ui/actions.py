"""The commands as Qt actions: menus, buttons and keys all trigger the same one."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QPushButton, QWidget

from app.desk.state import DeskState
from ui.commands import COMMANDS, Command, group_text
from ui.theme import Theme


class Actions(QObject):
    """One action a command. `handlers` has exactly one callable for each; a key held down acts once."""

    def __init__(self, handlers: Mapping[str, Callable[[], None]], theme: Theme, window: QWidget) -> None:
        """Raises ValueError where a command has no handler or a handler no command."""
        super().__init__(window)
        odd = {command.id for command in COMMANDS} ^ set(handlers)
        if odd:
            raise ValueError(f"commands without handler or handlers without command: {sorted(odd)}")
        self._theme = theme
        self.by_id = {command.id: self._action(command, handlers[command.id]) for command in COMMANDS}
        self.everywhere = [self.by_id[command.id] for command in COMMANDS if command.everywhere]
        window.addActions(list(self.by_id.values()))

    def show_state(self, state: DeskState) -> None:
        """Enables what is possible now."""
        for command in COMMANDS:
            action = self.by_id[command.id]
            is_possible = command.is_possible(state)
            if action.isEnabled() != is_possible:
                action.setEnabled(is_possible)

    def serve(self, window: QWidget) -> None:
        """Makes the keys of calls and emergencies work in another window or dialog, modal or not."""
        window.addActions(self.everywhere)

    def button(self, id: str, text: str = "", role: str = "") -> QPushButton:
        """A button of this command, with its key in the tip and in what a screen reader says."""
        button = QPushButton(text or self.by_id[id].text())
        if role:
            button.setProperty("role", role)
        icon = next(command.icon for command in COMMANDS if command.id == id)
        if icon:
            button.setIcon(self._theme.icon(icon, "on_accent" if role == "primary" else "text"))
        self.bind(button, id)
        return button

    def bind(self, button: QAbstractButton, id: str) -> None:
        action = self.by_id[id]
        button.clicked.connect(lambda _=False: action.trigger())
        button.setToolTip(f"{action.text()} ({self.key_text(id)})")
        button.setAccessibleName(action.text())
        button.setAccessibleDescription(self.key_text(id))
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)

    def key_text(self, id: str) -> str:
        """The key as this system writes it; "" for a command without one."""
        return self.by_id[id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def menu(self, parent: QWidget) -> QMenu:
        """All commands, a submenu a group."""
        menu = CommandMenu(self.everywhere, parent=parent)
        groups: dict[str, QMenu] = {}
        for command in COMMANDS:
            if command.id == "menu":
                continue
            if command.group not in groups:
                groups[command.group] = CommandMenu(self.everywhere, group_text(command.group), menu)
                menu.addMenu(groups[command.group])
            groups[command.group].addAction(self.by_id[command.id])
        return menu

    def _action(self, command: Command, handler: Callable[[], None]) -> QAction:
        action = QAction(command.text, self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if command.icon:
            action.setIcon(self._theme.icon(command.icon))
        action.triggered.connect(lambda _=False: handler())
        return action


class CommandMenu(QMenu):
    """A menu that the keys of calls and emergencies reach through; Qt keeps shortcuts from working while a menu is open."""

    def __init__(self, everywhere: Sequence[QAction], title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._everywhere = everywhere

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        wanted = next((action for action in self._everywhere if action.isEnabled() and pressed in action.shortcuts()), None)
        if wanted is None or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        wanted.trigger()
