"""How many connections the room of a meeting may hold: what Prosody is told, and what the live room is held against."""

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from orchestrator.caps import service as caps
from orchestrator.live.console_seat import CONSOLE_SEATS
from orchestrator.meetings.models import Meeting


def seats_of(session: Session, meeting: Meeting) -> int:
    """One per endpoint and the operator's console's own, never past the strictest cap on connections.

    The recorder has none: Prosody's whitelist lets it into a full room (CONTRACTS §4).
    """
    seats = len(meeting.endpoints) + CONSOLE_SEATS
    day = in_vietnam(meeting.starts_at).date()
    cap = caps.connection_cap(session, day, kind=meeting.kind, meeting_id=meeting.id)
    return seats if cap is None else min(seats, cap)
