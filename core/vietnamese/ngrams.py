"""Sentences go in, a trigram model of their syllables comes out: how likely one is behind two others.

Witten-Bell smoothing (Witten and Bell, "The zero-frequency problem", IEEE Transactions on Information Theory 37, 1991):
behind syllables that were seen with many different followers a new one is likely, behind syllables that were not seen
the shorter row decides. What was never seen anywhere is as likely as any other of `SYLLABLES`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

#: Vietnamese syllables in use, with their tones.
SYLLABLES = 7000
BEGINNING = "<"
#: Probabilities kept, so that a worker that runs for weeks does not grow.
MOST_REMEMBERED = 500_000

Row = tuple[str, ...]


class Trigrams:
    """Counts of rows of one, two and three syllables in lower case, on top of those of another model if it has one."""

    def __init__(self, below: "Trigrams | None" = None) -> None:
        self._below = below
        self._counts: dict[Row, float] = defaultdict(float)
        self._totals: dict[Row, float] = defaultdict(float)
        self._followers: dict[Row, int] = defaultdict(int)
        self._known: dict[tuple[str, str, str], float] = {}

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]]) -> "Trigrams":
        """The model of some sentences, each a row of syllables."""
        model = cls()
        model._learn(sentences, 1.0)
        return model

    def with_sentences(self, sentences: Iterable[Sequence[str]], weight: float) -> "Trigrams":
        """This model and further sentences, each counted so often; this one stays as it is."""
        model = Trigrams(self)
        model._learn(sentences, weight)
        return model

    def _learn(self, sentences: Iterable[Sequence[str]], weight: float) -> None:
        for sentence in sentences:
            before = (BEGINNING, BEGINNING)
            for syllable in sentence:
                for row in ((), before[1:], before):
                    if not self._count((*row, syllable)):
                        self._followers[row] += 1
                    self._counts[*row, syllable] += weight
                    self._totals[row] += weight
                before = (before[1], syllable)

    def _count(self, row: Row) -> float:
        return self._counts.get(row, 0.0) + (self._below._count(row) if self._below else 0.0)

    def _total(self, row: Row) -> float:
        return self._totals.get(row, 0.0) + (self._below._total(row) if self._below else 0.0)

    def _follower_count(self, row: Row) -> int:
        return self._followers.get(row, 0) + (self._below._follower_count(row) if self._below else 0)

    @property
    def syllables(self) -> frozenset[str]:
        """All that were seen."""
        own = frozenset(row[0] for row in self._counts if len(row) == 1)
        return own | self._below.syllables if self._below else own

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two syllables of which the second was seen behind the first; some of them twice."""
        yield from self._below.pairs() if self._below else ()
        yield from ((row[0], row[1]) for row in self._counts if len(row) == 2)  # noqa: PLR2004 - a pair

    def log_probability(self, first: str, second: str, syllable: str) -> float:
        """Natural logarithm of how likely `syllable` is behind `first second`."""
        key = (first, second, syllable)
        if key not in self._known:
            found = 1.0 / SYLLABLES
            for row in ((), (second,), (first, second)):
                if followers := self._follower_count(row):
                    seen = self._count((*row, syllable))
                    found = (seen + followers * found) / (self._total(row) + followers)
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = log(found)
        return self._known[key]


def likeliest_row(possible: Sequence[Mapping[str, float]], model: Trigrams, weight: float, width: int) -> list[str]:
    """One syllable for each place, so that the whole is likeliest.

    Args:
        possible: for each place its syllables and the logarithm of how well each fits there by itself.
        weight: of the model's logarithms against those.
        width: so many beginnings are followed up at each place.
    """
    rows: dict[tuple[str, str], tuple[float, _Link | None]] = {(BEGINNING, BEGINNING): (0.0, None)}
    for options in possible:
        following: dict[tuple[str, str], tuple[float, _Link | None]] = {}
        for (first, second), (score, link) in rows.items():
            for syllable, fit in options.items():
                total = score + fit + weight * model.log_probability(first, second, syllable)
                key = (second, syllable)
                if key not in following or total > following[key][0]:
                    following[key] = (total, (syllable, link))
        best = sorted(following.items(), key=lambda item: (-item[1][0], item[0]))
        rows = dict(best[:width])
    _score, link = max(rows.values(), key=lambda item: item[0])
    found: list[str] = []
    while link is not None:
        syllable, link = link
        found.append(syllable)
    return found[::-1]


_Link = tuple[str, "_Link | None"]
