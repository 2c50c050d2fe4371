"""The life cycle of a meeting: planned → open → closed, or cancelled. Recordings and notices have their own."""

from core.lifecycles import Lifecycle, Transition

PLANNED = "planned"
OPEN = "open"
CLOSED = "closed"
CANCELLED = "cancelled"

#: Events are named as the outbox topics are heard: `meeting.opened`, `meeting.closed`, `meeting.cancelled`.
MEETING = Lifecycle(
    "meeting",
    PLANNED,
    (
        Transition("opened", frozenset({PLANNED}), OPEN),
        # A meeting that nobody opened by hand was held all the same when its recording arrives.
        Transition("closed", frozenset({PLANNED, OPEN}), CLOSED),
        Transition("cancelled", frozenset({PLANNED, OPEN}), CANCELLED),
    ),
)
