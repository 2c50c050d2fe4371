"""A transcript as a file: VTT and SRT to watch beside the video, TXT and DOCX to read, JSON for programs."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Actor
from orchestrator.meetings.classification import refuse_classified
from transcription.document import TranscriptDocument
from transcription.exports.reading_copy import Heading, to_docx, to_txt
from transcription.exports.srt import to_srt
from transcription.exports.transcript_json import to_json_bytes
from transcription.exports.vtt import to_vtt
from transcription.transcripts import service
from transcription.transcripts.models import Transcript

Kind = Literal["vtt", "srt", "txt", "docx", "json"]
KINDS: tuple[str, ...] = get_args(Kind)
#: For the address of a route.
ANY_KIND = f"any({', '.join(KINDS)})"
_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def export(session: Session, actor: Actor, transcript_id: UUID, kind: str) -> tuple[bytes, str, str]:
    """Bytes, file name and media type of the newest revision. Raises NotFound, ClassifiedRefused."""
    transcript = service.get_transcript(session, actor, transcript_id)
    refuse_classified(transcript.meeting.classification)
    revision = service.latest(session, transcript_id)
    document = service.document_of(session, revision)
    name = f"go-bang-{transcript.meeting.code}-ban-{revision.number}.{kind}"
    return _written(kind, document, _heading(transcript, revision.number)), name, _TYPES[kind]


def _written(kind: str, document: TranscriptDocument, heading: Heading) -> bytes:
    match kind:
        case "vtt":
            return to_vtt(document).encode()
        case "srt":
            return to_srt(document).encode()
        case "txt":
            return to_txt(document, heading).encode()
        case "docx":
            return to_docx(document, heading)
        case _:
            return to_json_bytes(document)


def _heading(transcript: Transcript, number: int) -> Heading:
    meeting = transcript.meeting
    return Heading.of(meeting.title, in_vietnam(meeting.starts_at).strftime("%H:%M ngày %d/%m/%Y"), number)
