"""Every saved correction teaches."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from transcription.vocabulary.learned.service import learn


@subscribe("transcript.corrected", name="transcription.learn")
def learn_corrected(session: Session, payload: Payload) -> None:
    """Names that somebody set right become vocabulary of the units' next meetings."""
    learn(session, UUID(payload["transcript_id"]))
