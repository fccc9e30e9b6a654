"""Records of calls and of emergency presses: kept here and queued for the centre in one transaction."""

from dataclasses import replace

import msgspec
from sqlalchemy import Connection, select

from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.domain.recording import RecordingMark
from app.storage import missed
from app.storage.operations import append
from app.storage.tables import record as table
from app.storage.tables import recording
from app.wire import CALL_ENDED, EMERGENCY_ROUTED

CALL = "call"
EMERGENCY = "emergency"


def record_call(connection: Connection, record: CallRecord, at: float) -> None:
    """Once: a call that another window of ours has written down already is not told twice."""
    if calls(connection, record.call):
        return
    if record.recording is None and (mark := _mark_of(connection, record.call)) is not None:
        record = replace(record, recording=mark)
    _write(connection, CALL, record)
    missed.note_record(connection, record)
    append(connection, CALL_ENDED, record.call, record, at)


def complete_call(connection: Connection, call: CallId, mark: RecordingMark, at: float) -> None:
    """Tells the recording of a call that is written down already: a recording is finished a moment after its call."""
    known = calls(connection, call)
    if known and known[-1].recording is None:
        whole = replace(known[-1], recording=mark)
        _write(connection, CALL, whole)
        append(connection, CALL_ENDED, call, whole, at)


def record_emergency(connection: Connection, record: EmergencyRecord, at: float) -> None:
    """Every step of a press is a record of its own: nothing written about an emergency is ever written over."""
    _write(connection, EMERGENCY, record)
    append(connection, EMERGENCY_ROUTED, record.call, record, at)


def calls(connection: Connection, call: CallId) -> list[CallRecord]:
    return [msgspec.json.decode(body, type=CallRecord) for body in _bodies(connection, CALL, call)]


def emergencies(connection: Connection, call: CallId) -> list[EmergencyRecord]:
    return [msgspec.json.decode(body, type=EmergencyRecord) for body in _bodies(connection, EMERGENCY, call)]


def recorded(connection: Connection, asked: tuple[CallId, ...]) -> tuple[CallId, ...]:
    """Those of these calls whose record is kept."""
    query = select(table.c.call).where(table.c.kind == CALL, table.c.call.in_(asked)).distinct()
    return tuple(CallId(call) for call in connection.execute(query).scalars())


def _mark_of(connection: Connection, call: CallId) -> RecordingMark | None:
    columns = (recording.c.sha256, recording.c.seconds, recording.c.size, recording.c.is_whole)
    row = connection.execute(select(*columns).where(recording.c.call == call)).first()
    return None if row is None else RecordingMark(row.sha256, row.seconds, row.size, row.is_whole)


def _write(connection: Connection, kind: str, record: CallRecord | EmergencyRecord) -> None:
    connection.execute(table.insert().values(call=record.call, kind=kind, body=msgspec.json.encode(record)))


def _bodies(connection: Connection, kind: str, call: CallId) -> list[bytes]:
    query = select(table.c.body).where(table.c.kind == kind, table.c.call == call).order_by(table.c.id)
    return list(connection.execute(query).scalars())
