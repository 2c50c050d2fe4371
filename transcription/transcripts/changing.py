"""Several people correct one transcript: line by line, so that only the same line can be a conflict.

In: the revision an editor started from and its changes. Out: the newest number, what the editor's text lacks to be the
newest, and the changes that were not made because somebody else had changed the same line: both texts, none lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Actor
from transcription.document import Segment, TranscriptDocument
from transcription.errors import NothingToCarry
from transcription.transcripts.carrying import carried, has_corrections
from transcription.transcripts.changes import Change, changed, collides
from transcription.transcripts.history import difference
from transcription.transcripts.models import Transcript, TranscriptRevision
from transcription.transcripts.reading import document_of, latest, numbered
from transcription.transcripts.saving import append_edited, locked

#: A replacement over a whole meeting sends one change for each line it touches.
MOST_CHANGES = 5_000


@dataclass(frozen=True)
class Collision:
    """A change that was not made; `theirs` is the line as it stands now, None where it is gone."""

    change: Change
    segment_id: str
    theirs: Segment | None


@dataclass(frozen=True)
class Outcome:
    """After the save.

    Attributes:
        entries: what turns the text of the base revision into the newest, as `history.difference` tells it; None where
            lines have changed places and the reader has to take the whole document.
    """

    number: int
    document: TranscriptDocument
    entries: list[dict[str, Any]] | None
    collisions: tuple[Collision, ...]


def change_lines(
    session: Session, actor: Actor, transcript_id: UUID, base_number: int, wanted: Sequence[Change]
) -> Outcome:
    """Make those changes that touch nobody else's, in one revision; none of them if one is invalid.

    Raises:
        NotFound, Forbidden, SegmentUnknown, Invalid (also for a base number that no revision has).
    """
    if len(wanted) > MOST_CHANGES:
        raise Invalid(field="số thay đổi", reason=f"nhiều hơn {MOST_CHANGES}")
    transcript = locked(session, actor, transcript_id)
    newest = latest(session, transcript.id)
    before = document_of(session, newest)
    base = before if newest.number == base_number else _base(session, transcript.id, base_number)
    after, collisions = before, []
    for change in wanted:
        name = collides(change, base, before) if base is not before else None
        if name is None:
            after = changed(after, change)
        else:
            collisions.append(Collision(change, name, before.find(name)))
    revision = append_edited(session, actor, transcript, newest, before, after)
    return Outcome(revision.number, after, difference(base, after), tuple(collisions))


def since(session: Session, transcript_id: UUID, base_number: int) -> Outcome:
    """What others have changed since this revision; the caller has asked for the right to read. Raises Invalid."""
    newest = latest(session, transcript_id)
    document = document_of(session, newest)
    base = document if newest.number == base_number else _base(session, transcript_id, base_number)
    return Outcome(newest.number, document, difference(base, document), ())


def carry_over(session: Session, actor: Actor, transcript_id: UUID) -> TranscriptRevision:
    """Bring what people corrected in the transcript in use over to this one of the same recording, as a new revision.

    Raises:
        NotFound, Forbidden, NothingToCarry (this is the one in use, it has another recording, or nobody corrected it).
    """
    transcript = locked(session, actor, transcript_id)
    query = select(Transcript).where(Transcript.recording_id == transcript.recording_id, Transcript.is_current)
    used = session.scalars(query).one_or_none() if transcript.recording_id is not None else None
    if used is None or used.id == transcript.id:
        raise NothingToCarry
    first = numbered(session, used.id, 0)
    machine, corrected = (
        document_of(session, first or latest(session, used.id)),
        document_of(session, latest(session, used.id)),
    )
    if not has_corrections(machine, corrected):
        raise NothingToCarry
    newest = latest(session, transcript.id)
    before = document_of(session, newest)
    return append_edited(session, actor, transcript, newest, before, carried(machine, corrected, before))


def _base(session: Session, transcript_id: UUID, number: int) -> TranscriptDocument:
    revision = numbered(session, transcript_id, number)
    if revision is None:
        raise Invalid(field="số bản", reason="không có bản này")
    return document_of(session, revision)
