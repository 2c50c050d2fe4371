"""The one way back from review: the notice is to be changed, and why is written down."""

from sqlalchemy.orm import Session

from core import lifecycles
from core.permissions import Actor
from core.runtime import current
from minutes.notices.models import ChangeRequest, Notice, NoticeRevision
from minutes.notices.states import NOTICE


def send_back(
    session: Session,
    actor: Actor,
    notice: Notice,
    revision: NoticeRevision,
    reason: str,
    *,
    expected_version: int | None = None,
) -> ChangeRequest:
    """The move itself and what is asked for. For functions of this room that have asked for the right."""
    lifecycles.apply(
        session,
        NOTICE,
        notice,
        "request_changes",
        actor=actor,
        expected_version=expected_version,
        revision_id=revision.id,
        number=revision.number,
    )
    request = ChangeRequest(
        notice_id=notice.id,
        revision_id=revision.id,
        reason=reason.strip(),
        author_id=actor.account_id,
        author_name=actor.name,
        created_at=current().clock(),
    )
    session.add(request)
    session.flush()
    return request
