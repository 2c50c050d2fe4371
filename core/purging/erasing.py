"""Deletes what was measured, empties what stays of the object, and takes its words out of the audit trail.

Append-only tables are guarded by triggers; for one transaction, and under the tables' locks, they are put aside. The
trail itself loses no row: see `core.audit.redact`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.database import Base, append_only_tables
from core.purging.extent import Extent, among
from core.purging.refusals import PurgeBusy

#: How long a purge waits for others to finish writing before it asks to be tried again.
PATIENCE = "20s"

#: table → column of the object's id → what its columns become.
Emptied = Mapping[str, tuple[str, Mapping[str, Any]]]


def erase(session: Session, measured: Callable[[], Extent], emptied: Emptied) -> Extent:
    """Delete all of it in this transaction; returns what there was, measured under the locks. Raises PurgeBusy."""
    with _nobody_waits_for_ever(session):
        tables = {*measured().conditions, *emptied}
        _lock(session, tables)
        extent = measured()
        with _unguarded(session, {*extent.conditions, *emptied}):
            for table in reversed(Base.metadata.sorted_tables):
                if table.name in extent.conditions:
                    session.execute(delete(table).where(extent.conditions[table.name]))
            for name, (column, values) in emptied.items():
                table = Base.metadata.tables[name]
                session.execute(update(table).where(among(table.c[column], [extent.root_id])).values(**values))
    session.expire_all()
    return extent


def _lock(session: Session, tables: Iterable[str]) -> None:
    """Before any row of the trail is written: who waits for the trail may hold rows of these tables."""
    names = ", ".join(f'"{name}"' for name in sorted(tables))
    session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


@contextmanager
def _nobody_waits_for_ever(session: Session) -> Iterator[None]:
    session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    try:
        yield
    except OperationalError as error:
        if isinstance(error.orig, DeadlockDetected | LockNotAvailable):
            raise PurgeBusy from error
        raise


@contextmanager
def _unguarded(session: Session, tables: Iterable[str]) -> Iterator[None]:
    guarded = sorted(set(tables) & set(append_only_tables()))
    for name in guarded:
        session.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER "{name}_append_only"'))
    yield
    for name in guarded:
        session.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER "{name}_append_only"'))


def compact(engine: Engine, table: str) -> None:
    """Write the table anew, so that nothing of deleted rows is left in its file. Raises PurgeBusy while it is in use.

    The write-ahead log keeps their pages until PostgreSQL has recycled it; the protocol says so.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
        try:
            connection.execute(text(f'VACUUM FULL "{table}"'))
        except OperationalError as error:
            if isinstance(error.orig, DeadlockDetected | LockNotAvailable):
                raise PurgeBusy from error
            raise
        finally:
            connection.execute(text("RESET lock_timeout"))
