"""Single facts that survive a restart: who this console is, how far it read the feed, what its agent was doing."""

from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from app.storage.tables import fact

T = TypeVar("T")

IDENTITY = "identity"
CURSOR = "cursor"
AGENT_STATE = "agent-state"
LAST_DIALLED = "last-dialled"
UNDONE_REPAIRS = "undone-repairs"


def keep_fact(connection: Connection, name: str, value: object) -> None:
    body = msgspec.json.encode(value)
    row = insert(fact).values(name=name, value=body)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": body}))


def find_fact(connection: Connection, name: str, type_: type[T]) -> T | None:
    body = connection.execute(select(fact.c.value).where(fact.c.name == name)).scalar()
    return None if body is None else msgspec.json.decode(body, type=type_)
