"""The tables of the local store, and the steps that bring an older store to them.

`STEPS` are frozen once released: a change is a new step. A test holds that the steps and the tables say the same.
"""

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

ticket = Table(
    "ticket",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text),
    Column("is_own", Boolean, nullable=False),  # saved here at least once
    Column("is_open", Boolean, nullable=False),
    Column("caller", Text, nullable=False),  # as tickets.caller_key writes it; "" = unknown
    Column("contact", Text, nullable=False),
    Column("saved_at", Float, nullable=False),
    Column("version", Integer, nullable=False),
    Column("words", Text, nullable=False),  # what a search looks in, lower case
    Column("body", LargeBinary, nullable=False),  # the whole ticket as JSON
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("call", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("own_fields", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),  # AUTOINCREMENT: a number is never used twice
    Column("op", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Column("refused", Text, nullable=False),  # the centre's reason; "" = not refused
)

lease = Table(
    "lease",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),  # last + 1 = used up
)

record = Table(
    "record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("kind", Text, nullable=False),  # "call" or "emergency"
    Column("body", LargeBinary, nullable=False),
)

missed = Table(
    "missed",
    metadata,
    Column("number", Text, primary_key=True),
    Column("last_at", Float, nullable=False),
    Column("done_at", Float, nullable=False),  # 0 = still to be called back
    Column("body", LargeBinary, nullable=False),
)

recording = Table(
    "recording",
    metadata,
    Column("call", Text, primary_key=True),
    Column("began_at", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("is_whole", Boolean, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),  # empty = destroyed
    Column("uploaded_at", Float, nullable=False),
    Column("held_for", Text, nullable=False),  # "" = nobody needs it
    Column("is_hold_told", Boolean, nullable=False),
    Column("destroyed_at", Float, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

past_call = Table(
    "past_call",
    metadata,
    Column("call", Text, primary_key=True),
    Column("number", Text, nullable=False),  # as tickets.caller_key writes it
    Column("rang_at", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

number_mark = Table(
    "number_mark",
    metadata,
    Column("number", Text, primary_key=True),  # as tickets.caller_key writes it
    Column("at", Float, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),  # the order in which packs were sealed
    Column("name", Text, nullable=False, unique=True),
    Column("call", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("mac", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE ticket (id TEXT NOT NULL PRIMARY KEY, number TEXT, is_own BOOLEAN NOT NULL, is_open BOOLEAN NOT NULL,"
        " caller TEXT NOT NULL, contact TEXT NOT NULL, saved_at FLOAT NOT NULL, version INTEGER NOT NULL, words TEXT NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE INDEX ticket_caller ON ticket (caller, saved_at)",
        "CREATE INDEX ticket_contact ON ticket (contact, saved_at)",
        "CREATE INDEX ticket_saved ON ticket (saved_at)",
        "CREATE INDEX ticket_number ON ticket (number)",
        "CREATE TABLE journal (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, at FLOAT NOT NULL,"
        " kind TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE INDEX journal_call ON journal (call, id)",
        "CREATE TABLE draft (ticket TEXT NOT NULL PRIMARY KEY, call TEXT NOT NULL, at FLOAT NOT NULL, own_fields BLOB NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE TABLE outbox (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
        " entity TEXT NOT NULL, at FLOAT NOT NULL, body BLOB NOT NULL, is_waiting BOOLEAN NOT NULL, refused TEXT NOT NULL)",
        "CREATE INDEX outbox_waiting ON outbox (seq) WHERE is_waiting",
        "CREATE TABLE lease (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, first INTEGER NOT NULL,"
        " last INTEGER NOT NULL, next INTEGER NOT NULL, UNIQUE (year, first))",
        "CREATE TABLE record (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, kind TEXT NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE TABLE fact (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL)",
    ),
    (
        "CREATE TABLE missed (number TEXT NOT NULL PRIMARY KEY, last_at FLOAT NOT NULL, done_at FLOAT NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE INDEX missed_open ON missed (done_at, last_at)",
        "CREATE INDEX record_call ON record (call, kind)",
    ),
    (
        "CREATE TABLE recording (call TEXT NOT NULL PRIMARY KEY, began_at FLOAT NOT NULL, seconds FLOAT NOT NULL,"
        " size INTEGER NOT NULL, sha256 TEXT NOT NULL, is_whole BOOLEAN NOT NULL, sealed_key BLOB NOT NULL,"
        " uploaded_at FLOAT NOT NULL, held_for TEXT NOT NULL, is_hold_told BOOLEAN NOT NULL, destroyed_at FLOAT NOT NULL)",
    ),
    (
        "CREATE TABLE past_call (call TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL, rang_at FLOAT NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE INDEX past_call_number ON past_call (number, rang_at)",
        "CREATE INDEX past_call_rang ON past_call (rang_at)",
        "CREATE TABLE number_mark (number TEXT NOT NULL PRIMARY KEY, at FLOAT NOT NULL, body BLOB NOT NULL)",
        "CREATE TABLE evidence (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, call TEXT NOT NULL,"
        " at FLOAT NOT NULL, mac TEXT NOT NULL, previous TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE INDEX evidence_call ON evidence (call, id)",
    ),
)
