"""Lines to a database on another machine are watched at both ends; a socket of this machine needs nothing of it."""

from typing import Any

import pytest
from psycopg import DatabaseError
from sqlalchemy import event

from core import database as module
from core.database import Database


@pytest.mark.parametrize(
    ("url", "watched"),
    [
        ("postgresql+psycopg://diemcau@db.noi-bo/diemcau", True),
        ("postgresql+psycopg://postgres@/diemcau?host=/srv/run/db", False),
    ],
)
def test_only_a_line_over_the_network_is_watched(url: str, watched: bool) -> None:
    engine = Database(url).engine
    assert event.contains(engine, "connect", module._tell_other_end) is watched
    _, options = engine.dialect.create_connect_args(engine.url)
    assert "tcp_user_timeout" not in options, "given to the driver apart, so that no address of a site is changed"
    engine.dispose()


def test_a_heartbeat_fails_within_the_grace_of_the_stages() -> None:
    from transcription.pipeline.policy import GRACE_SECONDS

    ours = module._OUR_END
    assert ours["tcp_user_timeout"] / 1000 < GRACE_SECONDS
    assert ours["keepalives_idle"] + ours["keepalives_interval"] * ours["keepalives_count"] < GRACE_SECONDS


def test_the_server_understands_what_it_is_told(database: Database) -> None:
    connection: Any = database.engine.raw_connection()
    try:
        module._tell_other_end(connection.driver_connection, None)
        with connection.cursor() as cursor:
            assert cursor.execute("SELECT 1").fetchone() == (1,)
    finally:
        connection.close()


def test_a_server_that_cannot_watch_its_lines_is_used_all_the_same() -> None:
    class Stubborn:
        undone = False

        def cursor(self) -> Any:
            raise DatabaseError("not supported on this platform")

        def rollback(self) -> None:
            self.undone = True

    connection = Stubborn()
    module._tell_other_end(connection, None)
    assert connection.undone
