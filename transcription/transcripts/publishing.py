"""A finished document goes in; a transcript with the machine's revision and its quality numbers comes out."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from core import audit, outbox
from core.runtime import current
from transcription.document import Flag, TranscriptDocument
from transcription.filters.judgement import DOUBTFUL_WORD
from transcription.recordings.models import Recording
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision


def publish(
    session: Session,
    meeting_id: UUID,
    recording_id: UUID,
    stage_run_id: UUID,
    document: TranscriptDocument,
    voices: Sequence[Mapping[str, Any]],
    facts: Mapping[str, Any],
) -> Transcript:
    """Write revision 0. It becomes the current transcript unless a person has corrected the one before it.

    Args:
        voices: names with their evidence, as `NamedVoice.to_json()`.
        facts: of the sound, as `SoundFacts.to_json()`.
    """
    # One publisher at a time for each recording, so that exactly one transcript is the current one.
    session.execute(select(Recording.id).where(Recording.id == recording_id).with_for_update())
    present = session.scalar(select(Transcript).where(Transcript.recording_id == recording_id, Transcript.is_current))
    replaces = present is None or not has_corrections(session, present.id)
    if present is not None and replaces:
        session.execute(update(Transcript).where(Transcript.id == present.id).values(is_current=False))
    now = current().clock()
    transcript = Transcript(
        meeting_id=meeting_id,
        recording_id=recording_id,
        stage_run_id=stage_run_id,
        is_current=replaces,
        created_at=now,
    )
    session.add(transcript)
    session.flush()
    revision = TranscriptRevision(
        transcript_id=transcript.id,
        number=0,
        source=RevisionSource.MACHINE,
        author_id=None,
        document=document.to_json(),
        changed_segments=None,
        sha256=document_sha256(document),
        quality=quality_of(document, voices, facts),
        created_at=now,
    )
    session.add(revision)
    session.flush()
    audit.record(session, None, "transcript.published", "transcript", transcript.id, sha256=revision.sha256)
    if replaces:
        announce(session, transcript, revision)
    return transcript


def announce(session: Session, transcript: Transcript, revision: TranscriptRevision) -> None:
    """Tell the higher rooms which revision to read."""
    outbox.emit(
        session,
        "transcript.published",
        transcript_id=transcript.id,
        meeting_id=transcript.meeting_id,
        revision_id=revision.id,
    )


def has_corrections(session: Session, transcript_id: UUID) -> bool:
    """Whether a person has saved anything on this transcript."""
    by_person = exists().where(
        TranscriptRevision.transcript_id == transcript_id, TranscriptRevision.source == RevisionSource.PERSON
    )
    return bool(session.scalar(select(by_person)))


def document_sha256(document: TranscriptDocument) -> str:
    """The hash by which a revision is known to others."""
    return hashlib.sha256(document.dumps().encode()).hexdigest()


def quality_of(
    document: TranscriptDocument, voices: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Numbers that tell how far the machine's text can be trusted; plain JSON."""
    words = [word for segment in document.spoken_segments for word in segment.words]
    doubtful = sum(word.probability < DOUBTFUL_WORD for word in words)
    flagged = [segment.flags for segment in document.segments]
    return {
        "result": "speech" if document.has_speech else "no_speech",
        "engine": document.engine,
        "words": len(words),
        "mean_probability": round(sum(word.probability for word in words) / len(words), 3) if words else None,
        "doubtful_words": doubtful,
        "doubtful_segments": sum(Flag.DOUBTFUL in flags for flags in flagged),
        "phantoms": sum(Flag.PHANTOM in flags or Flag.REPEATED in flags for flags in flagged),
        "is_truncated": bool(facts.get("is_truncated")),
        "voices": [dict(voice) for voice in voices],
    }
