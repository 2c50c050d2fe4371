"""Periods made ahead of time, and brought into line when the form, its units or the calendar change.

For the system itself (beat, and after a form was changed). Run any number of times, it adds nothing twice. A period
that somebody has reported on keeps its days, its cut-off and its version.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, exists, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, lazyload

from core import audit, lifecycles
from orchestrator.calendar.service import working_calendar
from orchestrator.directory.models import Unit
from orchestrator.reports.models import (
    ReportDuty,
    ReportForm,
    ReportFormUnit,
    ReportFormVersion,
    ReportPeriod,
    ReportReminder,
)
from orchestrator.reports.schedule import Cadence, PlannedPeriod, day_in_vietnam, periods_between
from orchestrator.reports.states import CANCELLED, OPEN, PERIOD

#: How far ahead there are periods: a worker may stand still over the longest holiday.
AHEAD_DAYS = {Cadence.DAILY: 14, Cadence.WEEKLY: 21}


def forms_to_keep(session: Session) -> list[UUID]:
    """Every form: one given up may still have periods to take back."""
    return list(session.scalars(select(ReportForm.id).order_by(ReportForm.id)))


def keep_form(session: Session, form_id: UUID, now: datetime) -> int:
    """Make and mend the coming periods of one form; returns how many are new."""
    form = session.get(ReportForm, form_id, with_for_update=True, populate_existing=True)
    if form is None or not form.version_number:
        return 0
    version_id = session.scalars(
        select(ReportFormVersion.id).where(
            ReportFormVersion.form_id == form.id, ReportFormVersion.number == form.version_number
        )
    ).one()
    units = _units_of(session, form)
    planned = _planned(session, form, now) if units else {}
    existing = _coming(session, form, now)
    for period in existing:
        _mend(session, period, planned.get(period.starts_on), version_id, units, now)
    known = {period.starts_on for period in existing if period.state != CANCELLED}
    made = [
        period_id
        for plan in planned.values()
        if plan.cut_off_at > now and plan.starts_on not in known
        if (period_id := _make(session, form, plan, version_id, units, now)) is not None
    ]
    if made:
        audit.record(session, None, "report_period.planned", "report_form", form.id, periods=len(made))
    return len(made)


def _units_of(session: Session, form: ReportForm) -> set[UUID]:
    """Units that must report; a retired unit no longer does."""
    if not form.active:
        return set()
    query = select(ReportFormUnit.unit_id).join(Unit, Unit.id == ReportFormUnit.unit_id)
    return set(session.scalars(query.where(ReportFormUnit.form_id == form.id, Unit.active)))


def _planned(session: Session, form: ReportForm, now: datetime) -> dict[object, PlannedPeriod]:
    schedule, today = form.plan(), day_in_vietnam(now)
    last = today + timedelta(days=AHEAD_DAYS[schedule.cadence])
    found = periods_between(schedule, today, last, working_calendar(session))
    return {plan.starts_on: plan for plan in found}


def _coming(session: Session, form: ReportForm, now: datetime) -> list[ReportPeriod]:
    query = (
        select(ReportPeriod)
        .where(ReportPeriod.form_id == form.id, ReportPeriod.cut_off_at > now, ReportPeriod.state != CANCELLED)
        .order_by(ReportPeriod.id)
        # In one order, and before the audit trail's lock: a unit that reports right now holds one of these rows first.
        .with_for_update(of=ReportPeriod)
        .options(lazyload(ReportPeriod.form), lazyload(ReportPeriod.form_version))
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _mend(
    session: Session,
    period: ReportPeriod,
    plan: PlannedPeriod | None,
    version_id: UUID,
    units: set[UUID],
    now: datetime,
) -> None:
    duties = session.scalars(select(ReportDuty).where(ReportDuty.period_id == period.id)).all()
    untouched = period.state == OPEN and not any(duty.revision_count for duty in duties)
    if untouched and plan is None:
        lifecycles.apply(session, PERIOD, period, "cancelled", actor=None)
        return
    if untouched and plan is not None:
        period.version_id = version_id
        if plan.cut_off_at > now:
            period.ends_on, period.opens_at, period.cut_off_at = plan.ends_on, plan.opens_at, plan.cut_off_at
    _add_duties(session, period.id, units - {duty.unit_id for duty in duties}, now)
    dropped = [duty.id for duty in duties if duty.unit_id not in units and not duty.revision_count]
    if dropped:
        reminded = exists().where(ReportReminder.duty_id == ReportDuty.id)
        session.execute(delete(ReportDuty).where(ReportDuty.id.in_(dropped), ~reminded))
    session.flush()


def _make(
    session: Session, form: ReportForm, plan: PlannedPeriod, version_id: UUID, units: set[UUID], now: datetime
) -> UUID | None:
    row = insert(ReportPeriod).values(
        id=uuid4(),
        created_at=now,
        state=PERIOD.initial,
        version=1,
        form_id=form.id,
        version_id=version_id,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        opens_at=plan.opens_at,
        cut_off_at=plan.cut_off_at,
    )
    made: UUID | None = session.scalar(
        row.on_conflict_do_nothing(
            index_elements=["form_id", "starts_on"], index_where=text("state <> 'cancelled'")
        ).returning(ReportPeriod.id)
    )
    if made is not None:
        _add_duties(session, made, units, now)
    return made


def _add_duties(session: Session, period_id: UUID, units: set[UUID], now: datetime) -> None:
    if units:
        rows = [
            {"id": uuid4(), "created_at": now, "period_id": period_id, "unit_id": unit_id, "revision_count": 0}
            | {"is_late": False, "is_nil": False}
            for unit_id in sorted(units)
        ]
        statement = insert(ReportDuty).values(rows)
        session.execute(statement.on_conflict_do_nothing(index_elements=["period_id", "unit_id"]))
