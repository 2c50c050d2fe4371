"""The one history of the schema: it leads to what the models say, guards included, and back again."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from core.database import Base, Database, append_only_tables
from core.migrations import alembic_config, upgrade_to_head
from tests.conftest import _run, _with_name


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """A database without anything in it."""
    name = f"m{uuid4().hex}"
    _run(server_url, f"CREATE DATABASE {name}")
    yield _with_name(server_url, name)
    _run(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def test_the_newest_schema_equals_the_models(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_twice_is_quiet(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    upgrade_to_head(empty_url)


def test_every_append_only_table_is_guarded(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    database = Database(empty_url)
    with database.transaction() as session:
        guarded = session.scalars(
            text(
                "SELECT DISTINCT event_object_table FROM information_schema.triggers "
                "WHERE trigger_name LIKE '%append_only'"
            )
        ).all()
    assert sorted(guarded) == append_only_tables()
    with pytest.raises(IntegrityError, match="append-only"), database.transaction() as session:
        session.execute(text("TRUNCATE audit_row"))
    database.dispose()


def test_exclusion_constraints_came_along(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT conname FROM pg_constraint WHERE contype = 'x'")).all()
    engine.dispose()
    assert {"ex_meeting_endpoint_overlap", "ex_meeting_chair_overlap"} <= set(names)


def test_the_way_back_leaves_nothing(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    command.downgrade(alembic_config(empty_url), "base")
    engine = create_engine(empty_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
