"""Files on their way to us: announced, looked at, given up. Their bytes come in through `receiving`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from core import audit
from core.database import after_commit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from transcription.recordings.service import shown_name
from transcription.recordings.uploads import limits, room, states
from transcription.recordings.uploads.models import RecordingUpload, RecordingUploadPart

UNFINISHED = (states.RECEIVING, states.COMPLETE)


@dataclass(frozen=True)
class NewUpload:
    """What the sender announces. `batch_id` joins files that are sent together, `batch_size` says how many they are."""

    name: str
    size_bytes: int
    batch_id: UUID | None = None
    batch_size: int = 1


def begin(session: Session, actor: Actor, meeting_id: UUID, new: NewUpload) -> RecordingUpload:
    """Take note of a file that will be sent.

    Raises:
        NotFound, Forbidden, ClassifiedRefused, Invalid. UploadTooLarge, UploadsTooMany, UploadNoRoom: before a byte
        has been sent.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)
    caps = limits.caps_of(current().settings)
    limits.refuse_size(new.size_bytes, caps)
    limits.refuse_batch(new.batch_size, new.batch_id is not None)
    # Two announcements of one person at the same moment must not both be the last one allowed.
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:sender, 6))"), {"sender": f"{actor.account_id}"}
    )
    limits.refuse_too_many(new.size_bytes, _unfinished_of(session, actor.account_id), caps)
    limits.refuse_without_room(new.size_bytes, _still_to_come(session), room.free_bytes(current().storage))
    _refuse_strange_batch(session, actor, meeting_id, new)
    row = RecordingUpload(
        meeting_id=meeting_id,
        meeting=meeting,
        sender_id=actor.account_id,
        original_name=shown_name(new.name),
        size_bytes=new.size_bytes,
        batch_id=new.batch_id,
        batch_size=new.batch_size,
        state=states.RECEIVING,
        expires_at=limits.expires(current().clock(), caps),
        refusal=None,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "recording_upload.begun", "recording_upload", row.id,
        meeting_id=meeting_id, size_bytes=new.size_bytes,
    )  # fmt: skip
    return row


def get_upload(session: Session, actor: Actor, meeting_id: UUID, upload_id: UUID) -> RecordingUpload:
    """One's own upload to this meeting. Raises NotFound (another's too), Forbidden, ClassifiedRefused."""
    row = session.get(RecordingUpload, upload_id)
    if row is None or row.meeting_id != meeting_id or row.sender_id != actor.account_id:
        raise NotFound
    require(actor, Action.UPLOAD_RECORDING, row.meeting)
    refuse_classified(row.meeting.classification)
    return row


def unfinished_uploads(session: Session, actor: Actor, meeting_id: UUID) -> Sequence[RecordingUpload]:
    """One's own uploads to this meeting that are not a recording yet, the oldest first. Raises NotFound, Forbidden."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.UPLOAD_RECORDING, meeting)
    query = select(RecordingUpload).where(
        RecordingUpload.meeting_id == meeting_id,
        RecordingUpload.sender_id == actor.account_id,
        RecordingUpload.state.in_(UNFINISHED),
    )
    return session.scalars(query.order_by(RecordingUpload.created_at, RecordingUpload.id)).all()


def discard(session: Session, actor: Actor, meeting_id: UUID, upload_id: UUID) -> Sequence[UUID]:
    """Give one's own upload up; its bytes go with it.

    Returns:
        Those sent together with it: they may have waited for nothing else, and want to be finished now.

    Raises:
        NotFound, Forbidden, ClassifiedRefused.
    """
    row = get_upload(session, actor, meeting_id, upload_id)
    others = [other.id for other in locked_together(session, row.id) if other.id != row.id]
    remove(session, row, actor=actor, action="recording_upload.discarded")
    return others[:1]


def discard_of_meeting(session: Session, meeting_id: UUID) -> int:
    """Throw away all that is on its way to a meeting, whoever sends it; returns how many files that were."""
    rows = session.scalars(select(RecordingUpload).where(RecordingUpload.meeting_id == meeting_id)).all()
    for row in rows:
        remove(session, row, actor=None, action="recording_upload.discarded")
    return len(rows)


def remove(session: Session, row: RecordingUpload, *, actor: Actor | None, action: str) -> None:
    """Take the row and its bytes away; what was sent together with it is one file less."""
    for other in locked_together(session, row.id):
        if other.id != row.id:
            other.batch_size = max(1, other.batch_size - 1)
    drop_parts(session, row)
    session.delete(row)
    audit.record(
        session, actor, action, "recording_upload", row.id,
        meeting_id=row.meeting_id, size_bytes=row.size_bytes, offset_bytes=row.offset_bytes, state=row.state,
    )  # fmt: skip


def locked_together(session: Session, upload_id: UUID) -> Sequence[RecordingUpload]:
    """The upload and all of its batch, locked in an order that everybody keeps; waits for whoever is at it."""
    batch_id = session.scalar(select(RecordingUpload.batch_id).where(RecordingUpload.id == upload_id))
    which = RecordingUpload.id == upload_id if batch_id is None else RecordingUpload.batch_id == batch_id
    query = select(RecordingUpload).where(which).order_by(RecordingUpload.id).with_for_update(of=RecordingUpload)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def drop_parts(session: Session, row: RecordingUpload) -> None:
    """Take its parts away: the rows now, the bytes once that is safe."""
    gone = delete(RecordingUploadPart).where(RecordingUploadPart.upload_id == row.id)
    keys = session.scalars(gone.returning(RecordingUploadPart.object_key)).all()
    after_commit(session, partial(delete_objects, keys))


def delete_objects(keys: Iterable[str]) -> None:
    """Out of the storage."""
    for key in keys:
        current().storage.delete(key)


def _unfinished_of(session: Session, account_id: UUID) -> limits.Unfinished:
    query = select(func.count(), func.coalesce(func.sum(RecordingUpload.size_bytes), 0)).where(
        RecordingUpload.sender_id == account_id, RecordingUpload.state.in_(UNFINISHED)
    )
    count, announced = session.execute(query).one()
    return limits.Unfinished(count, int(announced))


def _still_to_come(session: Session) -> int:
    query = select(func.coalesce(func.sum(RecordingUpload.size_bytes - RecordingUpload.offset_bytes), 0))
    return int(session.scalars(query.where(RecordingUpload.state == states.RECEIVING)).one())


def _refuse_strange_batch(session: Session, actor: Actor, meeting_id: UUID, new: NewUpload) -> None:
    """A batch is one person's, of one meeting, and has the size that its first file said."""
    if new.batch_id is None:
        return
    rows = session.scalars(select(RecordingUpload).where(RecordingUpload.batch_id == new.batch_id)).all()
    own = all((row.sender_id, row.meeting_id) == (actor.account_id, meeting_id) for row in rows)
    if not own or len(rows) >= new.batch_size or any(row.batch_size != new.batch_size for row in rows):
        raise Invalid(field="các phần", reason="không khớp với các tệp đã gửi cùng lần này; hãy chọn lại các tệp")
