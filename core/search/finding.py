"""Looking something up: what was typed → objects this person may see, best first, with the passage that fits.

Three ways, the first that finds anything: words as typed (with their marks), all words without marks, names that are
nearly so. The number of queries does not depend on the number of hits, and no kind can crowd out another: of each the
newest `MOST_OF_A_KIND` passages are weighed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.search.excerpts import Piece, excerpt, marked
from core.search.index import label_of
from core.search.kinds import SearchKind, kinds
from core.search.models import SearchEntry
from core.search.words import Typed, typed

HITS_PER_PAGE = 20
MOST_OF_A_KIND = 200
#: Shorter ones are like everything.
_SHORTEST_NEAR = 4


class Way(StrEnum):
    """How the words were compared."""

    AS_TYPED = "as_typed"
    WITHOUT_MARKS = "without_marks"
    NEARLY = "nearly"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty values look for all. `number` counts pages from 1."""

    text: str
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    unit_id: UUID | None = None
    number: int = 1


@dataclass(frozen=True)
class Hit:
    """One object with the passage that fits best, and how many of its passages fit."""

    kind: str
    object_id: UUID
    part: str
    meeting_id: UUID | None
    happened_at: datetime
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    places: int


@dataclass(frozen=True)
class Found:
    """A page of hits. `counts` by kind are those without the wish for one kind; `is_cut`: older ones may be missing."""

    hits: Sequence[Hit]
    counts: dict[str, int]
    total: int
    number: int
    way: Way
    is_cut: bool

    @property
    def pages(self) -> int:
        """How many pages; at least one."""
        return max(1, -(-self.total // HITS_PER_PAGE))


@dataclass(frozen=True)
class _Best:
    """The passage of an object that fits best."""

    entry_id: int
    kind: str
    object_id: UUID
    rank: float
    happened_at: datetime
    places: int


_NOTHING = Found((), {}, 0, 1, Way.AS_TYPED, is_cut=False)


def find(session: Session, actor: Actor, wanted: Wanted) -> Found:
    """A page of what fits and what the actor may see; nothing for no words."""
    words = typed(wanted.text)
    asked = [(kind, scope) for kind in kinds() if (scope := kind.scope(actor)) is not None]
    if not words.groups or not asked:
        return _NOTHING
    limits = [(kind, and_(scope, *_limits(kind, wanted))) for kind, scope in asked]
    for way in _ways(words):
        found, is_cut = _candidates(session, limits, words, way)
        if found:
            return _page(session, found, wanted, words, way, is_cut=is_cut)
    return _NOTHING


def _ways(words: Typed) -> list[Way]:
    ways = [Way.AS_TYPED]
    if words.has_marks:
        ways.append(Way.WITHOUT_MARKS)
    if len(words.plain_words) >= _SHORTEST_NEAR:
        ways.append(Way.NEARLY)
    return ways


def _limits(kind: SearchKind, wanted: Wanted) -> list[ColumnElement[bool]]:
    limits = []
    if wanted.since is not None:
        limits.append(SearchEntry.happened_at >= wanted.since)
    if wanted.until is not None:
        limits.append(SearchEntry.happened_at < wanted.until)
    if wanted.unit_id is not None:
        limits.append(kind.of_units(frozenset({wanted.unit_id})))
    return limits


def _candidates(
    session: Session, limits: Sequence[tuple[SearchKind, ColumnElement[bool]]], words: Typed, way: Way
) -> tuple[list[_Best], bool]:
    """Objects best first, and whether there were more passages than are weighed."""
    make = _near if way is Way.NEARLY else _fitting
    queries = [make(kind, limit, words, way) for kind, limit in limits]
    rows = session.execute(union_all(*queries)).all()
    passages = Counter(row.kind for row in rows)
    best: dict[tuple[str, UUID], Any] = {}
    places = Counter((row.kind, row.object_id) for row in rows)
    for row in rows:
        key = (row.kind, row.object_id)
        if key not in best or (row.rank, -row.id) > (best[key].rank, -best[key].id):
            best[key] = row
    found = [_Best(row.id, *key, row.rank, row.happened_at, places[key]) for key, row in best.items()]
    found.sort(key=lambda one: (-one.rank, -one.happened_at.timestamp(), str(one.object_id)))
    return found, any(count >= MOST_OF_A_KIND for count in passages.values())


def _fitting(kind: SearchKind, limit: ColumnElement[bool], words: Typed, way: Way) -> Select[Any]:
    """Passages of one kind with all the words; those of a name weigh most, and those that stand close together."""
    query = words.query(by_marks=way is Way.AS_TYPED)
    of_kind = cast(f"'{label_of(kind.name)}' & {query}", TSQUERY)
    fits = and_(SearchEntry.vector.op("@@")(of_kind), limit)
    return _of_kind(kind, fits, lambda row: func.ts_rank_cd(row.vector, cast(query, TSQUERY), 1))


def _near(kind: SearchKind, limit: ColumnElement[bool], words: Typed, _way: Way) -> Select[Any]:
    """Objects of one kind whose name has a stretch nearly like the words (trigrams)."""
    said = literal(words.plain_words)
    fits = and_(said.op("<%")(SearchEntry.plain_title), limit)
    return _of_kind(kind, fits, lambda row: func.word_similarity(said, row.plain_title))


def _of_kind(
    kind: SearchKind, condition: ColumnElement[bool], rank: Callable[[Any], ColumnElement[float]]
) -> Select[Any]:
    """The newest that fit, and only of these the rank: it is what costs, a word like "báo cáo" stands everywhere."""
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.object_id, SearchEntry.happened_at)
    newest = (
        select(*columns, SearchEntry.vector, SearchEntry.plain_title)
        .where(SearchEntry.kind == kind.name, condition)
        .order_by(SearchEntry.happened_at.desc())
        .limit(MOST_OF_A_KIND)
        .subquery()
    )
    return select(newest.c.id, newest.c.kind, newest.c.object_id, newest.c.happened_at, rank(newest.c).label("rank"))


def _page(session: Session, found: list[_Best], wanted: Wanted, words: Typed, way: Way, *, is_cut: bool) -> Found:
    counts = dict(Counter(one.kind for one in found))
    mine = [one for one in found if not wanted.kind or one.kind == wanted.kind]
    number = min(max(wanted.number, 1), max(1, -(-len(mine) // HITS_PER_PAGE)))
    shown = mine[(number - 1) * HITS_PER_PAGE : number * HITS_PER_PAGE]
    wanted_ids = [one.entry_id for one in shown]
    rows = {row.id: row for row in session.scalars(select(SearchEntry).where(SearchEntry.id.in_(wanted_ids)))}
    lexemes = frozenset[str]() if way is Way.NEARLY else words.lexemes(by_marks=way is Way.AS_TYPED)
    hits = [_hit(rows[one.entry_id], one.places, lexemes) for one in shown if one.entry_id in rows]
    return Found(hits, counts, len(mine), number, way, is_cut)


def _hit(row: SearchEntry, places: int, lexemes: frozenset[str]) -> Hit:
    return Hit(
        row.kind,
        row.object_id,
        row.part,
        row.meeting_id,
        row.happened_at,
        marked(row.title, lexemes),
        excerpt(row.text, lexemes),
        places,
    )
