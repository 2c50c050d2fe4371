"""Drafting: from a revision of the transcript to a revision of the notice.

In: a meeting and a text of it. Out: the notice revision that was laid down, and a row that keeps what was understood.
Callers commit.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.drafting.comparing import Comparison, compared
from minutes.drafting.compose import House, compose_notice
from minutes.drafting.extract import extract_transcript
from minutes.drafting.extraction import Extraction
from minutes.drafting.model.client import ModelService
from minutes.drafting.model.drafter import ModelDrafter
from minutes.drafting.models import Draft
from minutes.drafting.refusals import NothingToDraftFrom
from minutes.language.house_style import HouseStyle
from minutes.notices.models import Notice, NoticeRevision, RevisionSource
from minutes.notices.service import open_draft
from orchestrator.calendar.service import working_calendar
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.context import MeetingContext, meeting_context
from orchestrator.meetings.models import Meeting
from transcription.document import TranscriptDocument
from transcription.transcripts import service as transcripts
from transcription.transcripts.models import Transcript, TranscriptRevision


def draft_from_latest(session: Session, actor: Actor, meeting_id: UUID) -> NoticeRevision:
    """Draft from the newest text of the meeting's current transcript, as a secretary asks after correcting it.

    Raises:
        NotFound, Forbidden: the actor may not edit notices. NothingToDraftFrom: no transcript yet.
        NoticeNotEditable: the notice is in review, approved or issued.
    """
    meeting = session.get(Meeting, meeting_id)
    require(actor, Action.EDIT_NOTICE, meeting)
    if meeting is None:
        raise NotFound
    transcript = current_transcript(session, meeting_id)
    if transcript is None:
        raise NothingToDraftFrom
    revision = transcripts.latest(session, transcript.id)
    return draft_from_transcript(session, actor, meeting_id, revision)


def draft_from_transcript(
    session: Session, actor: Actor | None, meeting_id: UUID, revision: TranscriptRevision
) -> NoticeRevision:
    """Understand one text, compose the notice, lay it down as the machine's revision.

    `actor` is None when nobody asked: the machine's first draft after publishing. Drafting the same text into the
    same notice twice
    makes no second revision and no second row.
    """
    context = meeting_context(session, meeting_id)
    extraction = _understand(transcripts.document_of(session, revision), context, working_calendar(session))
    content = compose_notice(extraction, context, house_of_settings())
    laid = open_draft(
        session, meeting_id, content, RevisionSource.MACHINE, transcript_revision_id=revision.id, actor=actor
    )
    if _is_kept(session, revision.id, laid.id):
        return laid
    draft = Draft(
        meeting_id=meeting_id,
        transcript_revision_id=revision.id,
        notice_revision_id=laid.id,
        extraction=extraction.to_json(),
        reason=extraction.reason,
        author_id=actor.account_id if actor else None,
        created_at=current().clock(),
    )
    session.add(draft)
    session.flush()
    audit.record(
        session,
        actor,
        "draft.made",
        "draft",
        draft.id,
        notice_revision_id=laid.id,
        directives=len(extraction.directives),
    )
    return laid


def current_transcript(session: Session, meeting_id: UUID) -> Transcript | None:
    """The current transcript of the meeting's latest recording; the right to it is the caller's business."""
    query = select(Transcript).where(Transcript.meeting_id == meeting_id, Transcript.is_current)
    return session.scalars(query.order_by(Transcript.created_at.desc()).limit(1)).first()


def latest_draft(session: Session, meeting_id: UUID) -> Draft | None:
    """What the machine understood last."""
    query = select(Draft).where(Draft.meeting_id == meeting_id).order_by(Draft.created_at.desc()).limit(1)
    return session.scalars(query).first()


def house_of_settings() -> House:
    """The issuing house as this installation is set up."""
    settings = current().settings
    return House(
        settings.organisation_name,
        settings.parent_name,
        settings.organisation_code,
        settings.place_name,
        layout=settings.notice_layout,
        style=HouseStyle(settings.spelling_ensuring, settings.spelling_every),
    )


def _understand(document: TranscriptDocument, context: MeetingContext, calendar: WorkingCalendar) -> Extraction:
    """By the grammar; and by a model inside the house as well, where an address of one is set."""
    settings = current().settings
    if not settings.model_url:
        return extract_transcript(document, context, calendar)
    service = ModelService(settings.model_url, settings.model_name, settings.model_key.get_secret_value())
    return ModelDrafter(service).draft(document, context, calendar)


def _is_kept(session: Session, transcript_revision_id: UUID, notice_revision_id: UUID) -> bool:
    query = select(Draft.id).where(
        Draft.transcript_revision_id == transcript_revision_id, Draft.notice_revision_id == notice_revision_id
    )
    return session.scalar(query.limit(1)) is not None


def what_was_changed(session: Session, actor: Actor, notice_id: UUID) -> Comparison | None:
    """The machine's last draft against the newest text of the notice; None where the machine wrote nothing.

    Raises:
        NotFound, Forbidden: the actor may not edit notices.
    """
    notice = session.get(Notice, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    rows = select(NoticeRevision).where(NoticeRevision.notice_id == notice_id).order_by(NoticeRevision.number.desc())
    last = session.scalars(rows.limit(1)).first()
    made = session.scalars(rows.where(NoticeRevision.source == RevisionSource.MACHINE).limit(1)).first()
    return compared(made.read(), last.read()) if made is not None and last is not None else None
