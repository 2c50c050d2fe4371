"""The meetings of the year in the index of the search: one passage each, by title, number and agenda."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core.search.following import has_table
from core.search.index import Passage, row_of, write
from orchestrator.meetings.indexing import MEETING
from web.demo.year_of_meetings.meeting_rows import Kept


def keep_findable(session: Session, kept: Sequence[Kept]) -> None:
    """Write them in bulk, as everything of the year is."""
    if has_table(session):
        write(session, [row_of(MEETING, one.id, _passage(one)) for one in kept])


def _passage(one: Kept) -> Passage:
    return Passage(
        one.plan.title, "; ".join(one.plan.agenda), one.plan.starts_at, one.id, beside=one.code, is_head=True
    )
