"""The page of one meeting, for all who may see it; what one may do there depends on one's rights."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template

from core.runtime import current
from orchestrator.meetings import service, states
from web.security.callers import acting
from web.words import choices


def meeting_page(meeting_id: UUID, *, sentence: str = "", links: Sequence[tuple[str, str]] = ()) -> str:
    """Raises NotFound, Forbidden."""
    actor = acting()
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, actor, meeting_id)
        return render_template(
            "operator/meeting.html",
            meeting=meeting,
            moves=states.MEETING.allowed(meeting.state),
            attendances=choices("attendance"),
            links=links,
            sentence=sentence,
        )
