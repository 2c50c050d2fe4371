"""What an installation's watchman wants to know, in Prometheus's text format, read from the tables when asked.

In: a session. Out: gauges whose labels are states, stages and queues, never names. What each of them is worth waking
somebody for stands in docs/operations/alerts.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from kombu.exceptions import OperationalError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.mail.models import OutgoingMail
from core.mail.states import QUEUED
from core.outbox import MAXIMUM_ATTEMPTS, OutboxEvent
from core.queue import QUEUES
from core.runtime import current
from minutes.notices.models import Notice
from minutes.notices.states import ISSUED
from orchestrator.meetings.models import Meeting
from transcription.pipeline import states
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.recordings.models import Recording

Samples = Iterable[tuple[str, float]]

#: name → help and the table whose rows are counted by state
_BY_STATE: dict[str, tuple[str, Any]] = {
    "diemcau_meetings": ("Meetings by state", Meeting),
    "diemcau_recordings": ("Recordings by state", Recording),
    "diemcau_jobs": ("Transcription jobs by state", TranscriptionJob),
    "diemcau_pieces": ("Pieces of recordings by state", StagePiece),
    "diemcau_notices": ("Conclusion notices by state", Notice),
    "diemcau_mails": ("Outgoing mails by state", OutgoingMail),
}


def render_metrics(session: Session) -> str:
    """All figures as text; labels are states, never names."""
    return "\n".join(_lines(session)) + "\n"


def _lines(session: Session) -> Iterator[str]:
    yield from _outbox_lines(session)
    for name, (help_text, model) in _BY_STATE.items():
        rows = session.execute(select(model.state, func.count()).group_by(model.state).order_by(model.state)).all()
        yield from _gauge(name, help_text, _labelled(("state",), rows))
    stages = select(StageRun.stage, StageRun.state, func.count()).group_by(StageRun.stage, StageRun.state)
    ordered = session.execute(stages.order_by(StageRun.stage, StageRun.state)).all()
    yield from _gauge("diemcau_stages", "Runs of stages by stage and state", _labelled(("stage", "state"), ordered))
    yield from _ages(session)
    double = session.scalar(select(func.count()).where(OutgoingMail.may_be_double)) or 0
    yield from _gauge("diemcau_mails_perhaps_double", "Mails whose sender died with them in hand", [("", double)])
    yield from _gauge("diemcau_queue_messages", "Messages that wait in the broker, by queue", _queues())


def _outbox_lines(session: Session) -> Iterator[str]:
    waiting = session.scalar(select(func.count()).where(OutboxEvent.delivered_at.is_(None))) or 0
    given_up = session.scalar(select(func.count()).where(OutboxEvent.attempts >= MAXIMUM_ATTEMPTS)) or 0
    yield from _gauge("diemcau_outbox_waiting", "Events not yet handed to their subscribers", [("", waiting)])
    yield from _gauge("diemcau_outbox_given_up", "Events a subscriber refused again and again", [("", given_up)])


def _ages(session: Session) -> Iterator[str]:
    """How long the oldest of each has been waiting; 0 where nothing waits."""
    oldest: dict[str, tuple[str, Any]] = {
        "diemcau_outbox_oldest_seconds": (
            "Age of the oldest such event",
            select(func.min(OutboxEvent.created_at)).where(OutboxEvent.delivered_at.is_(None)),
        ),
        "diemcau_stage_oldest_seconds": (
            "Age of the oldest run of a stage that is not done",
            select(func.min(StageRun.created_at)).where(StageRun.state.in_(states.LIVE)),
        ),
        "diemcau_mail_oldest_seconds": (
            "Age of the oldest mail that has not gone out",
            select(func.min(OutgoingMail.created_at)).where(OutgoingMail.state == QUEUED),
        ),
        "diemcau_draft_oldest_seconds": (
            "Age of the oldest notice that is not issued",
            select(func.min(Notice.created_at)).where(Notice.state != ISSUED),
        ),
    }
    now = current().clock()
    for name, (help_text, query) in oldest.items():
        since: datetime | None = session.scalar(query)
        yield from _gauge(name, help_text, [("", max(0.0, (now - since).total_seconds()) if since else 0.0)])


def _queues() -> Samples:
    """Messages in each queue; nothing where the broker is away, which `/readyz` tells."""
    try:
        with current().celery.connection_for_read(connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
            return [(f'{{queue="{queue}"}}', _waiting_in(connection, queue)) for queue in QUEUES]
    except (OperationalError, OSError):
        return []


def _waiting_in(connection: Any, queue: str) -> int:
    try:
        told = connection.default_channel.queue_declare(queue=queue, passive=True)
    except connection.channel_errors:
        return 0  # nobody has ever sent anything there
    return int(told.message_count)


def _labelled(names: Sequence[str], rows: Sequence[Any]) -> Samples:
    for row in rows:
        labels = ",".join(f'{name}="{value}"' for name, value in zip(names, row[:-1], strict=True))
        yield f"{{{labels}}}", row[-1]


def _gauge(name: str, help_text: str, samples: Samples) -> list[str]:
    values = [f"{name}{label} {value:g}" for label, value in samples]
    return [f"# HELP {name} {help_text}", f"# TYPE {name} gauge", *values]
