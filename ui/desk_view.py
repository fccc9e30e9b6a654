"""The desk in the window: all parts of one agent's work at one glance, every command by one key."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.desk.case import wanted_to_dispatch
from app.desk.state import DeskState
from app.domain.call import CallId, CallStage, LegStage
from ui.actions import Actions
from ui.agent_bar import AgentBar
from ui.call_bar import CallBar
from ui.click_dial import ClickDial
from ui.command_keys import CommandKeys
from ui.commands import AGENT_COMMANDS, EMERGENCY_COMMANDS, HAND_OVER_COMMANDS, SUPERVISION_COMMANDS
from ui.desk_calls import DeskCalls
from ui.dial_dialog import DialDialog, DialPurpose
from ui.dispatch_panel import DispatchPanel
from ui.emergency_bar import EmergencyBar
from ui.eyes_free import EyesFreeReader
from ui.history_panel import HistoryPanel
from ui.knowledge_panel import KnowledgePanel
from ui.recovery_bar import RecoveryBar
from ui.shield_panel import ShieldPanel, asks_to_resume
from ui.side_windows import SideWindows
from ui.spoken_focus import text_at
from ui.status_area import StatusArea
from ui.theme import Theme
from ui.ticket_form import FormCalls, TicketForm
from ui.transcript_view import TranscriptView

_LEG_UP = (LegStage.DIALLING, LegStage.RINGING, LegStage.TALKING)
_COLUMNS = (288, 532, 530)  # of 1366 pixels
_FORM_AND_UNITS = (440, 106)
_LEAST_FORM = 300
_TICKET_BUTTONS = ("decline", "answer_on_call", "save", "dispatch")
_SHOW_KEYS = ("save", "dispatch")


class _Shows(Protocol):
    def show_state(self, state: DeskState) -> None: ...


class DeskView(QWidget):
    """Holds no truth of its own: what was last shown, and whether the caller's number is shown whole."""

    def __init__(
        self,
        desk: DeskCalls,
        side: SideWindows,
        theme: Theme,
        window_commands: dict[str, Callable[[], None]],
        shows_full_numbers: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`window_commands`: what the commands "settings" and "quit" do."""
        super().__init__(parent)
        self._desk, self._side, self._theme = desk, side, theme
        self._shows_full_numbers = shows_full_numbers
        self._state = DeskState()
        self._unmasked = CallId("")
        self.emergency = EmergencyBar(
            desk.press_emergency, desk.undo_emergency, desk.end_leg, desk.hand_over, desk.silent_alert, theme
        )
        self.commands = Actions({**self._handlers(), **window_commands}, theme, self)
        self.emergency.take_keys(self.commands)
        self.agent = AgentBar(self.commands, theme)
        self.call = CallBar(self.commands, desk.focus_call, desk.end_leg, theme, self._unpark)
        self.recovery = RecoveryBar(self.commands, theme)
        self.shield = ShieldPanel(self.commands)
        self.history = HistoryPanel(desk.open_ticket)
        self.transcript = TranscriptView(theme, play=desk.play_sentence, words=desk)
        self.knowledge = KnowledgePanel(desk.search, desk.use_answer)
        self.form = self._form()
        self.units = DispatchPanel(desk.choose_unit)
        self.status = StatusArea(desk.dismiss_notice, theme)
        self.form.field_entered.connect(lambda name: self.transcript.point_out(self.form.evidence_of(name)))
        self._parts: tuple[_Shows, ...] = (
            self.emergency,
            self.commands,
            self.shield,
            self.history,
            self.transcript,
            self.knowledge,
            self.form,
            self.units,
            self.status,
        )
        self._lay_out()
        self.reader = EyesFreeReader(desk.read_out, self)
        self.command_keys = CommandKeys(list(self.commands.by_id.values()), self)
        self.command_keys.serve(self)
        self.click_dial = ClickDial(self, desk.dial, desk.consult)
        self.click_dial.serve(self.form, self.history, self.transcript, self.knowledge, self.units, self.status)

    def show_state(self, state: DeskState) -> None:
        """Shows what is true now. Called for every event and key: parts that have nothing new do nothing."""
        self._state = state
        is_unmasked = self._shows_full_numbers or (bool(state.focus) and self._unmasked == state.focus)
        self.agent.show_state(state, is_unmasked)
        self.call.show_state(state, is_unmasked)
        self.recovery.show_state(state, is_unmasked)
        for part in self._parts:
            part.show_state(state)
        self.reader.show_state(state)

    def _form(self) -> TicketForm:
        desk, key = self._desk, self.commands.key_text
        return TicketForm(
            FormCalls(
                desk.edit,
                desk.confirm,
                desk.take_offer,
                self._show_words,
                key("confirm"),
                key("take_offer"),
                key("play_words"),
            )
        )

    # --- commands ---

    def _handlers(self) -> dict[str, Callable[[], None]]:
        desk, side = self._desk, self._side
        return {
            "answer": desk.take,
            "reject": desk.reject,
            "hang_up": desk.hang_up,
            "hold": desk.hold_or_resume,
            "mute": desk.toggle_mute,
            "three_way": partial(side.ask_number, DialPurpose.THREE_WAY),
            "transfer": partial(side.ask_number, DialPurpose.TRANSFER),
            "dial": partial(side.ask_number, DialPurpose.DIAL),
            "keypad": partial(side.ask_number, DialPurpose.DIGITS),
            "consult": partial(side.ask_number, DialPurpose.CONSULT),
            "complete": desk.complete_transfer,
            "back": desk.back_to_caller,
            "join": desk.join_all,
            "park": self._park,
            "redial": desk.redial,
            "undisturbed": desk.toggle_undisturbed,
            "swap": desk.swap,
            "end_leg": self._end_leg,
            "ring_back": desk.ring_back,
            "let_go": self._let_go,
            "missed_calls": side.show_missed,
            "directory": side.show_directory,
            "pause_recording": desk.toggle_recording,
            "line_quality": partial(side.show_line_quality, self._theme),
            "civility": self._civility,
            "end_by_policy": desk.end_by_policy,
            "seal": desk.seal_evidence,
            "evidence": side.show_evidence,
            "mark_number": side.ask_mark,
            "unmask": self._toggle_mask,
            "undo_emergency": desk.undo_emergency,
            "save": desk.save,
            "dispatch": self._dispatch,
            "answer_on_call": desk.answer_on_call,
            "decline": desk.decline,
            "new_ticket": desk.new_ticket,
            "discard": self._discard,
            "say_number": partial(desk.say_number, True),
            "hear_number": partial(desk.say_number, False),
            "say": side.show_say,
            "read_back": lambda: desk.read_back(text_at(QApplication.focusWidget())),
            "say_again": desk.say_again_or_stop,
            "recognition": desk.toggle_recognition,
            "tickets": side.show_tickets,
            "wallboard": side.show_wallboard,
            "practice": side.show_practice,
            "stop_practice": desk.stop_practice,
            "keys": side.show_keys,
            "shift_check": side.show_shift_check,
            "silent_alert": desk.silent_alert,
            "warn_lead": desk.warn_lead,
            "card": side.show_card,
            "speak_card": desk.speak_card,
            **{command: partial(desk.press_emergency, line) for command, line in EMERGENCY_COMMANDS.items()},
            **{command: partial(desk.hand_over, line) for command, line in HAND_OVER_COMMANDS.items()},
            **{command: partial(desk.become, state) for command, state in AGENT_COMMANDS.items()},
            "busy": side.be_busy,
            **{command: partial(side.supervise, mode) for command, mode in SUPERVISION_COMMANDS.items()},
            **self._ways(),
        }

    def _ways(self) -> dict[str, Callable[[], None]]:
        """Commands that only move the keyboard's focus; the parts they name are built after the commands."""
        return {
            "to_history": lambda: self.history.list.enter_list(),
            "to_transcript": lambda: self.transcript.setFocus(),
            "to_knowledge": lambda: self._enter_search(),
            "to_form": lambda: self.form.enter(),
            "to_units": lambda: self.units.filter.setFocus(),
            "to_notices": lambda: self.status.enter(),
            "confirm": lambda: self.form.confirm_next(),
            "take_offer": lambda: self.form.take_offer(),
            "play_words": lambda: self.form.show_words(),
            "to_verified": lambda: self.form.enter("verified"),
            "menu": lambda: self.agent.menu.showMenu(),
            "play_sentence": lambda: self.transcript.play_current(),
            "find_words": lambda: self.transcript.enter_search(),
            "correct_words": lambda: self.transcript.correct(),
            "undo_repair": lambda: self.transcript.undo_repair(),
            "export_words": self._side.export_transcript,
        }

    def _enter_search(self) -> None:
        self.knowledge.box.setFocus()
        self.knowledge.box.selectAll()

    def _park(self) -> None:
        """What is taken back from the exchange without its having told the place is asked for first."""
        away, up = self._state.bonds.away, (CallStage.TALKING, CallStage.HELD)
        is_talking = any(view.stage in up for view in self._state.calls)
        if away and not away[-1].slot and not is_talking:
            self._unpark(away[-1].call)
        else:
            self._desk.park()

    def _unpark(self, call: CallId) -> None:
        away = next((known for known in self._state.bonds.away if known.call == call), None)
        if away is None or away.slot:
            self._desk.unpark(call)
        else:
            self._side.open(DialDialog(DialPurpose.UNPARK, partial(self._desk.unpark, call), parent=self.window()))

    def _end_leg(self) -> None:
        """Ends the party that was added last."""
        legs = [leg for view in self._state.calls for leg in view.legs if leg.stage in _LEG_UP]
        if legs:
            self._desk.end_leg(max(legs, key=lambda leg: leg.since).leg)

    def _let_go(self) -> None:
        if self._state.lost is not None:
            self._desk.let_go(self._state.lost.call)

    def _civility(self) -> None:
        """The next notice; where emergency words rest the shield, the agent is asked first."""
        words = asks_to_resume(self._state)
        if not words:
            self._desk.civility()
            return
        question = self.tr("“{0}” was heard. Is nobody in danger?").format(words)
        self._side.ask(question, self.tr("Nobody is in danger"), self._desk.resume_shield)

    def _show_words(self, field: str) -> None:
        """Lights up the words that a field came from, and plays them."""
        evidence = self.form.evidence_of(field)
        self.transcript.light_up(evidence)
        if evidence:
            self._desk.play_words(evidence)
        else:
            self._desk.play_evidence(field)  # says that nothing was heard for it

    def _dispatch(self) -> None:
        """What is still wanted is named by the desk, and the cursor stands in the first of it."""
        draft = self._state.draft
        wanted = wanted_to_dispatch(draft) if draft is not None else ()
        if wanted and not self.form.enter_first(wanted):
            self.units.filter.setFocus()  # only the unit is left
        self._desk.dispatch()

    def _toggle_mask(self) -> None:
        self._unmasked = CallId("") if self._unmasked == self._state.focus else self._state.focus
        self.show_state(self._state)

    def _discard(self) -> None:
        question = self.tr("Discard what is written on this ticket?")
        self._side.ask(question, self.tr("Discard"), self._desk.discard_draft)

    # --- layout ---

    def _lay_out(self) -> None:
        if (below := self.call.layout()) is not None:
            below.addWidget(self.shield)
        talk = _split(Qt.Orientation.Vertical, (_card(self.transcript), _card(self.knowledge)), (300, 240))
        parts = (_card(_scrolling(self.form)), _card(self.units))
        ticket = QVBoxLayout()
        ticket.setContentsMargins(0, 0, 0, 0)
        ticket.setSpacing(6)
        ticket.addWidget(_split(Qt.Orientation.Vertical, parts, _FORM_AND_UNITS), stretch=1)
        ticket.addLayout(self._ticket_buttons())
        columns = _split(
            Qt.Orientation.Horizontal,
            (_column(self.recovery, _card(self.call), _card(self.history)), talk, _holding(ticket)),
            _COLUMNS,
        )
        columns.setStretchFactor(0, 0)
        columns.setStretchFactor(1, 3)
        columns.setStretchFactor(2, 2)
        body = QHBoxLayout()
        body.setContentsMargins(8, 6, 8, 6)
        body.addWidget(columns)
        window = QVBoxLayout(self)
        window.setContentsMargins(0, 0, 0, 0)
        window.setSpacing(0)
        window.addWidget(self.agent)
        window.addWidget(self.emergency)
        window.addLayout(body, stretch=1)
        window.addWidget(self.status)

    def _ticket_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.ticket_buttons = {}
        for id in _TICKET_BUTTONS:
            key = self.commands.key_text(id) if id in _SHOW_KEYS else ""
            text = f"{self.commands.by_id[id].text()}  {key}".strip()
            button = self.commands.button(id, text, "primary" if id == "dispatch" else "")
            self.ticket_buttons[id] = button
            row.addWidget(button, stretch=1)
        return row


def _card(inside: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    box = QVBoxLayout(card)
    box.setContentsMargins(8, 4, 8, 5)
    box.addWidget(inside)
    return card


def _column(*parts: QWidget) -> QWidget:
    """One below the other; the last takes the room that is left."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part, stretch=int(part is parts[-1]))
    return _holding(column)


def _holding(layout: QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def _scrolling(inside: QWidget) -> QScrollArea:
    """For enlarged text: what does not fit can be scrolled to, by the keyboard's focus too."""
    area = _Scroll()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class _Scroll(QScrollArea):
    """Wants the room its content wants, and never less than its width."""

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self.widget().minimumSizeHint()
        return QSize(least.width(), min(least.height(), _LEAST_FORM))


def _split(direction: Qt.Orientation, parts: tuple[QWidget, ...], sizes: tuple[int, ...]) -> QSplitter:
    splitter = QSplitter(direction)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(8)
    for place, part in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, 1)
    splitter.setSizes(list(sizes))
    return splitter
