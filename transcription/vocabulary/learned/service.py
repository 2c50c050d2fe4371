"""Learned terms: taken from corrected transcripts, given to the next meetings, listed, erased. Callers commit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import Unit
from orchestrator.meetings.models import Meeting
from transcription.transcripts.models import Transcript, TranscriptRevision
from transcription.transcripts.service import document_of, latest
from transcription.vocabulary.folding import fold
from transcription.vocabulary.learned.lessons import Lesson, lessons
from transcription.vocabulary.learned.models import LearnedTerm, LearnedTermSource

#: The most often taught come first; more would only slow the search for them.
MOST_TERMS = 300


@dataclass(frozen=True)
class LearnedFacts:
    """One term as a screen shows it.

    Attributes:
        unit: name of the unit it was learned for; empty for meetings without units.
        heard: what the machine had written, of the latest transcript that taught it.
        count: transcripts in which it was set right.
    """

    id: UUID
    written: str
    unit: str
    heard: str
    count: int
    learned_at: datetime


def learn(session: Session, transcript_id: UUID) -> int:
    """Bring the terms taught by one transcript up to its newest revision; returns how many it teaches.

    Any number of calls leave the same rows. A term whose correction was undone is forgotten with its last source.
    """
    transcript = session.get(Transcript, transcript_id)
    if transcript is None:
        return 0
    first = select(TranscriptRevision).where(
        TranscriptRevision.transcript_id == transcript_id, TranscriptRevision.number == 0
    )
    machine = document_of(session, session.scalars(first).one())
    taught = lessons(machine, document_of(session, latest(session, transcript_id)))
    units: list[UUID | None] = [*sorted(transcript.meeting.related_unit_ids())] or [None]
    pairs = [(_term_id(session, unit, lesson), lesson.heard) for unit in units for lesson in taught]
    terms = {term_id: heard for term_id, heard in pairs if term_id is not None}
    _forget_others(session, transcript_id, set(terms))
    for term_id, heard in terms.items():
        row = insert(LearnedTermSource).values(term_id=term_id, transcript_id=transcript_id, heard=heard)
        same = ["term_id", "transcript_id"]
        session.execute(row.on_conflict_do_update(index_elements=same, set_={"heard": heard}))
    return len(taught)


def terms_for(session: Session, meeting_id: UUID) -> tuple[str, ...]:
    """Learned terms of the meeting's units, the most often taught first."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return ()
    units = meeting.related_unit_ids()
    count = func.count(LearnedTermSource.id)
    query = (
        select(LearnedTerm.written)
        .join(LearnedTermSource, LearnedTermSource.term_id == LearnedTerm.id)
        .where(LearnedTerm.erased_at.is_(None), or_(LearnedTerm.unit_id.in_(units), LearnedTerm.unit_id.is_(None)))
        .group_by(LearnedTerm.written)
        .order_by(count.desc(), LearnedTerm.written)
        .limit(MOST_TERMS)
    )
    return tuple(session.scalars(query))


def list_terms(session: Session, actor: Actor, *, unit_id: UUID | None = None) -> Sequence[LearnedFacts]:
    """Living terms, those taught most often first; of one unit, or of all. Raises Forbidden."""
    require(actor, Action.CORRECT_TRANSCRIPT)
    count, heard = func.count(LearnedTermSource.id), func.max(LearnedTermSource.heard)
    query = (
        select(LearnedTerm, func.coalesce(Unit.name, ""), heard, count)
        .join(LearnedTermSource, LearnedTermSource.term_id == LearnedTerm.id)
        .outerjoin(Unit, Unit.id == LearnedTerm.unit_id)
        .where(LearnedTerm.erased_at.is_(None))
        .group_by(LearnedTerm.id, Unit.name)
        .order_by(count.desc(), LearnedTerm.written)
    )
    if unit_id is not None:
        query = query.where(LearnedTerm.unit_id == unit_id)
    rows = session.execute(query)
    return [LearnedFacts(term.id, term.written, unit, said, n, term.created_at) for term, unit, said, n in rows]


def erase_term(session: Session, actor: Actor, term_id: UUID) -> None:
    """Forget a term for good: its letters and sources go, and the same correction does not bring it back.

    Raises:
        NotFound, Forbidden.
    """
    require(actor, Action.CORRECT_TRANSCRIPT)
    term = session.get(LearnedTerm, term_id, with_for_update=True)
    if term is None:
        raise NotFound
    session.execute(delete(LearnedTermSource).where(LearnedTermSource.term_id == term_id))
    if term.erased_at is None:
        term.written, term.erased_at, term.erased_by = "", current().clock(), actor.account_id
        session.flush()
    audit.record(session, actor, "learned_term.erased", "learned_term", term_id)


def _term_id(session: Session, unit_id: UUID | None, lesson: Lesson) -> UUID | None:
    """The living term's identity, made if nobody knew it; None where it was erased."""
    key = hashlib.sha256(" ".join(fold(part) for part in lesson.written.split()).encode()).hexdigest()
    fresh = {"unit_id": unit_id, "written": lesson.written, "key_sha256": key}
    session.execute(insert(LearnedTerm).values(**fresh).on_conflict_do_nothing())
    query = select(LearnedTerm).where(LearnedTerm.key_sha256 == key, LearnedTerm.unit_id.is_not_distinct_from(unit_id))
    term = session.scalars(query).one()
    return term.id if term.erased_at is None else None


def _forget_others(session: Session, transcript_id: UUID, kept: set[UUID]) -> None:
    mine = LearnedTermSource.transcript_id == transcript_id
    session.execute(delete(LearnedTermSource).where(mine, LearnedTermSource.term_id.not_in(kept)))
    taught = select(LearnedTermSource.id).where(LearnedTermSource.term_id == LearnedTerm.id).exists()
    session.execute(delete(LearnedTerm).where(LearnedTerm.erased_at.is_(None), ~taught, LearnedTerm.id.not_in(kept)))
