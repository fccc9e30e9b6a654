"""What the desk needs of the world: each port returns at once and answers with events."""

from typing import Any, Protocol

from app.desk.commands import Command
from app.domain.agent import AgentState
from app.domain.call import CallId, CallRecord, EmergencyRecord
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

    def find_history(self, call: CallId, number: str) -> None:
        """Answers with HistoryFound."""
        ...

    def find_tickets(self, query: str) -> None:
        """Answers with TicketsFound: number, words or caller; "" = the latest 200."""
        ...


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

    def tell_presence(self, state: AgentState, since: float, ringing: int, is_in_call: bool, oldest_ring_at: float) -> None:
        """What the wallboard shows of us; sent at once and with every heartbeat."""
        ...

    def want_figures(self, is_wanted: bool) -> None:
        """Begin or stop to ask for the wallboard's figures; answers with FiguresArrived."""
        ...
