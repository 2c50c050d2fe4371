"""Reading a revision: the last whole document before it with all changes since, kept for the next reader.

A revision is never changed, so what was once put together stays right; each process keeps the last few.
"""

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core.errors import NotFound
from transcription.document import TranscriptDocument
from transcription.transcripts.history import applied
from transcription.transcripts.models import TranscriptRevision

#: A chain of changes this long is followed by a whole document, so that reading stays cheap.
LONGEST_CHAIN = 40


class Shelf:
    """The documents read last, by the identity of their revision; safe between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._documents: OrderedDict[UUID, TranscriptDocument] = OrderedDict()

    def get(self, revision_id: UUID) -> TranscriptDocument | None:
        """The document, if it is still kept."""
        with self._lock:
            found = self._documents.get(revision_id)
            if found is not None:
                self._documents.move_to_end(revision_id)
            return found

    def put(self, revision_id: UUID, document: TranscriptDocument) -> None:
        """Keep it, and let go of the one nobody has asked for longest."""
        with self._lock:
            self._documents[revision_id] = document
            self._documents.move_to_end(revision_id)
            while len(self._documents) > self._most:
                self._documents.popitem(last=False)


#: Neighbouring revisions share their lines, so eight cost little more than the transcripts they belong to.
shelf = Shelf(8)


def latest(session: Session, transcript_id: UUID) -> TranscriptRevision:
    """The newest revision. Raises NotFound."""
    query = select(TranscriptRevision).where(TranscriptRevision.transcript_id == transcript_id)
    revision = session.scalars(query.order_by(TranscriptRevision.number.desc()).limit(1)).first()
    if revision is None:
        raise NotFound
    return revision


def newest_of(session: Session, transcript_ids: Collection[UUID]) -> dict[UUID, TranscriptRevision]:
    """The newest revision of each of these transcripts, asked for once."""
    query = (
        select(TranscriptRevision)
        .where(TranscriptRevision.transcript_id.in_(transcript_ids))
        .ext(distinct_on(TranscriptRevision.transcript_id))
        .order_by(TranscriptRevision.transcript_id, TranscriptRevision.number.desc())
    )
    return {revision.transcript_id: revision for revision in session.scalars(query)}


def numbered(session: Session, transcript_id: UUID, number: int) -> TranscriptRevision | None:
    """The revision of this number, if there is one."""
    query = select(TranscriptRevision).where(
        TranscriptRevision.transcript_id == transcript_id, TranscriptRevision.number == number
    )
    return session.scalars(query).one_or_none()


def document_of(session: Session, revision: TranscriptRevision) -> TranscriptDocument:
    """The whole text of a revision: the last whole document before it with all changes since. Raises NotFound."""
    document = shelf.get(revision.id)
    if document is not None:
        return document
    document, later = _beginning(session, revision)
    rows = session.execute(
        select(TranscriptRevision.id, TranscriptRevision.changed_segments).where(TranscriptRevision.id.in_(later))
    )
    changes = {row.id: row.changed_segments or [] for row in rows}
    for revision_id in later:
        document = applied(document, changes[revision_id])
    shelf.put(revision.id, document)
    return document


def _beginning(session: Session, revision: TranscriptRevision) -> tuple[TranscriptDocument, list[UUID]]:
    """The nearest document that is at hand or stored whole, and the revisions after it, in order."""
    query = select(TranscriptRevision.id, TranscriptRevision.document.is_not(None).label("is_whole")).where(
        TranscriptRevision.transcript_id == revision.transcript_id, TranscriptRevision.number <= revision.number
    )
    later: list[UUID] = []
    for row in session.execute(query.order_by(TranscriptRevision.number.desc()).limit(LONGEST_CHAIN + 1)):
        document = shelf.get(row.id)
        if document is None and row.is_whole:
            stored = session.scalars(select(TranscriptRevision.document).where(TranscriptRevision.id == row.id)).one()
            document = TranscriptDocument.from_json(stored or {})
            shelf.put(row.id, document)
        if document is not None:
            return document, later[::-1]
        later.append(row.id)
    raise NotFound
