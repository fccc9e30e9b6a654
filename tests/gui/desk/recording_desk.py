"""A desk that remembers what it was asked, and a window in front of it."""

from dataclasses import dataclass, field

from app.desk.commands import AudioChoice
from app.domain.agent import AgentState
from app.domain.call import CallId
from app.domain.ticket import TicketId

Asked = tuple[object, ...]


@dataclass
class RecordingDesk:
    """`asked`: (method, argument…) in order."""

    asked: list[Asked] = field(default_factory=list)

    def take(self, call: CallId | None = None) -> None:
        self.asked.append(("take",) if call is None else ("take", call))

    def reject(self, call: CallId | None = None) -> None:
        self.asked.append(("reject",))

    def hang_up(self) -> None:
        self.asked.append(("hang_up",))

    def hold_or_resume(self) -> None:
        self.asked.append(("hold_or_resume",))

    def toggle_mute(self) -> None:
        self.asked.append(("toggle_mute",))

    def send_digits(self, digits: str) -> None:
        self.asked.append(("send_digits", digits))

    def dial(self, number: str) -> None:
        self.asked.append(("dial", number))

    def transfer_blind(self, target: str) -> None:
        self.asked.append(("transfer_blind", target))

    def three_way(self, target: str) -> None:
        self.asked.append(("three_way", target))

    def end_leg(self, leg: CallId) -> None:
        self.asked.append(("end_leg", leg))

    def focus_call(self, call: CallId) -> None:
        self.asked.append(("focus_call", call))

    def press_emergency(self, line: str) -> None:
        self.asked.append(("press_emergency", line))

    def undo_emergency(self) -> None:
        self.asked.append(("undo_emergency",))

    def become(self, state: AgentState, reason: str = "") -> None:
        self.asked.append(("become", state))

    def edit(self, field: str, value: object) -> None:
        self.asked.append(("edit", field, value))

    def confirm(self, field: str) -> None:
        self.asked.append(("confirm", field))

    def search(self, query: str) -> None:
        self.asked.append(("search", query))

    def use_answer(self, key: str) -> None:
        self.asked.append(("use_answer", key))

    def choose_unit(self, key: str) -> None:
        self.asked.append(("choose_unit", key))

    def save(self) -> None:
        self.asked.append(("save",))

    def dispatch(self) -> None:
        self.asked.append(("dispatch",))

    def answer_on_call(self) -> None:
        self.asked.append(("answer_on_call",))

    def decline(self) -> None:
        self.asked.append(("decline",))

    def discard_draft(self) -> None:
        self.asked.append(("discard_draft",))

    def new_ticket(self) -> None:
        self.asked.append(("new_ticket",))

    def open_ticket(self, ticket_id: TicketId) -> None:
        self.asked.append(("open_ticket", ticket_id))

    def find_tickets(self, query: str) -> None:
        self.asked.append(("find_tickets", query))

    def say(self, text: str, is_for_caller: bool) -> None:
        self.asked.append(("say", text, is_for_caller))

    def say_number(self, is_for_caller: bool) -> None:
        self.asked.append(("say_number", is_for_caller))

    def choose_headset(self, choice: AudioChoice) -> None:
        self.asked.append(("choose_headset", choice))

    def start_practice(self, scenario: str) -> None:
        self.asked.append(("start_practice", scenario))

    def stop_practice(self) -> None:
        self.asked.append(("stop_practice",))

    def dismiss_notice(self, code: str) -> None:
        self.asked.append(("dismiss_notice", code))

    def want_figures(self, is_wanted: bool) -> None:
        self.asked.append(("want_figures", is_wanted))
