"""The top line: the agent's state, the caller, and how line, centre, headset and speech stand."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from app.desk.state import CallView, DeskState, HeadsetState
from app.domain.agent import AgentState
from app.domain.notice import NoticeCode
from ui.actions import Actions, CommandMenu
from ui.caller_text import caller_text, stage_text
from ui.clock_texts import duration_text, moment_text
from ui.commands import AGENT_COMMANDS
from ui.elided_label import ElidedLabel
from ui.indicator import Indicator
from ui.labels import agent_state_text, busy_reason_text, line_text
from ui.shift_check_texts import verdict_text
from ui.theme import Theme, restyle

_UNHEARD = (NoticeCode.MICROPHONE_SILENT, NoticeCode.HEADSET_MUTED)
_SIGNS = {state: command for command, state in AGENT_COMMANDS.items()}


class AgentBar(QFrame):
    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = ""
        self.setProperty("role", "bar")
        self.state = QPushButton()
        self.state.setProperty("role", "state")
        self.state.setMenu(self._state_menu(actions))
        self.undisturbed = QPushButton(self.tr("DO NOT DISTURB: callers are refused"))
        self.undisturbed.setProperty("role", "danger")
        actions.bind(self.undisturbed, "undisturbed")
        self.undisturbed.hide()
        self.caller = ElidedLabel(12)
        self.caller.setProperty("role", "title")
        self.line = Indicator(self.tr("Telephone line"), theme)
        self.centre = Indicator(self.tr("Centre"), theme)
        self.headset = Indicator(self.tr("Headset"), theme)
        self.speech = Indicator(self.tr("Speech recognition"), theme)
        self.menu = QPushButton(self.tr("Menu"))
        self.menu.setIcon(theme.icon("menu"))
        self.menu.setProperty("role", "flat")
        tip = self.tr("All commands")
        self.menu.setToolTip(f"{tip} ({actions.key_text('menu')})")
        self.menu.setMenu(actions.menu(self.menu))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(16)
        row.addWidget(self.state)
        row.addWidget(self.undisturbed)
        row.addWidget(self.caller, stretch=1)
        for part in (self.line, self.centre, self.headset, self.speech, self.menu):
            row.addWidget(part)

    def show_state(self, state: DeskState, is_unmasked: bool) -> None:
        self._show_agent(state)
        self.undisturbed.setVisible(state.is_undisturbed)
        self._show_caller(state.focused, state, is_unmasked)
        self._show_line(state)
        self._show_centre(state)
        self._show_headset(state)
        self._show_speech(state)

    def _state_menu(self, actions: Actions) -> QMenu:
        menu = CommandMenu(actions.everywhere, parent=self)
        for command in (*AGENT_COMMANDS, "undisturbed"):
            menu.addAction(actions.by_id[command])
        return menu

    def _show_agent(self, state: DeskState) -> None:
        name = agent_state_text(state.agent_state)
        if state.state_reason:
            name = self.tr("{0} ({1})").format(name, busy_reason_text(state.state_reason))
        since = duration_text(state.now - state.state_since) if state.state_since else ""
        text = f"{name}  {since}  ▾" if since else f"{name}  ▾"
        if text != self.state.text():
            self.state.setText(text)
            self.state.setAccessibleName(self.tr("My state: {0} {1}").format(name, since))
            self.state.setToolTip(self.tr("{0}: {1}. It changes only by you.").format(state.agent or "–", name))
        sign = _SIGNS[state.agent_state]
        if sign != self._sign:
            self._sign = sign
            tone = "ok" if state.agent_state is AgentState.READY else "warning"
            self.state.setIcon(self._theme.icon(sign, tone))
            restyle(self.state, "tone", tone)

    def _show_caller(self, view: CallView | None, state: DeskState, is_unmasked: bool) -> None:
        if view is None:
            self.caller.show_text(self.tr("No call"))
            return
        self.caller.show_text(f"{caller_text(view, is_unmasked)}   {stage_text(view, state.now)}")

    def _show_line(self, state: DeskState) -> None:
        said = {name: self.tr("{0}: up") if line.is_up else self.tr("{0}: down") for name, line in state.lines.items()}
        tip = "\n".join(text.format(line_text(name)) for name, text in said.items())
        pbx, practice = state.lines.get("pbx"), state.lines.get("practice")
        if pbx is not None:
            text = self.tr("Line up") if pbx.is_up else self.tr("Line down")
            self.line.show_as("line", text, "ok" if pbx.is_up else "danger", tip)
        elif practice is not None and practice.is_up:
            self.line.show_as("line", self.tr("Practice line"), "", tip)
        else:
            self.line.show_as("line", self.tr("No line"), "warning", tip)

    def _show_centre(self, state: DeskState) -> None:
        sync = state.sync
        last = moment_text(sync.last_at, state.now) or "–"
        tip = self.tr("Console {0}, last sync {1}").format(sync.console or "–", last)
        if sync.is_online:
            text = self.tr("Synced") if not sync.waiting else self.tr("Sending {0}").format(sync.waiting)
            self.centre.show_as("online", text, "ok", tip)
        else:
            self.centre.show_as("offline", self.tr("Offline, {0} waiting").format(sync.waiting), "warning", tip)

    def _show_headset(self, state: DeskState) -> None:
        headset = state.headset
        tip = "\n".join(self._headset_tip(headset, state.now))
        if not headset.is_working:
            self.headset.show_as("headset", self.tr("No headset"), "danger", tip)
        elif headset.is_muted:
            self.headset.show_as("muted", self.tr("MUTED"), "danger", tip)
        elif any(notice.code in _UNHEARD for notice in state.notices):
            self.headset.show_as("muted", self.tr("Microphone dead"), "danger", tip)
        else:
            self.headset.show_as("headset", self.tr("Headset on"), "ok", tip)

    def _headset_tip(self, headset: HeadsetState, now: float) -> list[str]:
        lines = [f"{headset.microphone or '–'} / {headset.earpiece or '–'}"]
        if headset.keys:
            lines.append(self.tr("Keys and lamps: {0}").format(headset.keys))
        check = headset.last_check
        if check is not None:
            lines.append(f"{verdict_text(check)} ({moment_text(check.at, now)})")
        else:
            lines.append(self.tr("Not checked in this shift: Ctrl+Shift+H"))
        return lines

    def _show_speech(self, state: DeskState) -> None:
        speech = state.speech
        if speech.engine:
            tip = self.tr("Listening: {0}, model {1}").format(speech.engine, speech.model)
            self.speech.show_as("speech", f"{speech.engine} · {speech.model}", "", tip)
        else:
            self.speech.show_as("speech", self.tr("Nothing listens"), "warning", "")
