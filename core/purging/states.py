"""The life cycle of a purge: asked → confirmed (the rows are gone) → done (the files too); or withdrawn."""

from core.lifecycles import Lifecycle, Transition

ASKED = "asked"
CONFIRMED = "confirmed"
DONE = "done"
WITHDRAWN = "withdrawn"

PURGE = Lifecycle(
    "purge",
    ASKED,
    (
        Transition("confirmed", frozenset({ASKED}), CONFIRMED),
        Transition("finished", frozenset({CONFIRMED}), DONE),
        Transition("withdrawn", frozenset({ASKED}), WITHDRAWN),
    ),
)
