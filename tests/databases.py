"""Databases for tests that need one: made from a template once, emptied after each test, renewed now and then.

Making a database for every test costs fifteen times what emptying one does. Rows come back in the order in which they
were written, as in a new database, because nothing reuses the room of deleted ones (no autovacuum on the test server).

Connections and compiled statements are kept from test to test, as a running service keeps them: a new connection learns
the whole schema anew, and a new engine compiles every statement anew. What a test hangs on its engine ends with it.
"""

from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from core.database import Database

TEMPLATE = "template_of_tests"
#: Deleted rows stay on the disk until the database goes; after so many tests it goes.
USES = 60
#: How the server knows the connections that outlive a test from those a test has left behind.
KEPT = "kept from test to test"
#: As a replica: no foreign keys and no append-only guards stand in the way of emptying. Set for a connection's whole
#: life, since every change of it makes the server plan all its statements anew.
_AS_REPLICA = "-c session_replication_role=replica"

#: What a test may have done to the schema shows in these rows: a table, a column, a constraint or a trigger changed.
_FINGERPRINT = """
SELECT count(*), sum(hashtextextended(mark, 0)) FROM (
    SELECT 'r' || oid || relchecks || relnatts AS mark FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'c' || oid || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 't' || oid || tgenabled::text FROM pg_trigger
    UNION ALL SELECT 'p' || oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS marks
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> %s
"""


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def command(url: str, statement: str) -> None:
    """Run one statement that no transaction may hold, such as CREATE DATABASE."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _lent(url: str, engine: Engine) -> Database:
    """The database of one test: an engine of its own for what listens to it, over connections that are kept."""
    database = Database(url)  # its own engine never connects
    database.engine = engine.execution_options()
    database.engine.url = make_url(url)
    return database


class Databases:
    """Hands out one database at a time, always empty and with the schema of the template."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._name = ""
        self._uses = 0
        self._fingerprint: list[Any] = []
        self._filled = ""
        self._sweeper: psycopg.Connection | None = None
        self._engine = create_engine(
            server_url,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
            pool_use_lifo=True,
            query_cache_size=1500,
            connect_args={"application_name": KEPT},
        )
        event.listen(self._engine, "do_connect", self._lead)

    def take(self) -> Database:
        """An empty database."""
        if not self._name:
            self._make()
        self._uses += 1
        return _lent(with_name(self._server_url, self._name), self._engine)

    def give_back(self) -> None:
        """Empty it for the next test; a database with another schema than before, or much used, is dropped."""
        if self._sweeper is None or self._uses >= USES:
            self.drop()
            return
        # A connection that somebody still holds is not kept.
        kept = KEPT if self._engine.pool.checkedout() == 0 else ""  # type: ignore[attr-defined]
        if not kept:
            self._engine.dispose()
        self._sweeper.execute(_END_OTHERS, (kept,))
        if self._sweeper.execute(_FINGERPRINT).fetchall() == self._fingerprint:
            self._empty(self._sweeper)
        else:
            self.drop()

    def drop(self) -> None:
        """Away with the database that is at hand."""
        self._engine.dispose()
        if self._sweeper is not None:
            self._sweeper.close()
            command(self._server_url, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name, self._sweeper = "", None

    def _lead(self, _dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
        parameters["dbname"] = self._name

    def _make(self) -> None:
        self._name, self._uses = f"t{uuid4().hex}", 0
        # Copying files is nearly twice as fast here as the default, which writes the whole schema to the log.
        command(self._server_url, f"CREATE DATABASE {self._name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        place = make_url(with_name(self._server_url, self._name)).translate_connect_args(
            database="dbname", username="user"
        )
        place |= make_url(self._server_url).query
        self._sweeper = psycopg.connect(**place, options=_AS_REPLICA, autocommit=True, prepare_threshold=0)
        self._fingerprint = self._sweeper.execute(_FINGERPRINT).fetchall()
        tables = [name for (name,) in self._sweeper.execute(_TABLES)]
        self._filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)

    def _empty(self, sweeper: psycopg.Connection) -> None:
        for (name,) in sweeper.execute(self._filled).fetchall():
            sweeper.execute(f'DELETE FROM "{name}"')
        sweeper.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")
