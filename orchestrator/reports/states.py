"""The life of a reporting period. Only a cancelled one takes no reports: late ones are marked, never refused."""

from core.lifecycles import Lifecycle, Transition

OPEN = "open"
COMPILED = "compiled"
CANCELLED = "cancelled"

PERIOD = Lifecycle(
    "report_period",
    OPEN,
    (
        # Compiled again after a correction or a late report: a new compiled revision beside the old.
        Transition("compiled", frozenset({OPEN, COMPILED}), COMPILED),
        # The day became a holiday, or the form was given up, before anybody had reported.
        Transition("cancelled", frozenset({OPEN}), CANCELLED),
    ),
)
