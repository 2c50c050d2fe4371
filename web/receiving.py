"""Taking an uploaded file in: the right is asked before its bytes are read; it is never held whole."""

from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from core.errors import Invalid
from core.permissions import Action, Actor, require
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.service import get_meeting
from transcription.recordings.models import Recording
from transcription.recordings.service import receive_upload


def require_receivable(session: Session, actor: Actor, meeting_id: UUID) -> None:
    """Raise NotFound, Forbidden, ClassifiedRefused. To be asked before the body is touched."""
    meeting = get_meeting(session, actor, meeting_id)
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)


def receive_file(session: Session, actor: Actor, meeting_id: UUID, file: FileStorage | None) -> Recording:
    """Keep the file and start its transcription. Raises Invalid where none was sent."""
    if file is None or not file.filename:
        raise Invalid(field="tệp", reason="chưa chọn tệp nào")
    return receive_upload(session, actor, meeting_id, file.filename, file.stream)  # type: ignore[arg-type]
