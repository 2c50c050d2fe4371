"""What the log is told while a stage or a piece is worked on: whose it is.

In: a claim. Out: ids of its run, job, recording and meeting on every line of the block, and a span where traces are
wanted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from core.logs import context, tracing
from core.runtime import Runtime
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import TranscriptionJob


class OfARun(Protocol):
    """A claim on a run or on a piece of one."""

    @property
    def run_id(self) -> UUID:
        """The run."""
        ...

    @property
    def job_id(self) -> UUID:
        """Its job."""
        ...

    @property
    def stage(self) -> Stage:
        """Its stage."""
        ...


@contextmanager
def telling(runtime: Runtime, held: OfARun, piece: int | None = None) -> Iterator[None]:
    """Bind the ids for a block of work."""
    query = select(TranscriptionJob.recording_id, TranscriptionJob.meeting_id).where(TranscriptionJob.id == held.job_id)
    with runtime.database.transaction() as session:
        recording_id, meeting_id = session.execute(query).one_or_none() or (None, None)
    stage = held.stage.value
    ids = {"meeting_id": meeting_id, "recording_id": recording_id, "job_id": held.job_id, "stage_run_id": held.run_id}
    with (
        context.bound(**ids, stage=stage, piece=piece),
        tracing.span(f"{'stage' if piece is None else 'piece'} {stage}"),
    ):
        yield
