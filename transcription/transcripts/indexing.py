"""What is found of transcripts: minute by minute what was said, of the transcript in use. Who may read one finds it.

Sentences that were set aside (phantoms, repetitions) are not found: nobody has said them.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from core.permissions import Action, Actor
from core.search.following import follow
from core.search.index import Passage
from core.search.kinds import SearchKind, everywhere, register
from core.search.models import SearchEntry
from orchestrator.meetings.indexing import meeting_names, open_meeting_of
from orchestrator.meetings.models import Meeting
from transcription.document import Segment, TranscriptDocument
from transcription.transcripts.models import Transcript, TranscriptRevision
from transcription.transcripts.reading import document_of, newest_of

TRANSCRIPT = "transcript"
#: Corrections never shift times, so a minute stays the same minute.
PASSAGE_SECONDS = 60
#: A turn of a voice that nobody has named (`evidence.unnamed`).
_UNNAMED = r"(?:^| — )(Người nói [0-9]+[^:—]{0,80}):"


def _scope(actor: Actor) -> ColumnElement[bool] | None:
    return true() if everywhere(actor, Action.VIEW_TRANSCRIPT) else None


def _read(session: Session, transcript_id: UUID) -> Sequence[Passage]:
    transcript = session.get(Transcript, transcript_id)
    if transcript is None or not transcript.is_current:
        return ()
    meeting = open_meeting_of(session, transcript.meeting_id)
    revision = newest_of(session, [transcript_id]).get(transcript_id)
    if meeting is None or revision is None:
        return ()
    return list(passages(meeting, document_of(session, revision)))


def passages(meeting: Meeting, document: TranscriptDocument) -> Iterator[Passage]:
    """The minutes in which something was said; each is named by its first line, to go there."""
    minutes = groupby(document.spoken_segments, key=lambda line: int(line.start // PASSAGE_SECONDS))
    # Lines that overlap may go back over the turn of a minute: what is named twice is one place.
    named: dict[str, Passage] = {}
    for _, lines in minutes:
        said = [line for line in lines if line.text]
        if said and said[0].id not in named:
            named[said[0].id] = Passage(
                meeting.title,
                spoken(said),
                meeting.starts_at,
                meeting.id,
                part=said[0].id,
                title_counts=not named,
            )
    yield from named.values()


def spoken(lines: Sequence[Segment]) -> str:
    """Lines one after the other, with the name wherever the voice changes."""
    turns = groupby(lines, key=lambda line: line.speaker)
    return " — ".join(
        f"{speaker}: {words}" if speaker else words
        for speaker, turn in turns
        if (words := " ".join(line.text for line in turn))
    )


def unnamed_voices(session: Session, transcript_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many voices of each of these transcripts have a number for a name still; those without any are left out.

    Read from the index, where each turn begins with its name: the documents themselves are megabytes.
    """
    turns = (
        select(SearchEntry.object_id, func.regexp_matches(SearchEntry.text, _UNNAMED, "g").label("turn"))
        .where(SearchEntry.kind == TRANSCRIPT, SearchEntry.object_id.in_(transcript_ids))
        .subquery()
    )
    query = select(turns.c.object_id, func.count(func.distinct(turns.c.turn))).group_by(turns.c.object_id)
    return dict(session.execute(query).all()) if transcript_ids else {}


def _every() -> Select[UUID]:
    return select(Transcript.id).where(Transcript.is_current)


register(SearchKind(name=TRANSCRIPT, scope=_scope, of_units=meeting_names, read=_read, every=_every))
follow(Transcript, lambda row: [(TRANSCRIPT, row.id)], fields=("is_current",))
follow(TranscriptRevision, lambda row: [(TRANSCRIPT, row.transcript_id)])
