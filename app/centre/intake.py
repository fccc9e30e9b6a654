"""Whether an operation that a console sent can be applied: pure, without the database."""

import math
import re
import uuid
from dataclasses import dataclass

import msgspec

from app.domain.alert import Alert
from app.domain.call import CallRecord, EmergencyRecord
from app.domain.callers import NumberMark
from app.domain.ticket import LONG_TEXTS, NOTE_LIMIT, Ticket, is_ticket_number
from app.wire import BODIES, BODY_LIMIT, AgentStateChange, CallerSeen, Operation, ShieldStepped, TranscriptKept

TEXT_LIMIT = 200
"""Characters of a name, an id or a word of state."""

LONG_FIELDS = (*LONG_TEXTS, "unit_name")
TIME_LIMIT = 1e11
"""Seconds: a time beyond it is a mistake (milliseconds, for instance)."""

_DECODERS = {kind: msgspec.json.Decoder(body) for kind, body in BODIES.items()}

Subject = (
    Alert | Ticket | CallRecord | EmergencyRecord | AgentStateChange | ShieldStepped | CallerSeen | NumberMark | TranscriptKept
)


@dataclass(frozen=True, slots=True)
class Checked:
    """An operation, read. `reason` "" = it can be applied; else why not, and `subject` is None."""

    op: Operation
    body: str
    subject: Subject | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One push, read. `ops` have consecutive numbers."""

    team: str
    console: str
    instance: str
    ops: tuple[Checked, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.team, self.console


def checked(op: Operation) -> Checked:
    """Reads an operation; whatever it holds, this raises nothing."""
    raw = bytes(op.body)
    body = raw[: 2 * BODY_LIMIT].decode(errors="replace").replace("\0", "\ufffd")
    try:
        return Checked(op, body, _read(op, raw))
    except (ValueError, msgspec.MsgspecError, RecursionError) as wrong:
        return Checked(op, body, None, _said(wrong))


def _said(wrong: Exception) -> str:
    """What is wrong, without the words that stand there: msgspec quotes a value that is not in its list."""
    text = str(wrong) or type(wrong).__name__
    return re.sub(r"Invalid enum value '.*'(?= - at |$)", "Invalid enum value", text, flags=re.DOTALL)[:500].replace("\0", "")


def _read(op: Operation, raw: bytes) -> Subject:
    decoder = _DECODERS.get(op.kind)
    if decoder is None:
        raise ValueError("this centre does not know this kind of operation")
    if len(raw) > BODY_LIMIT:
        raise ValueError(f"larger than {BODY_LIMIT} bytes")
    if b"\0" in raw:
        raise ValueError("holds a NUL byte")
    raw.decode()  # parts that no field names are not looked at by the decoder
    subject: Subject = decoder.decode(raw)
    _need_uuid("op_id", op.op_id)
    _need_short("entity", op.entity)
    _need_time("at", op.at)
    match subject:
        case Ticket():
            _check_ticket(subject, op.entity)
        case CallRecord():
            _need_short("call", subject.call, op.entity, subject.continues)
            _need_short("agent", subject.agent)
            _need_time("times", subject.rang_at, subject.answered_at, subject.ended_at)
        case EmergencyRecord():
            _need_short("call", subject.call, op.entity)
            _need_short("line, route, pressed_by", subject.line, subject.route, subject.pressed_by)
            _need_time("pressed_at", subject.pressed_at, subject.answered_at)
        case AgentStateChange():
            _need_short("agent", subject.agent)
        case Alert():
            _check_alert(subject, op.entity)
        case ShieldStepped() | CallerSeen() | NumberMark() | TranscriptKept():
            _check_told(subject, op.entity)
    return subject


def _check_transcript(kept: TranscriptKept, entity: str) -> None:
    _need_short("call, ticket, agent", kept.call, entity, kept.ticket, kept.agent)
    _need_time("at", kept.at)
    if kept.call != entity:
        raise ValueError("the transcript's call is not the operation's entity")
    if not 0 <= kept.part < kept.parts < 10_000:
        raise ValueError("part is not one of parts")
    if not all(bytes(line).startswith(b"{") for line in kept.lines):
        raise ValueError("lines are no objects")


def _check_told(subject: ShieldStepped | CallerSeen | NumberMark | TranscriptKept, entity: str) -> None:
    match subject:
        case TranscriptKept():
            _check_transcript(subject, entity)
        case ShieldStepped(agent, call, step):
            _need_short("agent, call, by, what", agent, call, step.by, step.what)
            _need_time("at", step.at)
        case CallerSeen(number, seen):
            _need_short("number, call", number, seen.call)
            _need_time("rang_at, answered_at", seen.rang_at, seen.answered_at)
        case NumberMark():
            _need_short("number, advice, by", subject.number, subject.advice, subject.by)
            _need_time("at, until", subject.at, subject.until)


def _check_alert(alert: Alert, entity: str) -> None:
    _need_short("call", alert.call, entity)
    _need_short("line, agent, ticket", alert.line, alert.agent, alert.ticket)
    _need_time("at", alert.at)
    if max(len(alert.place), len(alert.danger)) > NOTE_LIMIT:
        raise ValueError(f"place, danger: at most {NOTE_LIMIT} characters")


def _check_ticket(ticket: Ticket, entity: str) -> None:
    _need_uuid("id", ticket.id)
    if ticket.id != entity:
        raise ValueError("the ticket's id is not the operation's entity")
    if ticket.number is not None and not is_ticket_number(ticket.number):
        raise ValueError("the ticket's number is no ticket number")
    if not 0 <= ticket.version < 2**31:
        raise ValueError("version is out of bounds")
    _need_short("agent", ticket.agent)
    _need_time("created_at, saved_at", ticket.created_at, ticket.saved_at)
    for name in LONG_FIELDS:
        if len(getattr(ticket, name)) > NOTE_LIMIT:
            raise ValueError(f"{name} is longer than {NOTE_LIMIT} characters")


def _need_uuid(name: str, text: str) -> None:
    try:
        if str(uuid.UUID(text)) == text:
            return
    except ValueError:
        pass
    raise ValueError(f"{name} is no UUID in its usual form")


def _need_short(name: str, *texts: str) -> None:
    if any(len(text) > TEXT_LIMIT or "\0" in text for text in texts):
        raise ValueError(f"{name}: at most {TEXT_LIMIT} characters, and no NUL")


def _need_time(name: str, *times: float) -> None:
    if not all(math.isfinite(time) and 0 <= time < TIME_LIMIT for time in times):
        raise ValueError(f"{name}: seconds since 1970 are wanted")
