"""Patterns of header and signer: kept as data, laid over a draft by choice (annex I, II.2, II.7; FORM §4)."""

from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.house.models import PaperPattern
from minutes.notices.content import NoticeContent
from minutes.notices.models import NoticeRevision
from minutes.notices.numbering import type_code
from minutes.notices.service import latest_revision, save_revision
from papers.content import PaperContent
from papers.signers import SignerBlock


def add_pattern(session: Session, actor: Actor, name: str, content: PaperContent) -> PaperPattern:
    """Keep header and signer of a content under a name. Raises Invalid where the name is taken or parts are missing."""
    require(actor, Action.MANAGE_TEMPLATES)
    for value, words in (
        (name.strip(), "tên khuôn"),
        (content.issuing_body, "cơ quan ban hành"),
        (content.symbol_suffix, "ký hiệu"),
        (content.signer.title, "chức vụ người ký"),
    ):
        if not value:
            raise Invalid(field=words, reason="chưa nhập")
    if session.scalar(_in_use().where(PaperPattern.name == name.strip())) is not None:
        raise Invalid(field="tên khuôn", reason="đã có khuôn cùng tên")
    row = PaperPattern(
        name=name.strip(),
        issuing_parent=content.issuing_parent,
        issuing_body=content.issuing_body,
        symbol_suffix=content.symbol_suffix,
        place=content.place,
        authority_lines=list(content.signer.authority_lines),
        title=content.signer.title,
        capacity=list(content.signer.capacity),
        signer_name=content.signer.name,
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "paper_pattern.added", "paper_pattern", row.id, name=row.name)
    return row


def parse_pattern(data: dict[str, object]) -> PaperContent:
    """Typed fields as a content. Raises Invalid."""
    try:
        return PaperContent.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(field=str(first["loc"][-1]), reason="dài quá mức cho phép") from error


def list_patterns(session: Session) -> list[PaperPattern]:
    """Those in use, by name. Asks for no right."""
    return list(session.scalars(_in_use().order_by(PaperPattern.name)))


def retire_pattern(session: Session, actor: Actor, pattern_id: UUID) -> None:
    """Take a pattern out of use; papers made with it stay as they are."""
    require(actor, Action.MANAGE_TEMPLATES)
    row = session.get(PaperPattern, pattern_id)
    if row is None:
        raise NotFound
    row.retired_at = row.retired_at or current().clock()
    audit.record(session, actor, "paper_pattern.retired", "paper_pattern", row.id, name=row.name)


def use_pattern(session: Session, actor: Actor, notice_id: UUID, base_number: int, pattern_id: UUID) -> NoticeRevision:
    """A new revision with this header and signer. Raises NotFound, and as `save_revision`."""
    row = session.scalar(_in_use().where(PaperPattern.id == pattern_id))
    if row is None:
        raise NotFound
    content = laid_over(latest_revision(session, notice_id).read(), row)
    return save_revision(session, actor, notice_id, base_number, content)


def laid_over(content: NoticeContent, row: PaperPattern) -> NoticeContent:
    """The content with header and signer of the pattern; the type letters of its symbol stay its own."""
    agency = row.symbol_suffix.partition("-")[2]
    suffix = f"{type_code(content.symbol_suffix)}-{agency}" if agency and not content.is_letter else row.symbol_suffix
    return content.model_copy(
        update={
            "issuing_parent": row.issuing_parent,
            "issuing_body": row.issuing_body,
            "symbol_suffix": suffix,
            "place": row.place or content.place,
            "signer": SignerBlock(
                authority_lines=tuple(row.authority_lines),
                title=row.title,
                name=row.signer_name or content.signer.name,
                capacity=tuple(row.capacity),
            ),
        }
    )


def _in_use() -> Select[PaperPattern]:
    return select(PaperPattern).where(PaperPattern.retired_at.is_(None))
