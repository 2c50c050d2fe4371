"""A year of daily quick reports on one form: every unit every working day, and the compiled report of the last days."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import VIETNAM, in_vietnam
from core.permissions import Actor
from orchestrator.reports import compilations, forms
from orchestrator.reports.models import ReportDuty, ReportForm, ReportFormVersion, ReportPeriod, ReportRevision
from orchestrator.reports.presets import QUARANTINE
from orchestrator.reports.schedule import CUT_OFF
from orchestrator.reports.states import OPEN
from web.demo.year_of_meetings.bulk import Row, keep

#: Days whose reports were put together; one such report is made by the service and takes a moment.
_COMPILED_DAYS = 5


def keep_reports(session: Session, author: Actor, units: Sequence[UUID], days: int, now: datetime) -> int:
    """One form, its periods on the last `days` working days, one revision for each duty; returns how many revisions."""
    plan = forms.FormPlan(QUARANTINE.name, units, QUARANTINE.schedule)
    form = forms.create_form(session, author, QUARANTINE.key, plan, QUARANTINE.definition)
    session.flush()
    version = session.scalars(select(ReportFormVersion.id).where(ReportFormVersion.form_id == form.id)).one()
    periods = [_period(form, version, day) for day in _working_days_before(in_vietnam(now).date(), days)]
    keep(session, ReportPeriod, periods)
    duties = [_duty(period, unit) for period in periods for unit in units]
    keep(session, ReportDuty, duties)
    keep(session, ReportRevision, [_revision(duty, version, author) for duty in duties])
    for period in periods[:_COMPILED_DAYS]:
        compilations.compile_period(session, author, period["id"])
    return len(duties)


def _working_days_before(today: date, count: int) -> Iterator[date]:
    day = today
    while count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
            yield day


def _period(form: ReportForm, version: UUID, day: date) -> Row:
    cut_off_at = datetime.combine(day, CUT_OFF, VIETNAM)
    return {
        "id": uuid4(),
        "state": OPEN,
        "form_id": form.id,
        "version_id": version,
        "starts_on": day,
        "ends_on": day,
        "opens_at": cut_off_at - timedelta(hours=16),
        "cut_off_at": cut_off_at,
    }


def _duty(period: Row, unit: UUID) -> Row:
    at = period["cut_off_at"] - timedelta(minutes=30)
    return {
        "id": uuid4(),
        "period_id": period["id"],
        "unit_id": unit,
        "revision_count": 1,
        "first_submitted_at": at,
        "last_submitted_at": at,
    }


def _revision(duty: Row, version: UUID, author: Actor) -> Row:
    return {
        "id": uuid4(),
        "duty_id": duty["id"],
        "number": 1,
        "version_id": version,
        "values": {"tong_so": 12, "hoan_thanh": 8, "dang_cach_ly": 4},
        "note": "",
        "is_nil": False,
        "reason": "",
        "is_late": False,
        "submitted_at": duty["first_submitted_at"],
        "sha256": duty["id"].hex,
        "author_id": author.account_id,
        "author_name": author.name,
    }
