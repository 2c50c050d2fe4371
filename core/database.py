"""PostgreSQL through SQLAlchemy 2: the base class of all models, small mixins, and the transaction.

One dialect everywhere, so the database may keep the promises it can: exclusion constraints, row locks, partial unique
indexes, append-only tables (a class with `__append_only__ = True` gets a trigger in its migration).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from psycopg import DatabaseError
from sqlalchemy import BigInteger, DateTime, MetaData, Text, Uuid, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from core.clock import utc_now

log = logging.getLogger(__name__)

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: How soon a cut line is noticed at our end (libpq): a heartbeat must fail within the grace of the stage rows, not
#: after the quarter of an hour that TCP takes by itself.
_OUR_END = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
#: And at the database's: a machine that was cut off in the middle of a transaction holds its locks no longer than this.
_OTHER_END = (
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3; "
    "SET tcp_user_timeout = 15000"
)

AFTER_COMMIT = "after_commit"
_UNDOING = "undo_on_refusal"


class Base(DeclarativeBase):
    """Mother of all models."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        str: Text(),
        # A missing value is NULL in the table, not the JSON word null.
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
    }
    __append_only__: ClassVar[bool] = False


class Identified:
    """A random identity."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Timestamped:
    """When the row was written."""

    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Versioned:
    """An object with a life cycle: its state, and a version that grows with every move."""

    state: Mapped[str]
    version: Mapped[int] = mapped_column(BigInteger, default=1)


class Database:
    """One engine and the way to work with it."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        # A socket of this machine has neither a line that can be cut nor the options for one.
        over_network = bool(make_url(url).host)
        self.engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=20,
            pool_pre_ping=True,
            # An error names its statement; what stood in the row is nobody's to read in a log.
            hide_parameters=True,
            connect_args=_OUR_END if over_network else {},
        )
        if over_network:
            event.listen(self.engine, "connect", _tell_other_end)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises.

        What was put aside with `after_commit` runs once the rows are safe, so no message can run ahead of them; what
        was put aside with `undo_on_refusal` runs once they are gone.
        """
        session = Session(self.engine, expire_on_commit=False)
        refused = False
        try:
            with session.begin():
                try:
                    yield session
                except BaseException:
                    # Not on a failed commit: nobody knows then whether the rows are there, and files must not be lost.
                    refused = True
                    raise
            for action in session.info.pop(AFTER_COMMIT, []):
                action()
        finally:
            session.close()
            if refused:
                for undo in session.info.pop(_UNDOING, []):
                    undo()

    def dispose(self) -> None:
        """Close the pool."""
        self.engine.dispose()


def after_commit(session: Session, action: Callable[[], None]) -> None:
    """Run `action` once this transaction is safe; never if it rolls back."""
    actions: list[Callable[[], None]] = session.info.setdefault(AFTER_COMMIT, [])
    if action not in actions:
        actions.append(action)


def undo_on_refusal(session: Session, action: Callable[[], None]) -> None:
    """Run `action` if this transaction is given up by its own block: what was stored outside the database goes too."""
    session.info.setdefault(_UNDOING, []).append(action)


GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'table ' || TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
END $$
"""


def guard_statements(table: str) -> list[str]:
    """SQL that makes a table append-only; used by the migrations and by tests that create tables directly."""
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def append_only_tables() -> list[str]:
    """Names of all tables whose class says `__append_only__`."""
    return sorted(mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.__append_only__)  # type: ignore[attr-defined]


def create_everything(database: Database) -> None:
    """Make every known table and guard in an empty database. Tests only; a site is migrated by Alembic."""
    with database.engine.begin() as connection:
        for extension in ("btree_gist", "unaccent", "pg_trgm"):
            connection.exec_driver_sql(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        Base.metadata.create_all(connection)
        connection.exec_driver_sql(GUARD_FUNCTION)
        for table in append_only_tables():
            for statement in guard_statements(table):
                connection.exec_driver_sql(statement)


def _tell_other_end(connection: Any, _record: Any) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_OTHER_END)
        connection.commit()
    except DatabaseError as error:
        # A server on a system without these: it works as before, only slower to notice.
        connection.rollback()
        log.warning("the database does not watch its lines: %s", error)


@event.listens_for(Session, "after_rollback")
def _forget_actions(session: Session) -> None:
    session.info.pop(AFTER_COMMIT, None)
