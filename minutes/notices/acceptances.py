"""Tasks of a draft that a person has confirmed one by one, beside the sound they were said in.

In: the items of a notice's newest revision. Out: who confirmed which, and whether that still stands: a confirmation is
bound to the words, units and deadline it was given for, and lapses when they change. Rows are only added.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.notices.content import NoticeContent, NoticeItem
from minutes.notices.models import Notice, NoticeItemAcceptance
from minutes.notices.refusals import NoticeNotEditable
from minutes.notices.rows import lock_notice
from minutes.notices.service import latest_revision
from minutes.notices.states import EDITABLE

#: Kinds that become tasks or standing duties: the ones that are confirmed.
CONFIRMED_KINDS = frozenset({"directive", "standing_duty"})
_FACTS = frozenset({"text", "heading", "kind", "lead", "coordinating", "action", "deadline"})


@dataclass(frozen=True)
class Acceptance:
    """The last word on one item; `stands` is False where the item says something else by now."""

    item_id: str
    number: int
    accepted: bool
    stands: bool
    name: str
    at: datetime


def facts_sha256(item: NoticeItem) -> str:
    """Hexadecimal SHA-256 of what a person confirms: words, kind, units, action and deadline."""
    facts = item.model_dump(mode="json", include=set(_FACTS))
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def set_acceptance(session: Session, actor: Actor, notice_id: UUID, item_id: str, *, accepted: bool) -> None:
    """Confirm a task of the newest revision, or take that back; said twice, the first time stays.

    Raises NoticeNotEditable, Invalid (no such task in the newest revision), NotFound, Forbidden.
    """
    notice = lock_notice(session, notice_id)
    require(actor, Action.EDIT_NOTICE, notice)
    if notice.state not in EDITABLE:
        raise NoticeNotEditable(state=notice.state)
    revision = latest_revision(session, notice_id)
    content = revision.read()
    item = next((one for one in content.items() if one.id == item_id), None)
    if item is None or item.kind not in CONFIRMED_KINDS:
        raise Invalid(field="nhiệm vụ", reason="không còn trong bản mới nhất, hãy tải lại trang")
    known = {row.item_id: row for row in _acceptances(session, notice_id, content)}.get(item_id)
    if (known is not None and known.accepted and known.stands) == accepted:
        return
    session.add(
        NoticeItemAcceptance(
            notice_id=notice_id,
            revision_id=revision.id,
            item_id=item_id,
            number=known.number + 1 if known else 1,
            accepted=accepted,
            facts_sha256=facts_sha256(item),
            account_id=actor.account_id,
            account_name=actor.name,
            created_at=current().clock(),
        )
    )
    session.flush()
    action = "notice.item_accepted" if accepted else "notice.item_acceptance_withdrawn"
    audit.record(session, actor, action, "notice", notice_id, item_id=item_id, number=revision.number)


def acceptances_of(session: Session, actor: Actor, notice_id: UUID, content: NoticeContent) -> list[Acceptance]:
    """The last word on each item of this content that anybody has spoken on, in the order of print."""
    require(actor, Action.VIEW_NOTICE, session.get(Notice, notice_id))
    return _acceptances(session, notice_id, content)


def count_accepted(rows: list[Acceptance]) -> int:
    """How many tasks are confirmed as they stand."""
    return sum(row.accepted and row.stands for row in rows)


def _acceptances(session: Session, notice_id: UUID, content: NoticeContent) -> list[Acceptance]:
    query = (
        select(NoticeItemAcceptance)
        .ext(distinct_on(NoticeItemAcceptance.item_id))
        .where(NoticeItemAcceptance.notice_id == notice_id)
        .order_by(NoticeItemAcceptance.item_id, NoticeItemAcceptance.number.desc())
    )
    rows: Mapping[str, NoticeItemAcceptance] = {row.item_id: row for row in session.scalars(query)}
    return [
        Acceptance(
            item_id=row.item_id,
            number=row.number,
            accepted=row.accepted,
            stands=row.facts_sha256 == facts_sha256(item),
            name=row.account_name,
            at=row.created_at,
        )
        for item in content.items()
        if (row := rows.get(item.id)) is not None
    ]
