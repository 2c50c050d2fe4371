"""The machine drafts as soon as a transcript is published."""

import logging
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused
from core.outbox import Payload, subscribe
from minutes.drafting.service import draft_from_transcript
from minutes.notices.refusals import NoticeNotEditable
from transcription.transcripts.models import Transcript, TranscriptRevision

log = logging.getLogger(__name__)


@subscribe("transcript.published", name="minutes.draft")
def draft_published(session: Session, payload: Payload) -> None:
    """Draft from the machine's text; not where it only waits beside a corrected one, nor once the notice has gone
    on."""
    transcript = session.get(Transcript, UUID(payload["transcript_id"]))
    revision = session.get(TranscriptRevision, UUID(payload["revision_id"]))
    if transcript is None or revision is None or not transcript.is_current:
        return
    try:
        draft_from_transcript(session, None, UUID(payload["meeting_id"]), revision)
    except (NoticeNotEditable, ClassifiedRefused) as refusal:
        log.info("no draft for transcript %s: %s", transcript.id, refusal.code)
