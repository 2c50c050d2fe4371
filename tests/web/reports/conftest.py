"""Four units, a form on quarantine in use, browsers of a unit and of the secretary; 9:00 of Wednesday 8 April 2026."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory import service as directory
from orchestrator.reports import forms, presets
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportPeriod
from orchestrator.reports.presets import Preset
from orchestrator.reports.submissions import Submission, submit
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import at
from tests.web.builders import system

UNITS = (
    ("VPB", "Văn phòng Bộ"),
    ("TTTT", "Trung tâm Thông tin"),
    ("CVTLT", "Cục Văn thư và Lưu trữ"),
    ("HVHC", "Học viện Hành chính"),
)
FIGURES = {"v_tong_so": "134", "v_hoan_thanh": "88", "v_dang_cach_ly": "46"}


@dataclass(frozen=True)
class Desk:
    """Identities of what was built."""

    runtime: Runtime
    units: tuple[UUID, ...]
    form: UUID

    def period(self, day: int = 8, form: UUID | None = None) -> UUID:
        """The period that begins on this day of April."""
        with self.runtime.database.transaction() as session:
            wanted = {"form_id": form or self.form, "starts_on": date(2026, 4, day)}
            return session.query(ReportPeriod).filter_by(**wanted).one().id

    def fill(self, unit: int = 0, day: int = 8) -> str:
        """Address of a unit's form."""
        return f"/bao-cao-nhanh/ky/{self.period(day)}/don-vi/{self.units[unit]}"

    def report(self, unit: int, total: int, done: int, *, day: int = 8, reason: str = "", note: str = "") -> None:
        """A unit has reported."""
        values = {"tong_so": total, "hoan_thanh": done, "dang_cach_ly": total - done}
        actor = system(Role.UNIT)
        actor = type(actor)(actor.account_id, actor.name, actor.roles, frozenset(self.units))
        with self.runtime.database.transaction() as session:
            submit(session, actor, self.period(day), self.units[unit], Submission(values, note, reason=reason))

    def add_form(self, preset: Preset) -> UUID:
        """Another form in use."""
        with self.runtime.database.transaction() as session:
            plan = FormPlan(preset.name, self.units, preset.schedule)
            return forms.create_form(session, system(Role.SECRETARY), preset.key, plan, preset.definition).id


@pytest.fixture
def desk(runtime: Runtime, fixed_clock: FixedClock) -> Desk:
    fixed_clock.now = at(9)
    administrator = system(Role.ADMINISTRATOR)
    with runtime.database.transaction() as session:
        units = tuple(
            directory.create_unit(session, administrator, directory.NewUnit(code, name)).id for code, name in UNITS
        )
        preset = presets.QUARANTINE
        plan = FormPlan(preset.name, units, preset.schedule, "Ban Chỉ đạo")
        form = forms.create_form(session, system(Role.SECRETARY), preset.key, plan, preset.definition)
        return Desk(runtime, units, form.id)


@pytest.fixture
def unit_browser(browser_of: Callable[..., object], desk: Desk) -> object:
    """The first unit's browser."""
    return browser_of(Role.UNIT, unit_ids=[desk.units[0]])


@pytest.fixture
def office(browser_of: Callable[..., object]) -> object:
    """The secretary's browser."""
    return browser_of(Role.SECRETARY)
