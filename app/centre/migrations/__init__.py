"""The steps from one schema of the centre to the next (Alembic)."""
