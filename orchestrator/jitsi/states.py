"""The life cycle of a recording started from the console: a row first, then the recorder, so that no start is lost."""

from core.lifecycles import Lifecycle, Transition

REQUESTED = "requested"
STARTING = "starting"
RECORDING = "recording"
STOPPING = "stopping"
ENDED = "ended"
FAILED = "failed"

#: Somebody still has to do something about these.
OPEN = frozenset({REQUESTED, STARTING, RECORDING, STOPPING})

RECORDER_RUN = Lifecycle(
    "recorder_run",
    REQUESTED,
    (
        Transition("taken", frozenset({REQUESTED}), STARTING),
        Transition("began", frozenset({STARTING}), RECORDING),
        Transition("stop_asked", frozenset({REQUESTED, STARTING, RECORDING}), STOPPING),
        # A recorder may also end by itself: an empty room, everybody muted, its line lost (CONTRACTS §9).
        Transition("ended", frozenset({STARTING, RECORDING, STOPPING}), ENDED),
        Transition("failed", OPEN, FAILED),
    ),
)
