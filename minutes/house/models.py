"""Tables of a house's own templates and of its patterns of header and signer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identified, Timestamped


class TemplateKind(StrEnum):
    """What a template prints."""

    NOTICE = "notice"
    LETTER = "letter"
    RECORD = "record"


class PaperTemplate(Identified, Timestamped, Base):
    """One version of a house's own DOCX; the newest that is not retired is used. Versions are never changed."""

    __tablename__ = "paper_template"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("kind IN ('notice', 'letter', 'record')", name="kind"),
    )

    kind: Mapped[TemplateKind] = mapped_column(Text)
    version: Mapped[int]
    #: As it was uploaded.
    file_name: Mapped[str]
    object_key: Mapped[str]
    sha256: Mapped[str]
    #: Form checks that its sample print did not pass, as lines for people.
    remarks: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    added_by_name: Mapped[str]
    retired_at: Mapped[datetime | None]


class PaperPattern(Identified, Timestamped, Base):
    """Who issues and who signs, as one choice: own name, by order (TL./KT.), a leading board with both capacities."""

    __tablename__ = "paper_pattern"
    __table_args__ = (Index("uq_paper_pattern_name", "name", unique=True, postgresql_where=text("retired_at IS NULL")),)

    name: Mapped[str]
    issuing_parent: Mapped[str] = mapped_column(default="")
    issuing_body: Mapped[str]
    symbol_suffix: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    #: "TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG"; in the order of print.
    authority_lines: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    title: Mapped[str]
    #: Another office above the name (II.7c).
    capacity: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    signer_name: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None]
