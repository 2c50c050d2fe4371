"""The outbox: effects happen exactly once, whatever fails on the way."""

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.audit import AuditRow
from core.errors import NotFound
from core.outbox import OutboxEvent, deliver_pending, emit, subscribe
from core.runtime import Runtime
from core.storage import StorageAway

Calls = list[dict[str, str]]


@pytest.fixture
def topic() -> Iterator[str]:
    """A topic of this test alone."""
    name = f"test.{uuid4().hex}"
    yield name
    outbox._subscribers.pop(name, None)


def tell(runtime: Runtime, topic: str, count: int = 1) -> None:
    with runtime.database.transaction() as session:
        for number in range(count):
            emit(session, topic, id=str(number))


def test_every_subscriber_hears_once(runtime: Runtime, topic: str) -> None:
    first: Calls = []
    second: Calls = []
    subscribe(topic, name="first")(lambda _, payload: first.append(payload))
    subscribe(topic, name="second")(lambda _, payload: second.append(payload))
    tell(runtime, topic)
    assert deliver_pending(runtime.database) == 1
    assert deliver_pending(runtime.database) == 0
    assert first == second == [{"id": "0"}]


def test_a_rolled_back_change_tells_nobody(runtime: Runtime, topic: str) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), runtime.database.transaction() as session:
        emit(session, topic, id="x")
        raise Stop
    assert deliver_pending(runtime.database) == 0


def test_a_failing_subscriber_is_asked_again_and_the_other_is_not(runtime: Runtime, topic: str) -> None:
    heard: Calls = []
    trouble = [True]

    @subscribe(topic, name="unsteady")
    def unsteady(session: Session, payload: dict[str, str]) -> None:
        audit.record(session, None, "effect", "thing", uuid4())
        if trouble:
            trouble.clear()
            raise NotFound

    subscribe(topic, name="steady")(lambda _, payload: heard.append(payload))
    tell(runtime, topic)
    assert deliver_pending(runtime.database) == 0
    assert deliver_pending(runtime.database) == 1
    with runtime.database.transaction() as session:
        assert len(session.scalars(select(AuditRow)).all()) == 1, "the failed attempt's effect was rolled back"
    assert len(heard) == 1


def test_a_subscriber_that_never_manages_is_given_up_with_the_reason(runtime: Runtime, topic: str) -> None:
    @subscribe(topic, name="broken")
    def broken(session: Session, payload: dict[str, str]) -> None:
        raise NotFound

    tell(runtime, topic)
    for _ in range(outbox.MAXIMUM_ATTEMPTS):
        deliver_pending(runtime.database)
    with runtime.database.transaction() as session:
        row = session.scalars(select(OutboxEvent)).one()
        assert (row.last_fault, row.attempts) == ("not_found", outbox.MAXIMUM_ATTEMPTS)
        assert row.delivered_at is not None


def test_a_store_that_is_away_for_long_loses_nothing(runtime: Runtime, topic: str) -> None:
    away, heard = [True], []

    @subscribe(topic, name="stores")
    def stores(session: Session, payload: dict[str, str]) -> None:
        if away:
            raise StorageAway(errno.EHOSTUNREACH, "kho không trả lời")
        heard.append(payload)

    tell(runtime, topic)
    for _ in range(outbox.MAXIMUM_ATTEMPTS + 5):
        assert deliver_pending(runtime.database) == 0
    with runtime.database.transaction() as session:
        row = session.scalars(select(OutboxEvent)).one()
        assert (row.attempts, row.delivered_at, row.last_fault) == (0, None, "Away")
    away.clear()
    assert deliver_pending(runtime.database) == 1
    assert len(heard) == 1


def test_deliverers_at_once_do_not_double_the_effect(runtime: Runtime, topic: str) -> None:
    @subscribe(topic, name="effect")
    def effect(session: Session, payload: dict[str, str]) -> None:
        audit.record(session, None, "effect", "thing", uuid4())

    tell(runtime, topic, count=10)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: deliver_pending(runtime.database), range(12)))
    deliver_pending(runtime.database)
    with runtime.database.transaction() as session:
        assert len(session.scalars(select(AuditRow)).all()) == 10


def test_a_name_is_given_once(topic: str) -> None:
    subscribe(topic, name="one")(lambda *_: None)
    with pytest.raises(ValueError, match="twice"):
        subscribe(topic, name="one")(lambda *_: None)
