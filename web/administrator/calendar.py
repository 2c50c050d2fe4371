"""Screen of the working calendar: one year at a time, its proposal, days added, changed and struck out."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.clock import in_vietnam
from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.calendar import service
from orchestrator.calendar.public_holidays import FIRST_YEAR, LAST_YEAR, DayKind
from orchestrator.calendar.service import DayEntry, YearOfDays
from web import forms
from web.administrator.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices, weekday

Answer = str | Response | tuple[str, int]
MONTHS = range(1, 13)


@blueprint.get("/lich")
@requires(Action.MANAGE_CALENDAR)
def calendar() -> str:
    """The year asked for, without one the present."""
    asked = request.args.get("nam", type=int)
    year = asked if asked is not None and FIRST_YEAR <= asked <= LAST_YEAR else _this_year()
    return _page(year)


@blueprint.post("/lich/<int:year>/chap-nhan")
@requires(Action.MANAGE_CALENDAR)
def accept_year(year: int) -> Answer:
    """Take the proposal over."""
    with current().database.transaction() as session:
        count = service.accept_year(session, acting(), year)
    flash(_("Đã ghi %(count)d ngày của năm %(year)d vào lịch.", count=count, year=year), "good")
    return redirect(url_for("administrator.calendar", nam=year))


@blueprint.post("/lich/<int:year>")
@requires(Action.MANAGE_CALENDAR)
def add_day(year: int) -> Answer:
    """Enter a day."""
    try:
        with current().database.transaction() as session:
            day = service.add_day(session, acting(), _typed()).day
    except Refusal as refusal:
        return _page(year, refusal.sentence()), refusal.http_status
    flash(_("Đã thêm ngày %(day)s.", day=f"{day:%d/%m/%Y}"), "good")
    return redirect(url_for("administrator.calendar", nam=day.year))


@blueprint.get("/lich/ngay/<uuid:holiday_id>")
@requires(Action.MANAGE_CALENDAR)
def day(holiday_id: UUID) -> str:
    """One entered day in its form."""
    with current().database.transaction() as session:
        row = service.get_day(session, acting(), holiday_id)
        return render_template("administrator/day.html", row=row, typed=None, kinds=choices("day_kind"))


@blueprint.post("/lich/ngay/<uuid:holiday_id>")
@requires(Action.MANAGE_CALENDAR)
def change_day(holiday_id: UUID) -> Answer:
    """Change or, where asked, strike out."""
    try:
        with current().database.transaction() as session:
            version = forms.whole_number(forms.text("version"), "phiên bản")
            if forms.text("act") == "xoa":
                year = service.remove_day(session, acting(), holiday_id, version).year
            else:
                year = service.change_day(session, acting(), holiday_id, _typed(), version).day.year
    except NotFound:
        raise
    except Refusal as refusal:
        with current().database.transaction() as session:
            row = service.get_day(session, acting(), holiday_id)
            return render_template(
                "administrator/day.html",
                row=row,
                typed=request.form,
                kinds=choices("day_kind"),
                sentence=refusal.sentence(),
            ), refusal.http_status
    flash(_("Đã lưu."), "good")
    return redirect(url_for("administrator.calendar", nam=year))


def _typed() -> DayEntry:
    return DayEntry(
        day=forms.day("day", "ngày"),
        name=forms.text("name"),
        kind=forms.choice("kind", DayKind, "loại ngày"),
        basis=forms.text("basis"),
    )


def _this_year() -> int:
    return in_vietnam(current().clock()).year


def _page(year: int, sentence: str = "") -> str:
    with current().database.transaction() as session:
        shown = service.show_year(session, acting(), year)
        return render_template(
            "administrator/calendar.html",
            shown=shown,
            year=year,
            years=(year - 1 if year > FIRST_YEAR else None, year + 1 if year < LAST_YEAR else None),
            rows=_rows(shown),
            months=_months(shown),
            kinds=choices("day_kind"),
            typed=request.form,
            sentence=sentence,
            today=in_vietnam(current().clock()).date(),
        )


def _rows(shown: YearOfDays) -> list[dict[str, Any]]:
    """The days of the year in order; those without an identity are only proposed."""
    entered = [(row.day, row.name, row.kind, row.basis, row.id) for row in shown.entered]
    proposed = [(row.day, row.name, row.kind, row.basis, None) for row in shown.proposed]
    names = ("day", "name", "kind", "basis", "id")
    rows = sorted([*entered, *proposed], key=lambda row: row[0])
    return [dict(zip(names, row, strict=True)) | {"weekday": weekday(row[0].weekday())} for row in rows]


def _months(shown: YearOfDays) -> list[tuple[date, list[list[tuple[date, str, str] | None]]]]:
    """Each month with its weeks, Monday first: a day, how it is painted, what it is called."""
    marks = {day.day: (day.kind.value, day.name) for day in shown.proposed}
    marks |= {day.day: (day.kind.value, day.name) for day in shown.entered}
    return [(date(shown.year, month, 1), _weeks(date(shown.year, month, 1), marks)) for month in MONTHS]


def _weeks(first: date, marks: dict[date, tuple[str, str]]) -> list[list[tuple[date, str, str] | None]]:
    cells: list[tuple[date, str, str] | None] = [None] * first.weekday()
    day = first
    while day.month == first.month:
        cells.append((day, *marks.get(day, ("weekend" if day.weekday() > 4 else "", ""))))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]
