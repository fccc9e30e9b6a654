"""Records of calls and of emergency presses: kept here and queued for the centre in one transaction."""

import msgspec
from sqlalchemy import Connection, select

from app.domain.call import CallId, CallRecord, EmergencyRecord
from app.storage.operations import append
from app.storage.tables import record as table
from app.wire import CALL_ENDED, EMERGENCY_ROUTED

CALL = "call"
EMERGENCY = "emergency"


def record_call(connection: Connection, record: CallRecord, at: float) -> None:
    _write(connection, CALL, record)
    append(connection, CALL_ENDED, record.call, record, at)


def record_emergency(connection: Connection, record: EmergencyRecord, at: float) -> None:
    """Every step of a press is a record of its own: nothing written about an emergency is ever written over."""
    _write(connection, EMERGENCY, record)
    append(connection, EMERGENCY_ROUTED, record.call, record, at)


def calls(connection: Connection, call: CallId) -> list[CallRecord]:
    return [msgspec.json.decode(body, type=CallRecord) for body in _bodies(connection, CALL, call)]


def emergencies(connection: Connection, call: CallId) -> list[EmergencyRecord]:
    return [msgspec.json.decode(body, type=EmergencyRecord) for body in _bodies(connection, EMERGENCY, call)]


def _write(connection: Connection, kind: str, record: CallRecord | EmergencyRecord) -> None:
    connection.execute(table.insert().values(call=record.call, kind=kind, body=msgspec.json.encode(record)))


def _bodies(connection: Connection, kind: str, call: CallId) -> list[bytes]:
    query = select(table.c.body).where(table.c.kind == kind, table.c.call == call).order_by(table.c.id)
    return list(connection.execute(query).scalars())
