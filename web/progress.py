"""How far the work on a recording has come, as screens and the API show it.

In: a job with its stage runs. Out: one line per stage, taken from the newest run of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from transcription.faults import Fault
from transcription.pipeline.graph import PLAN, Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.pipeline.states import DONE, FAILED, WAITING
from transcription.recordings.models import Recording


@dataclass(frozen=True)
class StageView:
    """One stage as it stands."""

    stage: str
    label: str
    state: str
    attempt: int
    run_number: int
    progress: float
    fault: Fault | None
    sentence: str
    summary: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class JobView:
    """A recording's job: its stages and its share of the whole way."""

    id: UUID
    recording: Recording
    meeting_id: UUID
    state: str
    progress: float
    stages: Sequence[StageView]

    @property
    def is_active(self) -> bool:
        """Whether the picture will still change by itself."""
        return self.state not in (DONE, FAILED)


def job_view(job: TranscriptionJob) -> JobView:
    """The job as people see it."""
    newest: dict[Stage, StageRun] = {}
    for run in sorted(job.stage_runs, key=lambda run: run.run_number):
        newest[Stage(run.stage)] = run
    stages = [_stage_view(stage, newest.get(stage)) for stage in PLAN]
    whole = sum(PLAN[Stage(view.stage)].share * (1.0 if view.state == DONE else view.progress) for view in stages)
    return JobView(
        id=job.id,
        recording=job.recording,
        meeting_id=job.meeting_id,
        state=job.state,
        progress=1.0 if job.state == DONE else min(round(whole, 3), 0.99),
        stages=stages,
    )


def _stage_view(stage: Stage, run: StageRun | None) -> StageView:
    label = PLAN[stage].label
    if run is None:
        return StageView(stage.value, label, WAITING, 0, 0, 0.0, None, "")
    # The row keeps the last fault for good; once a later attempt is through, people need not read it.
    fault = Fault.from_json(run.fault) if run.fault and run.state != DONE else None
    progress = 1.0 if run.state == DONE else run.progress
    return StageView(
        stage=stage.value,
        label=label,
        state=run.state,
        attempt=run.attempt,
        run_number=run.run_number,
        progress=progress,
        fault=fault,
        sentence=fault.sentence() if fault else "",
        summary=run.summary,
    )
