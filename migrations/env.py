"""Alembic's entry: connects to the address it was given and knows every room's models."""

from alembic import context
from sqlalchemy import create_engine, text

import web.composition  # noqa: F401  (brings every room's models into the metadata)
from core.database import Base

#: Two starters must not migrate at once; the second waits and finds nothing to do.
MIGRATION_LOCK = 4_711_000


def run() -> None:
    """Run the migrations in one transaction, under a lock."""
    engine = create_engine(context.config.attributes["database_url"])
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            context.run_migrations()
    engine.dispose()


run()
