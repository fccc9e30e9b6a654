"""What the desk needs of the world: each port returns at once and answers with events."""

from typing import Any, Protocol

from app.desk.commands import Command
from app.desk.queue_state import NO_SEAT, Seat
from app.desk.shield_wishes import ShieldWish
from app.desk.transcript_wishes import AskWords, TranscriptWish
from app.domain.agent import AgentState, SupervisionMode
from app.domain.alert import Alert
from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.handoff import HandOffCard
from app.domain.recording import RecordingMark
from app.domain.ticket import Ticket


class Line(Protocol):
    """The telephony process."""

    def send(self, command: Command) -> bool:
        """Hands the command over; False where the process cannot be reached (a ProcessLost came or will come)."""
        ...


class Ears(Protocol):
    """The speech process: recognition and voice output."""

    def send(self, command: Command) -> bool: ...


class Trainer(Protocol):
    """The practice exchange."""

    def send(self, command: Command) -> bool: ...


class Store(Protocol):
    """The local store, on its own thread. Everything is durable when its event comes, in the order it was asked for."""

    def note(self, call: CallId, kind: str, body: dict[str, Any]) -> None:
        """Journal (现场留痕): one line of what happened; written within a second, in order."""
        ...

    def keep_draft(self, ticket: Ticket, own_fields: tuple[str, ...]) -> None:
        """The draft as it stands, for the next start; written within a second, later calls replace earlier ones."""
        ...

    def drop_draft(self, ticket: Ticket) -> None:
        """The draft was discarded by the agent."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Ticket, journal and outbox in one transaction, giving a number where it has none: TicketKept or TicketNotKept."""
        ...

    def record_call(self, record: CallRecord) -> None: ...

    def record_emergency(self, record: EmergencyRecord) -> None: ...

    def set_agent_state(self, state: AgentState, reason: str, since: float) -> None: ...

    def raise_alert(self, alert: Alert) -> None:
        """A silent alert goes to the centre and on to every wallboard of the team, as soon as the centre is reached."""
        ...

    def keep_last_dialled(self, number: str) -> None:
        """For the next start."""
        ...

    def find_history(self, call: CallId, number: str) -> None:
        """Answers with HistoryFound."""
        ...

    def serve_shield(self, wish: ShieldWish) -> None:
        """Steps, marks, repeated callers and evidence of the abuse shield; answers as the wish says."""
        ...

    def serve_words(self, wish: TranscriptWish) -> None:
        """The words of calls, found again and exported; answers as the wish says."""
        ...

    def find_tickets(self, query: str) -> None:
        """Answers with TicketsFound: number, words or caller; "" = the latest 200."""
        ...

    def confirm_calls(self, asked: tuple[CallId, ...]) -> None:
        """Answers with CallsRecorded: those of these calls whose record is durable."""
        ...

    def find_missed(self) -> None:
        """Answers with MissedFound."""
        ...

    def settle_missed(self, number: str, why: str, by: str, at: float) -> None:
        """Whoever rang in vain from this number was reached, or need not be: `why` as MissedCall.done_why."""
        ...

    def keep_recording(self, call: CallId, began_at: float, mark: RecordingMark) -> None:
        """A recording is finished: its key goes into the store, its mark into the call's record."""
        ...

    def adopt_recordings(self, live: tuple[CallId, ...]) -> None:
        """Recordings nobody told the end of are kept too, but for those of calls that are up."""
        ...

    def purge_recordings(self, keep_days: float) -> None:
        """Recordings that the centre has had for so long are destroyed, now and from now on."""
        ...

    def hold_recording(self, call: CallId, why: str) -> None:
        """Evidence refers to this recording: it is destroyed neither here nor at the centre until `why` is "" again."""
        ...

    def find_voice(self, call: CallId, request: str, start_s: float, end_s: float) -> None:
        """Answers with VoiceFound: a stretch of a recording, also of a call that is up."""
        ...


class Messenger(Protocol):
    """The emergency desk's API and the text gateway, on threads of their own."""

    def push_card(self, card: HandOffCard) -> None:
        """Answers with CardPushed, perhaps after many tries."""
        ...

    def send_text(self, request: str, line: str, text: str) -> None:
        """Answers with TextSent."""
        ...


class NoMessenger:
    """Where neither is set up: nothing is asked of it."""

    def push_card(self, card: HandOffCard) -> None:
        """Nobody to tell."""

    def send_text(self, request: str, line: str, text: str) -> None:
        """Nobody to tell."""


class Adviser(Protocol):
    """Knowledge and dispatch advice, on a thread of their own; a newer question replaces one not yet begun."""

    def find_answers(self, query: str, is_spoken: bool) -> None:
        """Answers with AnswersFound."""
        ...

    def find_units(self, text: str, place: str) -> None:
        """Answers with AdviceFound."""
        ...


class Courier(Protocol):
    """The sync threads."""

    def wake(self) -> None:
        """There is something to send."""
        ...

    def tell_presence(
        self, state: AgentState, since: float, ringing: int, is_in_call: bool, oldest_ring_at: float, seat: Seat = NO_SEAT
    ) -> None:
        """What the wallboard shows of us; sent at once and with every heartbeat."""
        ...

    def supervise(self, id: str, console: str, mode: SupervisionMode | None) -> None:
        """A team lead begins to take part in the call of the agent at `console`, or ends it (None); SupervisionRefused where
        that fails."""
        ...

    def ask_words(self, wish: AskWords) -> None:
        """Answers with WordsFetched or WordsSought; where the centre is away, when it is back."""
        ...

    def want_figures(self, is_wanted: bool) -> None:
        """Begin or stop to ask for the wallboard's figures; answers with FiguresArrived."""
        ...
