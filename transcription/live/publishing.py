"""A meeting's utterances become a transcript, once it is over: by the live process at the close, else by the sweep.

Everything is in rows by then, so whoever comes first does it, and doing it again changes nothing unless more was heard.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused
from core.runtime import current
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.context import meeting_context
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from transcription.engines.contract import Utterance
from transcription.live import policy, store
from transcription.live.composing import Said, compose
from transcription.live.loudest import Spoken, loudest, settled
from transcription.live.meetings import endpoints_of_tracks
from transcription.live.models import LivePublication, LiveStream, LiveUtterance, LiveVoice
from transcription.pipeline.quality import quality_of
from transcription.speakers.from_meeting import speaker_context
from transcription.speakers.from_room import remember_speech
from transcription.speakers.room import Seat
from transcription.transcripts.models import Transcript
from transcription.transcripts.service import publish_live

log = logging.getLogger(__name__)

#: A meeting nobody closed is taken for over when its plan has ended and nothing has been heard for so long.
FORGOTTEN = timedelta(minutes=30)


def publish_meeting(session: Session, meeting_id: UUID) -> Transcript | None:
    """The transcript of everything heard so far; None where nothing was, nothing new, or the meeting is classified."""
    # One after the other: the second finds the first one's publication.
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None or meeting.classification is not Classification.UNCLASSIFIED:
        return None
    rows = session.scalars(select(LiveUtterance).where(LiveUtterance.meeting_id == meeting_id)).all()
    through = max((row.number for row in rows), default=0)
    done = select(func.max(LivePublication.through_number)).where(LivePublication.meeting_id == meeting_id)
    if through <= (session.scalar(done) or 0):
        return None
    try:
        context = speaker_context(meeting_context(session, meeting_id))
    except ClassifiedRefused:
        return None
    names, places = _places(session, meeting_id, rows)
    seats = [Seat(place.endpoint.name, place.head_count or None) for place in meeting.endpoints]
    spoken = compose([_said(row, names, places, vector) for row, vector in _with_voices(session, rows)], context, seats)
    quality = {
        **quality_of(spoken.document, [voice.to_json() for voice in spoken.voices], {}),
        "live": {"began_at": spoken.began_at.isoformat() if spoken.began_at else None, "utterances": len(rows)},
    }
    transcript = publish_live(session, meeting_id=meeting_id, document=spoken.document, quality=quality)
    session.add(LivePublication(transcript_id=transcript.id, meeting_id=meeting_id, through_number=through))
    remember_speech(session, meeting_id, loudest(_spoken(rows, places)))
    store.forget_phrases(session, meeting_id)
    # They have told people apart; prints of people who never consented are not kept (decision 0006).
    session.execute(delete(LiveVoice).where(LiveVoice.meeting_id == meeting_id))
    log.info("live transcript of meeting %s published: %s utterances", meeting_id, len(rows))
    return transcript


def remember_meeting(session: Session, meeting_id: UUID, now: datetime) -> int:
    """Tell the room's memory who was the loudest, as far as no later utterance can change it; how many were new."""
    columns = (LiveUtterance.meeting_endpoint_id, LiveUtterance.track, LiveUtterance.began_at, LiveUtterance.ended_at)
    rows = session.execute(select(*columns, LiveUtterance.rms).where(LiveUtterance.meeting_id == meeting_id)).all()
    _names, places = _places(session, meeting_id, rows)
    calm = settled(_spoken(rows, places), now - timedelta(seconds=policy.SETTLED_SECONDS))
    return len(remember_speech(session, meeting_id, loudest(calm)))


def due_meetings(session: Session, now: datetime) -> Sequence[UUID]:
    """Meetings that are over, whose words nobody has published and whose streams are silent."""
    published = (
        select(func.coalesce(func.max(LivePublication.through_number), 0))
        .where(LivePublication.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    unpublished = exists().where(LiveUtterance.meeting_id == Meeting.id, LiveUtterance.number > published)
    grace = now - timedelta(seconds=policy.STREAM_GRACE_SECONDS)
    living = exists().where(
        LiveStream.meeting_id == Meeting.id, LiveStream.ended_at.is_(None), LiveStream.seen_at >= grace
    )
    heard_lately = exists().where(LiveUtterance.meeting_id == Meeting.id, LiveUtterance.ended_at >= now - FORGOTTEN)
    forgotten = (Meeting.state.in_((states.PLANNED, states.OPEN))) & (Meeting.ends_at < now - FORGOTTEN) & ~heard_lately
    over = (Meeting.state == states.CLOSED) | forgotten
    return session.scalars(select(Meeting.id).where(over, unpublished, ~living).order_by(Meeting.starts_at)).all()


def publish_due() -> int:
    """The sweep: publish what nobody has published; returns how many meetings. Each in a transaction of its own."""
    runtime = current()
    with runtime.database.transaction() as session:
        meeting_ids = due_meetings(session, runtime.clock())
    count = 0
    for meeting_id in meeting_ids:
        with runtime.database.transaction() as session:
            count += publish_meeting(session, meeting_id) is not None
    return count


def _places(session: Session, meeting_id: UUID, rows: Sequence[Any]) -> tuple[dict[UUID, str], dict[str, UUID]]:
    """(endpoint → name, track → endpoint); a track that was unknown when it spoke may be known by now."""
    query = select(MeetingEndpoint).where(MeetingEndpoint.meeting_id == meeting_id)
    names = {place.id: place.endpoint.name for place in session.scalars(query)}
    unknown = sorted({row.track for row in rows if row.meeting_endpoint_id is None})
    return names, endpoints_of_tracks(session, meeting_id, unknown)


def _with_voices(session: Session, rows: Sequence[LiveUtterance]) -> list[tuple[LiveUtterance, tuple[float, ...]]]:
    query = select(LiveVoice).where(LiveVoice.meeting_id == rows[0].meeting_id)
    vectors = {voice.utterance_id: voice.vector for voice in session.scalars(query)}
    return [(row, tuple(map(float, np.frombuffer(vectors.get(row.id, b""), dtype="<f4")))) for row in rows]


def _said(row: LiveUtterance, names: dict[UUID, str], places: dict[str, UUID], vector: tuple[float, ...]) -> Said:
    place = row.meeting_endpoint_id or places.get(row.track)
    heard = tuple(Utterance.from_json(item) for item in row.heard)
    endpoint = names.get(place, "") if place else ""
    return Said(row.id, row.track, endpoint, row.began_at, row.ended_at, row.engine, heard, vector)


def _spoken(rows: Sequence[Any], places: dict[str, UUID]) -> list[Spoken]:
    found = ((row.meeting_endpoint_id or places.get(row.track), row) for row in rows)
    return [Spoken(place, row.began_at, row.ended_at, row.rms) for place, row in found if place is not None]
