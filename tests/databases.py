"""Databases for tests that need one: made from a template once, emptied after each test, renewed now and then.

Making a database for every test costs fifteen times what emptying one does. Rows come back in the order in which they
were written, as in a new database, because nothing reuses the room of deleted ones (no autovacuum on the test server).
"""

from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url

TEMPLATE = "template_of_tests"
#: Deleted rows stay on the disk until the database goes; after so many tests it goes.
USES = 60

#: What a test may have done to the schema shows in these rows: a table, a column, a constraint or a trigger changed.
_FINGERPRINT = """
SELECT md5(string_agg(mark, ' ' ORDER BY mark)) FROM (
    SELECT 'r' || oid || relchecks || relnatts AS mark FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'c' || oid || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 't' || oid || tgenabled::text FROM pg_trigger
    UNION ALL SELECT 'p' || oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS marks
"""
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
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


class Databases:
    """Hands out one database at a time, always empty and with the schema of the template."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._name = ""
        self._uses = 0
        self._fingerprint = ""
        self._tables: tuple[str, ...] = ()
        self._engine: Engine | None = None

    def take(self) -> str:
        """Address of an empty database."""
        if not self._name:
            self._make()
        self._uses += 1
        return with_name(self._server_url, self._name)

    def give_back(self) -> None:
        """Empty it for the next test; a database with another schema than before, or much used, is dropped."""
        if self._engine is None or self._uses >= USES:
            self.drop()
            return
        with self._engine.begin() as connection:
            connection.execute(text(_END_OTHERS))
            if connection.scalar(text(_FINGERPRINT)) == self._fingerprint:
                self._empty(connection)
                return
        self.drop()

    def drop(self) -> None:
        """Away with the database that is at hand."""
        if self._engine is not None:
            self._engine.dispose()
            command(self._server_url, f"DROP DATABASE {self._name} WITH (FORCE)")
        self._name, self._engine = "", None

    def _make(self) -> None:
        self._name, self._uses = f"t{uuid4().hex}", 0
        # Copying files is nearly twice as fast here as the default, which writes the whole schema to the log.
        command(self._server_url, f"CREATE DATABASE {self._name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        self._engine = create_engine(with_name(self._server_url, self._name), pool_size=1)
        with self._engine.begin() as connection:
            self._fingerprint = str(connection.scalar(text(_FINGERPRINT)))
            self._tables = tuple(connection.scalars(text(_TABLES)))

    def _empty(self, connection: Connection) -> None:
        filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in self._tables)
        # As a replica: no foreign keys and no append-only guards stand in the way.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.scalars(text(filled)).all():
            connection.execute(text(f'DELETE FROM "{name}"'))
        connection.execute(text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"))
