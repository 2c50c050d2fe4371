"""How receipts stand: notices that some unit has not acknowledged yet, and what the received ones are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, require
from minutes.delivery.models import Delivery
from minutes.delivery.states import ACKNOWLEDGED
from minutes.notices.models import Issue, Notice, NoticeKind, NoticeRevision
from minutes.notices.states import ISSUED

MOST_LISTED = 50


@dataclass(frozen=True)
class MissingReceipts:
    """One notice with how many of its receivers have not acknowledged."""

    notice_id: UUID
    symbol: str
    sent_at: datetime
    receivers: int
    missing: int


def missing_receipts(session: Session, actor: Actor) -> list[MissingReceipts]:
    """Notices with receipts missing, the longest waiting first; those that were withdrawn are no longer asked about."""
    require(actor, Action.DISTRIBUTE_NOTICE)
    withdrawn = select(Notice.predecessor_id).where(
        Notice.kind == NoticeKind.WITHDRAWAL, Notice.state == ISSUED, Notice.predecessor_id.is_not(None)
    )
    missing = func.count().filter(Delivery.state != ACKNOWLEDGED)
    query = (
        select(Delivery.notice_id, Issue.symbol, func.min(Delivery.delivered_at), func.count(), missing)
        .join(Issue, Issue.id == Delivery.issue_id)
        .where(Delivery.notice_id.not_in(withdrawn))
        .group_by(Delivery.notice_id, Issue.symbol)
        .having(missing > 0)
        .order_by(func.min(Delivery.delivered_at))
        .limit(MOST_LISTED)
    )
    return [MissingReceipts(*row) for row in session.execute(query)]


def subjects_of(session: Session, deliveries: Sequence[Delivery]) -> dict[UUID, str]:
    """Subject of each delivered notice by its id, in one question."""
    wanted = {row.issue.revision_id for row in deliveries}
    rows = session.scalars(select(NoticeRevision).where(NoticeRevision.id.in_(wanted)))
    return {row.notice_id: row.read().subject for row in rows}
