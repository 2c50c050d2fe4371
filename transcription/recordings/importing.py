"""Captions of another system become a transcript of the meeting, and its speakers evidence for our own hearing.

The text takes the place of what was heard live: another machine's hearing without a sound to go back to, until a
recording is heard. Speakers that are called like an endpoint of the plan tell whose microphone was loudest when.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.database import undo_on_refusal
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from transcription.errors import RecordingNotKept
from transcription.recordings import captions
from transcription.recordings.captions import Caption
from transcription.recordings.models import Recording
from transcription.recordings.naming import began_at
from transcription.recordings.service import shown_name
from transcription.speakers.from_room import remember_speech
from transcription.speakers.room import endpoint_key
from transcription.transcripts.models import Transcript, TranscriptRevision
from transcription.transcripts.service import publish_live

SOURCE = "captions"


def import_captions(session: Session, actor: Actor, meeting_id: UUID, filename: str, stream: BinaryIO) -> Transcript:
    """Take over a VTT or SRT file; the same file twice is one transcript.

    Raises:
        Invalid: not captions, or none with text. NotFound, Forbidden, ClassifiedRefused, RecordingNotKept.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)
    content = stream.read(captions.MOST_BYTES + 1)
    said = tuple(cue for cue in captions.read_captions(content) if cue.text)
    if not said:
        raise Invalid(field="tệp phụ đề", reason="không có lời nào")
    digest = hashlib.sha256(content).hexdigest()
    known = _known(session, meeting_id, digest)
    if known is not None:
        return known
    try:
        stored = current().storage.put(BytesIO(content), prefix="captions", suffix=".vtt")
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error
    undo_on_refusal(session, partial(current().storage.delete, stored.key))
    quality = {
        "source": SOURCE,
        "name": shown_name(filename),
        "object_key": stored.key,
        "sha256": digest,
        "cues": len(said),
        "named_share": round(sum(bool(cue.speaker) for cue in said) / len(said), 3),
    }
    transcript = publish_live(session, meeting_id=meeting_id, document=captions.document_of(said), quality=quality)
    start = _start(session, meeting_id, filename)
    intervals = list(_spoken(session, meeting_id, said, start)) if start else []
    remember_speech(session, meeting_id, intervals)
    audit.record(
        session, actor, "captions.imported", "transcript", transcript.id,
        sha256=digest, cues=len(said), endpoint_intervals=len(intervals),
    )  # fmt: skip
    return transcript


def _known(session: Session, meeting_id: UUID, digest: str) -> Transcript | None:
    query = (
        select(Transcript, TranscriptRevision.quality)
        .join(TranscriptRevision, TranscriptRevision.transcript_id == Transcript.id)
        .where(Transcript.meeting_id == meeting_id, Transcript.recording_id.is_(None), TranscriptRevision.number == 0)
    )
    rows = session.execute(query).all()
    return next((transcript for transcript, quality in rows if quality.get("sha256") == digest), None)


def _start(session: Session, meeting_id: UUID, filename: str) -> datetime | None:
    """When second 0 of the captions was: by their own name, else by the one recording whose name or row says it."""
    own = began_at(filename)
    if own is not None:
        return own.at
    rows = session.scalars(select(Recording).where(Recording.meeting_id == meeting_id)).all()
    moments = {row.started_at or _named(row) for row in rows} - {None}
    return moments.pop() if len(moments) == 1 else None


def _named(row: Recording) -> datetime | None:
    began = began_at(row.original_name)
    return began.at if began else None


def _spoken(
    session: Session, meeting_id: UUID, said: Sequence[Caption], start: datetime
) -> Iterator[tuple[UUID, datetime, datetime]]:
    """Stretches whose speaker is called like an endpoint of the plan."""
    places = session.scalars(
        select(MeetingEndpoint).where(MeetingEndpoint.meeting_id == meeting_id, MeetingEndpoint.withdrawn_at.is_(None))
    )
    by_key = {endpoint_key(place.endpoint.name): place.id for place in places}
    for segment in captions.document_of(said).segments:
        place_id = by_key.get(endpoint_key(segment.speaker))
        if place_id is not None:
            yield place_id, start + timedelta(seconds=segment.start), start + timedelta(seconds=segment.end)
