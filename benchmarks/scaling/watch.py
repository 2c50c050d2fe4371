"""One recording from upload to transcript, watched: what it cost, what came out, and what was done twice."""

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from benchmarks.scaling.installation import Worker, upload
from core.runtime import Runtime
from transcription.pipeline import states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.reconciler import reconcile

_LOOK_SECONDS = 0.5
_RECONCILE_SECONDS = 5.0
_BEGINS = re.compile(r"piece (\d+) of run (\S+) \((\w+)\) begins, attempt \d+")
_DONE = re.compile(r"piece (\d+) of run (\S+) \((\w+)\) is done")


@dataclass
class Outcome:
    """What one run showed.

    Attributes:
        wall_seconds: from the upload to the transcript.
        shared_wall_seconds: the part in which pieces were worked on.
        cpu_seconds: processor time of each speech worker since the upload, all its lives together.
        artifacts: stage → SHA-256 of what it left.
        pieces: stage → how many; `attempts` → how often one was taken; `after_success` → taken after it was done.
    """

    minutes: float
    workers: int
    state: str
    wall_seconds: float
    shared_wall_seconds: float
    cpu_seconds: list[float]
    peak_mb: list[int]
    artifacts: dict[str, str]
    pieces: dict[str, int]
    attempts: dict[str, int]
    stage_attempts: dict[str, int]
    after_success: int
    kills: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def transcribe(
    runtime: Runtime,
    workers: Sequence[Worker],
    recording: Path,
    minutes: float,
    disturb: Callable[[float], int] = lambda _progress: 0,
    limit_seconds: float = 6 * 3600,
) -> Outcome:
    """Upload, then watch until the job is done or has failed.

    Args:
        disturb: called again and again with the share of pieces' speech that is done; returns how many workers it
            has killed so far. Dead workers are started anew.
    """
    began = time.monotonic()
    for worker in workers:
        worker.begin()
    recording_id = upload(runtime, recording)
    reconciled, kills, state = 0.0, 0, states.RUNNING
    while state == states.RUNNING:
        if time.monotonic() - began > limit_seconds:
            raise TimeoutError(f"not done after {limit_seconds} seconds")
        time.sleep(_LOOK_SECONDS)
        for worker in workers:
            if worker.process is None or worker.process.poll() is not None:
                worker.start()
            worker.look()
        if time.monotonic() - reconciled > _RECONCILE_SECONDS:
            reconcile(runtime)
            reconciled = time.monotonic()
        state, progress = _state(runtime, recording_id)
        kills = disturb(progress)
    for worker in workers:
        worker.look()
    return _outcome(runtime, workers, recording_id, minutes, time.monotonic() - began, kills)


def _state(runtime: Runtime, recording_id: UUID) -> tuple[str, float]:
    with runtime.database.transaction() as session:
        job = session.scalars(select(TranscriptionJob).where(TranscriptionJob.recording_id == recording_id)).one()
        shared = [run for run in job.stage_runs if run.stage in (Stage.RECOGNISE, Stage.DIARISE)]
        return job.state, sum(run.progress for run in shared) / 2


def _outcome(
    runtime: Runtime, workers: Sequence[Worker], recording_id: UUID, minutes: float, wall: float, kills: int
) -> Outcome:
    speech = [worker for worker in workers if worker.name.startswith("speech")]
    with runtime.database.transaction() as session:
        job = session.scalars(select(TranscriptionJob).where(TranscriptionJob.recording_id == recording_id)).one()
        runs: list[StageRun] = list(job.stage_runs)
        rows = {
            run.stage.value: session.scalars(select(StagePiece).where(StagePiece.stage_run_id == run.id)).all()
            for run in runs
        }
    pieces = {stage: found for stage, found in rows.items() if found}
    begun = [piece.started_at for found in pieces.values() for piece in found if piece.started_at]
    ended = [piece.finished_at for found in pieces.values() for piece in found if piece.finished_at]
    return Outcome(
        minutes=minutes,
        workers=len(speech),
        state=job.state,
        wall_seconds=round(wall, 1),
        shared_wall_seconds=round((max(ended) - min(begun)).total_seconds(), 1) if begun and ended else 0.0,
        cpu_seconds=[round(worker.cpu_seconds, 1) for worker in speech],
        peak_mb=[worker.peak_bytes // 2**20 for worker in workers],
        artifacts={run.stage.value: run.artifact_sha256 or "" for run in runs if run.stage != Stage.INGEST},
        pieces={stage: len(found) for stage, found in pieces.items()},
        attempts={stage: sum(piece.attempt for piece in found) for stage, found in pieces.items()},
        stage_attempts={run.stage.value: run.attempt for run in runs},
        after_success=taken_after_success([worker.log for worker in speech]),
        kills=kills,
    )


def taken_after_success(logs: Sequence[Path]) -> int:
    """Pieces that were taken again by anybody after somebody had said "done", by the workers' own words."""
    lines = sorted(line for log in logs for line in log.read_text(errors="replace").splitlines() if " piece " in line)
    done: Counter[tuple[str, ...]] = Counter()
    again = 0
    for line in lines:  # each begins with its moment
        if found := _DONE.search(line):
            done[found.groups()] += 1
        elif (found := _BEGINS.search(line)) and done[found.groups()]:
            again += 1
    return again + sum(count - 1 for count in done.values() if count > 1)
