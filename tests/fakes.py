"""Small stand-ins for the desk's ports: they remember what they were asked, and answer only when a test says so."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.desk.commands import Command
from app.desk.core import Ports
from app.desk.desk import Desk
from app.desk.events import CallAnswered, CallEnded, CallRang, Heard
from app.desk.policy import Danger, Policy, Proposal, Rules
from app.desk.queue_state import NO_SEAT, Seat
from app.desk.shield_wishes import ShieldWish
from app.desk.state import DeskState
from app.desk.transcript_wishes import AskWords, TranscriptWish
from app.domain.agent import AgentState, SupervisionMode
from app.domain.alert import Alert
from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.handoff import HandOffCard
from app.domain.recording import RecordingMark
from app.domain.ticket import Ticket, TicketId
from app.domain.transcript import Evidence, Speaker, Transcript, Utterance

FIRST, SECOND = CallId("1" * 32), CallId("2" * 32)


@dataclass
class FakeProcess:
    """A process that can be reached, or not."""

    is_there: bool = True
    sent: list[Command] = field(default_factory=list)

    def send(self, command: Command) -> bool:
        if self.is_there:
            self.sent.append(command)
        return self.is_there

    def of(self, kind: type[Command]) -> list[Any]:
        return [command for command in self.sent if isinstance(command, kind)]


@dataclass
class FakeStore:
    notes: list[tuple[CallId, str, dict[str, Any]]] = field(default_factory=list)
    drafts: dict[TicketId, Ticket] = field(default_factory=dict)
    saved: list[Ticket] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    emergencies: list[EmergencyRecord] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    states: list[AgentState] = field(default_factory=list)
    history_asked: list[tuple[CallId, str]] = field(default_factory=list)
    tickets_asked: list[str] = field(default_factory=list)
    last_dialled: str = ""
    recordings: list[tuple[CallId, RecordingMark]] = field(default_factory=list)
    adopted: list[tuple[CallId, ...]] = field(default_factory=list)
    keep_days: float = 0.0
    held: dict[CallId, str] = field(default_factory=dict)
    voices_asked: list[tuple[CallId, str, float, float]] = field(default_factory=list)
    shield_wishes: list[ShieldWish] = field(default_factory=list)
    word_wishes: list[TranscriptWish] = field(default_factory=list)
    confirmed: list[tuple[CallId, ...]] = field(default_factory=list)
    missed_asked: int = 0
    settled: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, call: CallId, kind: str, body: dict[str, Any]) -> None:
        self.notes.append((call, kind, body))

    def keep_draft(self, ticket: Ticket, own_fields: tuple[str, ...]) -> None:
        self.drafts[ticket.id] = ticket

    def drop_draft(self, ticket: Ticket) -> None:
        self.drafts.pop(ticket.id, None)

    def save(self, ticket: Ticket) -> None:
        self.saved.append(ticket)

    def record_call(self, record: CallRecord) -> None:
        self.calls.append(record)

    def record_emergency(self, record: EmergencyRecord) -> None:
        self.emergencies.append(record)

    def set_agent_state(self, state: AgentState, reason: str, since: float) -> None:
        self.states.append(state)

    def raise_alert(self, alert: Alert) -> None:
        self.alerts.append(alert)

    def keep_last_dialled(self, number: str) -> None:
        self.last_dialled = number

    def find_history(self, call: CallId, number: str) -> None:
        self.history_asked.append((call, number))

    def find_tickets(self, query: str) -> None:
        self.tickets_asked.append(query)

    def confirm_calls(self, asked: tuple[CallId, ...]) -> None:
        self.confirmed.append(asked)

    def find_missed(self) -> None:
        self.missed_asked += 1

    def settle_missed(self, number: str, why: str, by: str, at: float) -> None:
        self.settled.append((number, why, by))

    def serve_shield(self, wish: ShieldWish) -> None:
        self.shield_wishes.append(wish)

    def serve_words(self, wish: TranscriptWish) -> None:
        self.word_wishes.append(wish)

    def keep_recording(self, call: CallId, began_at: float, mark: RecordingMark) -> None:
        self.recordings.append((call, mark))

    def adopt_recordings(self, live: tuple[CallId, ...]) -> None:
        self.adopted.append(live)

    def purge_recordings(self, keep_days: float) -> None:
        self.keep_days = keep_days

    def hold_recording(self, call: CallId, why: str) -> None:
        self.held[call] = why

    def find_voice(self, call: CallId, request: str, start_s: float, end_s: float) -> None:
        self.voices_asked.append((call, request, start_s, end_s))

    def kinds(self) -> list[str]:
        return [kind for _, kind, _ in self.notes]


@dataclass
class FakeMessenger:
    """The emergency desk and the text gateway."""

    cards: list[HandOffCard] = field(default_factory=list)
    texts: list[tuple[str, str, str]] = field(default_factory=list)

    def push_card(self, card: HandOffCard) -> None:
        self.cards.append(card)

    def send_text(self, request: str, line: str, text: str) -> None:
        self.texts.append((request, line, text))


@dataclass
class FakeAdviser:
    asked: list[tuple[str, bool]] = field(default_factory=list)
    units_asked: list[tuple[str, str]] = field(default_factory=list)

    def find_answers(self, query: str, is_spoken: bool) -> None:
        self.asked.append((query, is_spoken))

    def find_units(self, text: str, place: str) -> None:
        self.units_asked.append((text, place))


@dataclass
class FakeCourier:
    woken: int = 0
    presence: list[tuple[AgentState, int, bool]] = field(default_factory=list)
    wants_figures: bool = False
    seats: list[Seat] = field(default_factory=list)
    supervised: list[tuple[str, str, SupervisionMode | None]] = field(default_factory=list)
    words_asked: list[AskWords] = field(default_factory=list)

    def ask_words(self, wish: AskWords) -> None:
        self.words_asked.append(wish)

    def wake(self) -> None:
        self.woken += 1

    def tell_presence(
        self, state: AgentState, since: float, ringing: int, is_in_call: bool, oldest_ring_at: float, seat: Seat = NO_SEAT
    ) -> None:
        self.presence.append((state, ringing, is_in_call))
        self.seats.append(seat)

    def supervise(self, id: str, console: str, mode: SupervisionMode | None) -> None:
        self.supervised.append((id, console, mode))

    def want_figures(self, is_wanted: bool) -> None:
        self.wants_figures = is_wanted


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def hears_fire(text: str, _is_open: bool = False) -> Danger | None:
    return Danger("119", "着火") if "着火" in text else None


def proposes_place(transcript: Transcript) -> Proposal:
    """Takes what stands before 路 for a place."""
    for said in transcript.utterances:
        end = said.text.find("路") + 1
        if said.speaker is Speaker.CALLER and end:
            return {"place": (said.text[:end], (Evidence(said.speaker, said.number, 0, end, said.text[:end], 0.6),))}
    return {}


class Place:
    """A desk with everything around it faked: `desk`, `states`, the ports, the clock."""

    def __init__(self, **policy: Any) -> None:
        self.line, self.ears, self.trainer = FakeProcess(), FakeProcess(), FakeProcess()
        self.store, self.adviser, self.courier, self.clock = FakeStore(), FakeAdviser(), FakeCourier(), Clock()
        self.messenger = FakeMessenger()
        self.states: list[DeskState] = []
        self._made = 0
        targets = {"119": (("pbx", "119"), ("gateway", "119"))}
        rules = Rules(hears_fire, proposes_place, " ".join, self._new_ticket, self._new_call, self.clock)
        ports = Ports(self.line, self.ears, self.trainer, self.store, self.adviser, self.courier, self.messenger)
        self.desk = Desk(ports, replace(Policy("8001", emergency_targets=targets), **policy), rules, self.states.append)

    @property
    def state(self) -> DeskState:
        return self.desk.state

    def rings(self, call: CallId = FIRST, number: str = "13800000001") -> None:
        self.desk.handle(CallRang(call, number, "", {}, self.clock.now))

    def talks(self, call: CallId = FIRST, number: str = "13800000001") -> None:
        """A call that rang and was answered."""
        self.rings(call, number)
        self.desk.take(call)
        self.desk.handle(CallAnswered(call, self.clock.now))

    def ends(self, call: CallId = FIRST, by: str = "caller") -> None:
        self.desk.handle(CallEnded(call, 200, "", by, self.clock.now))

    def hears(self, text: str, call: CallId = FIRST, number: int = 0, final: bool = True) -> None:
        self.desk.handle(Heard(call, Utterance(Speaker.CALLER, number, text, float(number), number + 1.0, final)))

    def _new_ticket(self) -> TicketId:
        self._made += 1
        return TicketId(f"ticket{self._made}")

    def _new_call(self) -> str:
        self._made += 1
        return f"{self._made:032x}"
