"""The page of one transcript: its text beside the sound, why voices are called so, what was set aside, other runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.permissions import Action, can
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.document import TranscriptDocument
from transcription.filters.judgement import DOUBTFUL_WORD
from transcription.recordings.importing import SOURCE
from transcription.speakers.prints.service import consenting
from transcription.transcripts import service
from transcription.transcripts.models import Transcript, TranscriptRevision
from web.secretary.voices import Voice, sure_names, voices_of
from web.security.callers import acting

MOST_RUNS = 12


@dataclass(frozen=True)
class OtherRun:
    """Another transcript of the same meeting: when it was made, how often corrected, whether it is the one in use."""

    id: UUID
    created_at: datetime
    corrections: int
    is_current: bool
    is_live: bool


def opened(session: Session, transcript_id: UUID) -> tuple[Transcript, int, TranscriptDocument]:
    """Transcript, number of its newest revision, its text. Raises NotFound, Forbidden, ClassifiedRefused."""
    found = service.get_transcript(session, acting(), transcript_id)
    refuse_classified(found.meeting.classification)
    revision = service.latest(session, transcript_id)
    return found, revision.number, service.document_of(session, revision)


def transcript_page(transcript_id: UUID, sentence: str = "") -> str:
    """The whole page."""
    with current().database.transaction() as session:
        found, number, document = opened(session, transcript_id)
        participants = [participant.person.full_name for participant in found.meeting.participants]
        return render_template(
            "secretary/transcript.html",
            transcript=found,
            meeting=found.meeting,
            number=number,
            document=document,
            set_aside=[segment for segment in document.segments if segment.is_set_aside],
            speakers=list(dict.fromkeys([*document.speakers, *participants])),
            doubtful_below=DOUBTFUL_WORD,
            runs=_runs(session, found),
            consented=_consented(session, found),
            sentence=sentence,
            **_voices(session, found, document),
        )


def machine_revision(session: Session, transcript_id: UUID) -> TranscriptRevision:
    """What the machine heard; the evidence for its names is in its quality."""
    query = select(TranscriptRevision).where(
        TranscriptRevision.transcript_id == transcript_id, TranscriptRevision.number == 0
    )
    return session.scalars(query).one()


def _voices(session: Session, transcript: Transcript, document: TranscriptDocument) -> dict[str, Any]:
    first = machine_revision(session, transcript.id)
    machine = service.document_of(session, first)
    voices: tuple[Voice, ...] = voices_of(first.quality, machine)
    # Captions of another system stand where what was heard live stands.
    captions = str(first.quality.get("name", "")) if first.quality.get("source") == SOURCE else ""
    return {"voices": voices, "sure": sure_names(voices, machine, document), "captions": captions}


def _runs(session: Session, shown: Transcript) -> list[OtherRun]:
    counts = (
        select(TranscriptRevision.transcript_id, func.max(TranscriptRevision.number).label("number"))
        .group_by(TranscriptRevision.transcript_id)
        .subquery()
    )
    query = (
        select(Transcript.id, Transcript.created_at, Transcript.is_current, Transcript.recording_id, counts.c.number)
        .join(counts, counts.c.transcript_id == Transcript.id)
        .where(Transcript.meeting_id == shown.meeting_id, Transcript.id != shown.id)
        .order_by(Transcript.is_current.desc(), Transcript.created_at.desc())
        .limit(MOST_RUNS)
    )
    return [
        OtherRun(row.id, row.created_at, row.number, row.is_current, row.recording_id is None)
        for row in session.execute(query)
    ]


def _consented(session: Session, transcript: Transcript) -> list[str]:
    """Names of the meeting's people whose voice may be kept; for those who keep voices."""
    if not can(acting(), Action.KEEP_VOICE_PRINTS):
        return []
    return [name for _consent_id, name in consenting(session, transcript.meeting_id)]
