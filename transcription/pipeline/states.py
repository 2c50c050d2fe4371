"""Life cycles of a stage run and of a job. Nothing else writes their states."""

from core.lifecycles import Lifecycle, Transition

WAITING = "waiting"
RUNNING = "running"
DONE = "done"
FAILED = "failed"

LIVE = frozenset({WAITING, RUNNING})

STAGE_RUN = Lifecycle(
    "stage_run",
    WAITING,
    (
        Transition("claimed", frozenset({WAITING}), RUNNING),
        Transition("completed", frozenset({RUNNING}), DONE),
        Transition("lost", frozenset({RUNNING}), WAITING),
        Transition("set_back", frozenset({RUNNING}), WAITING),
        Transition("failed", frozenset({RUNNING}), FAILED),
    ),
)

JOB = Lifecycle(
    "transcription_job",
    RUNNING,
    (
        Transition("completed", frozenset({RUNNING}), DONE),
        Transition("failed", frozenset({RUNNING}), FAILED),
        Transition("reopened", frozenset({DONE, FAILED}), RUNNING),
    ),
)
