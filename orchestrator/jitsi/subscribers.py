"""What the conference hears of the plan: a meeting that is over takes its running room with it."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from orchestrator.jitsi.ending import ask_for_end


@subscribe("meeting.closed", name="jitsi.end_room")
def end_room_of_closed(session: Session, payload: Payload) -> None:
    """The operator has ended the meeting: whoever is still in is put out."""
    ask_for_end(session, UUID(payload["id"]))


@subscribe("meeting.cancelled", name="jitsi.end_room_of_cancelled")
def end_room_of_cancelled(session: Session, payload: Payload) -> None:
    """Called off while people are in, also because it turned out to be classified."""
    ask_for_end(session, UUID(payload["id"]))
