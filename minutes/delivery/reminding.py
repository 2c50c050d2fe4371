"""Reminders to units that have not acknowledged: by themselves on the days of the setting, and when somebody asks.

In: deliveries still open. Out: one mail each and the moment written beside the delivery. A notice that was withdrawn is
not reminded of any more.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import NotFound
from core.mail.service import queue_mail
from core.permissions import Action, Actor, require
from core.runtime import current
from minutes.delivery.letters import reminder_text
from minutes.delivery.models import Delivery
from minutes.delivery.reminders import FROM_HOUR, is_due
from minutes.delivery.states import ACKNOWLEDGED
from minutes.delivery.subscribers import address_of, addresses_of_units
from minutes.notices.models import Notice, NoticeKind
from minutes.notices.refusals import EverybodyAcknowledged
from minutes.notices.states import ISSUED
from orchestrator.calendar.service import working_calendar


def remind(session: Session, now: datetime) -> int:
    """Queue what is due today; called again, it queues nothing twice. Returns how many units were reminded."""
    local, steps = in_vietnam(now), current().settings.remind_acknowledgement_days
    if local.hour < FROM_HOUR or not steps:
        return 0
    calendar = working_calendar(session)
    due = [
        row
        for row in _open(session)
        if is_due(in_vietnam(row.delivered_at).date(), _day(row.reminded_at), local.date(), steps, calendar)
    ]
    told = _tell(session, due, now)
    for notice_id in sorted({row.notice_id for row in told}):
        count = sum(row.notice_id == notice_id for row in told)
        audit.record(session, None, "notice.reminded", "notice", notice_id, units=count)
    return len(told)


def remind_now(session: Session, actor: Actor, notice_id: UUID) -> list[Delivery]:
    """Remind every unit that has not acknowledged this notice; on one day each gets it once.

    Returns those that were told; a unit without an address is left to the telephone.

    Raises:
        EverybodyAcknowledged, NotFound, Forbidden.
    """
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound
    require(actor, Action.DISTRIBUTE_NOTICE, notice)
    rows = _open(session, notice_id)
    if not rows:
        raise EverybodyAcknowledged
    now = current().clock()
    today = in_vietnam(now).date()
    told = _tell(session, [row for row in rows if _day(row.reminded_at) != today], now)
    audit.record(session, actor, "notice.reminded", "notice", notice_id, units=len(told))
    return told


def _open(session: Session, notice_id: UUID | None = None) -> Sequence[Delivery]:
    """Deliveries nobody has acknowledged, locked, so that two who remind at once do not both write."""
    withdrawn = select(Notice.predecessor_id).where(Notice.kind == NoticeKind.WITHDRAWAL, Notice.state == ISSUED)
    query = select(Delivery).where(
        Delivery.state != ACKNOWLEDGED,
        Delivery.notice_id.not_in(withdrawn.where(Notice.predecessor_id.is_not(None))),
    )
    if notice_id is not None:
        query = query.where(Delivery.notice_id == notice_id)
    locked = query.order_by(Delivery.id).with_for_update(of=Delivery)
    return session.scalars(locked.execution_options(populate_existing=True)).all()


def _tell(session: Session, rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    addresses = addresses_of_units(session, {row.unit_id for row in rows})
    told = [row for row in rows if addresses.get(row.unit_id)]
    for row in told:
        text = reminder_text(
            symbol=row.issue.symbol, unit_name=row.unit.name, address=address_of(row), sent_on=row.delivered_at
        )
        queue_mail(
            session,
            to=addresses[row.unit_id],
            subject=text.subject,
            body=text.body,
            dedupe_key=f"delivery/{row.id}/reminder-{in_vietnam(now):%Y%m%d}",
            about=("delivery", row.id),
        )
        row.reminded_at, row.reminders = now, row.reminders + 1
    session.flush()
    return told


def _day(moment: datetime | None) -> date | None:
    return in_vietnam(moment).date() if moment else None
