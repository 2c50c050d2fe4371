"""Looking something up: what was typed → objects this person may see, best first, with the passage that fits.

Three ways, the first that finds anything: words as typed (with their marks), all words without marks, names that are
nearly so. The number of queries does not depend on the number of hits, and no kind can crowd out another: of each the
newest `MOST_OF_A_KIND` passages are weighed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    cast,
    func,
    select,
    text,
    union_all,
)
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
#: Names compared letter by letter, each for the price of a page's query: about half a year of a ministry's meetings
#: and what came of them. Older ones are found by words that are written right.
MOST_NAMES = 2_000
#: Of 1: what PostgreSQL's trigrams take for the same word by themselves.
NEAR_ENOUGH = 0.6
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


#: How often a word stands decides the way to it; a plan made once for all words takes three times as long.
_PLANNED_FOR_THESE_WORDS = text("SET LOCAL plan_cache_mode = force_custom_plan")
#: The parameter with the words as a literal of type `tsquery`.
_QUERY = "query"
_NOTHING = Found((), {}, 0, 1, Way.AS_TYPED, is_cut=False)


def find(session: Session, actor: Actor, wanted: Wanted) -> Found:
    """A page of what fits and what the actor may see; nothing for no words."""
    words = typed(wanted.text)
    asked = [(kind, scope) for kind in kinds() if (scope := kind.scope(actor)) is not None]
    if not words.groups or not asked:
        return _NOTHING
    session.execute(_PLANNED_FOR_THESE_WORDS)
    limits = [(kind, and_(scope, *_limits(kind, wanted))) for kind, scope in asked]
    fitting = union_all(*(_fitting(kind, limit) for kind, limit in limits))
    for way, query in _ways(words):
        found, is_cut = _candidates(session, fitting, query)
        if found:
            return _page(session, found, wanted, words, way, is_cut=is_cut)
    if len(words.plain_words) >= _SHORTEST_NEAR:
        near = _near_names(words.plain_words)
        found, is_cut = _candidates(session, union_all(*(_near(kind, limit, near) for kind, limit in limits)))
        return _page(session, found, wanted, words, Way.NEARLY, is_cut=is_cut) if found else _NOTHING
    return _NOTHING


def _ways(words: Typed) -> list[tuple[Way, str]]:
    """Those by words, each with what it asks for."""
    ways = [(Way.AS_TYPED, words.query(by_marks=True))]
    if words.has_marks:
        ways.append((Way.WITHOUT_MARKS, words.query(by_marks=False)))
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


def _candidates(session: Session, question: CompoundSelect[Any], query: str | None = None) -> tuple[list[_Best], bool]:
    """Objects best first, and whether there were more passages than are weighed."""
    rows = session.execute(question, {_QUERY: query} if query else None).all()
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


def _fitting(kind: SearchKind, limit: ColumnElement[bool]) -> Select[Any]:
    """Passages of one kind with all the words; those of a name weigh most, and those that stand close together."""
    query = cast(bindparam(_QUERY, type_=Text), TSQUERY)
    of_kind = cast(f"'{label_of(kind.name)}'", TSQUERY).op("&&")(query)
    newest = _newest(kind, and_(SearchEntry.vector.op("@@")(of_kind), limit))
    return _ranked(newest, func.ts_rank_cd(newest.c.vector, query, 1))


def _near(kind: SearchKind, limit: ColumnElement[bool], near: CTE) -> Select[Any]:
    """Objects of one kind whose name has a stretch nearly like the words (trigrams)."""
    of_kind = select(near.c.id).where(near.c.kind == kind.name)
    newest = _newest(kind, and_(SearchEntry.id.in_(of_kind), limit))
    return _ranked(newest, near.c.rank).join_from(newest, near, near.c.id == newest.c.id)


def _near_names(said: str) -> CTE:
    """What has a name that is near, with its likeness.

    To compare is what costs, so each name is compared once (a meeting, its notice and its transcript share one), and
    of the newest only: with the years the house would grow slow for a slip of the pen.
    """
    newest = (
        select(SearchEntry.id, SearchEntry.kind, SearchEntry.plain_title)
        .where(SearchEntry.plain_title.is_not(None))
        .order_by(SearchEntry.happened_at.desc())
        .limit(MOST_NAMES)
        .cte("newest")
    )
    # Materialised, or the comparison would be made before equal names are laid together.
    named = select(newest.c.plain_title).distinct().cte("named").prefix_with("MATERIALIZED")
    compared = select(named.c.plain_title, func.word_similarity(said, named.c.plain_title).label("rank")).subquery()
    return (
        select(newest.c.id, newest.c.kind, compared.c.rank)
        .join_from(newest, compared, newest.c.plain_title == compared.c.plain_title)
        .where(compared.c.rank >= NEAR_ENOUGH)
        .cte("near")
    )


def _newest(kind: SearchKind, condition: ColumnElement[bool]) -> Subquery:
    """The newest that fit, and only of these the rank: it is what costs, a word like "báo cáo" stands everywhere."""
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.object_id, SearchEntry.happened_at)
    return (
        select(*columns, SearchEntry.vector)
        .where(SearchEntry.kind == kind.name, condition)
        .order_by(SearchEntry.happened_at.desc())
        .limit(MOST_OF_A_KIND)
        .subquery()
    )


def _ranked(newest: Subquery, rank: ColumnElement[float]) -> Select[Any]:
    return select(newest.c.id, newest.c.kind, newest.c.object_id, newest.c.happened_at, rank.label("rank"))


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
