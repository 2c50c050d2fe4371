"""The question before every act of the live hour: which meeting, may this person, is there anything to operate."""

from uuid import UUID

from sqlalchemy.orm import Session

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
