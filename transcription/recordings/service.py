"""Receiving recordings: stored with their hash before anything is asked of them, kept whatever happens afterwards."""

import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit, outbox
from core.database import undo_on_refusal
from core.errors import NotFound
from core.permissions import Action, Actor, can, require
from core.runtime import current
from core.storage import StoredObject
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from transcription.errors import RecordingNotKept
from transcription.pipeline.service import start_job
from transcription.recordings import states
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.roster import UNKNOWN_ROSTER, Roster

MOST_NAME_LETTERS = 255


class Readable(Protocol):
    """All that is asked of a stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; empty at the end."""


def receive_upload(session: Session, actor: Actor, meeting_id: UUID, filename: str, stream: BinaryIO) -> Recording:
    """Keep an uploaded file and start its transcription; the same bytes for the same meeting are one recording.

    Raises:
        NotFound, Forbidden. ClassifiedRefused: nothing is read from the stream.
        RecordingNotKept: the storage could not take it; nothing half-written stays behind.
    """
    meeting = _meeting(session, meeting_id)
    require(actor, Action.UPLOAD_RECORDING, meeting)
    return keep(session, meeting, stream, name=filename, source=RecordingSource.UPLOAD, actor=actor)


def keep(
    session: Session,
    meeting: Meeting,
    stream: BinaryIO,
    *,
    name: str,
    source: RecordingSource,
    actor: Actor | None = None,
    roster: Roster = UNKNOWN_ROSTER,
) -> Recording:
    """Store the bytes, write the row, start the job. Raises ClassifiedRefused, RecordingNotKept."""
    refuse_classified(meeting.classification)
    stored = store(session, stream)
    return keep_stored(session, meeting, stored, name=name, source=source, actor=actor, roster=roster)


def store(session: Session, stream: Readable) -> StoredObject:
    """The bytes of a recording into the storage, gone again with this transaction. Raises RecordingNotKept."""
    try:
        stored = current().storage.put(stream, prefix="recordings")  # type: ignore[arg-type]  # it only reads
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error
    undo_on_refusal(session, partial(current().storage.delete, stored.key))
    return stored


def keep_stored(
    session: Session,
    meeting: Meeting,
    stored: StoredObject,
    *,
    name: str,
    source: RecordingSource,
    actor: Actor | None = None,
    roster: Roster = UNKNOWN_ROSTER,
) -> Recording:
    """Write the row of bytes just stored and start the job; the same bytes for the same meeting are one recording."""
    known = _find(session, meeting.id, stored.sha256)
    if known is not None:
        current().storage.delete(stored.key)
        return known
    recording = _row(meeting, stored, name, source, actor, roster)
    try:
        with session.begin_nested():
            session.add(recording)
    except IntegrityError:
        # The same file came twice at the same moment; the other one was faster.
        current().storage.delete(stored.key)
        session.expire_all()
        return _find(session, meeting.id, stored.sha256) or _gone()
    start_job(session, recording)
    outbox.emit(session, "recording.received", recording_id=recording.id, meeting_id=meeting.id)
    audit.record(
        session, actor, "recording.received", "recording", recording.id,
        sha256=stored.sha256, size_bytes=stored.size_bytes, source=source.value,
    )  # fmt: skip
    return recording


def list_recordings(session: Session, actor: Actor | None, meeting_id: UUID) -> Sequence[Recording]:
    """Recordings of a meeting, the first received first."""
    meeting = _meeting(session, meeting_id)
    if not can(actor, Action.LISTEN, meeting):
        require(actor, Action.UPLOAD_RECORDING, meeting)
    query = select(Recording).where(Recording.meeting_id == meeting_id)
    return session.scalars(query.order_by(Recording.created_at, Recording.id)).all()


def open_recording(session: Session, actor: Actor | None, recording_id: UUID) -> tuple[Recording, BinaryIO]:
    """A recording and its bytes as received, seekable; the caller closes the stream. Raises NotFound, Forbidden."""
    recording = session.get(Recording, recording_id)
    if recording is None:
        raise NotFound
    require(actor, Action.LISTEN, recording)
    return recording, current().storage.open(recording.object_key)


def shown_name(name: str) -> str:
    """A sender's name for a file as it may be shown: composed letters, no control characters, not too long."""
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(letter for letter in composed if letter.isprintable()).strip()
    return visible[-MOST_NAME_LETTERS:] or "ban-ghi"


def _meeting(session: Session, meeting_id: UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    return meeting


def _find(session: Session, meeting_id: UUID, sha256: str) -> Recording | None:
    return session.scalar(select(Recording).where(Recording.meeting_id == meeting_id, Recording.sha256 == sha256))


def _gone() -> Recording:
    raise RecordingNotKept(reason="bản trùng vừa bị gỡ")


def _row(
    meeting: Meeting,
    stored: StoredObject,
    name: str,
    source: RecordingSource,
    actor: Actor | None,
    roster: Roster,
) -> Recording:
    return Recording(
        meeting_id=meeting.id,
        source=source,
        original_name=shown_name(name),
        object_key=stored.key,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        state=states.RECEIVED,
        duration_seconds=None,
        roster_state=roster.state,
        roster=list(roster.people),
        received_from=actor.account_id if actor else None,
    )
