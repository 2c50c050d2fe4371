"""Compiled reports: sums over units, change since the day before, late and missing, new revisions after corrections."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from orchestrator.reports import forms, presets
from orchestrator.reports.compilations import compile_period, get_compilation, list_compilations
from orchestrator.reports.compiled import Compiled
from orchestrator.reports.definition import Constraint, Scope
from orchestrator.reports.models import Compilation
from orchestrator.reports.refusals import NothingReported
from orchestrator.reports.submissions import Submission, submit
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import Desk, at

Units = Callable[[UUID], Actor]


def figures(total: int, done: int) -> dict[str, str]:
    return {"tong_so": str(total), "hoan_thanh": str(done), "dang_cach_ly": str(total - done)}


def report_all(session: Session, desk: Desk, unit_of: Units, day: int, rows: list[tuple[int, int]]) -> None:
    period = desk.period(session, day)
    for unit, (total, done) in zip(desk.units, rows, strict=False):
        submit(session, unit_of(unit), period.id, unit, Submission(figures(total, done)))


def test_nothing_reported_is_nothing_compiled(session: Session, desk: Desk) -> None:
    with pytest.raises(NothingReported):
        compile_period(session, desk.secretary, desk.period(session).id)


def test_units_are_added_up_and_the_missing_named(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88), (6, 2)])
    fixed_clock.now = at(16, 5)
    submit(session, unit_of(desk.units[2]), desk.period(session).id, desk.units[2], Submission(is_nil=True))
    content = compile_period(session, desk.secretary, desk.period(session).id).read()
    assert content.totals == {"tong_so": "140", "hoan_thanh": "90", "dang_cach_ly": "50"}
    assert [row.unit_code for row in content.missing] == ["HVHC"]
    assert len(content.late) == 1
    assert content.late[0].is_nil
    assert content.checks == ()
    assert Compiled.from_json(content.to_json()) == content


def test_the_change_since_the_day_before_is_shown(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88)])
    fixed_clock.now = at(9, day=9)
    report_all(session, desk, unit_of, 9, [(137, 90)])
    content = compile_period(session, desk.secretary, desk.period(session, 9).id).read()
    assert content.before is not None
    assert content.before.name == "ngày 08/04/2026"
    assert content.changes == {"tong_so": "3", "hoan_thanh": "2", "dang_cach_ly": "1"}
    assert content.change(content.definition.by_code["tong_so"]) == "+3"


def test_a_running_count_that_falls_is_pointed_out(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88)])
    fixed_clock.now = at(9, day=9)
    report_all(session, desk, unit_of, 9, [(130, 88)])
    checks = compile_period(session, desk.secretary, desk.period(session, 9).id).read().checks
    assert any("lũy kế nhưng giảm 4" in check for check in checks)


def test_a_correction_after_compiling_makes_a_new_compiled_revision(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88), (6, 2)])
    period = desk.period(session)
    first = compile_period(session, desk.secretary, period.id)
    assert compile_period(session, desk.secretary, period.id).id == first.id
    fixed_clock.now = at(17)
    better = Submission(figures(135, 88), reason="Đếm sót một người", base_number=1)
    submit(session, unit_of(desk.units[0]), period.id, desk.units[0], better)
    newest, oldest = list_compilations(session, desk.secretary, period)
    assert (newest.number, newest.because, oldest.id) == (2, "correction", first.id)
    assert newest.read().totals["tong_so"] == "141"
    assert oldest.read().totals["tong_so"] == "140"
    (row,) = newest.read().corrected
    assert row.reason == "Đếm sót một người"
    assert row.status == "in_time"


def test_a_late_report_after_compiling_counts_too(
    session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88)])
    period = desk.period(session)
    compile_period(session, desk.secretary, period.id)
    fixed_clock.now = at(16, 30)
    submit(session, unit_of(desk.units[1]), period.id, desk.units[1], Submission(figures(6, 2)))
    newest = list_compilations(session, desk.secretary, period)[0]
    assert (newest.number, newest.because) == (2, "late")
    assert newest.read().totals["tong_so"] == "140"


def test_old_reports_keep_their_form(session: Session, desk: Desk, unit_of: Units, fixed_clock: FixedClock) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88)])
    item = replace(presets.QUARANTINE.definition.indicators[0], code="tong_moi", label="Tổng số mới", cumulative=False)
    changed = replace(presets.QUARANTINE.definition, indicators=(item,), constraints=())
    forms.revise_form(session, desk.secretary, desk.form.id, changed)
    session.expire_all()
    assert "tong_so" in compile_period(session, desk.secretary, desk.period(session).id).read().totals
    fixed_clock.now = at(9, day=9)
    tomorrow = desk.period(session, 9)
    submit(session, unit_of(desk.units[0]), tomorrow.id, desk.units[0], Submission({"tong_moi": "7"}))
    content = compile_period(session, desk.secretary, tomorrow.id).read()
    assert content.totals == {"tong_moi": "7"}
    assert content.changes == {}


def test_constraints_of_totals_are_judged_over_all_units(session: Session, desk: Desk, unit_of: Units) -> None:
    limit = (Constraint("tong_so <= 100", Scope.TOTAL),)
    changed = replace(presets.QUARANTINE.definition, constraints=limit)
    forms.revise_form(session, desk.secretary, desk.form.id, changed)
    session.expire_all()
    report_all(session, desk, unit_of, 8, [(60, 60), (60, 60)])
    (check,) = compile_period(session, desk.secretary, desk.period(session).id).read().checks
    assert check.startswith("Toàn bộ các đơn vị: Tổng số thuộc diện tự cách ly tại nhà 120 lớn hơn 100")


def test_compiling_is_the_offices(
    session: Session, desk: Desk, unit_of: Units, actor_factory: Callable[..., Actor]
) -> None:
    report_all(session, desk, unit_of, 8, [(134, 88)])
    period = desk.period(session)
    for role in (Role.OPERATOR, Role.APPROVER, Role.REGISTRAR):
        with pytest.raises(Forbidden):
            compile_period(session, actor_factory(role), period.id)
    with pytest.raises(Forbidden):
        compile_period(session, unit_of(desk.units[0]), period.id)
    with pytest.raises(NotFound):
        compile_period(session, actor_factory(Role.UNIT), period.id)
    compiled = compile_period(session, desk.secretary, period.id)
    with pytest.raises(NotFound):
        get_compilation(session, unit_of(desk.units[0]), compiled.id)
    assert session.query(Compilation).count() == 1
