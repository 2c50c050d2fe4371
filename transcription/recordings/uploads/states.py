"""The life cycle of a file on its way to us: receiving → complete → kept, or refused when it may not be kept."""

from core.lifecycles import Lifecycle, Transition

RECEIVING = "receiving"
#: Every byte is here; it waits for the other files of its batch, or for room in the storage.
COMPLETE = "complete"
KEPT = "kept"
REFUSED = "refused"

UPLOAD = Lifecycle(
    "recording_upload",
    RECEIVING,
    (
        Transition("completed", frozenset({RECEIVING}), COMPLETE),
        Transition("kept", frozenset({COMPLETE}), KEPT),
        Transition("refused", frozenset({COMPLETE}), REFUSED),
    ),
)
