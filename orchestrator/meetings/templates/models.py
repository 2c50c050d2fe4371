"""The table of templates: everything of a plan but its day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.columns import words
from orchestrator.directory.models import Person
from orchestrator.meetings.models import MeetingKind, Urgency


class MeetingTemplate(Identified, Timestamped, Base):
    """A plan to start from. Retired, never deleted: audit rows name it."""

    __tablename__ = "meeting_template"
    __table_args__ = (
        CheckConstraint("duration_minutes >= 5", name="duration"),
        Index("uq_meeting_template_name", "name", unique=True, postgresql_where=text("retired_at IS NULL")),
    )

    name: Mapped[str]
    #: Title of the meetings planned from it; may be overwritten each time.
    title: Mapped[str]
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind))
    urgency: Mapped[Urgency] = mapped_column(words(Urgency), default=Urgency.NORMAL)
    duration_minutes: Mapped[int]
    body_name: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: Endpoints, people, agenda, documents (`plan_body`).
    body: Mapped[dict[str, Any]]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    chair: Mapped[Person | None] = relationship(foreign_keys=[chair_id], lazy="selectin")
