"""Keeping the index: what one object says now goes in, its passages are written, changed or taken away.

Everything happens in the caller's transaction. `forget` and `forget_meeting` take away for good; whoever destroys
content calls them in the transaction that destroys it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.search.models import SearchEntry
from core.search.words import Weighed, normal, plain, vector

#: Letters of a passage that are kept; a text this long is no passage.
LONGEST_TEXT = 20_000
_ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Passage:
    """What is found and shown of one place in an object. `beside` is found too, but not shown."""

    title: str
    text: str
    happened_at: datetime
    meeting_id: UUID | None = None
    part: str = ""
    beside: str = ""
    #: Stands for the whole object: its title is also compared letter by letter.
    is_head: bool = False
    #: The title finds this passage too; otherwise it is only shown.
    title_counts: bool = True

    @property
    def fingerprint(self) -> str:
        """Of all that a row says: cheap beside the vector, so it is asked first."""
        # The moment as a number: rows just written still carry the zone of the form they came from.
        words = (self.title, self.text, self.beside, str(self.meeting_id), self.happened_at.timestamp())
        return hashlib.sha256(repr((*words, self.is_head, self.title_counts)).encode()).hexdigest()


def keep(session: Session, kind: str, object_id: UUID, passages: Sequence[Passage]) -> int:
    """Let the index say exactly this about the object; returns how many passages were written or taken away."""
    mine = (SearchEntry.kind == kind, SearchEntry.object_id == object_id)
    known = dict(session.execute(select(SearchEntry.part, SearchEntry.fingerprint).where(*mine)).all())
    changed = [passage for passage in passages if known.get(passage.part) != passage.fingerprint]
    gone = known.keys() - {passage.part for passage in passages}
    if gone:
        session.execute(delete(SearchEntry).where(*mine, SearchEntry.part.in_(gone)))
    write(session, [row_of(kind, object_id, passage) for passage in changed])
    return len(changed) + len(gone)


def write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows of `row_of` in, over those of the same place."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        statement = insert(SearchEntry).values(rows[start : start + _ROWS_AT_ONCE])
        new = {name: statement.excluded[name] for name in rows[start] if name not in ("kind", "object_id", "part")}
        session.execute(statement.on_conflict_do_update(index_elements=["kind", "object_id", "part"], set_=new))


def row_of(kind: str, object_id: UUID, passage: Passage) -> dict[str, Any]:
    """One passage as a row."""
    title, text = normal(passage.title), normal(passage.text)[:LONGEST_TEXT]
    heard = (Weighed(title, "A"),) if passage.title_counts else ()
    return {
        "kind": kind,
        "object_id": object_id,
        "part": passage.part,
        "meeting_id": passage.meeting_id,
        "happened_at": passage.happened_at,
        "title": title,
        "text": text,
        "plain_title": plain(title) if passage.is_head else None,
        "vector": vector((label_of(kind),), *heard, Weighed(passage.beside, "B"), Weighed(text)),
        "fingerprint": passage.fingerprint,
    }


def label_of(kind: str) -> str:
    """The lexeme by which passages of one kind are found."""
    return f"#{kind}"


def forget(session: Session, kind: str, object_ids: Iterable[UUID]) -> int:
    """Take everything about these objects out of the index; returns how many passages that were."""
    wanted = SearchEntry.object_id.in_(list(object_ids))
    gone = session.execute(delete(SearchEntry).where(SearchEntry.kind == kind, wanted).returning(SearchEntry.id))
    return len(gone.all())


def forget_meeting(session: Session, meeting_id: UUID) -> int:
    """Take a meeting and all that came of it (its papers, transcripts, notices, tasks) out of the index.

    Returns:
        How many passages that were.
    """
    gone = session.execute(delete(SearchEntry).where(SearchEntry.meeting_id == meeting_id).returning(SearchEntry.id))
    return len(gone.all())
