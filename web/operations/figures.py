"""Counts of rows that tell how the service does: stages and jobs, mail, news. No names, no content.

In: a session, the present. Out: numbers; each is one query, however many rows there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import BOUNCED, FAILED, QUEUED
from core.outbox import MAXIMUM_ATTEMPTS, OutboxEvent
from minutes.notices.models import Notice
from minutes.notices.states import ISSUED
from orchestrator.meetings.models import Meeting
from transcription.faults import Fault, WorkerLost
from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StageRun, TranscriptionJob

#: As many of each list as one can look through.
MOST_SHOWN = 12
#: What came back longer ago is no news any more.
RECENTLY = timedelta(days=7)


@dataclass(frozen=True)
class AtWork:
    """A stage that is being worked on, or a job that stopped at one. Meetings go by their code."""

    job_id: UUID
    meeting_id: UUID
    meeting_code: str
    stage: str
    progress: float
    attempt: int
    worker: str
    at: datetime | None
    fault: Mapping[str, Any] | None

    @property
    def label(self) -> str:
        """Vietnamese name of the stage."""
        return PLAN[Stage(self.stage)].label

    @property
    def reason(self) -> str:
        """The sentence of its fault, in the reader's language."""
        return Fault.from_json(dict(self.fault)).sentence() if self.fault else ""

    @property
    def is_set_apart(self) -> bool:
        """Whether it killed its workers one after the other, so that it is tried no more."""
        return bool(self.fault) and (self.fault or {}).get("kind") == WorkerLost.kind


def oldest(session: Session, query: Select[Any], now: datetime) -> float:
    """Seconds since the moment that the query finds; 0 where it finds none."""
    since: datetime | None = session.scalar(query)
    return max(0.0, (now - since).total_seconds()) if since else 0.0


#: What may wait too long: the moment of the oldest that does.
OUTBOX_SINCE = select(func.min(OutboxEvent.created_at)).where(OutboxEvent.delivered_at.is_(None))
STAGE_SINCE = select(func.min(StageRun.created_at)).where(StageRun.state.in_(states.LIVE))
MAIL_SINCE = select(func.min(OutgoingMail.created_at)).where(OutgoingMail.state == QUEUED)
DRAFT_SINCE = select(func.min(Notice.created_at)).where(Notice.state != ISSUED)


def given_up(session: Session) -> int:
    """News that a subscriber refused until nobody tries any more."""
    return session.scalar(select(func.count()).where(OutboxEvent.attempts >= MAXIMUM_ATTEMPTS)) or 0


def mails_lost(session: Session, now: datetime) -> int:
    """Recipients of the last days whom a mail did not reach."""
    query = select(func.count()).where(MailRecipient.state.in_((FAILED, BOUNCED)), MailRecipient.at > now - RECENTLY)
    return session.scalar(query) or 0


def running_stages(session: Session) -> list[AtWork]:
    """Stages somebody works on, the one without a sign of life for longest first."""
    query = _at_work().where(StageRun.state == states.RUNNING).order_by(StageRun.heartbeat_at)
    return _read(session, query)


def stopped_jobs(session: Session) -> list[AtWork]:
    """Jobs that failed, each with its last failed stage, the newest first."""
    query = _at_work().where(*_last_failure()).order_by(StageRun.finished_at.desc(), StageRun.id)
    return _read(session, query)


def stopped_count(session: Session) -> tuple[int, int]:
    """How many jobs failed, and how many of them were set apart because their recording killed its workers."""
    apart = func.count(StageRun.job_id.distinct()).filter(StageRun.fault["kind"].astext == WorkerLost.kind)
    query = select(func.count(StageRun.job_id.distinct()), apart).join(
        TranscriptionJob, StageRun.job_id == TranscriptionJob.id
    )
    stopped, set_apart = session.execute(query.where(*_last_failure())).one()
    return stopped, set_apart


def _last_failure() -> tuple[ColumnElement[bool], ...]:
    newest = (
        select(func.max(StageRun.finished_at))
        .where(StageRun.job_id == TranscriptionJob.id, StageRun.state == states.FAILED)
        .correlate(TranscriptionJob)
        .scalar_subquery()
    )
    return TranscriptionJob.state == states.FAILED, StageRun.state == states.FAILED, StageRun.finished_at == newest


def _at_work() -> Select[Any]:
    columns = (
        *(StageRun.job_id, TranscriptionJob.meeting_id, Meeting.code, StageRun.stage, StageRun.progress),
        *(StageRun.attempt, StageRun.worker, func.coalesce(StageRun.finished_at, StageRun.started_at), StageRun.fault),
    )
    joined = select(*columns).join(TranscriptionJob, StageRun.job_id == TranscriptionJob.id)
    return joined.join(Meeting, TranscriptionJob.meeting_id == Meeting.id)


def _read(session: Session, query: Select[Any]) -> list[AtWork]:
    return [AtWork(*row) for row in session.execute(query.limit(MOST_SHOWN))]
