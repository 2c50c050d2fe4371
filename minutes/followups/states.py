"""The life of a task. A report of progress may come any number of times; the report that it is done ends it."""

from core.lifecycles import Lifecycle, Transition

ASSIGNED = "assigned"
IN_PROGRESS = "in_progress"
DONE = "done"
#: What it was based on was withdrawn or replaced.
DROPPED = "dropped"
OPEN = frozenset({ASSIGNED, IN_PROGRESS})

ASKED, GRANTED, REFUSED = "asked", "granted", "refused"
EXTENSION = Lifecycle(
    object_type="task_extension",
    initial=ASKED,
    transitions=(
        Transition("grant", frozenset({ASKED}), GRANTED),
        Transition("refuse", frozenset({ASKED}), REFUSED),
    ),
)

TASK = Lifecycle(
    object_type="task",
    initial=ASSIGNED,
    transitions=(
        Transition("report", OPEN, IN_PROGRESS),
        Transition("finish", OPEN, DONE),
        Transition("drop", OPEN, DROPPED),
    ),
)
