"""What comes from the team's feed for the shield: colleagues' steps, numbers that rang, leads' marks."""

import logging

import msgspec
from sqlalchemy import Connection

from app.desk.events import DeskEvent
from app.desk.shield_events import NumberMarked, ShieldTold
from app.domain.callers import NumberMark
from app.storage.shield_record import write_mark, write_seen
from app.wire import CALLER_SEEN, NUMBER_MARKED, SHIELD_STEPPED, CallerSeen, Change, ShieldStepped

log = logging.getLogger(__name__)

SHIELD_KINDS = (SHIELD_STEPPED, CALLER_SEEN, NUMBER_MARKED)


def apply_shield(connection: Connection, change: Change) -> list[DeskEvent]:
    """Keeps what is new; repeats are no change. A body that cannot be read is passed over and logged."""
    try:
        match change.kind:
            case k if k == SHIELD_STEPPED:
                told = msgspec.json.decode(change.body, type=ShieldStepped)
                return [ShieldTold(told.agent, told.call, told.step)]
            case k if k == CALLER_SEEN:
                caller = msgspec.json.decode(change.body, type=CallerSeen)
                write_seen(connection, caller.number, caller.seen)
            case _:
                mark = msgspec.json.decode(change.body, type=NumberMark)
                return [NumberMarked(mark)] if write_mark(connection, mark) else []
    except msgspec.MsgspecError:
        log.error("a change of the feed could not be read; operation %s", change.op_id)
    return []
