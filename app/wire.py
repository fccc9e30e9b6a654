"""What a console and the centre say to each other: HTTP under /v1, bodies of JSON, one struct for each.

A console names itself with two headers: ``Authorization: Bearer <console>.<secret>`` and ``Jiesu-Instance: <instance>``; every
request also carries ``Jiesu-Protocol: <PROTOCOL>``. Times are Unix seconds.

====== ============= ============== ==========================================================================================
POST   /v1/enrol     Enrol          → Enrolled; 401 `wrong-token`
POST   /v1/hello     Hello          → Welcome; 401 `unknown-console`, 409 `identity-in-use`, 426 `protocol`
POST   /v1/push      Push           → Pushed; 409 `gap` (with `expect`), 409 `fork`, 409 `identity-in-use`, 400 `garbage`
GET    /v1/pull      ?cursor&kinds  → Changes (`cursor` "" = from the beginning; `kinds` separated by commas, none = all)
GET    /v1/hints                    → server-sent events: `data:` lines each time the feed has moved, comments to keep it alive;
                                      `data: beat` where the answer to a Presence would say something new
POST   /v1/lease     Lease          → Leased
POST   /v1/presence  Presence       → Beat; 409 `identity-in-use`
POST   /v1/supervise Supervise      → 204; 403 `no-lead`, 409 `no-call`, `busy`, `joined`, 503 `no-exchange`
GET    /v1/figures                  → domain.figures.Figures
GET    /v1/words/{}  ?call&since    → KeptWords of the call of a ticket ({} = its id); 404 `no-ticket`
GET    /v1/health                   → Health, for anybody
====== ============= ============== ==========================================================================================

Every other answer (4xx, 5xx) is a Problem. An operation is applied once, however often it is sent: the centre counts `seq` for
each console without gaps, and remembers `op_id` for ever. Nothing that was pushed is dropped without a word: an operation is
either taken, or named in `Pushed.refused` with the reason.
"""

from typing import Any

import msgspec

from app.domain.agent import AgentState, QueueStanding, SupervisionMode
from app.domain.alert import Alert
from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.callers import NumberMark, PastCall
from app.domain.shield import ShieldStep
from app.domain.ticket import Ticket

PROTOCOL = 1
"""Raised with every change that an older console or centre would misread."""

PROTOCOL_HEADER = "Jiesu-Protocol"
INSTANCE_HEADER = "Jiesu-Instance"

TICKET_SAVED = "ticket-saved"  # body: domain.ticket.Ticket, entity: its id
CALL_ENDED = "call-ended"  # body: domain.call.CallRecord, entity: the call's id
EMERGENCY_ROUTED = "emergency-routed"  # body: domain.call.EmergencyRecord, entity: the call's id
SHIELD_STEPPED = "shield-stepped"  # body: ShieldStepped, entity: the call's id
CALLER_SEEN = "caller-seen"  # body: CallerSeen, entity: the call's id
NUMBER_MARKED = "number-marked"  # body: domain.callers.NumberMark, entity: the number; of a team lead's console only
AGENT_STATE = "agent-state"  # body: AgentStateChange, entity: the agent

TRANSCRIPT_KEPT = "transcript-kept"  # body: TranscriptKept, entity: the call's id; no console pulls it: /v1/words
ALERT_RAISED = "alert-raised"  # body: domain.alert.Alert, entity: the call's id

BODY_LIMIT = 1024 * 1024
"""Bytes that the body of one operation may have; a larger one is refused by the centre. A ticket with every text at its
limit has room in it, whatever signs it is written in, with as many words of evidence."""

PUSH_LIMIT = 200
"""Operations that one push may hold."""


class AgentStateChange(msgspec.Struct, frozen=True):
    agent: str
    state: AgentState
    reason: str
    since: float


class ShieldStepped(msgspec.Struct, frozen=True):
    """An agent's abuse shield came one step on: the team lead is told."""

    agent: str
    call: CallId
    step: ShieldStep


class CallerSeen(msgspec.Struct, frozen=True):
    """A number rang: how often it does is known to the whole team, without a word of what was said."""

    number: str
    seen: PastCall


class TranscriptKept(msgspec.Struct, frozen=True):
    """A part of the words of a saved ticket's call, as the agent left them (R9): part `part` of `parts`, from 0. A later `at`
    takes the place of an earlier one, with all its parts. `lines` are as `app.desk.heard_lines` writes them, in their order."""

    call: CallId
    ticket: str
    agent: str
    at: float
    part: int
    parts: int
    lines: tuple[msgspec.Raw, ...]


BODIES: dict[str, Any] = {
    TRANSCRIPT_KEPT: TranscriptKept,
    ALERT_RAISED: Alert,
    SHIELD_STEPPED: ShieldStepped,
    CALLER_SEEN: CallerSeen,
    NUMBER_MARKED: NumberMark,
    TICKET_SAVED: Ticket,
    CALL_ENDED: CallRecord,
    EMERGENCY_ROUTED: EmergencyRecord,
    AGENT_STATE: AgentStateChange,
}
"""The type of an operation's body by its kind."""


class Operation(msgspec.Struct, frozen=True):
    """One change made at a console, as its outbox keeps it and its push carries it.

    `op_id` is a UUIDv7 in text; `seq` counts 1, 2, 3… for each console, taken in the transaction of the change itself;
    `body` is the JSON of the type that BODIES names for `kind`.
    """

    op_id: str
    seq: int
    kind: str
    entity: str
    at: float
    body: msgspec.Raw


class Identity(msgspec.Struct, frozen=True):
    """What a console keeps of its enrolment. `centre` is the UUID of the centre that knows it."""

    centre: str
    console: str
    secret: str
    name: str


class Enrol(msgspec.Struct, frozen=True):
    """`first_seq` is the lowest number that this console will push: 1, or later where its outbox has forgotten the oldest."""

    token: str
    name: str
    first_seq: int = 1


class Enrolled(msgspec.Struct, frozen=True):
    centre: str
    console: str
    secret: str


class Hello(msgspec.Struct, frozen=True):
    """Said once after each start and each loss of the centre. The instance that says hello last owns the identity, except with
    `is_polite`: then only where its owner has been silent for a while."""

    instance: str
    protocol: int
    version: str
    is_polite: bool = False


class Welcome(msgspec.Struct, frozen=True):
    centre: str
    protocol: int
    version: str
    taken_seq: int  # the last operation that the centre has of this console


class Push(msgspec.Struct, frozen=True):
    """Operations in the order of their `seq`, without gaps."""

    console: str
    instance: str
    ops: tuple[Operation, ...]


class Refusal(msgspec.Struct, frozen=True):
    """The centre keeps the operation aside and will not apply it. `reason` is English and never holds the operation's words."""

    seq: int
    reason: str


class Pushed(msgspec.Struct, frozen=True):
    """Everything up to `acked` is with the centre for good; what was refused is named."""

    acked: int
    refused: tuple[Refusal, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Why a request was not answered as asked. `error` is one of the words in the table above; `expect` goes with `gap`."""

    error: str
    reason: str = ""
    expect: int = 0
    protocol: int = PROTOCOL
    version: str = ""


class Change(msgspec.Struct, frozen=True):
    """One operation as every console of the team may read it."""

    console: str
    op_id: str
    kind: str
    entity: str
    at: float
    body: msgspec.Raw


class Changes(msgspec.Struct, frozen=True):
    """A piece of the feed; `cursor` is where the next begins, to be kept after the changes were applied."""

    cursor: str
    changes: tuple[Change, ...]
    is_more: bool


class NumberRange(msgspec.Struct, frozen=True):
    """Ticket serials of a year, both ends included, given to one console for ever (domain.ticket.ticket_number)."""

    year: int
    first: int
    last: int


class Lease(msgspec.Struct, frozen=True):
    year: int
    count: int


class Leased(msgspec.Struct, frozen=True):
    ranges: tuple[NumberRange, ...]


class Presence(msgspec.Struct, frozen=True):
    """The heartbeat: what the wallboard shows of this console. `is_leaving`: the console is being closed."""

    agent: str
    state: AgentState
    since: float
    ringing: int
    is_in_call: bool
    oldest_ring_at: float  # 0 = nothing rings
    waiting: int
    is_leaving: bool = False
    reason: str = ""  # why busy, in the agent's words
    extension: str = ""  # kept in the exchange's queue by the centre; "" = not by the centre
    phone: str = ""  # the extension that rings here, whoever keeps the queue: where supervision calls
    unanswered: int = 0  # calls that rang here and were not taken
    is_joined: bool = False  # further parties are on a call, or being called into it: they would hear what is whispered


class Supervised(msgspec.Struct, frozen=True):
    """A team lead takes part in this console's call, and the centre's policy is that the agent is told."""

    mode: SupervisionMode
    by: str
    since: float


class Beat(msgspec.Struct, frozen=True):
    """What the centre says to each heartbeat. `queue`: how our extension stands in the exchange's queue, "" = not known.
    `overheard`: ids of whispers that this lead began and the centre has just ended, because others would have heard them."""

    supervised: tuple[Supervised, ...] = ()
    queue: QueueStanding = QueueStanding.UNKNOWN
    overheard: tuple[str, ...] = ()


class KeptWords(msgspec.Struct, frozen=True):
    """The words of a call as the console kept them that told of them last: all the lines of that TranscriptKept, put together.
    `at` 0 = nothing newer than `since` is kept."""

    call: CallId
    agent: str
    at: float
    lines: tuple[msgspec.Raw, ...] = ()


class Supervise(msgspec.Struct, frozen=True):
    """A team lead wants to take part in the call of the agent at `console`, or ends it (`mode` None).

    `id`: 32 hexadecimal digits made by the lead's console; the call that comes to the lead's phone bears it in X-Supervision.
    """

    id: str
    console: str
    mode: SupervisionMode | None


NUMBER_TAKEN = "another ticket has this number already"
"""Why a ticket is refused whose number was given twice, by a console and a copy of it: the console gives it another."""

LEADS_ONLY = "only a team lead's console may mark a number"
"""Why a mark is refused of a console that was not enrolled with a team lead's token."""


class Health(msgspec.Struct, frozen=True):
    centre: str
    protocol: int
    version: str


def precedence(ticket: Ticket) -> tuple[int, float, str]:
    """Of two saves of one ticket the greater stands, at the centre and on every console alike."""
    return ticket.version, ticket.saved_at, ticket.agent
