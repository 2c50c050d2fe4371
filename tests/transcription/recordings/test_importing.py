"""Captions taken over: a transcript of the meeting, and intervals of endpoints where names and moments are known."""

from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import select

from core.errors import ClassifiedRefused, Invalid
from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.directory.models import Endpoint, EndpointKind, Unit
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from tests.transcription.conftest import add_meeting
from tests.transcription.recordings.test_captions import ZOOM
from transcription.recordings.importing import import_captions
from transcription.speakers.models import EndpointSpeech
from transcription.transcripts.models import Transcript
from transcription.transcripts.service import document_of, latest

NAME = "GMT20260408-070000_Recording.transcript.vtt"


def take(runtime: Runtime, actor: Actor, meeting_id: UUID, content: bytes = ZOOM.encode(), name: str = NAME) -> UUID:
    with runtime.database.transaction() as session:
        return import_captions(session, actor, meeting_id, name, BytesIO(content)).id


def test_captions_become_a_transcript_and_are_kept(runtime: Runtime, secretary: Actor, meeting_id: UUID) -> None:
    transcript_id = take(runtime, secretary, meeting_id)
    with runtime.database.transaction() as session:
        revision = latest(session, transcript_id)
        document = document_of(session, revision)
        assert [segment.speaker for segment in document.segments] == ["Trần Quang Hải", "Điểm cầu Sở Nội vụ"]
        assert revision.quality["source"] == "captions"
        assert runtime.storage.read_bytes(revision.quality["object_key"]) == ZOOM.encode()
        assert session.get_one(Transcript, transcript_id).is_current


def test_the_same_file_twice_is_one_transcript(runtime: Runtime, secretary: Actor, meeting_id: UUID) -> None:
    assert take(runtime, secretary, meeting_id) == take(runtime, secretary, meeting_id)


def test_a_speaker_called_like_an_endpoint_tells_when_its_microphone_spoke(
    runtime: Runtime, secretary: Actor, meeting_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        unit = Unit(code="SNV", name="Sở Nội vụ")
        endpoint = Endpoint(code="SNV-1", name="Sở Nội vụ", unit=unit, kind=EndpointKind.COMPONENT)
        meeting = session.get_one(Meeting, meeting_id)
        place = MeetingEndpoint(
            meeting_id=meeting_id, meeting_starts_at=meeting.starts_at, meeting_ends_at=meeting.ends_at,
            meeting_state=meeting.state, endpoint=endpoint, position=1,
        )  # fmt: skip
        session.add(place)
    take(runtime, secretary, meeting_id)
    with runtime.database.transaction() as session:
        (row,) = session.scalars(select(EndpointSpeech)).all()
        assert row.started_at.isoformat() == "2026-04-08T07:01:00+00:00"
        assert (row.ended_at - row.started_at).total_seconds() == 2.0


def test_what_holds_no_words_and_what_is_classified_is_refused(
    runtime: Runtime, secretary: Actor, meeting_id: UUID
) -> None:
    with pytest.raises(Invalid):
        take(runtime, secretary, meeting_id, b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n")
    with pytest.raises(ClassifiedRefused):
        take(runtime, secretary, add_meeting(runtime, None, Classification.SECRET))
