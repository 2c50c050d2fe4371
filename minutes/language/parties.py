"""A party of an assignment, as a value.

In: nothing. Out: what the rules of `units.py` read and everything behind them works with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How a party is known."""

    DIRECTORY = "directory"  # a unit of the directory
    SAID = "said"  # a name as said, with no directory to look it up in
    COLLECTIVE = "collective"  # many units under one phrase
    DOUBTFUL = "doubtful"  # a question goes with it


@dataclass(frozen=True)
class Party:
    """One party of an assignment: its printed names (several for "hai trung tâm"), the words and their place."""

    names: tuple[str, ...]
    said: str
    start: int
    end: int
    certainty: Certainty
    question: str | None = None


def names_of(parties: Sequence[Party]) -> tuple[str, ...]:
    """Printed names, each once, in the order said."""
    return tuple(dict.fromkeys(name for party in parties for name in party.names))


def questions_of(parties: Sequence[Party]) -> tuple[str, ...]:
    """What the secretary must be asked about these parties."""
    return tuple(party.question for party in parties if party.question)
