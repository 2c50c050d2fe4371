"""One request's bytes: checked against what was announced, kept as far as they came, counted when they are safe.

No row is locked and no connection held while bytes come in: a line may take minutes to break. Whoever is second at
the same place is refused when the part is written down.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database, undo_on_refusal
from core.errors import Invalid, NotFound, Refusal
from core.lifecycles import apply
from core.permissions import Actor
from core.runtime import current
from core.storage import StoredObject
from transcription.errors import RecordingNotKept
from transcription.recordings.uploads import limits, room, states
from transcription.recordings.uploads.errors import UploadDamaged, UploadOffsetWrong, UploadOver, UploadTooLarge
from transcription.recordings.uploads.models import RecordingUpload, RecordingUploadPart
from transcription.recordings.uploads.service import get_upload, locked_together

#: Sums that a sender may send along (tus 1.0, extension checksum; it demands SHA-1).
CHECKSUMS = ("sha1", "sha256")


class LineBroken(OSError):
    """The sender is gone in mid-sentence; raised by the stream, never by the storage."""


@dataclass(frozen=True)
class Checksum:
    """What the sender says its bytes sum up to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True)
class Received:
    """How far an upload has come after one request."""

    offset_bytes: int
    is_complete: bool
    #: Until when it is kept, if nothing more comes.
    expires_at: datetime


def read_checksum(header: str) -> Checksum:
    """`sha256 BASE64` → a value. Raises Invalid for another algorithm or what is no base64."""
    algorithm, _, coded = header.strip().partition(" ")
    try:
        digest = base64.b64decode(coded, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in CHECKSUMS or len(digest) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
        raise Invalid(field="Upload-Checksum", reason=f"cần một trong: {', '.join(CHECKSUMS)}, mã hóa base64")
    return Checksum(algorithm, digest)


def receive(
    database: Database,
    actor: Actor,
    meeting_id: UUID,
    upload_id: UUID,
    offset_bytes: int,
    stream: BinaryIO,
    checksum: Checksum | None = None,
) -> Received:
    """Take what one request brings, from `offset_bytes` on.

    A line that breaks off costs only what was not here yet; with a checksum, what came cannot be proved and is left.

    Raises:
        NotFound, Forbidden, ClassifiedRefused: nothing is read. UploadOffsetWrong, UploadOver.
        UploadTooLarge: more came than was announced. UploadDamaged: another sum. RecordingNotKept: no room.
    """
    with database.transaction() as session:
        left = _left(get_upload(session, actor, meeting_id, upload_id), offset_bytes)
    source = _Measured(stream, left, checksum.algorithm if checksum else "sha1")
    try:
        stored = current().storage.put(source, prefix=room.PREFIX)  # type: ignore[arg-type]
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error
    try:
        _judge(source, stored, left, checksum)
    except Refusal:
        current().storage.delete(stored.key)
        raise
    with database.transaction() as session:
        undo_on_refusal(session, partial(current().storage.delete, stored.key))
        return _write_down(session, actor, upload_id, offset_bytes, stored)


class _Measured:
    """A stream that sums up what is read, ends where the line breaks, and reads one byte more than may come."""

    def __init__(self, stream: BinaryIO, most: int, algorithm: str) -> None:
        self._stream, self._allowed = stream, most + 1
        self.digest = hashlib.new(algorithm, usedforsecurity=False)
        self.is_broken = False

    def read(self, size: int) -> bytes:
        try:
            chunk = self._stream.read(min(size, self._allowed)) if self._allowed else b""
        except LineBroken:
            self.is_broken = True
            return b""
        self._allowed -= len(chunk)
        self.digest.update(chunk)
        return chunk


def _left(row: RecordingUpload, offset_bytes: int) -> int:
    if row.state != states.RECEIVING:
        raise UploadOver
    if row.offset_bytes != offset_bytes:
        raise UploadOffsetWrong(wanted=row.offset_bytes, sent=offset_bytes)
    return row.size_bytes - offset_bytes


def _judge(source: _Measured, stored: StoredObject, left: int, checksum: Checksum | None) -> None:
    if stored.size_bytes > left:
        raise UploadTooLarge(limit=limits.in_words(left))
    if checksum and not hmac.compare_digest(source.digest.digest(), checksum.digest):
        raise UploadDamaged


def _write_down(session: Session, actor: Actor, upload_id: UUID, offset_bytes: int, stored: StoredObject) -> Received:
    together = locked_together(session, upload_id)
    row = next((row for row in together if row.id == upload_id), None)
    if row is None:  # given up in the meantime
        raise NotFound
    left = _left(row, offset_bytes)
    if not stored.size_bytes:
        current().storage.delete(stored.key)
        return Received(row.offset_bytes, False, row.expires_at)
    parts = select(func.count()).select_from(RecordingUploadPart).where(RecordingUploadPart.upload_id == row.id)
    limits.refuse_crumbs(session.scalars(parts).one(), row.size_bytes)
    part = RecordingUploadPart(
        upload_id=row.id, offset_bytes=offset_bytes, size_bytes=stored.size_bytes,
        sha256=stored.sha256, object_key=stored.key,
    )  # fmt: skip
    session.add(part)
    row.offset_bytes = offset_bytes + stored.size_bytes
    until = limits.expires(current().clock(), limits.caps_of(current().settings))
    for other in together:
        # Whatever comes shows that somebody is at it: at this file, and at those sent together with it.
        other.expires_at = until
    if stored.size_bytes == left:
        apply(session, states.UPLOAD, row, "completed", actor=actor)
    return Received(row.offset_bytes, row.state == states.COMPLETE, row.expires_at)
