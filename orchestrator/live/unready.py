"""How many endpoints of coming meetings are not ready yet: no check, one that found something, one too long ago."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from orchestrator.live.models import ReadinessCheck
from orchestrator.live.readiness import still_counts
from orchestrator.meetings.models import MeetingEndpoint


def unready_places(session: Session, actor: Actor, meeting_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Number of such endpoints by meeting, asked once for all; meetings without any are left out."""
    require(actor, Action.OPERATE_CONTENT)
    newest = (
        select(ReadinessCheck.meeting_endpoint_id, ReadinessCheck.at, ReadinessCheck.problems)
        .join(MeetingEndpoint, MeetingEndpoint.id == ReadinessCheck.meeting_endpoint_id)
        .where(MeetingEndpoint.meeting_id.in_(meeting_ids))
        .ext(distinct_on(ReadinessCheck.meeting_endpoint_id))
        .order_by(ReadinessCheck.meeting_endpoint_id, ReadinessCheck.at.desc(), ReadinessCheck.created_at.desc())
        .subquery()
    )
    places = (
        select(MeetingEndpoint.meeting_id, MeetingEndpoint.meeting_starts_at, newest.c.at, newest.c.problems)
        .outerjoin(newest, newest.c.meeting_endpoint_id == MeetingEndpoint.id)
        .where(MeetingEndpoint.meeting_id.in_(meeting_ids), MeetingEndpoint.withdrawn_at.is_(None))
    )
    return Counter(
        row.meeting_id
        for row in session.execute(places)
        if row.at is None or row.problems or not still_counts(row.at, row.meeting_starts_at)
    )
