"""An item as read, before its places become evidence.

In: nothing. Out: the value that `items.py` makes of sentences, with places as characters of the text it was read in.
"""

from dataclasses import dataclass
from uuid import UUID

from minutes.language.deadline_values import Deadline
from minutes.language.directory import Directory
from minutes.language.kinds import ItemKind
from minutes.language.parties import Certainty, Party, names_of


@dataclass(frozen=True)
class FoundItem:
    """An item as read, with the places (characters of the text it was read in) that prove it."""

    kind: ItemKind
    lead: tuple[Party, ...]
    coordinating: tuple[Party, ...]
    action: str
    deadline: Deadline | None
    references: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    sentence: str
    questions: tuple[str, ...]
    depth: int = 0
    number: int | None = None

    @property
    def collective(self) -> bool:
        """Is the lead many units under one phrase, or one such among others?"""
        return any(party.certainty is Certainty.COLLECTIVE for party in self.lead)


def unit_ids(parties: tuple[Party, ...], directory: Directory) -> tuple[UUID, ...]:
    """Ids of the units that are certain, each once."""
    found = [
        directory.by_name(name) for name in names_of(tuple(p for p in parties if p.certainty is Certainty.DIRECTORY))
    ]
    return tuple(dict.fromkeys(unit.id for unit in found if unit is not None and unit.id is not None))
