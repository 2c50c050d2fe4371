"""The outbox: how a lower room tells a higher one that something happened, without calling it.

`emit` writes a row in the transaction of the change itself. After the commit a task hands each row to every subscriber,
each in a transaction of its own together with the receipt, so the effect happens exactly once although the task may run
any number of times. A periodic sweep delivers what a lost message left behind.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, exists, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, Database, after_commit
from core.errors import Refusal
from core.logs import context
from core.queue import RoomTask, enqueue, every
from core.runtime import current

log = logging.getLogger(__name__)

Payload = dict[str, str]
Handler = Callable[[Session, Payload], None]

DELIVER = "core.deliver_outbox"
SWEEP_SECONDS = 5.0
MAXIMUM_ATTEMPTS = 20
#: Others have it in hand, or a store is away: time alone helps, so such an attempt does not count.
_BUSY, _AWAY = "BusyElsewhere", "Away"
#: Beside the ids of a payload.
_REQUEST = "request_id"


class OutboxEvent(Base):
    """Something that happened; only ids travel."""

    __tablename__ = "outbox_event"
    __table_args__ = (Index("ix_outbox_event_open", "id", postgresql_where=text("delivered_at IS NULL")),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    #: Set once every subscriber has its receipt, or when delivery was given up (see `attempts`).
    delivered_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    #: Code of the last refusal or name of the last error; never its text, which may hold content.
    last_fault: Mapped[str | None]


class OutboxReceipt(Base):
    """One subscriber has dealt with one event; written with the effect itself."""

    __tablename__ = "outbox_receipt"

    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_event.id"), primary_key=True)
    subscriber: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


_subscribers: dict[str, dict[str, Handler]] = {}


def subscribe(topic: str, *, name: str) -> Callable[[Handler], Handler]:
    """Decorator: call this handler once for every event of the topic. Receipts keep `name`: never rename it."""

    def keep(handler: Handler) -> Handler:
        handlers = _subscribers.setdefault(topic, {})
        if handlers.setdefault(name, handler) is not handler:
            raise ValueError(f"subscriber {name!r} of {topic!r} registered twice")
        return handler

    return keep


def emit(session: Session, topic: str, **ids: str | UUID) -> None:
    """Write the event in this transaction and wake the deliverer after its commit.

    The request that it goes back to travels with it for the log; subscribers do not see it.
    """
    payload = {key: str(value) for key, value in ids.items()}
    if request_id := context.request_id_now():
        payload[_REQUEST] = request_id
    session.add(OutboxEvent(topic=topic, payload=payload, created_at=current().clock(), delivered_at=None))
    after_commit(session, _wake)


def _wake() -> None:
    enqueue(DELIVER, queue="default")


def deliver_pending(database: Database, *, limit: int = 200) -> int:
    """Hand open events to their subscribers, oldest first; returns how many were completed."""
    with database.transaction() as session:
        open_ids = session.scalars(
            select(OutboxEvent.id).where(OutboxEvent.delivered_at.is_(None)).order_by(OutboxEvent.id).limit(limit)
        ).all()
    return sum(_deliver(database, event_id) for event_id in open_ids)


def _deliver(database: Database, event_id: int) -> bool:
    with database.transaction() as session:
        row = session.get(OutboxEvent, event_id)
        if row is None or row.delivered_at is not None:
            return False
        topic, payload = row.topic, {key: str(value) for key, value in row.payload.items()}
    request_id = payload.pop(_REQUEST, None)
    with context.bound(request_id=request_id, event_id=event_id, topic=topic, meeting_id=payload.get("meeting_id")):
        faults = [
            fault
            for name, handler in _subscribers.get(topic, {}).items()
            if (fault := _hand_over(database, event_id, name, handler, payload)) is not None
        ]
        return _close(database, event_id, faults)


def _hand_over(database: Database, event_id: int, name: str, handler: Handler, payload: Payload) -> str | None:
    """Run one handler with its receipt; None when done (now or earlier), else the fault's name."""
    try:
        with database.transaction() as session:
            row = session.get(OutboxEvent, event_id, with_for_update={"skip_locked": True})
            if row is None:
                return _BUSY
            done = select(exists().where(OutboxReceipt.event_id == event_id, OutboxReceipt.subscriber == name))
            if not session.scalar(done):
                handler(session, payload)
                session.add(OutboxReceipt(event_id=event_id, subscriber=name, at=current().clock()))
    except OSError as error:
        log.warning("outbox event %s waits, for %s a store is away: %s", event_id, name, type(error).__name__)
        return _AWAY
    except (Refusal, SQLAlchemyError, ValueError, LookupError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            log.warning("outbox event %s waits, for %s the database went away", event_id, name)
            return _AWAY
        log.exception("outbox event %s refused by %s", event_id, name)
        return error.code if isinstance(error, Refusal) else type(error).__name__
    return None


def _close(database: Database, event_id: int, faults: list[str]) -> bool:
    with database.transaction() as session:
        row = session.get(OutboxEvent, event_id, with_for_update={"skip_locked": True})
        if row is None or row.delivered_at is not None:
            return False
        told = [fault for fault in faults if fault != _BUSY]
        if told:
            row.last_fault = told[0]
        if any(fault != _AWAY for fault in told):
            row.attempts += 1
        if not faults or row.attempts >= MAXIMUM_ATTEMPTS:
            row.delivered_at = current().clock()
        return not faults


@shared_task(base=RoomTask, name=DELIVER)
def deliver_outbox() -> None:
    """Deliver what is open; woken after each commit that emitted, and every few seconds."""
    while deliver_pending(current().database):
        pass


every(SWEEP_SECONDS, DELIVER)
