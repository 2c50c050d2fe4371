"""What a person is told at the door of a stored meeting; the rule itself is in `doors.py`."""

from datetime import datetime, timedelta

from core.messages import say
from core.runtime import current
from orchestrator.meetings.doors import Door, DoorPlan, door_at, first_moment
from orchestrator.meetings.models import Meeting
from orchestrator.words import vietnamese_moment


def door_of(meeting: Meeting, now: datetime) -> Door:
    """The state of a meeting's door."""
    return door_at(door_plan(meeting), now, opens_before())


def door_plan(meeting: Meeting) -> DoorPlan:
    """What the rule needs of a stored meeting."""
    return DoorPlan(
        meeting.state, meeting.classification, meeting.starts_at, meeting.ends_at, opened_at=meeting.opened_at
    )


def opens_at(meeting: Meeting) -> datetime:
    """When the door opens unless the operator opens it earlier."""
    return first_moment(meeting.starts_at, opens_before())


def opens_before() -> timedelta:
    """How long before its start a meeting may be entered, as the site has set it."""
    return timedelta(minutes=current().settings.join_opens_before_minutes)


def door_sentence(meeting: Meeting, now: datetime, locale: str = "") -> str:
    """The sentence for whoever stands at the door now."""
    return say(
        f"door_{door_of(meeting, now).value}",
        locale,
        title=meeting.title,
        opens=vietnamese_moment(opens_at(meeting)),
        reason=meeting.cancelled_because,
    )
