"""A room in which everybody is known: what speaks for one voice there speaks about the others too. A pure rule.

Where the head-count of an endpoint equals the people listed there, each of its voices is one of them, and no two voices
are one person. So evidence for three of four names the fourth as well, as far as it is sure. Every way of seating the
voices is weighed by the evidence for it; a name is as certain as the ways that give it.
"""

from collections.abc import Mapping, Sequence
from functools import cache

#: More people make no difference any more, and more work each.
MOST_PEOPLE = 10
#: The diariser may have parted one person or joined two: what rests on counting alone is never quite certain.
TRUST = 0.9
#: Direct evidence is never taken for proof.
MOST_CERTAIN = 0.98


def seated(
    voices: Sequence[str], people: Sequence[str], certainties: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """Certainty of each (voice, person), 0..1; empty where there are more voices than people, or too many of them.

    Args:
        certainties: what speaks for a pair by itself; pairs without evidence may be missing.
    """
    if len(people) < 2 or not 0 < len(voices) <= len(people) <= MOST_PEOPLE:
        return {}
    table = [[_odds(certainties.get((voice, name), 0.0), len(people)) for name in people] for voice in voices]
    total = _ways(table, len(people))
    found: dict[tuple[str, str], float] = {}
    for row, voice in enumerate(voices):
        for column, name in enumerate(people):
            fixed = [line if index != row else _only(line, column) for index, line in enumerate(table)]
            found[voice, name] = TRUST * _ways(fixed, len(people)) / total
    return found


def _odds(certainty: float, people: int) -> float:
    """How much likelier the evidence is with this person than with another of the room; 1 where there is none."""
    sure = min(certainty, MOST_CERTAIN)
    return max(1.0, (people - 1) * sure / (1.0 - sure))


def _only(line: Sequence[float], column: int) -> list[float]:
    return [value if index == column else 0.0 for index, value in enumerate(line)]


def _ways(table: Sequence[Sequence[float]], people: int) -> float:
    """Sum over all ways to give each voice a person of its own, each the product of its odds."""

    @cache
    def rest(row: int, taken: int) -> float:
        if row == len(table):
            return 1.0
        return sum(
            table[row][column] * rest(row + 1, taken | 1 << column)
            for column in range(people)
            if not taken >> column & 1 and table[row][column]
        )

    return rest(0, 0)
