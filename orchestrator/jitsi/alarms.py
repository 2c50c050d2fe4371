"""What the operator is told of a room, and telling it once: words are `alarm_<kind>` in `messages.py`."""

import logging
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from orchestrator.live.models import LiveAlarm
from orchestrator.live.service import raise_alarm

log = logging.getLogger(__name__)


class AlarmKind(StrEnum):
    """Kinds of alarm that the conference raises."""

    UNKNOWN_ROOM = "unknown_room"
    UNKNOWN_OCCUPANT = "unknown_occupant"
    ROOM_WITHOUT_RESERVATION = "room_without_reservation"
    LEFT_WITHOUT_JOINING = "left_without_joining"
    ROOM_NOT_ALLOWED = "room_not_allowed"
    ROOM_NOT_ENDED = "room_not_ended"
    OVER_CAP = "over_cap"
    PRESENCE_UNSURE = "presence_unsure"
    RESERVATION_REFUSED = "reservation_refused"
    RECORDING_UNMATCHED = "recording_unmatched"
    RECORDING_DAMAGED = "recording_damaged"


def raise_once(
    session: Session,
    kind: AlarmKind,
    room_name: str,
    subject: str,
    payload: dict[str, Any],
    meeting_id: UUID | None = None,
) -> bool:
    """Raise what a repeated look keeps finding: once, and not again after somebody has dealt with it.

    Returns:
        whether it is new.
    """
    known = select(LiveAlarm.id).where(
        LiveAlarm.kind == kind.value, LiveAlarm.room_name == room_name, LiveAlarm.subject == subject
    )
    if session.scalar(known) is not None:
        return False
    log.warning("live alarm %s, meeting %s", kind.value, meeting_id)
    raise_alarm(session, kind.value, room_name, subject, payload, meeting_id)
    return True


def life_subject(created_at: datetime | None) -> str:
    """What makes alarms of one life of a room the same, whoever finds them: its first second."""
    return f"life {created_at.replace(microsecond=0).isoformat()}" if created_at else "life"
