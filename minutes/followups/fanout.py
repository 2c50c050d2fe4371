"""Who answers for a directive: one task per unit. Pure.

Named units answer each for itself; a collective lead fans out to every unit of the meeting; a lead that no directory
knows gives one task without a unit, so that the office sees it instead of losing it.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from minutes.delivery.receivers import KnownName, units_named
from minutes.notices.content import NoticeItem


def accountable_units(item: NoticeItem, units: Sequence[KnownName], present: Iterable[UUID]) -> tuple[UUID | None, ...]:
    """Units that get the task, in a stable order; `(None,)` where the lead is not to be found."""
    found = set(item.lead_unit_ids) or _named(item.lead, units, present)
    known = {unit.id for unit in units}
    return tuple(sorted(found & known)) or (None,)


def helping_units(item: NoticeItem, units: Sequence[KnownName], present: Iterable[UUID]) -> list[UUID]:
    """Coordinating units that the directory knows, in a stable order."""
    found = set(item.coordinating_unit_ids) or _named(item.coordinating, units, present)
    return sorted(found & {unit.id for unit in units})


def _named(names: Iterable[str], units: Sequence[KnownName], present: Iterable[UUID]) -> set[UUID]:
    here = set(present)
    return {unit for name in names for unit in units_named(name, units, here)}
