"""What must be true when the smoke has cleared: nothing lost, nothing twice, everything ended or failed with a reason.

In: the installation's runtime and what the people and the mail server saw. Out: a line for each broken promise.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from core.errors import Refusal
from core.mail.models import OutgoingMail
from core.mail.states import QUEUED
from core.outbox import MAXIMUM_ATTEMPTS, OutboxEvent
from core.runtime import Runtime
from minutes.delivery.models import Delivery
from minutes.followups.models import Task
from minutes.notices.models import Issue, Notice
from orchestrator.meetings.models import Meeting
from tests.chaos.people import Briefing
from transcription.pipeline import states
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from transcription.transcripts.models import Transcript


def still_open(runtime: Runtime) -> dict[str, int]:
    """What somebody or something still has to do; empty when all is quiet."""
    with runtime.database.transaction() as session:
        counts = {
            "stage runs": _count(session, StageRun, StageRun.state.in_(states.LIVE)),
            "pieces": _count(session, StagePiece, StagePiece.state.in_(states.LIVE)),
            "news": _count(session, OutboxEvent, OutboxEvent.delivered_at.is_(None)),
            "mails": _count(session, OutgoingMail, OutgoingMail.state == QUEUED),
        }
    return {what: count for what, count in counts.items() if count}


def broken_promises(runtime: Runtime, briefings: Sequence[Briefing], received: Mapping[str, int]) -> list[str]:
    """Each promise that was not kept, in one line."""
    with runtime.database.transaction() as session:
        return [
            *_lost(session, briefings),
            *_doubled(session),
            *_damaged(runtime, session),
            *_unexplained(session),
            *_mails(session, received),
        ]


def _lost(session: Session, briefings: Sequence[Briefing]) -> Iterator[str]:
    for briefing in briefings:
        if briefing.ended_as != "reported" and not (briefing.is_bad and briefing.ended_as.startswith("set apart")):
            yield f"LOST briefing {briefing.number}: {briefing.ended_as}"
    given_up = _count(session, OutboxEvent, OutboxEvent.attempts >= MAXIMUM_ATTEMPTS)
    if given_up:
        yield f"LOST {given_up} pieces of news were given up"


def _doubled(session: Session) -> Iterator[str]:
    once = {
        "meetings of one title": select(func.count()).group_by(Meeting.title).select_from(Meeting),
        "recordings of a meeting": select(func.count()).group_by(Recording.meeting_id).select_from(Recording),
        "jobs of a recording": select(func.count())
        .group_by(TranscriptionJob.recording_id)
        .select_from(TranscriptionJob),
        "transcripts of a meeting": select(func.count()).group_by(Transcript.meeting_id).select_from(Transcript),
        "notices of a meeting": select(func.count()).group_by(Notice.meeting_id).select_from(Notice),
        "issues of a notice": select(func.count()).group_by(Issue.notice_id).select_from(Issue),
        "numbers": select(func.count()).group_by(Issue.year, Issue.number).select_from(Issue),
        "deliveries": select(func.count()).group_by(Delivery.issue_id, Delivery.unit_id).select_from(Delivery),
        "tasks": select(func.count()).group_by(Task.issue_id, Task.item_id, Task.unit_id).select_from(Task),
    }
    for what, query in once.items():
        twice = [count for count in session.scalars(query) if count > 1]
        if twice:
            yield f"DOUBLED {what}: {len(twice)}"
    numbers = sorted(session.scalars(select(Issue.number)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers with a gap: {numbers}"


def _damaged(runtime: Runtime, session: Session) -> Iterator[str]:
    objects = [
        *((row.object_key, row.sha256) for row in session.scalars(select(Recording))),
        *((row.docx_key, row.docx_sha256) for row in session.scalars(select(Issue))),
        *((row.pdf_key, row.pdf_sha256) for row in session.scalars(select(Issue))),
    ]
    for key, sha256 in objects:
        try:
            runtime.storage.verify(key, sha256)
        except Refusal as refusal:
            yield f"LOST {refusal}"
    report = audit.verify(session)
    if not report.is_whole:
        yield f"audit chain: {report}"


def _unexplained(session: Session) -> Iterator[str]:
    for run in session.scalars(select(StageRun).where(StageRun.state == states.FAILED)):
        if not (run.fault or {}).get("kind"):
            yield f"stage {run.stage} failed without a reason"
        if (run.fault or {}).get("kind") == "unexpected":
            yield f"stage {run.stage} failed by a mistake of ours: {run.fault}"


def _mails(session: Session, received: Mapping[str, int]) -> Iterator[str]:
    for mail in session.scalars(select(OutgoingMail)):
        times = received.get(mail.message_id, 0)
        if mail.reached and not times:
            yield f"LOST mail {mail.id}: marked as sent, never received"
        # Between the server's answer and our mark no transaction can help: such a mail is marked, and so is its row.
        if times > len(mail.recipients) and not mail.may_be_double:
            yield f"DOUBLED mail {mail.id}: received {times} times, not marked"
    for subject, count in Counter(session.scalars(select(OutgoingMail.dedupe_key))).items():
        if count > 1:
            yield f"DOUBLED mail {subject}"


def _count(session: Session, model: type, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]
