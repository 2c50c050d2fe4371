"""Distribution and acknowledgement. Each function asks for the right and leaves committing to its caller."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit, lifecycles, outbox
from core.errors import NotFound
from core.permissions import Action, Actor, Role, can, require
from core.runtime import current
from minutes.delivery.models import Delivery
from minutes.delivery.receivers import KnownName, units_named
from minutes.delivery.states import ACKNOWLEDGED, DELIVERED, DELIVERY
from minutes.notices.content import NoticeContent
from minutes.notices.models import Issue, Notice, NoticeKind
from minutes.notices.refusals import NoRecipients, NotYetIssued
from minutes.notices.service import issue_of
from orchestrator.directory.models import Unit
from orchestrator.meetings.models import Meeting


def distribute(session: Session, actor: Actor, notice_id: UUID) -> list[Delivery]:
    """Send an issued notice to the units it names as recipients, leads or coordinating units.

    A second call adds units the directory has learnt since and repeats nothing. Emits `notice.distributed`.

    Raises:
        NotYetIssued: it has no number. NoRecipients: no name in it is a unit of the directory.
    """
    notice = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None:
        raise NotFound
    require(actor, Action.DISTRIBUTE_NOTICE, notice)
    row = issue_of(session, notice_id)
    if row is None:
        raise NotYetIssued
    receivers = receiving_units(session, notice, row.revision.read())
    if not receivers:
        raise NoRecipients
    _deliver(session, notice, row, receivers)
    outbox.emit(session, "notice.distributed", notice_id=notice.id, issue_id=row.id)
    audit.record(session, actor, "notice.distributed", "notice", notice.id, issue_id=row.id, units=len(receivers))
    return deliveries_of(session, row.id)


def receiving_units(session: Session, notice: Notice, content: NoticeContent) -> set[UUID]:
    """Units a notice would go to: by its recipients, and everybody who has to do something by it."""
    known, present = known_names(session), units_of_meeting(session, notice.meeting_id)
    # "Như trên" means the addressees of a công văn.
    written = (*content.recipients, *content.addressees)
    names = [*written, *(name for item in content.items() for name in (*item.lead, *item.coordinating))]
    found = {unit for name in names for unit in units_named(name, known, present)}
    for item in content.items():
        found.update(item.lead_unit_ids, item.coordinating_unit_ids)
    if notice.predecessor_id is not None and notice.kind != NoticeKind.REMINDER:
        # Whoever has the old paper has to learn that it is corrected, replaced or called back.
        found.update(session.get_one(Notice, notice.predecessor_id).recipient_unit_ids)
    return found & {unit.id for unit in known}


def open_delivery(session: Session, actor: Actor, delivery_id: UUID) -> Delivery:
    """The unit looks at it: the first time is kept, later times change nothing. Staff looking leave no trace."""
    delivery = _visible(session, actor, delivery_id)
    if delivery.state == DELIVERED and _speaks_for(actor, delivery):
        delivery.opened_at = current().clock()
        lifecycles.apply(session, DELIVERY, delivery, "open", actor=actor, unit_id=delivery.unit_id)
    return delivery


def acknowledge(session: Session, actor: Actor, delivery_id: UUID) -> Delivery:
    """Confirm receipt for the unit. Done twice, the first time and name stay."""
    delivery = session.get(Delivery, delivery_id, with_for_update={"of": Delivery}, populate_existing=True)
    if delivery is None:
        raise NotFound
    require(actor, Action.ACKNOWLEDGE_NOTICE, delivery)
    if delivery.state == ACKNOWLEDGED:
        return delivery
    now = current().clock()
    delivery.opened_at = delivery.opened_at or now
    delivery.acknowledged_at, delivery.acknowledged_by_id = now, actor.account_id
    delivery.acknowledged_by_name = actor.name
    lifecycles.apply(session, DELIVERY, delivery, "acknowledge", actor=actor, unit_id=delivery.unit_id)
    return delivery


def list_deliveries(session: Session, actor: Actor, *, notice_id: UUID | None = None) -> list[Delivery]:
    """Newest first: a unit sees its own, staff all; of one notice if asked for."""
    require(actor, Action.VIEW_ISSUED_NOTICE)
    query = select(Delivery).order_by(Delivery.delivered_at.desc(), Delivery.id)
    if notice_id is not None:
        query = query.where(Delivery.notice_id == notice_id)
    return [row for row in session.scalars(query) if can(actor, Action.VIEW_ISSUED_NOTICE, row)]


def deliveries_of(session: Session, issue_id: UUID) -> list[Delivery]:
    """All deliveries of one issue, by unit name. For the system's own use: asks for no right."""
    query = select(Delivery).join(Delivery.unit).where(Delivery.issue_id == issue_id).order_by(Unit.name)
    return list(session.scalars(query))


def known_names(session: Session) -> Sequence[KnownName]:
    """The directory as names to look for."""
    return [
        KnownName(unit.id, (unit.name, *unit.aliases), tuple(unit.abbreviations), unit.kind)
        for unit in session.scalars(select(Unit))
    ]


def units_of_meeting(session: Session, meeting_id: UUID) -> set[UUID]:
    """Units that took part: what a collective lead fans out to."""
    meeting = session.get(Meeting, meeting_id)
    return meeting.related_unit_ids() if meeting else set()


def _deliver(session: Session, notice: Notice, row: Issue, receivers: set[UUID]) -> None:
    now = current().clock()
    values = [
        {
            "notice_id": notice.id,
            "issue_id": row.id,
            "unit_id": unit_id,
            "state": DELIVERY.initial,
            "version": 1,
            "delivered_at": now,
            "created_at": now,
            "acknowledged_by_name": "",
        }
        for unit_id in sorted(receivers)
    ]
    session.execute(insert(Delivery).values(values).on_conflict_do_nothing(index_elements=["issue_id", "unit_id"]))
    notice.recipient_unit_ids = sorted(receivers | set(notice.recipient_unit_ids))
    session.flush()


def _visible(session: Session, actor: Actor, delivery_id: UUID) -> Delivery:
    delivery = session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound
    require(actor, Action.VIEW_ISSUED_NOTICE, delivery)
    return delivery


def _speaks_for(actor: Actor, delivery: Delivery) -> bool:
    return Role.UNIT in actor.roles and delivery.unit_id in actor.unit_ids
