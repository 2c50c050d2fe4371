"""Stand-in until the pipeline's own service is written (lead, 23:20): only start_job. T: overwrite this file."""

from typing import Any

from sqlalchemy.orm import Session

from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording


def start_job(session: Session, recording: Recording, parameters: dict[str, Any] | None = None) -> TranscriptionJob:
    """Job and its first stage."""
    job = TranscriptionJob(
        recording_id=recording.id,
        meeting_id=recording.meeting_id,
        parameters=parameters or {},
        state="running",
        finished_at=None,
    )
    session.add(job)
    session.flush()
    session.add(StageRun(job_id=job.id, stage=Stage.INGEST, run_number=1, state="waiting"))
    session.flush()
    return job
