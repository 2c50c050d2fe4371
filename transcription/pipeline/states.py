"""Life cycles of a job, of a stage run and of a piece of one. Nothing else writes their states."""

from core.lifecycles import Lifecycle, Transition

WAITING = "waiting"
RUNNING = "running"
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"

LIVE = frozenset({WAITING, RUNNING})
#: What a person ended or a fault did; going on from there makes another run.
ENDED = frozenset({FAILED, CANCELLED})

STAGE_RUN = Lifecycle(
    "stage_run",
    WAITING,
    (
        Transition("claimed", frozenset({WAITING}), RUNNING),
        Transition("completed", frozenset({RUNNING}), DONE),
        Transition("lost", frozenset({RUNNING}), WAITING),
        Transition("set_back", frozenset({RUNNING}), WAITING),
        Transition("failed", frozenset({RUNNING}), FAILED),
        # Cut into pieces, the run is carried by whoever takes one; what happens to a piece shows in its history.
        Transition("shared", frozenset({RUNNING}), RUNNING),
        Transition("piece_lost", frozenset({RUNNING}), RUNNING),
        Transition("piece_set_back", frozenset({RUNNING}), RUNNING),
        Transition("cancelled", LIVE, CANCELLED),
    ),
)

#: Of a piece. Hundreds belong to one run: the row itself is all the history there is, see `pieces.move`.
PIECE = Lifecycle(
    "stage_piece",
    WAITING,
    (
        Transition("claimed", frozenset({WAITING}), RUNNING),
        Transition("completed", frozenset({WAITING, RUNNING}), DONE),
        Transition("lost", frozenset({RUNNING}), WAITING),
        Transition("set_back", frozenset({RUNNING}), WAITING),
        Transition("failed", frozenset({RUNNING}), FAILED),
        Transition("found_damaged", frozenset({DONE}), WAITING),
        Transition("dropped", LIVE, CANCELLED),
    ),
)

JOB = Lifecycle(
    "transcription_job",
    RUNNING,
    (
        Transition("completed", frozenset({RUNNING}), DONE),
        Transition("failed", frozenset({RUNNING}), FAILED),
        Transition("cancelled", frozenset({RUNNING}), CANCELLED),
        Transition("reopened", frozenset({DONE, FAILED, CANCELLED}), RUNNING),
    ),
)
