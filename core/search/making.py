"""The whole index made again from what the house holds: after an upgrade, a restore, or a change of the rules.

Object by object, a few in one transaction, so that work goes on meanwhile and a second run writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.database import Database
from core.search.following import renew
from core.search.kinds import SearchKind, kinds
from core.search.models import SearchEntry

_OBJECTS_AT_ONCE = 50


def make_again(database: Database, tell: Callable[[str, int, int], None]) -> int:
    """Renew every object and take away what has none any more; returns how many passages changed.

    Args:
        tell: called after each batch with the kind, how many of its objects are done, and how many there are.
    """
    return sum(_make_kind(database, kind, tell) for kind in kinds())


def _make_kind(database: Database, kind: SearchKind, tell: Callable[[str, int, int], None]) -> int:
    with database.transaction() as session:
        object_ids = list(session.scalars(kind.every()))
        changed = _drop_strays(session, kind)
    done = 0
    for batch in _batches(object_ids):
        with database.transaction() as session:
            changed += sum(renew(session, kind.name, object_id) for object_id in sorted(batch))
        done += len(batch)
        tell(kind.name, done, len(object_ids))
    return changed


def _drop_strays(session: Session, kind: SearchKind) -> int:
    strays = delete(SearchEntry).where(SearchEntry.kind == kind.name, SearchEntry.object_id.not_in(kind.every()))
    return len(session.execute(strays.returning(SearchEntry.id)).all())


def _batches(object_ids: Iterable[UUID]) -> Iterator[tuple[UUID, ...]]:
    rest = iter(object_ids)
    while batch := tuple(islice(rest, _OBJECTS_AT_ONCE)):
        yield batch
