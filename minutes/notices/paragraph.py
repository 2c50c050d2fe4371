"""One paragraph of a draft, read again after somebody has rewritten it: what it orders, of whom, until when.

In: the words of the paragraph and the notice it stands in. Out: the facts that the language finds, as fields of a
`NoticeItem`; nothing where it finds none. Nothing is changed.
"""

from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Action, Actor, require
from minutes.drafting.extract import extract_text
from minutes.notices.reread import facts_of
from minutes.notices.service import get_notice
from orchestrator.meetings.context import meeting_context

LONGEST = 20_000


def read_paragraph(session: Session, actor: Actor, notice_id: UUID, text: str) -> list[dict[str, Any]]:
    """What the paragraph says, the first finding first, as JSON values. Raises Invalid, NotFound, Forbidden."""
    notice = get_notice(session, actor, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    if len(text) > LONGEST:
        raise Invalid(field="đoạn văn", reason=f"dài quá {LONGEST} ký tự")
    context = meeting_context(session, notice.meeting_id)
    found = extract_text(text, context.units, context.date).items
    return [to_jsonable_python(facts_of(item)) for item in found]
