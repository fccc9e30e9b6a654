"""The centre's tables. Keys lead with the team, so that they can be spread by it; nothing is ordered by a serial number."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.types import UserDefinedType

metadata = sa.MetaData()


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction number."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "xid8"


def _words(name: str, **options: object) -> sa.Column[str]:
    """A text that sorts by code points, as Python's does."""
    return sa.Column(name, sa.Text(collation="C"), nullable=False, **options)  # type: ignore[arg-type]  # as Column


def _team() -> sa.Column[str]:
    return _words("team", primary_key=True)


def _time(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=False, server_default="0")


fact = sa.Table("fact", metadata, _words("key", primary_key=True), _words("value"))
"""What the centre knows of itself: its UUID, the database it lies in, how often it was moved to another."""

token = sa.Table(
    "token",
    metadata,
    sa.Column("hash", sa.LargeBinary(), primary_key=True),  # SHA-256: the token itself is never kept
    _words("team"),
    sa.Column("is_once", sa.Boolean(), nullable=False),
    sa.Column("is_lead", sa.Boolean(), nullable=False, server_default=sa.false()),  # who enrols with it may supervise
    _time("made_at"),
    _time("used_at"),
)

console = sa.Table(
    "console",
    metadata,
    _team(),
    sa.Column("id", pg.UUID(), primary_key=True),
    _words("name"),
    sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
    _words("instance"),
    sa.Column("last_seq", sa.BigInteger(), nullable=False),
    _time("enrolled_at"),
    _time("hello_at"),
    sa.Column("is_lead", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Index("console_id", "id"),
)

change = sa.Table(
    "change",
    metadata,
    _team(),
    sa.Column("epoch", sa.Integer(), primary_key=True),  # raised when the data moves to another server, whose xids begin anew
    sa.Column("xid", Xid8(), primary_key=True),
    sa.Column("console", pg.UUID(), primary_key=True),
    sa.Column("seq", sa.BigInteger(), primary_key=True),
    sa.Column("op_id", pg.UUID(), nullable=False),
    _words("kind"),
    _words("entity"),
    _time("at"),
    _words("body"),  # the JSON as it was sent
    sa.UniqueConstraint("team", "op_id", name="change_op_id"),
    sa.UniqueConstraint("team", "console", "seq", name="change_console_seq"),
    sa.Index("change_entity", "team", "entity"),
)
"""Every operation ever taken, for ever: also those that another save of the same ticket outweighs."""

refusal = sa.Table(
    "refusal",
    metadata,
    _team(),
    sa.Column("console", pg.UUID(), primary_key=True),
    sa.Column("seq", sa.BigInteger(), primary_key=True),
    _words("op_id"),
    _words("kind"),
    _words("entity"),
    _time("at"),
    _words("body"),
    _words("reason"),
)
"""Operations that could not be applied, kept for a person to look at."""

ticket = sa.Table(
    "ticket",
    metadata,
    _team(),
    sa.Column("id", pg.UUID(), primary_key=True),
    sa.Column("number", sa.Text(collation="C")),
    _words("stage"),
    sa.Column("version", sa.BigInteger(), nullable=False),
    _time("saved_at"),
    _time("created_at"),
    _words("agent"),
    sa.Column("console", pg.UUID(), nullable=False),
    _words("body"),
    sa.UniqueConstraint("team", "number", name="ticket_number"),
    sa.Index("ticket_created", "team", "created_at"),
)

call = sa.Table(
    "call",
    metadata,
    _team(),
    _words("call", primary_key=True),
    _words("direction"),
    _time("rang_at"),
    _time("answered_at"),
    _time("ended_at"),
    _words("agent"),
    sa.Index("call_rang", "team", "rang_at"),
)

emergency = sa.Table(
    "emergency",
    metadata,
    _team(),
    _words("call", primary_key=True),
    _words("line", primary_key=True),
    sa.Column("pressed_at", sa.Double(), primary_key=True),
    _words("route"),
    _words("pressed_by"),
    _words("outcome"),
    sa.Index("emergency_pressed", "team", "pressed_at"),
)

presence = sa.Table(
    "presence",
    metadata,
    _team(),
    sa.Column("console", pg.UUID(), primary_key=True),
    _time("seen_at"),
    _words("body"),  # wire.Presence
)

supervision = sa.Table(
    "supervision",
    metadata,
    _team(),
    sa.Column("id", pg.UUID(), primary_key=True),
    _words("mode"),
    sa.Column("lead_console", pg.UUID(), nullable=False),
    _words("lead"),
    sa.Column("agent_console", pg.UUID(), nullable=False),
    _words("agent"),
    sa.Column("is_told", sa.Boolean(), nullable=False),
    _time("asked_at"),
    _time("began_at"),
    _time("ended_at"),
    _words("outcome", server_default=""),
    sa.Index("supervision_open", "team", postgresql_where=sa.text("ended_at = 0")),
)
"""Who took part in whose call, how, and when: kept for ever. Times are Unix seconds, 0 = not yet."""

recording = sa.Table(
    "recording",
    metadata,
    _team(),
    _words("call", primary_key=True),
    sa.Column("console", pg.UUID(), nullable=False),
    _words("agent"),
    _time("began_at"),
    sa.Column("seconds", sa.Double(), nullable=False, server_default="0"),
    sa.Column("size", sa.BigInteger(), nullable=False),
    _words("sha256"),
    sa.Column("sealed_key", sa.LargeBinary(), nullable=False),  # to the centre's own key; empty = destroyed
    sa.Column("is_whole", sa.Boolean(), nullable=False),
    _time("offered_at"),
    _time("whole_at"),
    _words("held_for"),
    _time("destroyed_at"),
    sa.Index("recording_whole", "whole_at"),
)

recording_access = sa.Table(
    "recording_access",
    metadata,
    _words("team"),
    _words("call"),
    _time("at"),
    _words("who"),
    _words("what"),
    sa.Index("recording_access_call", "team", "call", "at"),
)
"""Whatever was done with a recording, for ever."""

serial = sa.Table(
    "serial",
    metadata,
    sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("next", sa.BigInteger(), nullable=False),
)
"""The first ticket serial of a year that nobody was given yet. Of the whole city: a ticket number names no team."""

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("year", sa.Integer(), primary_key=True),
    sa.Column("first", sa.BigInteger(), primary_key=True),
    sa.Column("last", sa.BigInteger(), nullable=False),
    _words("team"),
    sa.Column("console", pg.UUID(), nullable=False),
    _time("at"),
)
