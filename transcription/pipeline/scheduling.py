"""Which stage comes next: rows of stage runs go in, new waiting rows come out, each announced after the commit.

A run is current while every input it read is still the newest and itself current. A stage is due when all it needs is
current and its newest run read anything else. The same rule serves the first pass, a rerun by hand, and a message that
arrives twice.
"""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from core.database import after_commit
from core.queue import enqueue
from core.runtime import current
from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage, queue_of
from transcription.pipeline.models import StageRun, TranscriptionJob

TASK = "transcription.run_stage"
PIECE_TASK = "transcription.run_piece"
#: More workers than any site has. Each finished piece invites once more while others wait, so the queue stays short
#: however long the recording is.
MOST_INVITATIONS = 32


def newest_run(runs: Sequence[StageRun], stage: Stage) -> StageRun | None:
    """The run of a stage with the highest number."""
    return max((run for run in runs if run.stage == stage), key=lambda run: run.run_number, default=None)


def current_run(runs: Sequence[StageRun], stage: Stage) -> StageRun | None:
    """The newest run if it is done and still rests on the newest inputs."""
    run = newest_run(runs, stage)
    if run is None or run.state != states.DONE:
        return None
    for need in PLAN[stage].needs:
        source = current_run(runs, need)
        if source is None or run.inputs.get(need.value) != str(source.id):
            return None
    return run


def due_stages(runs: Sequence[StageRun]) -> list[tuple[Stage, dict[str, str]]]:
    """Stages that can run now and have not run on these inputs to their end, with the inputs to read."""
    due: list[tuple[Stage, dict[str, str]]] = []
    for stage, plan in PLAN.items():
        sources = {need: current_run(runs, need) for need in plan.needs}
        inputs = {need.value: str(run.id) for need, run in sources.items() if run is not None}
        if not plan.needs or len(inputs) < len(plan.needs):
            continue
        newest = newest_run(runs, stage)
        if newest is None or newest.inputs != inputs or newest.state in states.ENDED:
            due.append((stage, inputs))
    return due


def schedule_followers(session: Session, job: TranscriptionJob) -> list[StageRun]:
    """Write a waiting row for every stage that is due. The caller holds the job's row lock.

    None for a job that has failed or was cancelled: what was running beside the fault may end, nothing new begins.
    """
    session.flush()
    session.refresh(job, ["stage_runs"])
    if job.state != states.RUNNING:
        return []
    return [new_run(session, job, stage, inputs) for stage, inputs in due_stages(job.stage_runs)]


def new_run(session: Session, job: TranscriptionJob, stage: Stage, inputs: dict[str, str]) -> StageRun:
    """A waiting run of a stage; its message goes out once the row is safe."""
    earlier = newest_run(job.stage_runs, stage)
    now = current().clock()
    run = StageRun(
        job_id=job.id,
        stage=stage,
        run_number=earlier.run_number + 1 if earlier else 1,
        state=states.STAGE_RUN.initial,
        inputs=inputs,
        parameters=dict(job.parameters),
        created_at=now,
        enqueued_at=now,
        enqueue_count=1,
        summary={},
    )
    job.stage_runs.append(run)
    session.add(run)
    session.flush()
    announce(session, run.id, queue_of(stage, job.recording.duration_seconds))
    return run


def announce(session: Session, run_id: UUID, queue: str) -> None:
    """Send the message for a waiting run after this transaction's commit."""
    after_commit(session, lambda: enqueue(TASK, str(run_id), queue=queue))


def announce_pieces(session: Session, count: int) -> None:
    """Invite workers to take pieces, after this transaction's commit. Which piece it will be, the rows decide."""
    for _ in range(min(count, MOST_INVITATIONS)):
        # Each its own object: the same action twice in one transaction would be done once.
        after_commit(session, partial(enqueue, PIECE_TASK, queue="pieces"))
