"""A file whose last byte is here becomes a recording: its parts are read as one, into the way every recording comes in.

Asked for by the request that brought the last byte, and again by the sweep where that process died.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.database import Database
from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound, Refusal
from core.lifecycles import apply
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.errors import RecordingNotKept
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.parts import in_order, join_recordings
from transcription.recordings.service import keep_stored, store
from transcription.recordings.uploads import states
from transcription.recordings.uploads.models import RecordingUpload, RecordingUploadPart
from transcription.recordings.uploads.service import drop_parts, locked_together

#: Another try would end in the same way.
_FOR_GOOD = (ClassifiedRefused, Forbidden, Invalid, NotFound)


def finish(database: Database, upload_id: UUID, actor: Actor | None = None) -> None:
    """Make a recording of it, or of the whole batch; nothing where something is missing or another process is at it.

    Args:
        actor: who sent the last byte; None: the sender is looked up.

    A refusal is written down with the upload and raised no further: the sender asks how it stands.
    """
    try:
        with database.transaction() as session:
            rows = _taken(session, upload_id)
            if rows:
                _keep(session, actor or _sender(session, rows[0]), rows)
    except (*_FOR_GOOD, RecordingNotKept) as refusal:
        _write_down(database, upload_id, refusal)


def waiting(session: Session) -> Sequence[UUID]:
    """Uploads that are whole and no recording yet."""
    query = select(RecordingUpload.id).where(RecordingUpload.state == states.COMPLETE)
    return session.scalars(query.order_by(RecordingUpload.created_at, RecordingUpload.id)).all()


def _taken(session: Session, upload_id: UUID) -> Sequence[RecordingUpload]:
    """The row or its whole batch, locked; empty where something of it is missing, or nothing is left to do."""
    rows = locked_together(session, upload_id)
    whole = [row for row in rows if row.state == states.COMPLETE]
    return whole if whole and len(whole) >= whole[0].batch_size else ()


def _keep(session: Session, actor: Actor, rows: Sequence[RecordingUpload]) -> None:
    meeting = rows[0].meeting
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)
    known = frozenset(session.scalars(select(Recording.id).where(Recording.meeting_id == meeting.id)))
    # All bytes first: the first line in the audit trail holds up everybody else's until this transaction is over.
    stored = [store(session, Joined([part.object_key for part in parts_of(session, row.id)])) for row in rows]
    kept: dict[UUID, Recording] = {}
    for row, content in zip(rows, stored, strict=True):
        recording = keep_stored(
            session, meeting, content, name=row.original_name, source=RecordingSource.UPLOAD, actor=actor
        )
        row.is_duplicate = recording.id in known
        kept[recording.id] = recording
    whole = next(iter(kept.values()))
    if len(kept) > 1:
        whole = join_recordings(session, actor, meeting.id, [part.id for part in in_order(list(kept.values()))])
    for row in rows:
        row.recording_id, row.refusal = whole.id, None
        apply(session, states.UPLOAD, row, "kept", actor=actor, recording_id=whole.id)
        drop_parts(session, row)


def _sender(session: Session, row: RecordingUpload) -> Actor:
    account = session.get(Account, row.sender_id)
    if account is None or not account.active:
        raise Forbidden
    return Actor(account.id, account.display_name, account.role_set)


def _write_down(database: Database, upload_id: UUID, refusal: Refusal) -> None:
    """Why it is no recording: for good, or until the disk has room again."""
    with database.transaction() as session:
        for row in _taken(session, upload_id):
            row.refusal = {"code": refusal.code, "params": {key: str(value) for key, value in refusal.params.items()}}
            if isinstance(refusal, _FOR_GOOD):
                apply(session, states.UPLOAD, row, "refused", actor=None, reason=refusal.code)
                drop_parts(session, row)


class Joined:
    """The objects behind these keys, read one after another as one stream; never more than one is open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._streams = self._opened(keys)
        self._now: BinaryIO | None = next(self._streams, None)

    def read(self, size: int) -> bytes:
        """At most `size` bytes, which must be more than none; empty at the end."""
        while self._now is not None:
            chunk = self._now.read(size)
            if chunk:
                return chunk
            self._now = next(self._streams, None)
        return b""

    def _opened(self, keys: Sequence[str]) -> Iterator[BinaryIO]:
        for key in keys:
            with current().storage.open(key) as stream:
                yield stream


def parts_of(session: Session, upload_id: UUID) -> Sequence[RecordingUploadPart]:
    """Its parts in order, each with its SHA-256: a sender proves with them that its file begins like ours."""
    query = select(RecordingUploadPart).where(RecordingUploadPart.upload_id == upload_id)
    return session.scalars(query.order_by(RecordingUploadPart.offset_bytes)).all()
