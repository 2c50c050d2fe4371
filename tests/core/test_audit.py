"""The audit trail: chained, append-only, and every kind of tampering is found."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core import audit
from core.audit import AuditRow
from core.runtime import Runtime


def write(runtime: Runtime, count: int) -> None:
    for number in range(count):
        with runtime.database.transaction() as session:
            audit.record(session, None, "meeting.plan", "meeting", uuid4(), number=number, reason="lý do")


def test_an_untouched_chain_is_whole(runtime: Runtime) -> None:
    write(runtime, 5)
    with runtime.database.transaction() as session:
        assert audit.verify(session) == audit.AuditReport(rows=5)


def test_an_empty_chain_is_whole(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        assert audit.verify(session).is_whole


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_row SET action = 'x'", "DELETE FROM audit_row", "TRUNCATE audit_row"]
)
def test_the_database_refuses_changes(runtime: Runtime, statement: str) -> None:
    write(runtime, 1)
    with pytest.raises(IntegrityError, match="append-only"), runtime.database.transaction() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_row SET detail = '{\"number\": 99}' WHERE id = 3",
        "UPDATE audit_row SET at = at + interval '1 second' WHERE id = 3",
        "UPDATE audit_row SET actor_id = gen_random_uuid() WHERE id = 3",
        "DELETE FROM audit_row WHERE id = 3",
    ],
)
def test_tampering_past_the_guard_is_found_at_its_place(runtime: Runtime, tampering: str) -> None:
    write(runtime, 5)
    with runtime.database.transaction() as session:
        session.execute(text("ALTER TABLE audit_row DISABLE TRIGGER ALL"))
        session.execute(text(tampering))
    with runtime.database.transaction() as session:
        assert audit.verify(session).broken_at == 3


def test_a_change_that_rolls_back_leaves_no_row(runtime: Runtime) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), runtime.database.transaction() as session:
        audit.record(session, None, "meeting.plan", "meeting", uuid4())
        raise Stop
    with runtime.database.transaction() as session:
        assert session.scalars(select(AuditRow)).all() == []


def test_writers_at_once_keep_one_chain(runtime: Runtime) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: write(runtime, 5), range(8)))
    with runtime.database.transaction() as session:
        assert audit.verify(session) == audit.AuditReport(rows=40)
