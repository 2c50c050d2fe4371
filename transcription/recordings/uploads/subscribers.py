"""A meeting that turns out to be classified takes nothing more, and keeps nothing of what was on its way."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from transcription.recordings.uploads.service import discard_of_meeting


@subscribe("meeting.classified", name="transcription.discard_uploads")
def discard_uploads(session: Session, payload: Payload) -> None:
    """Throw away what is on its way to the meeting."""
    discard_of_meeting(session, UUID(payload["id"]))
