"""An item as read, before its places become evidence.

In: what a later line adds. Out: the value that `items.py` makes of sentences, with places as characters of the text.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from minutes.drafting.doubts import NO_LEAD
from minutes.language.clause_values import Clause
from minutes.language.coordination import helpers_at_end
from minutes.language.deadline_values import Deadline, FoundDeadline
from minutes.language.directory import Directory
from minutes.language.fields import Doers, doers_in_brackets
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


def with_deadline(item: FoundItem, hit: FoundDeadline, place: tuple[int, int]) -> FoundItem:
    """`item` with a deadline said in a sentence of its own, if it has none; a duty with a day is a task."""
    if item.kind not in {"directive", "standing_duty"} or item.deadline is not None:
        return item
    questions = (*item.questions, *((hit.question,) if hit.question else ()))
    return replace(item, deadline=hit.deadline, places=(*item.places, place), questions=questions, kind="directive")


def with_doers(item: FoundItem, doers: Doers, hit: FoundDeadline | None, place: tuple[int, int]) -> FoundItem:
    """`item` with those named in a line of fields behind it ("Đơn vị chủ trì: …; thời hạn: …")."""
    asked = NO_LEAD.format(action=item.action)
    return replace(
        item,
        lead=doers.lead or item.lead,
        coordinating=doers.coordinating or item.coordinating,
        deadline=hit.deadline if hit and item.deadline is None else item.deadline,
        places=(*item.places, place),
        questions=tuple(question for question in item.questions if question != asked or not doers.lead),
    )


def with_brackets(text: str, clause: Clause, end: int, directory: Directory) -> Clause:
    """`clause` with those named at its end: who helps, or (in brackets behind a clause without subject) who does it."""
    helped = helpers_at_end(text, clause.predicate_start, clause.predicate_end, directory)
    if helped is not None and clause.lead:
        return replace(clause, coordinating=(*clause.coordinating, *helped[0]), predicate_end=helped[1])
    doers = doers_in_brackets(text, clause.predicate_start, end, directory)
    if doers is None or bool(clause.lead) == bool(doers.lead):
        return clause
    cut = min(clause.predicate_end, doers.start)
    coordinating = (*clause.coordinating, *doers.coordinating)
    return replace(clause, lead=clause.lead or doers.lead, coordinating=coordinating, predicate_end=cut)


def unit_ids(parties: tuple[Party, ...], directory: Directory) -> tuple[UUID, ...]:
    """Ids of the units that are certain, each once."""
    found = [
        directory.by_name(name) for name in names_of(tuple(p for p in parties if p.certainty is Certainty.DIRECTORY))
    ]
    return tuple(dict.fromkeys(unit.id for unit in found if unit is not None and unit.id is not None))
