"""A desk that remembers what it was asked, and a window in front of it."""

from dataclasses import dataclass, field

from app.desk.commands import AudioChoice
from app.desk.eyes_free import Rank
from app.desk.voice_state import VoiceChoice
from app.domain.agent import AgentState, SupervisionMode
from app.domain.call import CallId
from app.domain.ticket import TicketId
from app.domain.transcript import Evidence, Speaker

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

    def ring_back(self, call: CallId | None = None) -> None:
        self.asked.append(("ring_back",))

    def let_go(self, call: CallId) -> None:
        self.asked.append(("let_go", call))

    def ring_back_missed(self, number: str) -> None:
        self.asked.append(("ring_back_missed", number))

    def settle_missed(self, number: str, reason: str) -> None:
        self.asked.append(("settle_missed", number, reason))

    def find_contacts(self, query: str) -> None:
        self.asked.append(("find_contacts", query))

    def consult(self, target: str) -> None:
        self.asked.append(("consult", target))

    def complete_transfer(self) -> None:
        self.asked.append(("complete_transfer",))

    def back_to_caller(self) -> None:
        self.asked.append(("back_to_caller",))

    def join_all(self) -> None:
        self.asked.append(("join_all",))

    def swap(self) -> None:
        self.asked.append(("swap",))

    def park(self) -> None:
        self.asked.append(("park",))

    def unpark(self, call: CallId, slot: str = "") -> None:
        self.asked.append(("unpark", call, slot))

    def redial(self) -> None:
        self.asked.append(("redial",))

    def toggle_undisturbed(self) -> None:
        self.asked.append(("toggle_undisturbed",))

    def end_leg(self, leg: CallId) -> None:
        self.asked.append(("end_leg", leg))

    def focus_call(self, call: CallId) -> None:
        self.asked.append(("focus_call", call))

    def press_emergency(self, line: str) -> None:
        self.asked.append(("press_emergency", line))

    def undo_emergency(self) -> None:
        self.asked.append(("undo_emergency",))

    def hand_over(self, line: str) -> None:
        self.asked.append(("hand_over", line))

    def silent_alert(self) -> None:
        self.asked.append(("silent_alert",))

    def warn_lead(self) -> None:
        self.asked.append(("warn_lead",))

    def card_shown(self, is_shown: bool) -> None:
        self.asked.append(("card_shown", is_shown))

    def speak_card(self) -> None:
        self.asked.append(("speak_card",))

    def become(self, state: AgentState, reason: str = "") -> None:
        self.asked.append(("become", state))

    def edit(self, field: str, value: object) -> None:
        self.asked.append(("edit", field, value))

    def confirm(self, field: str) -> None:
        self.asked.append(("confirm", field))

    def take_offer(self, field: str) -> None:
        self.asked.append(("take_offer", field))

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

    def say(self, text: str, is_for_caller: bool, choice: VoiceChoice | None = None) -> None:
        self.asked.append(("say", text, is_for_caller))

    def announce(self, key: str, is_for_caller: bool) -> None:
        self.asked.append(("announce", key, is_for_caller))

    def read_back(self, text: str = "") -> None:
        self.asked.append(("read_back", text))

    def say_again_or_stop(self) -> None:
        self.asked.append(("say_again_or_stop",))

    def stop_saying(self) -> None:
        self.asked.append(("stop_saying",))

    def read_out(self, text: str, rank: Rank = Rank.FIELD) -> None:
        self.asked.append(("read_out", text, rank))

    def toggle_eyes_free(self) -> None:
        self.asked.append(("toggle_eyes_free",))

    def toggle_recognition(self) -> None:
        self.asked.append(("toggle_recognition",))

    def say_number(self, is_for_caller: bool) -> None:
        self.asked.append(("say_number", is_for_caller))

    def choose_headset(self, choice: AudioChoice) -> None:
        self.asked.append(("choose_headset", choice))

    def start_shift_check(self) -> None:
        self.asked.append(("start_shift_check",))

    def stop_shift_check(self) -> None:
        self.asked.append(("stop_shift_check",))

    def tell_ringer_heard(self, is_heard: bool) -> None:
        self.asked.append(("tell_ringer_heard", is_heard))

    def start_practice(self, scenario: str) -> None:
        self.asked.append(("start_practice", scenario))

    def stop_practice(self) -> None:
        self.asked.append(("stop_practice",))

    def toggle_recording(self) -> None:
        self.asked.append(("toggle_recording",))

    def play_sentence(self, speaker: Speaker, number: int) -> None:
        self.asked.append(("play_sentence", speaker, number))

    def play_words(self, evidence: tuple[Evidence, ...]) -> None:
        self.asked.append(("play_words", evidence))

    def play_evidence(self, field: str) -> None:
        self.asked.append(("play_evidence", field))

    def correct_words(self, speaker: Speaker, number: int, text: str) -> None:
        self.asked.append(("correct_words", speaker, number, text))

    def undo_repair(self, speaker: Speaker, number: int, start: int | None = None) -> None:
        self.asked.append(("undo_repair", speaker, number, start))

    def restore_words(self, speaker: Speaker, number: int) -> None:
        self.asked.append(("restore_words", speaker, number))

    def find_words(self, query: str) -> None:
        self.asked.append(("find_words", query))

    def export_transcript(self, target: str, may_replace: bool = False) -> None:
        self.asked.append(("export_transcript", target, may_replace))

    def civility(self) -> None:
        self.asked.append(("civility",))

    def end_by_policy(self) -> None:
        self.asked.append(("end_by_policy",))

    def resume_shield(self) -> None:
        self.asked.append(("resume_shield",))

    def seal_evidence(self, call: CallId | None = None) -> None:
        self.asked.append(("seal_evidence",))

    def find_evidence(self) -> None:
        self.asked.append(("find_evidence",))

    def check_evidence(self, name: str) -> None:
        self.asked.append(("check_evidence", name))

    def export_evidence(self, name: str, target: str) -> None:
        self.asked.append(("export_evidence", name, target))

    def mark_number(self, number: str, advice: str, days: int) -> None:
        self.asked.append(("mark_number", number, advice, days))

    def dismiss_notice(self, code: str) -> None:
        self.asked.append(("dismiss_notice", code))

    def supervise(self, console: str, mode: SupervisionMode) -> None:
        self.asked.append(("supervise", console, mode))

    def want_figures(self, is_wanted: bool) -> None:
        self.asked.append(("want_figures", is_wanted))
