"""The table of cap policies."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
