"""Published transcripts: publish the machine's text, read a revision, save a correction without losing another's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound
from core.permissions import Action, Actor, require
from orchestrator.meetings.models import Meeting
from transcription.document import TranscriptDocument
from transcription.transcripts import edits
from transcription.transcripts.edits import SegmentDraft as SegmentDraft
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision
from transcription.transcripts.reading import LONGEST_CHAIN as LONGEST_CHAIN
from transcription.transcripts.reading import document_of as document_of
from transcription.transcripts.reading import latest as latest
from transcription.transcripts.reading import newest_of as newest_of
from transcription.transcripts.saving import append, save


def publish(
    session: Session,
    *,
    stage_run_id: UUID,
    recording_id: UUID,
    meeting_id: UUID,
    document: TranscriptDocument,
    quality: dict[str, Any],
) -> Transcript:
    """Store the machine's text as revision 0; called twice for one run it answers with the first.

    It becomes the recording's current transcript, in place of an earlier one and of what was heard live, unless a
    person has already corrected one of them: then it waits beside it until somebody adopts it.
    """
    known = session.scalar(select(Transcript).where(Transcript.stage_run_id == stage_run_id))
    if known is not None:
        return known
    _lock_meeting(session, meeting_id)
    replaces = _step_aside(session, meeting_id, recording_id)
    transcript = Transcript(
        meeting_id=meeting_id, recording_id=recording_id, stage_run_id=stage_run_id, is_current=replaces
    )
    session.add(transcript)
    session.flush()
    _announce_first(session, transcript, RevisionSource.MACHINE, document, quality)
    return transcript


def publish_live(
    session: Session, *, meeting_id: UUID, document: TranscriptDocument, quality: dict[str, Any]
) -> Transcript:
    """Store what was heard in the room as a transcript without a recording.

    It takes the place of an earlier live one that nobody has corrected, and never that of a recording's: the recording
    was heard with more patience.
    """
    _lock_meeting(session, meeting_id)
    recorded = select(Transcript.id).where(
        Transcript.meeting_id == meeting_id, Transcript.is_current, Transcript.recording_id.is_not(None)
    )
    counts = session.scalar(recorded.limit(1)) is None and _step_aside(session, meeting_id, None)
    transcript = Transcript(meeting_id=meeting_id, recording_id=None, stage_run_id=None, is_current=counts)
    session.add(transcript)
    session.flush()
    _announce_first(session, transcript, RevisionSource.LIVE, document, quality)
    return transcript


def current_transcript(session: Session, actor: Actor | None, meeting_id: UUID) -> Transcript | None:
    """The transcript of the meeting's latest recording; None while there is none."""
    query = select(Transcript).where(Transcript.meeting_id == meeting_id, Transcript.is_current)
    transcript = session.scalars(query.order_by(Transcript.created_at.desc()).limit(1)).first()
    require(actor, Action.VIEW_TRANSCRIPT, transcript)
    return transcript


def get_transcript(session: Session, actor: Actor | None, transcript_id: UUID) -> Transcript:
    """One transcript. Raises NotFound."""
    transcript = session.get(Transcript, transcript_id)
    if transcript is None:
        raise NotFound
    require(actor, Action.VIEW_TRANSCRIPT, transcript)
    return transcript


def list_revisions(session: Session, actor: Actor | None, transcript_id: UUID) -> Sequence[TranscriptRevision]:
    """All revisions, the machine's first."""
    transcript = get_transcript(session, actor, transcript_id)
    query = select(TranscriptRevision).where(TranscriptRevision.transcript_id == transcript.id)
    return session.scalars(query.order_by(TranscriptRevision.number)).all()


def correct_segment(
    session: Session,
    actor: Actor,
    transcript_id: UUID,
    base_number: int,
    segment_id: str,
    *,
    text: str | None = None,
    speaker: str | None = None,
) -> TranscriptRevision:
    """Set one line right. Raises TranscriptConflict (with both texts), SegmentUnknown, Invalid."""

    def edit(document: TranscriptDocument) -> TranscriptDocument:
        line = edits.corrected(document, segment_id, text=text, speaker=speaker)
        return document.with_segments(line if old.id == segment_id else old for old in document.segments)

    return save(session, actor, transcript_id, base_number, edit, yours=text or speaker or "")


def confirm_segment(
    session: Session, actor: Actor, transcript_id: UUID, base_number: int, segment_id: str
) -> TranscriptRevision:
    """One line was listened to and is right, also one that was set aside. Raises TranscriptConflict, SegmentUnknown."""

    def edit(document: TranscriptDocument) -> TranscriptDocument:
        line = edits.confirmed(document, segment_id)
        return document.with_segments(line if old.id == segment_id else old for old in document.segments)

    return save(session, actor, transcript_id, base_number, edit, yours="")


def save_revision(
    session: Session, actor: Actor, transcript_id: UUID, base_number: int, segments: Sequence[SegmentDraft]
) -> TranscriptRevision:
    """Save the whole text as typed. Raises TranscriptConflict (with both texts), Invalid."""
    yours = "\n".join(segment.text for segment in segments)
    return save(
        session, actor, transcript_id, base_number, lambda document: edits.rewritten(document, segments), yours=yours
    )


def adopt(session: Session, actor: Actor, transcript_id: UUID) -> Transcript:
    """Let a later run's transcript take the place of the one that was corrected before it came."""
    transcript = get_transcript(session, actor, transcript_id)
    require(actor, Action.CORRECT_TRANSCRIPT, transcript)
    for other in session.scalars(_rivals(transcript.meeting_id, transcript.recording_id)):
        other.is_current = False
    session.flush()
    transcript.is_current = True
    revision = latest(session, transcript.id)
    outbox.emit(
        session,
        "transcript.corrected",
        transcript_id=transcript.id,
        meeting_id=transcript.meeting_id,
        revision_id=revision.id,
    )
    audit.record(session, actor, "transcript.adopted", "transcript", transcript.id)
    return transcript


def _rivals(meeting_id: UUID, recording_id: UUID | None) -> Select[Transcript]:
    """Transcripts that one of this recording may take the place of, locked: its own, and what was heard live."""
    live = and_(Transcript.meeting_id == meeting_id, Transcript.recording_id.is_(None))
    same = live if recording_id is None else or_(Transcript.recording_id == recording_id, live)
    return select(Transcript).where(same).with_for_update(of=Transcript)


def _lock_meeting(session: Session, meeting_id: UUID) -> None:
    """One publication of a meeting after the other: two that do not see each other would both be current."""
    session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update(key_share=True))


def _step_aside(session: Session, meeting_id: UUID, recording_id: UUID | None) -> bool:
    """Whether a new transcript takes the present one's place; if it does, that one is no longer current."""
    present = session.scalars(_rivals(meeting_id, recording_id).where(Transcript.is_current)).all()
    if any(latest(session, item.id).number > 0 for item in present):
        return False
    for item in present:
        item.is_current = False
    session.flush()
    return True


def _announce_first(
    session: Session,
    transcript: Transcript,
    source: RevisionSource,
    document: TranscriptDocument,
    quality: dict[str, Any],
) -> None:
    """Revision 0 of a new transcript, told to the higher rooms."""
    revision = append(session, transcript.id, 0, source, None, document, quality=quality)
    if transcript.is_current:
        # One that waits beside a corrected transcript is news for nobody yet: it must not be drafted from.
        ids = {"transcript_id": transcript.id, "meeting_id": transcript.meeting_id, "revision_id": revision.id}
        outbox.emit(session, "transcript.published", **ids)
    audit.record(session, None, "transcript.published", "transcript", transcript.id, sha256=revision.sha256)
