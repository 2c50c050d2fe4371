"""A ministry whose units report on quarantine by 16:00; a clock of Vietnam to move; letters to read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.permissions import Actor, Role
from orchestrator.reports import forms, presets
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportForm, ReportPeriod
from orchestrator.reports.submissions import Submission
from tests.conftest import FixedClock
from tests.orchestrator.conftest import Ministry

GOOD = {"tong_so": "134", "hoan_thanh": "88", "dang_cach_ly": "46"}


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 8, month: int = 4) -> datetime:
    """A moment of April 2026 on a clock in Hà Nội, in UTC; the 8th is a Wednesday."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=VIETNAM).astimezone(UTC)


@dataclass(frozen=True)
class Desk:
    """The office with one form in use."""

    form: ReportForm
    units: tuple[UUID, ...]
    secretary: Actor

    def period(self, session: Session, day: int = 8, month: int = 4) -> ReportPeriod:
        """The period that begins on this day."""
        wanted = datetime(2026, month, day, tzinfo=VIETNAM).date()
        return session.query(ReportPeriod).filter_by(form_id=self.form.id, starts_on=wanted, state="open").one()


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


@pytest.fixture
def unit_of(actor_factory: Callable[..., Actor]) -> Callable[[UUID], Actor]:
    return lambda unit_id: actor_factory(Role.UNIT, unit_ids=[unit_id])


@pytest.fixture
def desk(session: Session, ministry: Ministry, secretary: Actor, fixed_clock: FixedClock) -> Desk:
    """Quarantine counts every working day, all four units; the clock stands at 9:00 of Wednesday 8 April 2026."""
    fixed_clock.now = at(9)
    preset = presets.QUARANTINE
    units = tuple(unit.id for unit in ministry.units)
    plan = FormPlan(preset.name, units, preset.schedule, addressee="Ban Chỉ đạo phòng, chống dịch")
    form = forms.create_form(session, secretary, preset.key, plan, preset.definition)
    return Desk(form, units, secretary)


def report(**changes: Any) -> Submission:
    """134 = 88 + 46, with what a test wants otherwise."""
    values = {**GOOD, **changes.pop("values", {})}
    return Submission(values=values, **changes)
