"""Who has reported and who has not: one period line by line, many periods in numbers, one unit's own duties.

Every list is one query with its numbers in it, so that nothing grows with the rows shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, case, cast, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload

from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import Unit
from orchestrator.reports.models import ReportDuty, ReportForm, ReportPeriod, ReportReminder
from orchestrator.reports.sight import sees_every_unit
from orchestrator.reports.states import CANCELLED

PAGE = 50
#: Periods shown on the first screen: those whose cut-off lies within these days.
LATELY = timedelta(days=3)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Counts:
    """Units of one period."""

    units: int
    reported: int
    late: int

    @property
    def missing(self) -> int:
        return self.units - self.reported


@dataclass(frozen=True)
class Line:
    """One unit on the board. `state`: in_time, late, waiting (the cut-off is still to come), missing."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    state: str
    submitted_at: datetime | None
    revision_count: int
    corrected_at: datetime | None
    is_nil: bool
    reminders: int
    #: Reminded, but there was no address to write to.
    without_address: bool


@dataclass(frozen=True)
class Board:
    """One period with all its lines by state and code."""

    period: ReportPeriod
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counts:
        return Counts(
            len(self.lines),
            sum(line.submitted_at is not None for line in self.lines),
            sum(line.state == "late" for line in self.lines),
        )


def board(session: Session, actor: Actor | None, period_id: UUID) -> Board:
    """The board of one period: the office's, and open to every unit that must report (REQUIREMENTS C4). No figures."""
    period = get_period(session, actor, period_id)
    now = current().clock()
    told = (
        select(
            ReportReminder.duty_id,
            func.count().label("times"),
            func.max(cast(ReportReminder.mail_id.is_(None), Integer)).label("without"),
        )
        .join(ReportDuty, ReportDuty.id == ReportReminder.duty_id)
        .where(ReportDuty.period_id == period.id)
        .group_by(ReportReminder.duty_id)
        .subquery()
    )
    query = (
        select(ReportDuty, Unit.code, Unit.name, told.c.times, told.c.without)
        .join(Unit, Unit.id == ReportDuty.unit_id)
        .outerjoin(told, told.c.duty_id == ReportDuty.id)
        .where(ReportDuty.period_id == period.id)
        .options(lazyload(ReportDuty.unit))
    )
    lines = [
        Line(
            duty.unit_id,
            code,
            name,
            state_of(duty, period, now),
            duty.first_submitted_at,
            duty.revision_count,
            duty.last_submitted_at if duty.revision_count > 1 else None,
            duty.is_nil,
            times or 0,
            bool(without),
        )
        for duty, code, name, times, without in session.execute(query)
    ]
    order = {"missing": 0, "waiting": 1, "late": 2, "in_time": 3}
    return Board(period, tuple(sorted(lines, key=lambda line: (order[line.state], line.unit_code))))


def state_of(duty: ReportDuty, period: ReportPeriod, now: datetime) -> str:
    """The state of one unit's report."""
    if duty.revision_count:
        return "late" if duty.is_late else "in_time"
    return "waiting" if now <= period.cut_off_at else "missing"


def get_period(session: Session, actor: Actor | None, period_id: UUID) -> ReportPeriod:
    """One period. Raises NotFound for units that need not report on it."""
    period = session.get(ReportPeriod, period_id)
    if period is None:
        raise NotFound
    require(actor, Action.VIEW_REPORTS, period)
    return period


def current_periods(session: Session, actor: Actor, now: datetime) -> Sequence[tuple[ReportPeriod, Counts]]:
    """Periods of these days with their numbers, the nearest cut-off first; a unit sees those it must report on."""
    wanted = _seen_by(actor).where(
        ReportPeriod.cut_off_at > now - LATELY,
        ReportPeriod.opens_at <= now,
        ReportPeriod.cut_off_at <= now + SOON,
    )
    return _with_counts(session, wanted.limit(PAGE))


def past_periods(
    session: Session, actor: Actor, now: datetime, *, page: int = 1, form_id: UUID | None = None
) -> tuple[Sequence[tuple[ReportPeriod, Counts]], bool]:
    """Fifty periods by cut-off, newest first, and whether there are more."""
    wanted = _seen_by(actor).where(ReportPeriod.opens_at <= now)
    if form_id is not None:
        wanted = wanted.where(ReportPeriod.form_id == form_id)
    rows = _with_counts(session, wanted.offset((max(page, 1) - 1) * PAGE).limit(PAGE + 1))
    return rows[:PAGE], len(rows) > PAGE


def own_duties(
    session: Session, actor: Actor, now: datetime, *, page: int = 1, open_only: bool = False
) -> tuple[Sequence[ReportDuty], bool]:
    """Duties of the actor's own units, newest cut-off first, with period, form and unit; whether there are more.

    `open_only`: those that can still be reported on and have not been, the most urgent first.
    """
    require(actor, Action.VIEW_REPORTS)
    query = (
        select(ReportDuty)
        .join(ReportDuty.period)
        .where(
            ReportDuty.unit_id.in_(sorted(actor.unit_ids)),
            ReportPeriod.state != CANCELLED,
            ReportPeriod.opens_at <= now,
        )
        .options(contains_eager(ReportDuty.period).joinedload(ReportPeriod.form), joinedload(ReportDuty.unit))
        .options(contains_eager(ReportDuty.period).lazyload(ReportPeriod.form_version))
    )
    if open_only:
        query = query.where(ReportDuty.revision_count == 0, ReportPeriod.cut_off_at > now - LATELY)
        query = query.order_by(ReportPeriod.cut_off_at)
    else:
        query = query.order_by(ReportPeriod.cut_off_at.desc(), ReportDuty.unit_id)
    rows = session.scalars(query.offset((max(page, 1) - 1) * PAGE).limit(PAGE + 1)).all()
    return rows[:PAGE], len(rows) > PAGE


def _seen_by(actor: Actor) -> Select[Any]:
    """Identities of periods, the newest cut-off first; a unit's are those it must report on."""
    require(actor, Action.VIEW_REPORTS)
    query = select(ReportPeriod.id).where(ReportPeriod.state != CANCELLED)
    if not sees_every_unit(actor):
        own = select(ReportDuty.period_id).where(ReportDuty.unit_id.in_(sorted(actor.unit_ids)))
        query = query.where(ReportPeriod.id.in_(own))
    return query.order_by(ReportPeriod.cut_off_at.desc(), ReportPeriod.id)


def _with_counts(session: Session, wanted: Select[Any]) -> list[tuple[ReportPeriod, Counts]]:
    """These periods with form and numbers; only the duties of the chosen periods are counted."""
    chosen = wanted.subquery()
    numbers = (
        select(
            ReportDuty.period_id,
            func.count().label("units"),
            func.count(case((ReportDuty.revision_count > 0, 1))).label("reported"),
            func.count(case((ReportDuty.is_late, 1))).label("late"),
        )
        .where(ReportDuty.period_id.in_(select(chosen.c.id)))
        .group_by(ReportDuty.period_id)
        .subquery()
    )
    query = (
        select(ReportPeriod, numbers.c.units, numbers.c.reported, numbers.c.late)
        .join(numbers, numbers.c.period_id == ReportPeriod.id)
        .join(ReportForm, ReportForm.id == ReportPeriod.form_id)
        .options(contains_eager(ReportPeriod.form), lazyload(ReportPeriod.form_version))
        .order_by(ReportPeriod.cut_off_at.desc(), ReportForm.name)
    )
    rows: Sequence[Any] = session.execute(query).all()
    return [(period, Counts(units, reported, late)) for period, units, reported, late in rows]
