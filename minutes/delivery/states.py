"""The life of one delivery to one unit. Acknowledging is possible without opening first (the unit read a print)."""

from core.lifecycles import Lifecycle, Transition

DELIVERED = "delivered"
OPENED = "opened"
ACKNOWLEDGED = "acknowledged"

DELIVERY = Lifecycle(
    object_type="delivery",
    initial=DELIVERED,
    transitions=(
        Transition("open", frozenset({DELIVERED}), OPENED),
        Transition("acknowledge", frozenset({DELIVERED, OPENED}), ACKNOWLEDGED),
    ),
)
