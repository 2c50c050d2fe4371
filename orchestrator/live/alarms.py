"""Alarms of one meeting's room as its operators work through them; they are raised by what Prosody tells us."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.live.models import LiveAlarm

#: Newest alarms that a console shows.
MOST_SHOWN = 20


def alarms_of(session: Session, meeting_id: UUID) -> Sequence[LiveAlarm]:
    """Alarms nobody has dealt with: of this meeting, and of rooms that belong to none. Newest first."""
    query = select(LiveAlarm).where(
        LiveAlarm.resolved_at.is_(None), or_(LiveAlarm.meeting_id == meeting_id, LiveAlarm.meeting_id.is_(None))
    )
    return session.scalars(query.order_by(LiveAlarm.created_at.desc(), LiveAlarm.id).limit(MOST_SHOWN)).all()


def resolve_alarm(session: Session, actor: Actor | None, alarm_id: UUID) -> LiveAlarm:
    """An operator has looked into it; the same trouble again raises it again. Raises NotFound, Forbidden."""
    require(actor, Action.OPERATE_MEETING)
    alarm = session.get(LiveAlarm, alarm_id, with_for_update=True)
    if alarm is None:
        raise NotFound
    if alarm.resolved_at is None:
        alarm.resolved_at = current().clock()
        audit.record(session, actor, "alarm.resolved", "live_alarm", alarm.id, kind=alarm.kind)
    return alarm
