"""The archive of recordings, and who touched it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE recording (
      team TEXT COLLATE "C" NOT NULL,
      call TEXT COLLATE "C" NOT NULL,
      console UUID NOT NULL,
      agent TEXT COLLATE "C" NOT NULL,
      began_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      seconds DOUBLE PRECISION DEFAULT '0' NOT NULL,
      size BIGINT NOT NULL,
      sha256 TEXT COLLATE "C" NOT NULL,
      sealed_key BYTEA NOT NULL,
      is_whole BOOLEAN NOT NULL,
      offered_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      whole_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      held_for TEXT COLLATE "C" NOT NULL,
      destroyed_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      PRIMARY KEY (team, call)
    )
    """,
    "CREATE INDEX recording_whole ON recording (whole_at)",
    """
    CREATE TABLE recording_access (
      team TEXT COLLATE "C" NOT NULL,
      call TEXT COLLATE "C" NOT NULL,
      at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      who TEXT COLLATE "C" NOT NULL,
      what TEXT COLLATE "C" NOT NULL
    )
    """,
    "CREATE INDEX recording_access_call ON recording_access (team, call, at)",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was recorded of citizens is not taken down by a program")
