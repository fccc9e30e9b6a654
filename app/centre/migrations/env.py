"""Alembic's way to the database: the open connection that app.centre.schema hands over."""

from alembic import context

from app.centre.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
