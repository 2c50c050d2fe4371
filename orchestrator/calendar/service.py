"""The working calendar as the administrator keeps it.

Until a year is accepted, its proposal holds with the administrator's own days on top; afterwards its rows alone are
true, so that a proposed day can also be struck out. Functions take the session and the actor and never commit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.clock import in_vietnam
from core.errors import Invalid, NotFound, VersionConflict
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.calendar.models import CalendarYear, Holiday
from orchestrator.calendar.public_holidays import FIRST_YEAR, LAST_YEAR, DayKind, ProposedDay, proposed_days
from orchestrator.calendar.working_days import SATURDAY, WorkingCalendar
from orchestrator.words import checked_name

#: Years around the present for which unaccepted proposals are taken in: old meetings and far terms still count right.
YEARS_BACK, YEARS_AHEAD = 8, 5
#: Names the audit objects of years, which have no identity of their own.
_KEPT = "working_calendar"
_TAKEN = "ngày {day:%d/%m/%Y} đã có trong lịch, hãy sửa dòng đó"
_YEARS = UUID("6f0a6f0e-5f7c-4c55-9d0a-7e3a2f1f2020")


@dataclass(frozen=True)
class DayEntry:
    """A day as filled in."""

    day: date
    name: str
    kind: DayKind = DayKind.OFF
    basis: str = ""


@dataclass(frozen=True)
class YearOfDays:
    """One year for the screen: rows entered, days still only proposed, and whether the year is settled."""

    year: int
    entered: tuple[Holiday, ...]
    proposed: tuple[ProposedDay, ...]
    accepted: CalendarYear | None


def working_calendar(session: Session) -> WorkingCalendar:
    """The calendar that every deadline of the house is counted with.

    Two queries, once in a transaction: a screen that shows a hundred clocks asks a hundred times.
    """
    known = session.info.get(_KEPT)
    if not isinstance(known, WorkingCalendar):
        known = session.info[_KEPT] = _read_calendar(session)
    return known


def _read_calendar(session: Session) -> WorkingCalendar:
    this_year = in_vietnam(current().clock()).year
    settled = set(session.scalars(select(CalendarYear.year)))
    rows = session.execute(select(Holiday.day, Holiday.kind)).all()
    kinds = {
        day.day: day.kind
        for year in range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
        if year not in settled
        for day in proposed_days(year)
    }
    kinds.update({day: kind for day, kind in rows})
    return calendar_of(kinds.items())


def calendar_of(days: Iterable[tuple[date, DayKind]]) -> WorkingCalendar:
    """A calendar from days and their kinds, each day once."""
    known = dict(days)
    return WorkingCalendar(
        off=frozenset(day for day, kind in known.items() if kind is DayKind.OFF),
        working=frozenset(day for day, kind in known.items() if kind is DayKind.WORKING),
    )


def propose_year(year: int) -> tuple[ProposedDay, ...]:
    """The public holidays of a year for the administrator to accept. Raises Invalid outside 2000 to 2099."""
    _check_year(year)
    return proposed_days(year)


def show_year(session: Session, actor: Actor | None, year: int) -> YearOfDays:
    """Everything about one year. Raises Invalid (year)."""
    require(actor, Action.VIEW_DIRECTORY)
    _check_year(year)
    rows = tuple(session.scalars(_days_of(year)))
    accepted = session.get(CalendarYear, year)
    known = {row.day for row in rows}
    open_days = () if accepted else tuple(day for day in propose_year(year) if day.day not in known)
    return YearOfDays(year, rows, open_days, accepted)


def get_day(session: Session, actor: Actor | None, holiday_id: UUID) -> Holiday:
    """One entered day. Raises NotFound."""
    require(actor, Action.MANAGE_CALENDAR)
    row = session.get(Holiday, holiday_id)
    if row is None:
        raise NotFound
    return row


def add_day(session: Session, actor: Actor | None, entry: DayEntry) -> Holiday:
    """Enter a day. Raises Invalid: already entered, a weekday that is worked anyway, a year out of range."""
    require(actor, Action.MANAGE_CALENDAR)
    values = _checked(entry)
    statement = insert(Holiday).values(**values).on_conflict_do_nothing(index_elements=["day"]).returning(Holiday)
    row = session.scalar(statement)
    if row is None:
        raise Invalid(field="ngày", reason=_TAKEN.format(day=entry.day))
    session.info.pop(_KEPT, None)
    audit.record(session, actor, "calendar.day_added", "holiday", row.id, after=_said(row))
    return row


def change_day(session: Session, actor: Actor | None, holiday_id: UUID, entry: DayEntry, version: int) -> Holiday:
    """Change an entered day. Raises NotFound, VersionConflict, Invalid."""
    require(actor, Action.MANAGE_CALENDAR)
    row = _locked(session, holiday_id, version)
    before, values = _said(row), _checked(entry)
    try:
        with session.begin_nested():
            for name, value in values.items():
                setattr(row, name, value)
    except IntegrityError as error:
        raise Invalid(field="ngày", reason=_TAKEN.format(day=entry.day)) from error
    if _said(row) != before:
        row.version += 1
        session.info.pop(_KEPT, None)
        audit.record(session, actor, "calendar.day_changed", "holiday", row.id, before=before, after=_said(row))
    return row


def remove_day(session: Session, actor: Actor | None, holiday_id: UUID, version: int) -> date:
    """Strike an entered day out; answers which. Raises NotFound, VersionConflict."""
    require(actor, Action.MANAGE_CALENDAR)
    row = _locked(session, holiday_id, version)
    session.info.pop(_KEPT, None)
    audit.record(session, actor, "calendar.day_removed", "holiday", row.id, before=_said(row))
    session.delete(row)
    session.flush()
    return row.day


def accept_year(session: Session, actor: Actor | None, year: int) -> int:
    """Write the year's proposal into the calendar, leaving days already entered; answers how many were added.

    Asked again it adds nothing: an accepted year stays as the administrator has made it. Raises Invalid (year).
    """
    require(actor, Action.MANAGE_CALENDAR)
    proposal = propose_year(year)
    if actor is None or session.get(CalendarYear, year) is not None:
        return 0
    settle = insert(CalendarYear).values(year=year, accepted_at=current().clock(), accepted_by=actor.account_id)
    if session.scalar(settle.on_conflict_do_nothing().returning(CalendarYear.year)) is None:
        return 0
    rows = [{"day": day.day, "name": day.name, "kind": day.kind, "basis": day.basis} for day in proposal]
    added = session.scalars(
        insert(Holiday).values(rows).on_conflict_do_nothing(index_elements=["day"]).returning(Holiday.id)
    ).all()
    session.info.pop(_KEPT, None)
    audit.record(session, actor, "calendar.year_accepted", "calendar_year", uuid5(_YEARS, str(year)), days=len(added))
    return len(added)


def _checked(entry: DayEntry) -> dict[str, object]:
    _check_year(entry.day.year)
    if entry.kind is DayKind.WORKING and entry.day.weekday() < SATURDAY:
        raise Invalid(
            field="loại ngày", reason=f"{entry.day:%d/%m/%Y} không phải Thứ Bảy, Chủ nhật nên vốn đã làm việc"
        )
    return {
        "day": entry.day,
        "name": checked_name(entry.name, "tên ngày"),
        "kind": entry.kind,
        "basis": checked_name(entry.basis, "căn cứ", optional=True),
    }


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(field="năm", reason=f"chỉ từ {FIRST_YEAR} đến {LAST_YEAR}")


def _days_of(year: int) -> Select[Holiday]:
    return select(Holiday).where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31))).order_by(Holiday.day)


def _locked(session: Session, holiday_id: UUID, version: int) -> Holiday:
    row = session.get(Holiday, holiday_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise VersionConflict(current=row.version)
    return row


def _said(row: Holiday) -> dict[str, str]:
    return {"day": row.day.isoformat(), "name": row.name, "kind": row.kind.value, "basis": row.basis}
