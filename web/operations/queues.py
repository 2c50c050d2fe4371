"""What waits, by queue: how much and for how long by the rows, how many messages by the broker.

The rows are the record of the work; a broker that was emptied shows no messages, and the work goes on all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kombu.exceptions import OperationalError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.mail.models import OutgoingMail
from core.mail.states import QUEUED
from core.outbox import OutboxEvent
from core.queue import QUEUES
from core.runtime import current
from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StagePiece, StageRun


@dataclass(frozen=True)
class Waiting:
    """One queue: rows that wait for it, since when the oldest, messages in the broker (None: it cannot be asked)."""

    queue: str
    rows: int
    since: datetime | None
    messages: int | None


def waiting(session: Session, messages: Mapping[str, int]) -> list[Waiting]:
    """All queues in their order."""
    found: dict[str, list[tuple[int, datetime | None]]] = {queue: [] for queue in QUEUES}
    stages = select(StageRun.stage, func.count(), func.min(StageRun.created_at))
    for stage, count, since in session.execute(stages.where(StageRun.state == states.WAITING).group_by(StageRun.stage)):
        found[PLAN[Stage(stage)].queue].append((count, since))
    # A piece has no moment of its own: it waits since its run was cut, or at most since it was made.
    pieces = select(func.count(), func.min(func.coalesce(StageRun.shared_at, StageRun.created_at)))
    pieces = pieces.select_from(StagePiece).join(StageRun).where(StagePiece.state == states.WAITING)
    found["pieces"].append(_row(session, pieces))
    mails = select(func.count(), func.min(OutgoingMail.created_at)).where(OutgoingMail.state == QUEUED)
    found["mail"].append(_row(session, mails))
    news = select(func.count(), func.min(OutboxEvent.created_at)).where(OutboxEvent.delivered_at.is_(None))
    found["default"].append(_row(session, news))
    return [_waiting(queue, rows, messages.get(queue)) for queue, rows in found.items()]


def _row(session: Session, query: Any) -> tuple[int, datetime | None]:
    count, since = session.execute(query).one()
    return count, since


def _waiting(queue: str, rows: list[tuple[int, datetime | None]], messages: int | None) -> Waiting:
    moments = [since for count, since in rows if count and since is not None]
    return Waiting(queue, sum(count for count, _ in rows), min(moments, default=None), messages)


def messages_waiting() -> dict[str, int]:
    """Messages in each queue of the broker; empty where it is away, which `/readyz` tells."""
    try:
        with current().celery.connection_for_read(connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
            return {queue: _messages_in(connection, queue) for queue in QUEUES}
    except (OperationalError, OSError):
        return {}


def _messages_in(connection: Any, queue: str) -> int:
    try:
        told = connection.default_channel.queue_declare(queue=queue, passive=True)
    except connection.channel_errors:
        return 0  # nobody has ever sent anything there
    return int(told.message_count)
