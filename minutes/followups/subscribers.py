"""What happens once a notice is issued: its directives become tasks."""

from uuid import UUID

from sqlalchemy.orm import Session

from core.outbox import Payload, subscribe
from minutes.followups.service import create_tasks


@subscribe("notice.issue", name="followups.create_tasks")
def tasks_from_issue(session: Session, payload: Payload) -> None:
    """Make the tasks of the notice whose life cycle says it was issued."""
    create_tasks(session, UUID(payload["id"]))
