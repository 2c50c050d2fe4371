"""Reading and correcting transcripts. Every save names the revision it started from; nothing is written over."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from transcription.document import Segment, TranscriptDocument
from transcription.errors import TranscriptConflict
from transcription.transcripts.edits import SegmentDraft, corrected, rewritten
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision
from transcription.transcripts.publishing import announce, document_sha256

__all__ = [
    "SegmentDraft",
    "adopt",
    "correct_segment",
    "current_transcript",
    "document_of",
    "get_transcript",
    "latest",
    "list_revisions",
    "save_revision",
]

#: A revision of changes reads everything since the last whole one; so often a whole one is written.
WHOLE_EVERY = 50


def current_transcript(session: Session, actor: Actor | None, meeting_id: UUID) -> Transcript | None:
    """The transcript of a meeting that counts: of its newest recording. None while there is none."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.VIEW_TRANSCRIPT, meeting)
    query = select(Transcript).where(Transcript.meeting_id == meeting_id, Transcript.is_current)
    return session.scalar(query.order_by(Transcript.created_at.desc()).limit(1))


def get_transcript(session: Session, actor: Actor | None, transcript_id: UUID) -> Transcript:
    """One transcript. Raises NotFound, Forbidden."""
    transcript = session.get(Transcript, transcript_id)
    if transcript is None:
        raise NotFound
    require(actor, Action.VIEW_TRANSCRIPT, transcript)
    return transcript


def latest(session: Session, transcript_id: UUID) -> TranscriptRevision:
    """The newest revision. Rights are the caller's business. Raises NotFound."""
    query = select(TranscriptRevision).where(TranscriptRevision.transcript_id == transcript_id)
    revision = session.scalar(query.order_by(TranscriptRevision.number.desc()).limit(1))
    if revision is None:
        raise NotFound
    return revision


def list_revisions(session: Session, actor: Actor | None, transcript_id: UUID) -> Sequence[TranscriptRevision]:
    """All revisions of a transcript, the machine's first."""
    get_transcript(session, actor, transcript_id)
    query = select(TranscriptRevision).where(TranscriptRevision.transcript_id == transcript_id)
    return session.scalars(query.order_by(TranscriptRevision.number)).all()


def document_of(session: Session, revision: TranscriptRevision) -> TranscriptDocument:
    """The whole document at a revision: the last whole one before it and the changes since."""
    query = select(TranscriptRevision).where(
        TranscriptRevision.transcript_id == revision.transcript_id, TranscriptRevision.number <= revision.number
    )
    changes: list[Segment] = []
    for row in session.scalars(query.order_by(TranscriptRevision.number.desc()).execution_options(yield_per=20)):
        if row.document is not None:
            document = TranscriptDocument.from_json(row.document)
            break
        changes += [Segment.from_json(item) for item in row.changed_segments or ()]
    else:
        raise NotFound
    # Collected from the newest back: the first found for an id is the one that counts.
    newest: dict[str, Segment] = {}
    for segment in changes:
        newest.setdefault(segment.id, segment)
    return document.with_segments(newest.get(segment.id, segment) for segment in document.segments)


def save_revision(
    session: Session,
    actor: Actor | None,
    transcript_id: UUID,
    base_number: int,
    edits: Sequence[SegmentDraft],
) -> TranscriptRevision:
    """Save all lines as one revision; the same lines again write nothing.

    Raises:
        TranscriptConflict: somebody saved after `base_number`; both texts are in its parameters.
        SegmentUnknown, Invalid, NotFound, Forbidden, ClassifiedRefused.
    """
    newest = _locked_latest(session, actor, transcript_id)
    document = document_of(session, newest)
    if newest.number != base_number:
        yours = "\n".join(f"{draft.speaker}: {draft.text}" for draft in edits)
        theirs = "\n".join(f"{segment.speaker}: {segment.text}" for segment in document.segments)
        raise TranscriptConflict(base=base_number, current=newest.number, yours=yours, theirs=theirs)
    changed = rewritten(document, edits)
    return newest if changed == document else _append(session, actor, newest, changed, None)


def correct_segment(
    session: Session,
    actor: Actor | None,
    transcript_id: UUID,
    base_number: int,
    segment_id: str,
    *,
    text: str | None = None,
    speaker: str | None = None,
) -> TranscriptRevision:
    """Save one line. Two people may correct different lines at once; the same line conflicts.

    Raises:
        TranscriptConflict: somebody changed this very line after `base_number`.
        SegmentUnknown, NotFound, Forbidden, ClassifiedRefused.
    """
    newest = _locked_latest(session, actor, transcript_id)
    document = document_of(session, newest)
    segment = corrected(document, segment_id, text, speaker)
    present = document.find(segment_id)
    if newest.number != base_number:
        base = document_of(session, _revision(session, transcript_id, base_number)).find(segment_id)
        if base != present:
            theirs = present.text if present else ""
            raise TranscriptConflict(base=base_number, current=newest.number, yours=segment.text, theirs=theirs)
    if segment == present:
        return newest
    changed = document.with_segments(segment if item.id == segment_id else item for item in document.segments)
    return _append(session, actor, newest, changed, segment)


def adopt(session: Session, actor: Actor | None, transcript_id: UUID) -> Transcript:
    """Make a transcript of a later run the current one in place of one with corrections; that one stays readable."""
    transcript = get_transcript(session, actor, transcript_id)
    require(actor, Action.CORRECT_TRANSCRIPT, transcript)
    others = Transcript.recording_id == transcript.recording_id
    session.execute(update(Transcript).where(others, Transcript.is_current).values(is_current=False))
    session.refresh(transcript)
    transcript.is_current = True
    session.flush()
    audit.record(session, actor, "transcript.adopted", "transcript", transcript.id)
    announce(session, transcript, latest(session, transcript.id))
    return transcript


def _locked_latest(session: Session, actor: Actor | None, transcript_id: UUID) -> TranscriptRevision:
    transcript = get_transcript(session, actor, transcript_id)
    require(actor, Action.CORRECT_TRANSCRIPT, transcript)
    refuse_classified(transcript.meeting.classification)
    # Savers of one transcript wait for each other here; the number after the newest is then free.
    session.execute(select(Transcript.id).where(Transcript.id == transcript_id).with_for_update())
    return latest(session, transcript_id)


def _revision(session: Session, transcript_id: UUID, number: int) -> TranscriptRevision:
    query = select(TranscriptRevision).where(TranscriptRevision.transcript_id == transcript_id)
    revision = session.scalar(query.where(TranscriptRevision.number == number))
    if revision is None:
        raise NotFound
    return revision


def _append(
    session: Session,
    actor: Actor | None,
    base: TranscriptRevision,
    document: TranscriptDocument,
    segment: Segment | None,
) -> TranscriptRevision:
    """Write the next revision: only the changed segment where that is enough, else the whole document."""
    number = base.number + 1
    whole = segment is None or number % WHOLE_EVERY == 0
    revision = TranscriptRevision(
        transcript_id=base.transcript_id,
        number=number,
        source=RevisionSource.PERSON,
        author_id=actor.account_id if actor else None,
        document=document.to_json() if whole else None,
        changed_segments=None if whole or segment is None else [segment.to_json()],
        sha256=document_sha256(document),
        quality={},
        created_at=current().clock(),
    )
    session.add(revision)
    session.flush()
    transcript = session.get_one(Transcript, base.transcript_id)
    audit.record(session, actor, "transcript.corrected", "transcript", transcript.id, number=number)
    outbox.emit(
        session,
        "transcript.corrected",
        transcript_id=transcript.id,
        meeting_id=transcript.meeting_id,
        revision_id=revision.id,
    )
    return revision
