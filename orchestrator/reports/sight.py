"""Who sees the figures of every unit: the office. Towards a unit, what concerns no single unit does not exist."""

from core.permissions import Action, Actor, can, require


class _TheHouse:
    """Concerns no single unit: only rights that hold everywhere reach it."""


def sees_every_unit(actor: Actor | None) -> bool:
    """Whether the actor may look at every unit's reports."""
    return can(actor, Action.VIEW_REPORTS, _TheHouse())


def require_office(actor: Actor | None) -> None:
    """Raises NotFound for units, SignInRequired for nobody."""
    require(actor, Action.VIEW_REPORTS, _TheHouse())
