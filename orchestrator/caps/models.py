"""Tables of cap policies, of the units they bind, and of the exceptions granted to single meetings."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Identified, Timestamped
from orchestrator.caps.caps import Scope
from orchestrator.columns import words


class CapPolicy(Identified, Timestamped, Base):
    """At most `maximum` of what `scope` counts, from a day to a day (both included), on a legal basis."""

    __tablename__ = "cap_policy"
    __table_args__ = (
        CheckConstraint("maximum >= 1", name="maximum"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
    )

    name: Mapped[str]
    scope: Mapped[Scope] = mapped_column(words(Scope))
    maximum: Mapped[int]
    legal_basis: Mapped[str]
    valid_from: Mapped[date]
    #: Last day; open where None. A policy is ended, never deleted: past meetings were planned under it.
    valid_until: Mapped[date | None]
    #: Kinds of meeting it binds; empty: all.
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    #: Roles that may let one meeting exceed it, with a written reason; empty: nobody.
    may_exceed_roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    #: What else the paper demands and the system does not count, such as a distance; shown, never checked.
    note: Mapped[str] = mapped_column(default="", server_default=text("''"))

    units: Mapped[list["CapPolicyUnit"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class CapPolicyUnit(Base):
    """A unit the policy binds, with all units below it. A policy without rows here binds every unit."""

    __tablename__ = "cap_policy_unit"

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("cap_policy.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)


class CapException(Identified, Timestamped, Base):
    """One meeting may exceed one policy, up to a number, for a written reason. It binds no other meeting."""

    __tablename__ = "cap_exception"
    __table_args__ = (
        CheckConstraint("allowed >= 1", name="allowed"),
        Index(
            "uq_cap_exception_live",
            "meeting_id",
            "policy_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("cap_policy.id"))
    #: The number that binds this meeting instead of the policy's.
    allowed: Mapped[int]
    reason: Mapped[str]
    #: Account that granted it; its name as it was then, for the register.
    granted_by: Mapped[UUID]
    granted_by_name: Mapped[str]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by_name: Mapped[str] = mapped_column(default="")

    policy: Mapped[CapPolicy] = relationship(lazy="joined")
