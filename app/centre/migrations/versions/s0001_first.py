"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE call (
      team TEXT COLLATE "C" NOT NULL,
      call TEXT COLLATE "C" NOT NULL,
      direction TEXT COLLATE "C" NOT NULL,
      rang_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      answered_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      ended_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      agent TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, call)
    )
    """,
    "CREATE INDEX call_rang ON call (team, rang_at)",
    """
    CREATE TABLE change (
      team TEXT COLLATE "C" NOT NULL,
      epoch INTEGER NOT NULL,
      xid xid8 NOT NULL,
      console UUID NOT NULL,
      seq BIGINT NOT NULL,
      op_id UUID NOT NULL,
      kind TEXT COLLATE "C" NOT NULL,
      entity TEXT COLLATE "C" NOT NULL,
      at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      body TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, epoch, xid, console, seq),
      CONSTRAINT change_op_id UNIQUE (team, op_id),
      CONSTRAINT change_console_seq UNIQUE (team, console, seq)
    )
    """,
    "CREATE INDEX change_entity ON change (team, entity)",
    """
    CREATE TABLE console (
      team TEXT COLLATE "C" NOT NULL,
      id UUID NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      secret_hash BYTEA NOT NULL,
      instance TEXT COLLATE "C" NOT NULL,
      last_seq BIGINT NOT NULL,
      enrolled_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      hello_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      PRIMARY KEY (team, id)
    )
    """,
    "CREATE INDEX console_id ON console (id)",
    """
    CREATE TABLE emergency (
      team TEXT COLLATE "C" NOT NULL,
      call TEXT COLLATE "C" NOT NULL,
      line TEXT COLLATE "C" NOT NULL,
      pressed_at DOUBLE PRECISION NOT NULL,
      route TEXT COLLATE "C" NOT NULL,
      pressed_by TEXT COLLATE "C" NOT NULL,
      outcome TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, call, line, pressed_at)
    )
    """,
    "CREATE INDEX emergency_pressed ON emergency (team, pressed_at)",
    """
    CREATE TABLE fact (
      key TEXT COLLATE "C" NOT NULL,
      value TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (key)
    )
    """,
    """
    CREATE TABLE lease (
      year INTEGER NOT NULL,
      first BIGINT NOT NULL,
      last BIGINT NOT NULL,
      team TEXT COLLATE "C" NOT NULL,
      console UUID NOT NULL,
      at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      PRIMARY KEY (year, first)
    )
    """,
    """
    CREATE TABLE presence (
      team TEXT COLLATE "C" NOT NULL,
      console UUID NOT NULL,
      seen_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      body TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, console)
    )
    """,
    """
    CREATE TABLE refusal (
      team TEXT COLLATE "C" NOT NULL,
      console UUID NOT NULL,
      seq BIGINT NOT NULL,
      op_id TEXT COLLATE "C" NOT NULL,
      kind TEXT COLLATE "C" NOT NULL,
      entity TEXT COLLATE "C" NOT NULL,
      at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      body TEXT COLLATE "C" NOT NULL,
      reason TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, console, seq)
    )
    """,
    """
    CREATE TABLE serial (
      year INTEGER NOT NULL,
      next BIGINT NOT NULL,
      PRIMARY KEY (year)
    )
    """,
    """
    CREATE TABLE ticket (
      team TEXT COLLATE "C" NOT NULL,
      id UUID NOT NULL,
      number TEXT COLLATE "C",
      stage TEXT COLLATE "C" NOT NULL,
      version BIGINT NOT NULL,
      saved_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      created_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      agent TEXT COLLATE "C" NOT NULL,
      console UUID NOT NULL,
      body TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (team, id),
      CONSTRAINT ticket_number UNIQUE (team, number)
    )
    """,
    "CREATE INDEX ticket_created ON ticket (team, created_at)",
    """
    CREATE TABLE token (
      hash BYTEA NOT NULL,
      team TEXT COLLATE "C" NOT NULL,
      is_once BOOLEAN NOT NULL,
      made_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      used_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      PRIMARY KEY (hash)
    )
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the first schema holds what citizens said: it is not taken down by a program")
