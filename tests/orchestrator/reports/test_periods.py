"""Periods made ahead of time: once, for the right units, and in line with form and calendar until somebody reports."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.calendar import service as calendar
from orchestrator.directory.models import Unit
from orchestrator.refusals import UnknownReference
from orchestrator.reports import forms, presets
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportPeriod
from orchestrator.reports.periods import keep_form
from orchestrator.reports.refusals import FormCodeTaken, FormWithoutUnits
from orchestrator.reports.schedule import Schedule
from orchestrator.reports.submissions import submit
from orchestrator.reports.tasks import keep_periods
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import Desk, at, report


def open_days(session: Session, desk: Desk) -> list[date]:
    query = session.query(ReportPeriod).filter_by(form_id=desk.form.id, state="open").order_by(ReportPeriod.starts_on)
    return [period.starts_on for period in query]


def plan_of(desk: Desk, **changes: object) -> FormPlan:
    plan = FormPlan(desk.form.name, desk.units, desk.form.plan(), desk.form.addressee)
    return replace(plan, **changes)  # type: ignore[arg-type]


def test_a_new_form_has_two_weeks_of_working_days(session: Session, desk: Desk) -> None:
    days = open_days(session, desk)
    assert days[0] == date(2026, 4, 8)
    assert days[-1] == date(2026, 4, 22)
    assert all(day.weekday() < 5 for day in days)
    assert desk.period(session).related_unit_ids() == set(desk.units)


def test_the_beat_adds_nothing_twice_and_goes_on(
    runtime: Runtime, session: Session, desk: Desk, fixed_clock: FixedClock
) -> None:
    before = len(open_days(session, desk))
    session.commit()
    keep_periods()
    keep_periods()
    with runtime.database.transaction() as other:
        assert len(open_days(other, desk)) == before
    fixed_clock.now = at(9, day=9)
    keep_periods()
    with runtime.database.transaction() as other:
        assert open_days(other, desk)[-1] == date(2026, 4, 23)


def test_a_form_made_in_the_evening_begins_tomorrow(
    session: Session, desk: Desk, fixed_clock: FixedClock, secretary: Actor
) -> None:
    fixed_clock.now = at(16, 0, 1)
    preset = presets.CONTACTS
    form = forms.create_form(session, secretary, preset.key, FormPlan("F", desk.units), preset.definition)
    assert open_days(session, replace(desk, form=form))[0] == date(2026, 4, 9)


def test_a_day_that_becomes_a_holiday_is_taken_back_and_may_return(
    session: Session, desk: Desk, administrator: Actor, fixed_clock: FixedClock
) -> None:
    holiday = calendar.add_day(session, administrator, calendar.DayEntry(date(2026, 4, 10), "Nghỉ bù"))
    keep_form(session, desk.form.id, fixed_clock.now)
    assert date(2026, 4, 10) not in open_days(session, desk)
    calendar.remove_day(session, administrator, holiday.id, holiday.version)
    keep_form(session, desk.form.id, fixed_clock.now)
    assert date(2026, 4, 10) in open_days(session, desk)


def test_a_reported_period_stays_whatever_the_calendar_says(
    session: Session, desk: Desk, administrator: Actor, unit_of: Callable[[UUID], Actor], fixed_clock: FixedClock
) -> None:
    period = desk.period(session)
    submit(session, unit_of(desk.units[0]), period.id, desk.units[0], report())
    calendar.add_day(session, administrator, calendar.DayEntry(date(2026, 4, 8), "Nghỉ"))
    keep_form(session, desk.form.id, fixed_clock.now)
    assert period.state == "open"


def test_a_new_version_is_for_periods_nobody_has_reported_on(
    session: Session, desk: Desk, unit_of: Callable[[UUID], Actor]
) -> None:
    today, tomorrow = desk.period(session), desk.period(session, 9)
    submit(session, unit_of(desk.units[0]), today.id, desk.units[0], report())
    changed = replace(presets.QUARANTINE.definition, guidance="Số đến 15 giờ")
    version = forms.revise_form(session, desk.secretary, desk.form.id, changed)
    session.expire_all()
    assert version.number == 2
    assert today.form_version.number == 1
    assert tomorrow.form_version.number == 2
    assert forms.revise_form(session, desk.secretary, desk.form.id, changed).number == 2


def test_units_come_and_go(session: Session, desk: Desk) -> None:
    forms.change_form(session, desk.secretary, desk.form.id, plan_of(desk, unit_ids=desk.units[1:]))
    session.expire_all()
    assert desk.period(session, 9).related_unit_ids() == set(desk.units[1:])
    forms.change_form(session, desk.secretary, desk.form.id, plan_of(desk))
    session.expire_all()
    assert desk.period(session).related_unit_ids() == set(desk.units)


def test_a_retired_unit_need_not_report(session: Session, desk: Desk, fixed_clock: FixedClock) -> None:
    session.get_one(Unit, desk.units[3]).active = False
    keep_form(session, desk.form.id, fixed_clock.now)
    session.expire_all()
    assert desk.period(session, 9).related_unit_ids() == set(desk.units[:3])


def test_a_form_given_up_has_no_more_periods(session: Session, desk: Desk) -> None:
    forms.change_form(session, desk.secretary, desk.form.id, plan_of(desk, active=False))
    assert open_days(session, desk) == []


def test_another_hour_moves_coming_periods_but_not_into_the_past(session: Session, desk: Desk) -> None:
    earlier = Schedule.from_json({**desk.form.schedule, "cut_off": "08:30"})
    forms.change_form(session, desk.secretary, desk.form.id, plan_of(desk, schedule=earlier))
    assert desk.period(session).cut_off_at == at(16)
    assert desk.period(session, 9).cut_off_at == at(8, 30, day=9)


def test_codes_units_and_rights_are_asked_for(
    session: Session, desk: Desk, secretary: Actor, actor_factory: Callable[..., Actor]
) -> None:
    definition = presets.QUARANTINE.definition
    with pytest.raises(FormCodeTaken):
        forms.create_form(session, secretary, "cach-ly", FormPlan("Trùng", desk.units), definition)
    with pytest.raises(FormWithoutUnits):
        forms.create_form(session, secretary, "khac", FormPlan("Không đơn vị", ()), definition)
    with pytest.raises(UnknownReference):
        forms.create_form(session, secretary, "khac", FormPlan("Đơn vị lạ", (uuid4(),)), definition)
    for role in (Role.OPERATOR, Role.APPROVER, Role.REGISTRAR, Role.UNIT):
        with pytest.raises((Forbidden, NotFound)):
            forms.create_form(session, actor_factory(role), "khac", FormPlan("Không quyền", desk.units), definition)
    with pytest.raises(NotFound):
        forms.list_forms(session, actor_factory(Role.UNIT, unit_ids=[desk.units[0]]))


def test_periods_survive_many_keepers_at_once(runtime: Runtime, session: Session, desk: Desk) -> None:
    before = len(open_days(session, desk))
    session.commit()

    def keep(_: int) -> None:
        with runtime.database.transaction() as other:
            keep_form(other, desk.form.id, at(9) + timedelta(days=7))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(4)))
    with runtime.database.transaction() as other:
        # 23, 24, 28 and 29 April; the 27th is off for the Hùng kings, whose day is a Sunday.
        assert len(open_days(other, desk)) == before + 4
