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
from orchestrator.directory.letters import name_order
from tests import databases


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """A database without anything in it."""
    name = f"m{uuid4().hex}"
    databases.command(server_url, f"CREATE DATABASE {name}")
    yield databases.with_name(server_url, name)
    databases.command(server_url, f"DROP DATABASE {name} WITH (FORCE)")


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


#: What Alembic's own comparison does not look at: checks, exclusions, conditions of indexes, defaults, triggers.
CATALOGUES = {
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgtype FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_the_database_keeps_the_same_promises_as_the_models(empty_url: str, database: Database, catalogue: str) -> None:
    upgrade_to_head(empty_url)
    migrated = Database(empty_url)
    found, wanted = _read(migrated, catalogue), _read(database, catalogue)
    migrated.dispose()
    assert found == wanted


def _read(database: Database, catalogue: str) -> set[tuple[object, ...]]:
    with database.engine.connect() as connection:
        rows = connection.execute(text(CATALOGUES[catalogue])).all()
    return {tuple(row) for row in rows if row[0] != "alembic_version"}


FIRST_RELEASE = """
INSERT INTO unit (id, created_at, code, name, abbreviations, aliases, kind)
VALUES ('00000000-0000-0000-0000-000000000001', now(), 'CVTLT', 'Cục Văn thư', '{CVT}', '{}', 'cục');
INSERT INTO person (id, created_at, full_name, title, protocol_rank)
VALUES ('00000000-0000-0000-0000-000000000002', now(), 'Đặng Thị Ánh', 'Cục trưởng', 5);
INSERT INTO meeting (id, created_at, state, version, code, title, kind, classification, urgency, body_name, starts_at,
  ends_at, cancelled_because)
VALUES ('00000000-0000-0000-0000-000000000003', now(), 'planned', 1, 'HOP-1', 'Họp giao ban', 'weekly_briefing',
  'unclassified', 'normal', '', now(), now() + interval '1 hour', '');
"""


def test_what_the_first_release_kept_is_found_after_the_upgrade(empty_url: str) -> None:
    command.upgrade(alembic_config(empty_url), "0001")
    database = Database(empty_url)
    with database.transaction() as session:
        session.execute(text(FIRST_RELEASE))
    upgrade_to_head(empty_url)
    with database.transaction() as session:
        unit = session.scalar(text("SELECT code FROM unit WHERE search_text LIKE '%cuc van thu%' AND active"))
        person = session.execute(text("SELECT full_name FROM person WHERE search_text LIKE '%anh%'")).scalar()
        key = session.scalar(text("SELECT name_key FROM person"))
        meeting = session.scalar(text("SELECT code FROM meeting WHERE search_text LIKE '%hop giao ban%'"))
    command.downgrade(alembic_config(empty_url), "0001")
    with database.transaction() as session:
        kept = session.scalar(text("SELECT count(*) FROM meeting"))
    database.dispose()
    assert (unit, person, meeting, kept) == ("CVTLT", "Đặng Thị Ánh", "HOP-1", 1)
    assert key == name_order("Đặng Thị Ánh")


def test_the_way_back_leaves_nothing(empty_url: str) -> None:
    upgrade_to_head(empty_url)
    command.downgrade(alembic_config(empty_url), "base")
    engine = create_engine(empty_url)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
