"""A transcript as a file: VTT to watch beside the video, JSON for programs."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.permissions import Actor
from orchestrator.meetings.classification import refuse_classified
from transcription.exports.transcript_json import to_json_bytes
from transcription.exports.vtt import to_vtt
from transcription.transcripts import service


def export(session: Session, actor: Actor, transcript_id: UUID, kind: str) -> tuple[bytes, str, str]:
    """Bytes, file name and media type of the newest revision. Raises NotFound, ClassifiedRefused."""
    transcript = service.get_transcript(session, actor, transcript_id)
    refuse_classified(transcript.meeting.classification)
    revision = service.latest(session, transcript_id)
    document = service.document_of(session, revision)
    name = f"go-bang-{transcript.meeting.code}-ban-{revision.number}.{kind}"
    if kind == "vtt":
        return to_vtt(document).encode(), name, "text/vtt"
    return to_json_bytes(document), name, "application/json"
