"""The lives of a delivery to one unit, and of a public bulletin.

Acknowledging is possible without opening first (the unit read a print).
"""

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

PUBLISHED, TAKEN_BACK = "published", "withdrawn"
BULLETIN = Lifecycle(
    object_type="bulletin",
    initial=PUBLISHED,
    transitions=(
        Transition("withdraw", frozenset({PUBLISHED}), TAKEN_BACK),
        Transition("replace", frozenset({PUBLISHED}), TAKEN_BACK),
    ),
)
