"""Periods, holds, and the removal itself: what is too old and not held goes, and a row says how much it was."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound, Refusal
from core.permissions import Action, Actor, require
from core.retention import messages as messages  # registers the sentences
from core.retention.kinds import BATCH, Kind, Removed, kind_named, kinds
from core.retention.models import RemovedObject, RetentionHold, RetentionPeriod, RetentionRemoval
from core.runtime import Runtime, current

log = logging.getLogger(__name__)
LONGEST_DAYS = 365 * 100
_KINDS_OF_DATA = UUID("6f0c1f4e-2f1d-4c53-9a53-0d7b1c9d1a11")


class HoldStanding(Refusal):
    """There is a hold already; parameter `meeting`."""

    code = "hold_standing"
    http_status = 409


class ObjectRemoved(Refusal):
    """A stored file whose time was up; parameter `day`."""

    code = "object_removed"
    http_status = 410


@dataclass(frozen=True)
class Keeping:
    """One kind with the days it is kept (None: for ever) and its last removal."""

    kind: Kind
    days: int | None
    last: RetentionRemoval | None


def keepings(session: Session) -> list[Keeping]:
    """All kinds as they are kept now."""
    chosen = {row.kind: row.days for row in session.scalars(select(RetentionPeriod))}
    newest = select(func.max(RetentionRemoval.at)).group_by(RetentionRemoval.kind)
    last = {row.kind: row for row in session.scalars(select(RetentionRemoval).where(RetentionRemoval.at.in_(newest)))}
    return [Keeping(kind, chosen.get(kind.name, kind.default_days), last.get(kind.name)) for kind in kinds()]


def choose_period(session: Session, actor: Actor | None, name: str, days: int | None) -> None:
    """Keep a kind for so many days from now on, or for ever. Raises NotFound, Forbidden, Invalid."""
    require(actor, Action.MANAGE_RETENTION)
    kind = kind_named(name)
    if kind is None or actor is None:
        raise NotFound
    if days is not None and not kind.least_days <= days <= LONGEST_DAYS:
        raise Invalid(field="số ngày", reason=f"phải từ {kind.least_days} ngày, hoặc để trống để giữ mãi")
    values = {"days": days, "changed_at": current().clock(), "changed_by_name": actor.name}
    statement = insert(RetentionPeriod).values(kind=name, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["kind"], set_=values))
    audit.record(session, actor, "retention.period_changed", "retention", _of_kind(name), data_kind=name, days=days)


def hold(session: Session, actor: Actor | None, object_id: UUID, object_code: str, reason: str) -> RetentionHold:
    """Let nothing of this meeting be removed. Raises Invalid, HoldStanding."""
    require(actor, Action.MANAGE_RETENTION)
    if not reason.strip() or len(reason) > 200:
        raise Invalid(field="lý do", reason="cần ghi, tối đa 200 ký tự")
    row = RetentionHold(
        object_id=object_id,
        object_code=object_code,
        reason=reason.strip(),
        placed_by_name=actor.name if actor else "",
        released_at=None,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise HoldStanding(meeting=object_code) from error
    audit.record(session, actor, "retention.held", "retention", row.id, meeting_id=object_id)
    return row


def release(session: Session, actor: Actor | None, hold_id: UUID) -> RetentionHold:
    """End a hold. Raises NotFound."""
    require(actor, Action.MANAGE_RETENTION)
    row = session.get(RetentionHold, hold_id, with_for_update=True)
    if row is None or row.released_at is not None:
        raise NotFound
    row.released_at, row.released_by_name = current().clock(), actor.name if actor else ""
    audit.record(session, actor, "retention.released", "retention", row.id, meeting_id=row.object_id)
    return row


def holds(session: Session) -> Sequence[RetentionHold]:
    """Those that stand, the newest first."""
    query = select(RetentionHold).where(RetentionHold.released_at.is_(None))
    return session.scalars(query.order_by(RetentionHold.created_at.desc())).all()


def removals(session: Session, limit: int = 100) -> Sequence[RetentionRemoval]:
    """What was removed, the newest first."""
    return session.scalars(select(RetentionRemoval).order_by(RetentionRemoval.at.desc()).limit(limit)).all()


def removed_at(session: Session, key: str) -> datetime | None:
    """When a stored file was removed because its time was up."""
    row = session.get(RemovedObject, key)
    return row.at if row else None


def refuse_removed(session: Session, key: str) -> None:
    """Raise ObjectRemoved for a file that was removed because its time was up."""
    at = removed_at(session, key)
    if at is not None:
        raise ObjectRemoved(day=f"{in_vietnam(at):%d/%m/%Y}")


def enforce(runtime: Runtime) -> dict[str, Removed]:
    """Remove everything whose time is up; what was removed, by kind. May run any number of times."""
    with runtime.database.transaction() as session:
        todo = [(keeping.kind, keeping.days) for keeping in keepings(session) if keeping.days is not None]
    found = {kind.name: _enforce(runtime, kind, runtime.clock() - timedelta(days=days or 0)) for kind, days in todo}
    return {name: removed for name, removed in found.items() if not removed.is_nothing}


def _enforce(runtime: Runtime, kind: Kind, before: datetime) -> Removed:
    rows, keys = 0, set[str]()
    while True:
        with runtime.database.transaction() as session:
            held = set(session.scalars(select(RetentionHold.object_id).where(RetentionHold.released_at.is_(None))))
            step = kind.remove(session, before, held)
            # Written down first: a file that a crash leaves behind is looked for again below.
            for key in sorted(step.object_keys):
                session.execute(
                    insert(RemovedObject).values(key=key, kind=kind.name, at=runtime.clock()).on_conflict_do_nothing()
                )
        for key in step.object_keys:
            runtime.storage.delete(key)
        rows, keys = rows + step.rows, keys | step.object_keys
        if step.is_nothing or step.rows < BATCH:
            break
    removed = Removed(rows, frozenset(keys))
    if not removed.is_nothing:
        _note(runtime, kind, before, removed)
    return removed


def _note(runtime: Runtime, kind: Kind, before: datetime, removed: Removed) -> None:
    with runtime.database.transaction() as session:
        row = RetentionRemoval(
            kind=kind.name, at=runtime.clock(), before=before, rows=removed.rows, objects=len(removed.object_keys)
        )
        session.add(row)
        session.flush()
        counts = {"rows": removed.rows, "objects": len(removed.object_keys)}
        audit.record(session, None, "retention.removed", "retention", row.id, data_kind=kind.name, **counts)
    log.info("retention %s: %s rows, %s objects", kind.name, removed.rows, len(removed.object_keys))


def _of_kind(name: str) -> UUID:
    """A kind is no row with an identity; the trail wants one."""
    return uuid5(_KINDS_OF_DATA, name)
