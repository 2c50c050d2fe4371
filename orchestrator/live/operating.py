"""The question before every act of the live hour: which meeting, may this person, is there anything to operate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload, selectinload

from core.errors import SignInRequired
from core.permissions import Action, Actor, require
from orchestrator.live.refusals import MeetingCancelled
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import get_meeting


def operated_meeting(session: Session, actor: Actor | None, meeting_id: UUID, action: Action) -> tuple[Meeting, Actor]:
    """The meeting and who acts. Raises NotFound, Forbidden, SignInRequired, MeetingCancelled.

    A closed meeting may still be written about: the log and the roll are completed after the hour.
    """
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, action, meeting)
    if actor is None:
        raise SignInRequired
    if meeting.state == states.CANCELLED:
        raise MeetingCancelled
    return meeting, actor


#: What an operator looks for: what is on, what was on this day, what comes in the next days.
_BEFORE, _AFTER = timedelta(hours=12), timedelta(days=3)
_MOST_LISTED = 50


def meetings_to_operate(session: Session, actor: Actor | None, now: datetime) -> Sequence[Meeting]:
    """Meetings that are on or near, in the order of time. Raises Forbidden for those who operate nothing."""
    require(actor, Action.OPERATE_CONTENT)
    query = (
        select(Meeting)
        .where(
            Meeting.state.in_((states.PLANNED, states.OPEN)),
            Meeting.ends_at >= now - _BEFORE,
            Meeting.starts_at <= now + _AFTER,
        )
        # A card shows times and how many endpoints: nobody's people, agenda or papers are read for it.
        .options(lazyload("*"), selectinload(Meeting.endpoints).lazyload("*"))
        .order_by(Meeting.starts_at, Meeting.code)
        .limit(_MOST_LISTED)
    )
    return session.scalars(query).all()
