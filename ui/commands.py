"""Every command of the window, declared once: its name, key, group, and when it is possible."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.desk.state import DeskState
from app.domain.agent import AgentState, SupervisionMode
from app.domain.call import CallStage, LegStage

_UP = frozenset({CallStage.TALKING, CallStage.HELD})
_LEG_UP = frozenset({LegStage.DIALLING, LegStage.RINGING, LegStage.TALKING})


def _always(_: DeskState) -> bool:
    return True


def _is_ringing(state: DeskState) -> bool:
    return state.ringing is not None


def _is_in_call(state: DeskState) -> bool:
    return any(view.stage in _UP for view in state.calls)


def _is_active(state: DeskState) -> bool:
    is_up = any(view.stage in _UP or view.stage is CallStage.DIALLING for view in state.calls)
    return is_up or any(view.living_legs for view in state.calls)


def _has_other_call(state: DeskState) -> bool:
    return any(view.call != state.focus for view in state.calls)


def _has_leg(state: DeskState) -> bool:
    return any(leg.stage in _LEG_UP for view in state.calls for leg in view.legs)


def _up_here(state: DeskState) -> int:
    """Calls that are up and not parked."""
    return sum(view.stage in _UP and view.call not in state.bonds.parked for view in state.calls)


def _is_consulting(state: DeskState) -> bool:
    live = {view.call for view in state.calls if view.stage is not CallStage.ENDED}
    return any(live.issuperset(pair) for pair in state.bonds.consults)


def _can_consult(state: DeskState) -> bool:
    return _up_here(state) > 0 and not _is_consulting(state)


def _can_join(state: DeskState) -> bool:
    return _up_here(state) > 1


def are_several(state: DeskState) -> bool:
    """Whether there are calls to be put together or to choose between."""
    return _is_consulting(state) or _can_join(state)


def _can_park(state: DeskState) -> bool:
    return _can_consult(state) or bool(state.bonds.parked or state.bonds.away)


def _can_redial(state: DeskState) -> bool:
    return bool(state.last_dialled)


def _has_undo(state: DeskState) -> bool:
    return state.emergency.undo_until > state.now


def _has_draft(state: DeskState) -> bool:
    return state.draft is not None


def _has_unsure(state: DeskState) -> bool:
    return state.draft is not None and bool(state.draft.unsure)


def _has_offer(state: DeskState) -> bool:
    return state.draft is not None and bool(state.draft.offered)


def _has_number(state: DeskState) -> bool:
    return state.draft is not None and state.draft.ticket.number is not None


def _has_caller(state: DeskState) -> bool:
    return state.focused is not None


def _has_words(state: DeskState) -> bool:
    return bool(state.transcript.utterances)


def _can_ring_back(state: DeskState) -> bool:
    focused = state.focused
    return state.lost is not None or (focused is not None and focused.stage is CallStage.ENDED and bool(focused.number))


def _has_lost(state: DeskState) -> bool:
    return state.lost is not None


def _is_lead(state: DeskState) -> bool:
    return state.queue.policy.is_lead


def _can_mark(state: DeskState) -> bool:
    focused = state.focused
    return state.shield.is_lead and focused is not None and bool(focused.number)


def _has_something_said(state: DeskState) -> bool:
    return bool(state.voice.saying or state.voice.unsaid)


def _is_in_practice(state: DeskState) -> bool:
    return bool(state.practice.scenario)


@dataclass(frozen=True, slots=True)
class Command:
    """`keys`: portable key names, the first is shown. `everywhere`: its key also works in the other windows and dialogs."""

    id: str
    group: str
    source: object
    keys: tuple[str, ...] = ()
    icon: str = ""
    is_possible: Callable[[DeskState], bool] = _always
    everywhere: bool = False

    @property
    def text(self) -> str:
        """What it does, in the language of the window."""
        return QCoreApplication.translate("Commands", str(self.source))


CALL, EMERGENCY, TICKET, SPEAK, AGENT, GO_TO, WINDOWS = "call", "emergency", "ticket", "speak", "agent", "go_to", "windows"
WORDS = "words"

_GROUPS = {
    CALL: QT_TRANSLATE_NOOP("Commands", "Call"),
    EMERGENCY: QT_TRANSLATE_NOOP("Commands", "Emergency"),
    TICKET: QT_TRANSLATE_NOOP("Commands", "Ticket"),
    SPEAK: QT_TRANSLATE_NOOP("Commands", "Read aloud"),
    WORDS: QT_TRANSLATE_NOOP("Commands", "Transcript"),
    AGENT: QT_TRANSLATE_NOOP("Commands", "My state"),
    GO_TO: QT_TRANSLATE_NOOP("Commands", "Go to"),
    WINDOWS: QT_TRANSLATE_NOOP("Commands", "Windows"),
}


def group_text(group: str) -> str:
    return QCoreApplication.translate("Commands", str(_GROUPS[group]))


EMERGENCY_COMMANDS = {"police": "110", "fire": "119", "ambulance": "120", "traffic": "122"}
"""Commands that press an emergency line at once, and the line."""

HAND_OVER_COMMANDS = {
    "hand_over_police": "110",
    "hand_over_fire": "119",
    "hand_over_ambulance": "120",
    "hand_over_traffic": "122",
}
"""Commands that leave the caller to a line as soon as it answers."""

AGENT_COMMANDS = {
    "ready": AgentState.READY,
    "busy": AgentState.BUSY,
    "on_break": AgentState.ON_BREAK,
    "wrap_up": AgentState.WRAP_UP,
    "signed_off": AgentState.OFFLINE,
}
"""Commands that change what the agent does."""

SUPERVISION_COMMANDS = {
    "listen": SupervisionMode.LISTEN,
    "whisper": SupervisionMode.WHISPER,
    "barge": SupervisionMode.BARGE,
}
"""Commands of a team lead, about the agent that is chosen on the wallboard; the same again ends it."""

COMMANDS = (
    Command("answer", CALL, QT_TRANSLATE_NOOP("Commands", "Answer"), ("F2",), "answer", _is_ringing, True),
    Command("reject", CALL, QT_TRANSLATE_NOOP("Commands", "Reject"), ("Shift+F2",), "reject", _is_ringing, True),
    Command("hang_up", CALL, QT_TRANSLATE_NOOP("Commands", "Hang up"), ("F3",), "hang_up", _is_active, True),
    Command("hold", CALL, QT_TRANSLATE_NOOP("Commands", "Hold or resume"), ("F4",), "hold", _is_in_call, True),
    Command("mute", CALL, QT_TRANSLATE_NOOP("Commands", "Mute or unmute"), ("F5",), "microphone", _always, True),
    Command("three_way", CALL, QT_TRANSLATE_NOOP("Commands", "Three-way call…"), ("F6",), "three_way", _is_in_call),
    Command("transfer", CALL, QT_TRANSLATE_NOOP("Commands", "Transfer…"), ("F7",), "transfer", _is_in_call),
    Command("consult", CALL, QT_TRANSLATE_NOOP("Commands", "Consult…"), ("Shift+F7",), "consult", _can_consult),
    Command(
        "complete", CALL, QT_TRANSLATE_NOOP("Commands", "Complete the transfer"), ("Ctrl+F7",), "complete", _is_consulting, True
    ),
    Command(
        "back", CALL, QT_TRANSLATE_NOOP("Commands", "Back to the caller"), ("Ctrl+Shift+F7",), "back", _is_consulting, True
    ),
    Command("join", CALL, QT_TRANSLATE_NOOP("Commands", "Join all parties"), ("Shift+F6",), "three_way", _can_join, True),
    Command("park", CALL, QT_TRANSLATE_NOOP("Commands", "Park or take back"), ("Ctrl+F6",), "park", _can_park, True),
    Command("redial", CALL, QT_TRANSLATE_NOOP("Commands", "Redial"), ("Ctrl+F8",), "redial", _can_redial),
    Command("dial", CALL, QT_TRANSLATE_NOOP("Commands", "Dial…"), ("F8",), "dial"),
    Command("keypad", CALL, QT_TRANSLATE_NOOP("Commands", "Keypad…"), ("Shift+F8",), "keypad", _is_in_call),
    Command("swap", CALL, QT_TRANSLATE_NOOP("Commands", "Next call"), ("Shift+F4",), "swap", _has_other_call, True),
    Command("end_leg", CALL, QT_TRANSLATE_NOOP("Commands", "End the added party"), ("Shift+F3",), "hang_up", _has_leg, True),
    Command("ring_back", CALL, QT_TRANSLATE_NOOP("Commands", "Ring back"), ("Ctrl+F5",), "dial", _can_ring_back, True),
    Command("let_go", CALL, QT_TRANSLATE_NOOP("Commands", "Do not ring back"), ("Ctrl+Shift+F5",), "", _has_lost, True),
    Command("missed_calls", CALL, QT_TRANSLATE_NOOP("Commands", "Missed calls…"), ("Ctrl+F2",)),
    Command("directory", CALL, QT_TRANSLATE_NOOP("Commands", "Directory…"), ("Ctrl+D",)),
    Command(
        "pause_recording",
        CALL,
        QT_TRANSLATE_NOOP("Commands", "Pause or resume the recording"),
        ("Pause", "Ctrl+Shift+K"),
        "",
        _is_in_call,
        True,
    ),
    Command("line_quality", CALL, QT_TRANSLATE_NOOP("Commands", "Line quality…"), ("Ctrl+Shift+I",)),
    Command("civility", CALL, QT_TRANSLATE_NOOP("Commands", "Civility notice"), ("Ctrl+G",), "", _is_in_call, True),
    Command(
        "end_by_policy", CALL, QT_TRANSLATE_NOOP("Commands", "End the call by rule"), ("Ctrl+Shift+G",), "", _is_in_call, True
    ),
    Command(
        "seal", CALL, QT_TRANSLATE_NOOP("Commands", "Seal the evidence of this call"), ("Ctrl+Shift+F",), "", _has_caller, True
    ),
    Command("evidence", CALL, QT_TRANSLATE_NOOP("Commands", "Sealed evidence…"), ("Ctrl+Shift+E",)),
    Command(
        "mark_number",
        CALL,
        QT_TRANSLATE_NOOP("Commands", "A lead's word on this number…"),
        ("Ctrl+Shift+B",),
        "",
        _can_mark,
    ),
    Command("unmask", CALL, QT_TRANSLATE_NOOP("Commands", "Show the whole number"), ("Ctrl+Shift+M",), "", _has_caller),
    Command("police", EMERGENCY, QT_TRANSLATE_NOOP("Commands", "110 Police, at once"), ("F9",), "police", everywhere=True),
    Command("fire", EMERGENCY, QT_TRANSLATE_NOOP("Commands", "119 Fire, at once"), ("F10",), "fire", everywhere=True),
    Command(
        "ambulance", EMERGENCY, QT_TRANSLATE_NOOP("Commands", "120 Ambulance, at once"), ("F11",), "ambulance", everywhere=True
    ),
    Command(
        "traffic",
        EMERGENCY,
        QT_TRANSLATE_NOOP("Commands", "122 Traffic accident, at once"),
        ("F12",),
        "traffic",
        everywhere=True,
    ),
    *(
        Command(id, EMERGENCY, source, (key,), "transfer", everywhere=True)
        for id, key, source in (
            ("hand_over_police", "Shift+F9", QT_TRANSLATE_NOOP("Commands", "110 Police, hand over")),
            ("hand_over_fire", "Shift+F10", QT_TRANSLATE_NOOP("Commands", "119 Fire, hand over")),
            ("hand_over_ambulance", "Shift+F11", QT_TRANSLATE_NOOP("Commands", "120 Ambulance, hand over")),
            ("hand_over_traffic", "Shift+F12", QT_TRANSLATE_NOOP("Commands", "122 Traffic accident, hand over")),
        )
    ),
    Command(
        "silent_alert", EMERGENCY, QT_TRANSLATE_NOOP("Commands", "Silent alert"), ("Ctrl+F12",), "", _is_active, everywhere=True
    ),
    Command(
        "warn_lead",
        EMERGENCY,
        QT_TRANSLATE_NOOP("Commands", "Warn the team lead of a risk"),
        ("Ctrl+Shift+W",),
        "",
        _has_caller,
        everywhere=True,
    ),
    Command("card", EMERGENCY, QT_TRANSLATE_NOOP("Commands", "Hand-off card"), ("Ctrl+F9",), "", everywhere=True),
    Command(
        "speak_card",
        EMERGENCY,
        QT_TRANSLATE_NOOP("Commands", "Read the card to the operator, or stop"),
        ("Ctrl+F10",),
        "speech",
        _is_active,
        everywhere=True,
    ),
    Command(
        "undo_emergency",
        EMERGENCY,
        QT_TRANSLATE_NOOP("Commands", "Undo the emergency call"),
        ("Esc",),
        "undo",
        _has_undo,
        everywhere=True,
    ),
    Command("save", TICKET, QT_TRANSLATE_NOOP("Commands", "Save"), ("Ctrl+S",), "save", _has_draft),
    Command(
        "dispatch",
        TICKET,
        QT_TRANSLATE_NOOP("Commands", "Dispatch"),
        ("Ctrl+Return", "Ctrl+Enter"),
        "dispatch",
        _has_draft,
    ),
    Command(
        "answer_on_call",
        TICKET,
        QT_TRANSLATE_NOOP("Commands", "Answered on call"),
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "check",
        _has_draft,
    ),
    Command("decline", TICKET, QT_TRANSLATE_NOOP("Commands", "Decline"), ("Ctrl+Shift+D",), "", _has_draft),
    Command("confirm", TICKET, QT_TRANSLATE_NOOP("Commands", "Confirm the unsure field"), ("Ctrl+J",), "", _has_unsure),
    Command("take_offer", TICKET, QT_TRANSLATE_NOOP("Commands", "Take what was heard since"), ("Alt+J",), "", _has_offer),
    Command("new_ticket", TICKET, QT_TRANSLATE_NOOP("Commands", "New ticket"), ("Ctrl+N",)),
    Command("discard", TICKET, QT_TRANSLATE_NOOP("Commands", "Discard the draft…"), ("Ctrl+Shift+X",), "", _has_draft),
    Command("say_number", SPEAK, QT_TRANSLATE_NOOP("Commands", "Ticket number to the caller"), ("Ctrl+R",), "", _has_number),
    Command("hear_number", SPEAK, QT_TRANSLATE_NOOP("Commands", "Ticket number to me"), ("Ctrl+Shift+R",), "", _has_number),
    Command(
        "play_sentence", SPEAK, QT_TRANSLATE_NOOP("Commands", "Play the sentence again"), ("Ctrl+Shift+L",), "", _has_words
    ),
    Command("find_words", WORDS, QT_TRANSLATE_NOOP("Commands", "Search the words of the call"), ("Ctrl+F",), "", _has_words),
    Command("correct_words", WORDS, QT_TRANSLATE_NOOP("Commands", "Correct the sentence"), ("Ctrl+Y",), "", _has_words),
    Command("undo_repair", WORDS, QT_TRANSLATE_NOOP("Commands", "Undo the repair"), ("Ctrl+Shift+Y",), "", _has_words),
    Command(
        "export_words",
        WORDS,
        QT_TRANSLATE_NOOP("Commands", "Export transcript and ticket…"),
        ("Ctrl+Shift+T",),
        "",
        _has_words,
    ),
    Command(
        "play_words",
        SPEAK,
        QT_TRANSLATE_NOOP("Commands", "See and hear the words of this field"),
        ("Ctrl+Shift+J",),
        "",
        _has_words,
    ),
    Command("say", SPEAK, QT_TRANSLATE_NOOP("Commands", "A sentence…"), ("Ctrl+Shift+S",)),
    Command("read_back", SPEAK, QT_TRANSLATE_NOOP("Commands", "Read the number back"), ("Ctrl+Shift+N",), "", _has_draft),
    Command(
        "say_again",
        SPEAK,
        QT_TRANSLATE_NOOP("Commands", "Stop what is being said, or say what was left unsaid"),
        ("Ctrl+Shift+A",),
        "",
        _has_something_said,
        True,
    ),
    Command("eyes_free", SPEAK, QT_TRANSLATE_NOOP("Commands", "Eyes-free work, on or off"), ("Ctrl+Shift+O",), everywhere=True),
    Command(
        "recognition",
        CALL,
        QT_TRANSLATE_NOOP("Commands", "Write down what is said, or no more"),
        ("Ctrl+Shift+Z",),
        "",
        _is_in_call,
        True,
    ),
    Command("ready", AGENT, QT_TRANSLATE_NOOP("Commands", "Ready"), ("Ctrl+1",), "ready"),
    Command("busy", AGENT, QT_TRANSLATE_NOOP("Commands", "Busy"), ("Ctrl+2",), "busy"),
    Command("on_break", AGENT, QT_TRANSLATE_NOOP("Commands", "On break"), ("Ctrl+3",), "on_break"),
    Command("wrap_up", AGENT, QT_TRANSLATE_NOOP("Commands", "Wrap-up"), ("Ctrl+4",), "wrap_up"),
    Command("undisturbed", AGENT, QT_TRANSLATE_NOOP("Commands", "Do not disturb, on or off"), ("Ctrl+5",), "undisturbed"),
    Command("signed_off", AGENT, QT_TRANSLATE_NOOP("Commands", "Sign off"), ("Ctrl+0",), "signed_off"),
    Command("to_history", GO_TO, QT_TRANSLATE_NOOP("Commands", "History of the caller"), ("Ctrl+H",)),
    Command("to_transcript", GO_TO, QT_TRANSLATE_NOOP("Commands", "Transcript"), ("Ctrl+L",)),
    Command("to_knowledge", GO_TO, QT_TRANSLATE_NOOP("Commands", "Search the knowledge base"), ("Ctrl+K",)),
    Command("to_form", GO_TO, QT_TRANSLATE_NOOP("Commands", "Ticket form"), ("Ctrl+E",)),
    Command("to_verified", GO_TO, QT_TRANSLATE_NOOP("Commands", "What was verified"), ("Ctrl+Shift+V",)),
    Command("to_units", GO_TO, QT_TRANSLATE_NOOP("Commands", "Dispatch to a unit"), ("Ctrl+U",)),
    Command("to_notices", GO_TO, QT_TRANSLATE_NOOP("Commands", "Notices"), ("Ctrl+I",)),
    Command("tickets", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Ticket table"), ("Ctrl+T",)),
    Command("wallboard", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Wallboard"), ("Ctrl+B",)),
    Command("listen", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Listen to the agent chosen"), ("Alt+L",), "", _is_lead, True),
    Command("whisper", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Whisper to the agent chosen"), ("Alt+W",), "", _is_lead, True),
    Command("barge", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Barge in on the agent chosen"), ("Alt+G",), "", _is_lead, True),
    Command("practice", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Practice calls"), ("Ctrl+P",)),
    Command(
        "stop_practice",
        WINDOWS,
        QT_TRANSLATE_NOOP("Commands", "Stop the practice call"),
        ("Ctrl+Shift+P",),
        "",
        _is_in_practice,
    ),
    Command("shift_check", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Headset check…"), ("Ctrl+Shift+H",), "headset"),
    Command("settings", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Settings"), ("Ctrl+,",)),
    Command("keys", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Keys"), ("F1",)),
    Command("menu", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Menu"), ("Ctrl+M",), "menu"),
    Command("quit", WINDOWS, QT_TRANSLATE_NOOP("Commands", "Quit"), ("Ctrl+Q",)),
)
