"""Reporting: in time and late, nil, corrected with a reason, two at once, for another unit, before the period opens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.audit import verify
from core.errors import Forbidden, NotFound, SignInRequired
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.reports import forms, presets, submissions
from orchestrator.reports.board import board
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportRevision
from orchestrator.reports.refusals import (
    NilNotAllowed,
    PeriodCancelled,
    PeriodNotOpen,
    ReasonMissing,
    ReportConflict,
    ReportInvalid,
)
from orchestrator.reports.submissions import Submission, find_duty, list_revisions, submit
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import Desk, at, report

Units = Callable[[UUID], Actor]


@pytest.mark.parametrize(("second", "late"), [(at(15, 59, 59), False), (at(16), False), (at(16, 0, 1), True)])
def test_late_is_marked_and_never_refused(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock, second: object, late: bool
) -> None:
    fixed_clock.now = second  # type: ignore[assignment]
    unit = desk.units[0]
    revision = submit(session, unit_of(unit), desk.period(session).id, unit, report())
    assert revision.is_late is late
    (line,) = [line for line in board(session, desk.secretary, desk.period(session).id).lines if line.unit_id == unit]
    assert line.state == ("late" if late else "in_time")


def test_a_wrong_sum_changes_nothing(session: Session, desk: Desk, unit_of: Units) -> None:
    unit, period = desk.units[0], desk.period(session)
    with pytest.raises(ReportInvalid) as refused:
        submit(session, unit_of(unit), period.id, unit, report(values={"dang_cach_ly": "45"}))
    assert "134 khác 88 + 45 = 133" in refused.value.sentence()
    assert refused.value.faults[0].field == "tong_so"
    assert find_duty(session, unit_of(unit), period.id, unit).revision_count == 0


def test_another_units_report_does_not_exist(session: Session, desk: Desk, unit_of: Units) -> None:
    ours, theirs = desk.units[:2]
    with pytest.raises(NotFound):
        submit(session, unit_of(ours), desk.period(session).id, theirs, report())
    with pytest.raises(NotFound):
        find_duty(session, unit_of(ours), desk.period(session).id, theirs)


def test_unknown_periods_and_units_do_not_exist(session: Session, desk: Desk, unit_of: Units) -> None:
    unit = desk.units[0]
    for period_id, unit_id in ((uuid4(), unit), (desk.period(session).id, uuid4())):
        with pytest.raises(NotFound):
            submit(session, unit_of(unit), period_id, unit_id, report())


def test_the_office_looks_and_does_not_report_for_a_unit(session: Session, desk: Desk) -> None:
    with pytest.raises(Forbidden):
        submit(session, desk.secretary, desk.period(session).id, desk.units[0], report())
    with pytest.raises(SignInRequired):
        submit(session, None, desk.period(session).id, desk.units[0], report())


def test_a_period_opens_at_midnight_of_hanoi(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    unit, period = desk.units[0], desk.period(session, 9)
    fixed_clock.now = at(23, 59, 59)
    with pytest.raises(PeriodNotOpen):
        submit(session, unit_of(unit), period.id, unit, report())
    fixed_clock.now = at(0, day=9)
    assert submit(session, unit_of(unit), period.id, unit, report()).number == 1


def test_a_cancelled_period_takes_nothing(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    period = desk.period(session)
    forms.change_form(session, desk.secretary, desk.form.id, FormPlan(desk.form.name, (), active=False))
    with pytest.raises(PeriodCancelled):
        submit(session, unit_of(desk.units[0]), period.id, desk.units[0], report())


def test_a_correction_says_why_and_leaves_the_first_as_it_was(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    unit, period = desk.units[0], desk.period(session)
    actor = unit_of(unit)
    submit(session, actor, period.id, unit, report())
    fixed_clock.now = at(17)
    better = report(values={"tong_so": "135", "dang_cach_ly": "47"}, base_number=1)
    with pytest.raises(ReasonMissing):
        submit(session, actor, period.id, unit, better)
    second = submit(session, actor, period.id, unit, replace(better, reason="Đếm sót một người"))
    duty = find_duty(session, actor, period.id, unit)
    assert (second.number, second.is_late, duty.is_late) == (2, True, False)
    newest, first = list_revisions(session, actor, duty)
    assert (newest.values["tong_so"], first.values["tong_so"]) == (135, 134)
    assert newest.author_name == actor.name


def test_the_same_report_sent_twice_is_one(session: Session, desk: Desk, unit_of: Units) -> None:
    unit, period = desk.units[0], desk.period(session)
    first = submit(session, unit_of(unit), period.id, unit, report(base_number=0))
    again = submit(session, unit_of(unit), period.id, unit, report(base_number=0))
    assert again.id == first.id


def test_a_stale_page_is_told_who_was_faster(session: Session, desk: Desk, unit_of: Units) -> None:
    unit, period = desk.units[0], desk.period(session)
    submit(session, unit_of(unit), period.id, unit, report(base_number=0))
    other = report(values={"tong_so": "135", "dang_cach_ly": "47"}, base_number=0, reason="Bản khác")
    with pytest.raises(ReportConflict) as refused:
        submit(session, unit_of(unit), period.id, unit, other)
    assert refused.value.params["current"] == 1


def test_two_at_once_are_two_revisions_with_two_numbers(
    runtime: Runtime, session: Session, desk: Desk, unit_of: Units
) -> None:
    unit, period_id = desk.units[0], desk.period(session).id
    session.commit()

    def send(n: int) -> int:
        values = {"tong_so": str(88 + n), "dang_cach_ly": str(n)}
        with runtime.database.transaction() as own:
            return submit(own, unit_of(unit), period_id, unit, report(values=values, reason=f"Lần {n}")).number

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(send, range(6)))
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    with runtime.database.transaction() as own:
        assert own.query(ReportRevision).count() == 6
        assert find_duty(own, desk.secretary, period_id, unit).revision_count == 6
        assert verify(own).is_whole


def test_two_units_at_once_do_not_wait_for_ever(runtime: Runtime, session: Session, desk: Desk, unit_of: Units) -> None:
    period_id = desk.period(session).id
    session.commit()

    def send(unit: UUID) -> int:
        with runtime.database.transaction() as own:
            return submit(own, unit_of(unit), period_id, unit, report()).number

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, desk.units)) == [1, 1, 1, 1]


def test_nil_says_the_figures_are_those_of_the_day_before(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    unit = desk.units[0]
    submit(session, unit_of(unit), desk.period(session).id, unit, report())
    fixed_clock.now = at(10, day=9)
    revision = submit(session, unit_of(unit), desk.period(session, 9).id, unit, Submission(is_nil=True))
    assert revision.is_nil
    assert revision.values == {"tong_so": 134, "hoan_thanh": 88, "dang_cach_ly": 46}


def test_the_first_nil_report_is_all_zeros(session: Session, desk: Desk, unit_of: Units) -> None:
    unit = desk.units[0]
    revision = submit(session, unit_of(unit), desk.period(session).id, unit, Submission(is_nil=True))
    assert set(revision.values.values()) == {0}


def test_new_cases_are_zero_in_a_nil_report_while_standing_ones_stay() -> None:
    before = {"f0": 2, "f1": 5, "f2": 1, "f3": 0, "f4": 0, "f0_moi": 1, "f1_moi": 5}
    values = submissions.nil_values(presets.CONTACTS.definition, before)
    assert (values["f0"], values["f1"], values["f0_moi"], values["f1_moi"]) == (2, 5, 0, 0)


def test_a_roster_is_kept_and_has_no_nil(session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock) -> None:
    preset = presets.ROSTER
    form = forms.create_form(
        session, desk.secretary, preset.key, FormPlan(preset.name, desk.units, preset.schedule), preset.definition
    )
    period = replace(desk, form=form).period(session, 13)
    unit = desk.units[0]
    rows = [{"day": f"2026-04-{day}", "name": "Phan Quốc Bảo", "is_leader": True} for day in range(13, 20)]
    revision = submit(session, unit_of(unit), period.id, unit, Submission({"roster": rows}))
    assert len(revision.values["roster"]) == 7
    with pytest.raises(NilNotAllowed):
        submit(session, unit_of(unit), period.id, unit, Submission(is_nil=True))
    for wrong in ({}, {"roster": "x"}, {"roster": rows, "tong_so": 1}, {"roster": rows[1:]}):
        with pytest.raises(ReportInvalid):
            submit(session, unit_of(unit), period.id, unit, Submission(wrong, reason="Sửa"))


def test_revisions_are_never_changed(session: Session, desk: Desk, unit_of: Units) -> None:
    unit = desk.units[0]
    submit(session, unit_of(unit), desk.period(session).id, unit, report())
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(text("UPDATE report_revision SET note = 'sửa trộm'"))


def test_a_name_in_the_note_is_refused(session: Session, desk: Desk, unit_of: Units) -> None:
    unit = desk.units[0]
    with pytest.raises(ReportInvalid, match="chỉ nhận số liệu"):
        submit(session, unit_of(unit), desk.period(session).id, unit, report(note="F1 là Nguyễn Văn Ấm"))


def test_only_units_account_roles_count(session: Session, desk: Desk, actor_factory: Callable[..., Actor]) -> None:
    impostor = actor_factory(Role.OPERATOR, unit_ids=[desk.units[0]])
    with pytest.raises(Forbidden):
        submit(session, impostor, desk.period(session).id, desk.units[0], report())
