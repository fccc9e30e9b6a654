"""Team leads and what they supervise."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEPS = (
    "ALTER TABLE token ADD COLUMN is_lead BOOLEAN DEFAULT false NOT NULL",
    "ALTER TABLE console ADD COLUMN is_lead BOOLEAN DEFAULT false NOT NULL",
    """
    CREATE TABLE supervision (
      team TEXT COLLATE "C" NOT NULL,
      id UUID NOT NULL,
      mode TEXT COLLATE "C" NOT NULL,
      lead_console UUID NOT NULL,
      lead TEXT COLLATE "C" NOT NULL,
      agent_console UUID NOT NULL,
      agent TEXT COLLATE "C" NOT NULL,
      is_told BOOLEAN NOT NULL,
      asked_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      began_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      ended_at DOUBLE PRECISION DEFAULT '0' NOT NULL,
      outcome TEXT COLLATE "C" DEFAULT '' NOT NULL,
      PRIMARY KEY (team, id)
    )
    """,
    "CREATE INDEX supervision_open ON supervision (team) WHERE ended_at = 0",
)


def upgrade() -> None:
    for statement in STEPS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was supervised is a record: it is not taken away by a program")
