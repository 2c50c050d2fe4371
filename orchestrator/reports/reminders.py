"""Reminders by mail to units that have not reported: before the cut-off by the clock, after it by hand.

Exactly once per period, unit and time: the row and the mail are written in one transaction, both under a unique key. A
letter carries no figures, only the address of the form.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound
from core.mail.addresses import checked_address
from core.mail.service import queue_mail
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import Person, UnitMembership
from orchestrator.reports.models import ReportDuty, ReportPeriod, ReportReminder
from orchestrator.reports.schedule import reminder_due
from orchestrator.reports.states import CANCELLED
from orchestrator.words import vietnamese_moment

#: How long after the cut-off a letter sent by hand still makes sense.
BY_HAND_FOR = timedelta(days=7)


def periods_to_remind(session: Session, now: datetime) -> list[UUID]:
    """Periods whose cut-off lies within the next day; `remind` decides which time has come."""
    query = select(ReportPeriod.id).where(
        ReportPeriod.state != CANCELLED,
        ReportPeriod.cut_off_at > now,
        ReportPeriod.cut_off_at <= now + timedelta(days=1),
        ReportPeriod.opens_at <= now,
    )
    return list(session.scalars(query.order_by(ReportPeriod.cut_off_at)))


def remind(session: Session, period_id: UUID, now: datetime) -> int:
    """Send the reminder whose time has come, to those who have not reported; returns how many units were told."""
    period = session.get(ReportPeriod, period_id)
    if period is None or period.state == CANCELLED:
        return 0
    minutes = reminder_due(period.cut_off_at, period.form.plan().reminder_minutes, now)
    return _remind(session, period, minutes, now) if minutes is not None else 0


def remind_by_hand(session: Session, actor: Actor | None, period_id: UUID) -> int:
    """Tell those who have not reported now; twice in one minute is once. Returns how many units were told.

    Raises: NotFound, Forbidden; Invalid before the period opens and a week after its cut-off.
    """
    period = session.get(ReportPeriod, period_id)
    if period is None or period.state == CANCELLED:
        raise NotFound
    require(actor, Action.VIEW_REPORTS, period)
    require(actor, Action.COMPILE_REPORT, period)
    now = current().clock()
    if not period.opens_at <= now <= period.cut_off_at + BY_HAND_FOR:
        raise Invalid(field="kỳ báo cáo", reason="chưa mở hoặc đã qua quá lâu nên không đôn đốc được nữa")
    minutes = int((period.cut_off_at - now).total_seconds() // 60)
    told = _remind(session, period, minutes, now)
    audit.record(session, actor, "report_period.reminded", "report_period", period.id, units=told)
    return told


def _remind(session: Session, period: ReportPeriod, minutes: int, now: datetime) -> int:
    done = exists().where(ReportReminder.duty_id == ReportDuty.id, ReportReminder.minutes_before == minutes)
    duties = session.scalars(
        select(ReportDuty)
        .where(ReportDuty.period_id == period.id, ReportDuty.revision_count == 0, ~done)
        .order_by(ReportDuty.id)
    ).all()
    addresses = addresses_of(session, [duty.unit_id for duty in duties])
    told = 0
    for duty in duties:
        mail_id = _send(session, period, duty, minutes, addresses[duty.unit_id], now)
        row = insert(ReportReminder).values(
            id=uuid4(),
            created_at=now,
            duty_id=duty.id,
            minutes_before=minutes,
            recipients=len(addresses[duty.unit_id]),
            mail_id=mail_id,
            sent_at=now,
        )
        fresh = session.scalar(
            row.on_conflict_do_nothing(index_elements=["duty_id", "minutes_before"]).returning(ReportReminder.id)
        )
        told += fresh is not None and mail_id is not None
    return told


def _send(
    session: Session, period: ReportPeriod, duty: ReportDuty, minutes: int, to: Sequence[str], now: datetime
) -> UUID | None:
    if not to:
        return None
    cut_off = in_vietnam(period.cut_off_at)
    late = now > period.cut_off_at
    subject = f"{'Quá hạn' if late else 'Nhắc'} báo cáo nhanh: {period.form.name}, {period.name}"
    left = "đã quá hạn" if late else f"còn {_span(period.cut_off_at - now)}"
    body = "\n\n".join(
        (
            f"Kính gửi: {duty.unit.name}",
            f"Đơn vị chưa nộp “{period.form.name}”, {period.name}.",
            f"Hạn nộp: {vietnamese_moment(cut_off)} ({left}).",
            "Đơn vị nộp báo cáo, hoặc báo “không phát sinh” nếu biểu mẫu cho phép, tại địa chỉ (cần đăng nhập):\n"
            f"{current().settings.external_url}/bao-cao-nhanh/ky/{period.id}/don-vi/{duty.unit_id}",
            f"{current().settings.organisation_name}\nThư gửi tự động; nếu vừa nộp xong, xin bỏ qua thư này.",
        )
    )
    mail = queue_mail(
        session,
        to=to,
        subject=subject,
        body=body,
        dedupe_key=f"report-reminder:{duty.id}:{minutes}",
        about=("report_period", period.id),
        # A reminder that comes after the cut-off would only confuse.
        expires_at=None if late else period.cut_off_at,
    )
    return mail.id


def _span(left: timedelta) -> str:
    minutes = max(1, round(left.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} giờ" if hours else "", f"{rest} phút" if rest else "") if part)


def addresses_of(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Mail addresses per unit: of the people whose account speaks for it, else of the first of its people by protocol.

    An address that mail cannot carry is left out: one slip in the directory must not hold up the others.
    """
    wanted = list(unit_ids)
    speakers: dict[UUID, list[str]] = defaultdict(list)
    others: dict[UUID, list[str]] = defaultdict(list)
    query = (
        select(Person.email, Person.unit_id, UnitMembership.unit_id)
        .outerjoin(
            UnitMembership, (UnitMembership.account_id == Person.account_id) & (UnitMembership.unit_id.in_(wanted))
        )
        .where(Person.email.is_not(None), Person.active)
        .where(or_(UnitMembership.unit_id.is_not(None), Person.unit_id.in_(wanted)))
        .order_by(Person.protocol_rank, Person.full_name)
    )
    rows: Sequence[Any] = session.execute(query).all()
    for email, own_unit, spoken_unit in rows:
        if not _can_carry(email):
            continue
        if spoken_unit is not None:
            speakers[spoken_unit].append(email)
        elif own_unit is not None:
            others[own_unit].append(email)
    found = {unit_id: speakers[unit_id] or others[unit_id][:1] for unit_id in wanted}
    return defaultdict(list, found)


def _can_carry(address: str) -> bool:
    try:
        checked_address(address)
    except Invalid:
        return False
    return True
