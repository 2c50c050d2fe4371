"""Requests that leave nothing behind: every transaction inside one block is a savepoint, and the block is undone."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from core.database import AFTER_COMMIT, Database


class UndoneDatabase(Database):
    """A database whose transactions all run on one connection, inside a transaction that is rolled back."""

    def __init__(self, database: Database) -> None:
        self.url, self.engine = database.url, database.engine
        self._connection: Connection | None = None

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is written inside is gone afterwards."""
        with self.engine.connect() as connection:
            outer = connection.begin()
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None
                outer.rollback()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """As the real one: commits (into the savepoint) or rolls back, then runs what was put aside."""
        assert self._connection is not None, "outside of undone()"
        session = Session(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        try:
            with session.begin():
                yield session
            for action in session.info.pop(AFTER_COMMIT, []):
                action()
        finally:
            session.close()
