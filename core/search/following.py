"""The index follows its objects: what a transaction changed is read and written again just before it commits.

In: rows of the models that rooms follow, noticed when they are flushed; rows written past the session are told by
`touch`. Out: the index, in the same transaction; if that is given up, so is what was written here.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event, func, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from core.search import index
from core.search.kinds import kind_named
from core.search.models import SearchEntry

log = logging.getLogger(__name__)

Subject = tuple[str, UUID]
#: In the place of a kind: everything in the index that belongs to the meeting of this identity.
OF_MEETING = "*"
_TOUCHED = "search_touched"


class _Followed:
    """What to do about a changed row of one model."""

    def __init__(self, subjects: Callable[[Any], Iterable[Subject]], fields: Collection[str]) -> None:
        self.subjects, self.fields = subjects, frozenset(fields)

    def concerns(self, row: Any) -> bool:
        """Whether something was changed that the index says."""
        attributes = inspect(row).attrs
        return any(attributes[name].history.has_changes() for name in self.fields)


_followed: dict[type, _Followed] = {}
#: Engines whose database has the table; asked once of each.
_ready: set[str] = set()


def follow(model: type, subjects: Callable[[Any], Iterable[Subject]], *, fields: Collection[str] = ()) -> None:
    """Let a row of `model` renew what `subjects` names: when it comes or goes, and when one of `fields` changes."""
    _followed[model] = _Followed(subjects, fields)


def touch(session: Session, kind: str, object_ids: Iterable[UUID]) -> None:
    """Renew these objects in the index before the transaction commits."""
    touched: set[Subject] = session.info.setdefault(_TOUCHED, set())
    touched.update((kind, object_id) for object_id in object_ids)


def renew(session: Session, kind: str, object_id: UUID) -> int:
    """Read one object and let the index say just that; returns how many passages changed. Raises KeyError."""
    found = kind_named(kind)
    if found is None:
        raise KeyError(kind)
    return index.keep(session, kind, object_id, found.read(session, object_id))


def _note_changes(session: Session, _context: UOWTransaction) -> None:
    for row in (*session.new, *session.deleted):
        _note(session, row)
    for row in session.dirty:
        if (followed := _followed.get(type(row))) is not None and followed.concerns(row):
            _note(session, row)


def _note(session: Session, row: Any) -> None:
    if (followed := _followed.get(type(row))) is not None:
        for kind, object_id in followed.subjects(row):
            touch(session, kind, [object_id])


def _write_changes(session: Session) -> None:
    session.flush()
    touched: set[Subject] = session.info.pop(_TOUCHED, set())
    if not touched or not has_table(session):
        return
    touched = _spelt_out(session, touched)
    # Always in one order: two transactions with the same objects wait for each other instead of standing crosswise.
    for kind, object_id in sorted(touched, key=str):
        renew(session, kind, object_id)


def _spelt_out(session: Session, touched: set[Subject]) -> set[Subject]:
    """With the objects of the meetings named as a whole."""
    meetings = [object_id for kind, object_id in touched if kind == OF_MEETING]
    named = {subject for subject in touched if subject[0] != OF_MEETING}
    if not meetings:
        return named
    rows = session.execute(
        select(SearchEntry.kind, SearchEntry.object_id).where(SearchEntry.meeting_id.in_(meetings)).distinct()
    )
    return named | set(rows)


def has_table(session: Session) -> bool:
    """False while the schema is older than the program: no save may fail for that; `diemcau reindex` puts it right."""
    bind = session.get_bind()
    name = str(bind.url if isinstance(bind, Engine) else bind.engine.url)
    if name not in _ready:
        if session.scalar(select(func.to_regclass(SearchEntry.__tablename__))) is None:
            log.warning("no table of passages yet: migrate, then make the index again")
            return False
        _ready.add(name)
    return True


def _forget_changes(session: Session) -> None:
    session.info.pop(_TOUCHED, None)


event.listen(Session, "after_flush", _note_changes)
event.listen(Session, "before_commit", _write_changes)
event.listen(Session, "after_rollback", _forget_changes)
