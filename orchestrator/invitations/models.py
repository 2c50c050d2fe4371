"""The table of personal links. Only the SHA-256 of a token is kept; the token itself is shown once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.meetings.models import MeetingEndpoint


class JoinLink(Identified, Timestamped, Base):
    """One link of one endpoint; a new one revokes the old."""

    __tablename__ = "join_link"
    __table_args__ = (
        Index(
            "uq_join_link_live",
            "meeting_endpoint_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    meeting_endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_endpoint.id"))
    #: Hex SHA-256 of the token.
    token_hash: Mapped[str] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]
    #: First click that was let in.
    first_used_at: Mapped[datetime | None]

    meeting_endpoint: Mapped[MeetingEndpoint] = relationship(lazy="joined")
