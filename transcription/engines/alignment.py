"""Two recognisers' words of the same stretch go in, pairs come out (Needleman-Wunsch over syllables and times)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.vietnamese.readings import canonical, expand
from transcription.document import Word
from transcription.vocabulary.folding import bare, fold

_GAP: Final = 0.7
_SAME_LETTERS: Final = 0.35
_OTHER: Final = 1.1
#: Words further apart than this were not said at the same moment.
_FARTHEST_SECONDS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable to be aligned; a written number makes several of one word."""

    word: int
    text: str
    middle: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of tokens on both sides; None where one side has nothing."""

    first: int | None
    second: int | None


def tokens(words: Sequence[Word]) -> list[Token]:
    """Syllables as they are said, with the position of the written word they come from."""
    found: list[Token] = []
    for position, word in enumerate(words):
        middle = (word.start + word.end) / 2
        said = expand(fold(word.text)) or [fold(word.text)]
        found += [Token(position, canonical(syllable), middle) for syllable in said]
    return found


def align(first: Sequence[Token], second: Sequence[Token]) -> list[Pair]:
    """The cheapest pairing in order. Cost grows with the product of the lengths: use on pieces, not on recordings."""
    rows, columns = len(first), len(second)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(1, rows + 1):
        cost[row][0] = row * _GAP
    for column in range(1, columns + 1):
        cost[0][column] = column * _GAP
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cost[row][column] = min(
                cost[row - 1][column - 1] + _difference(first[row - 1], second[column - 1]),
                cost[row - 1][column] + _GAP,
                cost[row][column - 1] + _GAP,
            )
    return _trace(cost, first, second)


def _difference(one: Token, other: Token) -> float:
    if abs(one.middle - other.middle) > _FARTHEST_SECONDS:
        return 2 * _GAP + 0.1
    if one.text == other.text:
        return 0.0
    return _SAME_LETTERS if bare(one.text) == bare(other.text) else _OTHER


def _trace(cost: list[list[float]], first: Sequence[Token], second: Sequence[Token]) -> list[Pair]:
    row, column = len(first), len(second)
    pairs: list[Pair] = []
    while row or column:
        here = cost[row][column]
        if row and column:
            difference = _difference(first[row - 1], second[column - 1])
            if abs(here - cost[row - 1][column - 1] - difference) < 1e-9:
                row, column = row - 1, column - 1
                pairs.append(Pair(row, column))
                continue
        if row and abs(here - cost[row - 1][column] - _GAP) < 1e-9:
            row -= 1
            pairs.append(Pair(row, None))
        else:
            column -= 1
            pairs.append(Pair(None, column))
    pairs.reverse()
    return pairs
