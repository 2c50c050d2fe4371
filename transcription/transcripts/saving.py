"""Appending a revision: what an edit makes of the newest text, if that is the one the editor saw.

In: transcript, base number, an edit from document to document. Out: the new revision, told to the higher rooms and
written into the audit trail; or TranscriptConflict with both texts.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound
from core.permissions import Action, Actor, require
from transcription.document import TranscriptDocument
from transcription.errors import TranscriptConflict
from transcription.transcripts.history import difference
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision
from transcription.transcripts.reading import LONGEST_CHAIN, document_of, latest
from transcription.transcripts.telling import sha256_of

Edit = Callable[[TranscriptDocument], TranscriptDocument]


def locked(session: Session, actor: Actor, transcript_id: UUID) -> Transcript:
    """The transcript for somebody who may correct it; others who save wait. Raises NotFound, Forbidden."""
    transcript = session.get(Transcript, transcript_id)
    if transcript is None:
        raise NotFound
    require(actor, Action.VIEW_TRANSCRIPT, transcript)
    require(actor, Action.CORRECT_TRANSCRIPT, transcript)
    session.refresh(transcript, with_for_update={"of": Transcript})
    return transcript


def save(
    session: Session, actor: Actor, transcript_id: UUID, base_number: int, edit: Edit, *, yours: str
) -> TranscriptRevision:
    """Append what the edit makes of the newest revision, unless that is not the one the editor saw."""
    transcript = locked(session, actor, transcript_id)
    newest = latest(session, transcript.id)
    before = document_of(session, newest)
    if newest.number != base_number:
        raise TranscriptConflict(base=base_number, current=newest.number, yours=yours, theirs=before.text)
    return append_edited(session, actor, transcript, newest, before, edit(before))


def append_edited(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    newest: TranscriptRevision,
    before: TranscriptDocument,
    after: TranscriptDocument,
) -> TranscriptRevision:
    """A person's revision on top of the newest; that one itself where nothing differs. The transcript is locked."""
    if after == before:
        return newest
    revision = append(session, transcript.id, newest.number + 1, RevisionSource.PERSON, actor, after, before=before)
    ids = {"transcript_id": transcript.id, "meeting_id": transcript.meeting_id, "revision_id": revision.id}
    outbox.emit(session, "transcript.corrected", **ids)
    audit.record(
        session, actor, "transcript.corrected", "transcript", transcript.id, number=revision.number,
        sha256=revision.sha256,
    )  # fmt: skip
    return revision


def append(
    session: Session,
    transcript_id: UUID,
    number: int,
    source: RevisionSource,
    actor: Actor | None,
    document: TranscriptDocument,
    *,
    before: TranscriptDocument | None = None,
    quality: dict[str, Any] | None = None,
) -> TranscriptRevision:
    """One more row: the changes since `before`, or the whole where there is none, or after a long chain."""
    changes = difference(before, document) if before is not None and number % LONGEST_CHAIN else None
    revision = TranscriptRevision(
        transcript_id=transcript_id,
        number=number,
        source=source,
        author_id=actor.account_id if actor else None,
        document=document.to_json() if changes is None else None,
        changed_segments=changes,
        sha256=sha256_of(document),
        quality=quality or {},
    )
    session.add(revision)
    session.flush()
    return revision
