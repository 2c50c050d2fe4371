"""Tables of the pipeline: a job for a recording, a row for each run of a stage, for each piece of a shared run."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped, Versioned
from orchestrator.columns import words
from transcription.pipeline.graph import Stage
from transcription.recordings.models import Recording


class TranscriptionJob(Identified, Timestamped, Versioned, Base):
    """The way of one recording through all stages."""

    __tablename__ = "transcription_job"

    recording_id: Mapped[UUID] = mapped_column(ForeignKey("recording.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: `{"engine", "minimum_speakers", "maximum_speakers", "vocabulary"}`; a stage run may override its own.
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]

    recording: Mapped[Recording] = relationship()
    stage_runs: Mapped[list["StageRun"]] = relationship(
        back_populates="job", order_by="StageRun.created_at, StageRun.run_number", lazy="selectin"
    )

    def related_unit_ids(self) -> set[UUID]:
        """Those of its meeting."""
        return self.recording.related_unit_ids()


class StageRun(Identified, Timestamped, Versioned, Base):
    """One run of one stage. Running it again by hand makes another row; a lost worker makes another attempt."""

    __tablename__ = "stage_run"
    __table_args__ = (
        UniqueConstraint("job_id", "stage", "run_number"),
        CheckConstraint("progress >= 0 AND progress <= 1", name="progress"),
        # A run that says it is done has left something behind.
        CheckConstraint("state <> 'done' OR artifact_key IS NOT NULL", name="done_has_artifact"),
        Index("ix_stage_run_open", "state", postgresql_where=text("state IN ('waiting', 'running')")),
        # One live run of a stage: a duplicate message or a second click cannot make two.
        Index(
            "uq_stage_run_live",
            "job_id",
            "stage",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    job_id: Mapped[UUID] = mapped_column(ForeignKey("transcription_job.id"))
    stage: Mapped[Stage] = mapped_column(words(Stage))
    #: 1 for the first run of this stage, then up by one for each run by hand or because of newer inputs.
    run_number: Mapped[int]
    #: Needed stage → id of the run whose artifact is read.
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: How often a worker has taken it.
    attempt: Mapped[int] = mapped_column(default=0)
    #: Attempts lost or failed since something was last finished for good; decides when to give up.
    setbacks: Mapped[int] = mapped_column(default=0)
    #: Grows with every claim and every loss; a worker may write only while it holds the present one.
    fencing_token: Mapped[int] = mapped_column(BigInteger, default=0)
    worker: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime | None]
    enqueued_at: Mapped[datetime | None]
    enqueue_count: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[float] = mapped_column(default=0.0)
    #: As `Fault.to_json()`; the last one, kept while another attempt runs.
    fault: Mapped[dict[str, Any] | None]
    artifact_key: Mapped[str | None]
    artifact_sha256: Mapped[str | None]
    #: Small facts for screens: engine taken and why, seconds of speech, "no_speech".
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Set while the run lies in pieces that any worker may take; nobody holds the run itself then.
    shared_at: Mapped[datetime | None]
    #: When one of its pieces was last taken: whoever has waited longest comes next.
    served_at: Mapped[datetime | None]
    #: What its pieces have in common, decided when they were cut; with `pieces` (how many) and `seconds` (of speech).
    piece_plan: Mapped[dict[str, Any] | None]
    #: How fast its pieces come, as `Pace.to_json()`; the remaining time rests on it.
    pace: Mapped[dict[str, Any] | None]

    job: Mapped[TranscriptionJob] = relationship(back_populates="stage_runs")


class StagePiece(Identified, Versioned, Base):
    """A part of a shared run, for one worker at a time. Its row decides; a message only says that some wait."""

    __tablename__ = "stage_piece"
    __table_args__ = (
        UniqueConstraint("stage_run_id", "index"),
        CheckConstraint("state <> 'done' OR artifact_key IS NOT NULL", name="done_has_artifact"),
        CheckConstraint("seconds > 0", name="seconds"),
        Index("ix_stage_piece_open", "stage_run_id", "index", postgresql_where=text("state IN ('waiting', 'running')")),
    )

    stage_run_id: Mapped[UUID] = mapped_column(ForeignKey("stage_run.id"))
    #: Place in the recording, from 0.
    index: Mapped[int]
    #: Seconds of speech in it.
    seconds: Mapped[float]
    #: As `Piece.to_json()`: its place and the speech in it.
    piece: Mapped[dict[str, Any]]
    #: Of its samples.
    sound_sha256: Mapped[str]
    fingerprint: Mapped[str]
    #: How often a worker has taken it; 0 if it was found finished.
    attempt: Mapped[int] = mapped_column(default=0)
    setbacks: Mapped[int] = mapped_column(default=0)
    fencing_token: Mapped[int] = mapped_column(BigInteger, default=0)
    worker: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    artifact_key: Mapped[str | None]
    artifact_sha256: Mapped[str | None]

    stage_run: Mapped[StageRun] = relationship()


class FinishedPiece(Base):
    """One recognised piece. A piece done is never done again, whichever attempt, run or job comes after."""

    __tablename__ = "finished_piece"
    __table_args__ = (Index("ix_finished_piece_fingerprint", "fingerprint"),)
    __append_only__ = True

    job_id: Mapped[UUID] = mapped_column(ForeignKey("transcription_job.id"), primary_key=True)
    #: Hash of its sound, its place, the engine and what the engine was told.
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    artifact_key: Mapped[str]
    artifact_sha256: Mapped[str]
    created_at: Mapped[datetime]
