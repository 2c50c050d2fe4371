"""A published transcript: rows as the pipeline leaves them."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from core.runtime import Runtime
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingKind
from transcription.document import Segment, TranscriptDocument, Word
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording, RecordingSource
from transcription.transcripts.service import publish

MACHINE = TranscriptDocument(
    "viet-asr",
    10.0,
    (
        Segment("s0001", 1.0, 3.0, "Người nói 1", "tôi kết luật", (), (Word(1.0, 3.0, "luật"),)),
        Segment("s0002", 4.0, 6.0, "Người nói 2", "vâng ạ"),
    ),
)


def new_run(session: Session, recording_id: UUID, meeting_id: UUID) -> UUID:
    """A publishing run of another job."""
    job = TranscriptionJob(recording_id=recording_id, meeting_id=meeting_id, state="running", finished_at=None)
    session.add(job)
    session.flush()
    run = StageRun(job_id=job.id, stage=Stage.PUBLISH, run_number=1, state="waiting")
    session.add(run)
    session.flush()
    return run.id


@pytest.fixture
def recording(runtime: Runtime) -> tuple[UUID, UUID]:
    """Identities of a recording and its meeting."""
    with runtime.database.transaction() as session:
        meeting = Meeting(
            code=uuid4().hex, title="Họp giao ban", kind=MeetingKind.WEEKLY_BRIEFING, state="closed",
            classification=Classification.UNCLASSIFIED, starts_at=datetime(2026, 4, 8, 7, tzinfo=UTC),
            ends_at=datetime(2026, 4, 8, 8, tzinfo=UTC), room_name=f"giao-ban-{uuid4().hex[:6]}",
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        row = Recording(
            meeting_id=meeting.id, source=RecordingSource.UPLOAD, original_name="a.flac", object_key="k",
            sha256="0" * 64, size_bytes=1, state="verified", duration_seconds=10.0, received_from=None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id, meeting.id


@pytest.fixture
def publishing(runtime: Runtime, recording: tuple[UUID, UUID]) -> Callable[[], UUID]:
    """Publish the machine's text once more, as another run would; returns the transcript's identity."""

    def run() -> UUID:
        with runtime.database.transaction() as session:
            return publish(
                session,
                stage_run_id=new_run(session, *recording),
                recording_id=recording[0],
                meeting_id=recording[1],
                document=MACHINE,
                quality={"doubtful_words": 1},
            ).id

    return run
