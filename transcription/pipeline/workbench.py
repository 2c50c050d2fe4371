"""What a stage's function may use: its claim, the artifacts it reads, engines loaded once in a process, the meeting."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import NotFound
from core.runtime import Runtime
from core.settings import Settings
from core.storage import ObjectDamaged, ObjectMissing
from orchestrator.meetings.context import MeetingContext, meeting_context
from transcription import offline
from transcription.engines import registry
from transcription.engines.contract import Diarizer, EngineSettings, Recognizer
from transcription.engines.voice_activity import VoiceActivity
from transcription.faults import ArtifactDamaged
from transcription.pipeline.claims import Claim, Heart
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from transcription.speakers.from_room import room_evidence
from transcription.speakers.room import RoomEvidence
from transcription.weights import ensure_weights

#: Runs in the transaction that says "done".
Effect = Callable[[Session], None]


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage hands on: its artifact, a few facts for screens, and what else to write when it is done."""

    artifact: bytes | Path
    suffix: str = ".json"
    summary: dict[str, Any] = field(default_factory=dict)
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The stage lies in pieces now; whoever finishes the last one goes on with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The recording of a job, as plain values."""

    recording_id: UUID
    meeting_id: UUID
    object_key: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Workbench:
    """The surroundings of one attempt."""

    runtime: Runtime
    held: Claim
    heart: Heart
    scratch: Path

    @property
    def parameters(self) -> dict[str, Any]:
        return self.held.parameters

    def source(self) -> Source:
        with self.runtime.database.transaction() as session:
            job = session.get_one(TranscriptionJob, self.held.job_id)
            row = session.get_one(Recording, job.recording_id)
            return Source(row.id, row.meeting_id, row.object_key, row.sha256, row.size_bytes)

    def meeting(self) -> MeetingContext | None:
        """What is known of the meeting. Raises ClassifiedRefused if it was classified since the upload."""
        with self.runtime.database.transaction() as session:
            job = session.get_one(TranscriptionJob, self.held.job_id)
            try:
                return meeting_context(session, job.meeting_id)
            except NotFound:
                return None

    def source_seconds(self) -> float:
        """Length of the recording's sound, known since it was normalised."""
        with self.runtime.database.transaction() as session:
            job = session.get_one(TranscriptionJob, self.held.job_id)
            return session.get_one(Recording, job.recording_id).duration_seconds or 0.0

    def summary_of(self, stage: Stage) -> dict[str, Any]:
        return dict(self._input(stage).summary)

    def sha256_of(self, stage: Stage) -> str:
        return self._input(stage).artifact_sha256 or ""

    def json_of(self, stage: Stage) -> Any:
        """The artifact of a needed stage, its hash checked. Raises ArtifactDamaged."""
        with self.file_of(stage) as path:
            return json.loads(path.read_text(encoding="utf-8"))

    @contextmanager
    def file_of(self, stage: Stage) -> Iterator[Path]:
        """The artifact of a needed stage as a file to read. Raises ArtifactDamaged."""
        run = self._input(stage)
        key, sha256 = run.artifact_key or "", run.artifact_sha256 or ""
        try:
            self.runtime.storage.verify(key, sha256)
        except (ObjectMissing, ObjectDamaged) as error:
            raise ArtifactDamaged(stage=stage.value) from error
        with self.runtime.storage.local_copy(key) as path:
            yield path

    def _input(self, stage: Stage) -> StageRun:
        with self.runtime.database.transaction() as session:
            return session.get_one(StageRun, UUID(self.held.inputs[stage.value]))


def room_of(bench: Workbench) -> RoomEvidence:
    """What the live room knows about this recording."""
    with bench.runtime.database.transaction() as session:
        return room_evidence(session, bench.source().recording_id)


def engine_settings(settings: Settings) -> EngineSettings:
    """The part of the settings that engines read."""
    return EngineSettings(
        weights_directory=settings.weights_directory,
        whisper_model=settings.whisper_model,
        pyannote_model=settings.pyannote_model,
        pyannote_token=settings.pyannote_token.get_secret_value(),
        threads=settings.speech_threads,
    )


@lru_cache(maxsize=4)
def prepare_engines(weights_directory: Path, threads: int) -> None:
    """Once in a process: nothing phones home, threads are bounded, the weights are there and are those we know.

    Raises WeightsFault, which is not remembered: the next attempt looks again.
    """
    offline.seal()
    offline.limit_threads(threads)
    ensure_weights(weights_directory)


@lru_cache(maxsize=2)
def recognizer(choice_name: str, settings: EngineSettings) -> Recognizer:
    """The engines of this process; loading takes seconds and hundreds of megabytes, so they are kept.

    Two, since pieces of recordings take turns, and somebody may have asked for another engine for one of them.
    """
    return registry.make_recognizer(registry.Choice(choice_name, ""), settings)


@lru_cache(maxsize=1)
def diarizer(name: str, settings: EngineSettings) -> Diarizer:
    """The diariser of this process."""
    return registry.make_diarizer(name, settings)


@lru_cache(maxsize=1)
def voice_activity() -> VoiceActivity:
    """The voice activity network of this process."""
    return VoiceActivity()
