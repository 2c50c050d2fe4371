"""The kinds of data that have an end, and how each is removed. Issued papers, transcripts and the trail have none here.

Importing this module registers them. Meetings that are held keep everything that is about them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from core.database import after_commit
from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import QUEUED
from core.outbox import OutboxEvent, OutboxReceipt
from core.retention.kinds import BATCH, Kind, Removed, register
from core.retention.models import RemovedObject
from core.runtime import current
from core.sign_ins.models import BrowserSession
from minutes.notices.models import Issue, Notice
from orchestrator.meetings.models import Meeting
from transcription.live.models import LivePhrase, LiveVoice
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from web.security.throttle import SignInFailure


def sign_in_traces(session: Session, before: datetime, _held: Collection[UUID]) -> Removed:
    """Failed sign-ins, and sessions of browsers nothing was heard of since."""
    failures = select(SignInFailure.id).where(SignInFailure.at < before).limit(BATCH)
    old = select(BrowserSession.id).where(BrowserSession.last_seen_at < before).limit(BATCH)
    gone = [session.scalars(failures).all(), session.scalars(old).all()]
    session.execute(delete(SignInFailure).where(SignInFailure.id.in_(gone[0])))
    session.execute(delete(BrowserSession).where(BrowserSession.id.in_(gone[1])))
    return Removed(len(gone[0]) + len(gone[1]))


def delivered_events(session: Session, before: datetime, _held: Collection[UUID]) -> Removed:
    """News between rooms that everybody has heard."""
    query = select(OutboxEvent.id).where(OutboxEvent.delivered_at < before).order_by(OutboxEvent.id).limit(BATCH)
    ids = session.scalars(query).all()
    session.execute(delete(OutboxReceipt).where(OutboxReceipt.event_id.in_(ids)))
    session.execute(delete(OutboxEvent).where(OutboxEvent.id.in_(ids)))
    return Removed(len(ids))


def mails(session: Session, before: datetime, held: Collection[UUID]) -> Removed:
    """Mails that are sent or given up, with their files; what is about a held meeting stays."""
    query = select(OutgoingMail.id).where(OutgoingMail.state != QUEUED, OutgoingMail.created_at < before)
    if held:
        about_held = select(Notice.id).where(Notice.meeting_id.in_(held))
        query = query.where(
            or_(
                OutgoingMail.about_id.is_(None),
                OutgoingMail.about_id.not_in(held) & OutgoingMail.about_id.not_in(about_held),
            )
        )
    ids = session.scalars(query.order_by(OutgoingMail.created_at, OutgoingMail.id).limit(BATCH)).all()
    session.execute(delete(MailRecipient).where(MailRecipient.mail_id.in_(ids)))
    session.execute(delete(OutgoingMail).where(OutgoingMail.id.in_(ids)))
    folder = current().settings.mail_directory
    after_commit(session, partial(_unlink, [folder / f"{mail_id}.eml" for mail_id in ids]))
    return Removed(len(ids))


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def live_traces(session: Session, before: datetime, held: Collection[UUID]) -> Removed:
    """Traits of voices and unfinished phrases of the live hour; the words themselves stay with the transcript."""
    over = select(Meeting.id).where(Meeting.ends_at < before, Meeting.id.not_in(held))
    voices = session.scalars(select(LiveVoice.utterance_id).where(LiveVoice.meeting_id.in_(over)).limit(BATCH)).all()
    phrases = session.scalars(select(LivePhrase.utterance_id).where(LivePhrase.meeting_id.in_(over)).limit(BATCH)).all()
    session.execute(delete(LiveVoice).where(LiveVoice.utterance_id.in_(voices)))
    session.execute(delete(LivePhrase).where(LivePhrase.utterance_id.in_(phrases)))
    return Removed(len(voices) + len(phrases))


def meeting_sound(session: Session, before: datetime, held: Collection[UUID]) -> Removed:
    """Sound and picture of meetings whose notice is issued: the file as received and the even copy of it.

    The rows stay, with size and SHA-256; so do transcripts and the evidence spans, without their sound.
    """
    issued = exists().where(Notice.meeting_id == Meeting.id, Issue.notice_id == Notice.id)
    query = (
        select(Recording.id, Recording.object_key)
        .join(Meeting, Meeting.id == Recording.meeting_id)
        .where(Meeting.ends_at < before, Meeting.id.not_in(held), issued)
        .where(Recording.object_key.not_in(select(RemovedObject.key)))
        .order_by(Recording.created_at, Recording.id)
        .limit(BATCH)
    )
    found = session.execute(query).all()
    copies = (
        select(StageRun.artifact_key)
        .join(TranscriptionJob, TranscriptionJob.id == StageRun.job_id)
        .where(TranscriptionJob.recording_id.in_([row.id for row in found]), StageRun.stage == Stage.NORMALISE)
        .where(StageRun.artifact_key.is_not(None))
    )
    keys = {row.object_key for row in found} | {key for key in session.scalars(copies) if key}
    return Removed(len(found), frozenset(keys))


#: In the order of the screen. A year of retention rules (Law on Archives, circulars of each body) is the site's own.
KINDS = (
    Kind("meeting_sound", None, 30, meeting_sound),
    Kind("live_traces", 30, 1, live_traces),
    Kind("mails", 730, 90, mails),
    Kind("sign_in_traces", 90, 30, sign_in_traces),
    Kind("delivered_events", 30, 7, delivered_events),
)
for _kind in KINDS:
    register(_kind)
