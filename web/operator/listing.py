"""The list of meetings with filters and pages, and the calendar by month and week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from core.clock import VIETNAM, in_vietnam
from core.permissions import Action
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.listing import (
    COMING,
    PAST,
    MeetingFilter,
    MeetingRow,
    meetings_between,
    search_meetings,
)
from orchestrator.meetings.models import MeetingKind
from web import forms
from web.operator.blueprint import blueprint
from web.operator.choices import endpoint_names
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices

WEEK = timedelta(days=7)
_FILTERS = ("tim", "loai", "trang-thai", "tu", "den", "diem-cau", "chuoi")
_SHORT_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True)
class DayCell:
    """A day of the calendar."""

    day: date
    is_in_period: bool
    is_today: bool
    is_off: bool
    meetings: Sequence[MeetingRow]


@blueprint.get("/cuoc-hop")
@requires(Action.VIEW_MEETING)
def meetings() -> str:
    """Meetings the person may see, by page; without a choice the coming ones."""
    asked = request.args
    when = asked.get("luc", COMING)
    wanted = MeetingFilter(
        words=asked.get("tim", "")[:200],
        kind=_known(MeetingKind, asked.get("loai", "")),
        state=_known_state(asked.get("trang-thai", "")),
        when=when if when in (COMING, PAST) else "",
        since=_day_start(asked.get("tu", "")),
        until=_day_start(asked.get("den", ""), days=1),
        endpoint_id=_id(asked.get("diem-cau", "")),
        series_id=_id(asked.get("chuoi", "")),
    )
    actor = acting()
    with current().database.transaction() as session:
        page = search_meetings(
            session, actor, wanted, current().clock(), page=forms.page_number(asked.get("trang", "1"))
        )
        return render_template(
            "operator/meetings.html",
            page=page,
            endpoints=endpoint_names(session, actor),
            kinds=choices("meeting_kind"),
            states=choices("meeting"),
            whens=[(COMING, _("Sắp tới và đang họp")), (PAST, _("Đã qua")), ("tat-ca", _("Tất cả"))],
            when=when,
            asked=asked,
            is_filtered=any(
                asked.get(name) for name in ("tim", "loai", "trang-thai", "tu", "den", "diem-cau", "chuoi")
            ),
            page_url=_page_url,
        )


@blueprint.get("/cuoc-hop/lich")
@requires(Action.VIEW_MEETING)
def calendar() -> str:
    """A month or a week of meetings; days off are marked."""
    today = in_vietnam(current().clock()).date()
    anchor = _day(request.args.get("ngay", "")) or today
    by_week = request.args.get("kieu") == "tuan"
    first, last = _week(anchor) if by_week else _month(anchor)
    begin, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    with current().database.transaction() as session:
        found = meetings_between(session, acting(), _start(begin), _start(end + timedelta(days=1)))
        days = _cells(begin, end, (first, last), today, found, working_calendar(session))
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return render_template(
        "operator/calendar.html",
        weeks=[days[index : index + 7] for index in range(0, len(days), 7)],
        short_days=_SHORT_DAYS,
        by_week=by_week,
        first=first,
        last=last,
        before=before.isoformat(),
        after=after.isoformat(),
        anchor=anchor.isoformat(),
        total=len(found),
    )


def _cells(
    begin: date,
    end: date,
    period: tuple[date, date],
    today: date,
    found: Sequence[MeetingRow],
    working: WorkingCalendar,
) -> list[DayCell]:
    by_day: dict[date, list[MeetingRow]] = {}
    for row in found:
        by_day.setdefault(in_vietnam(row.starts_at).date(), []).append(row)
    days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    return [
        DayCell(
            day=day,
            is_in_period=period[0] <= day <= period[1],
            is_today=day == today,
            is_off=not working.is_working_day(day),
            meetings=by_day.get(day, ()),
        )
        for day in days
    ]


def _week(anchor: date) -> tuple[date, date]:
    first = anchor - timedelta(days=anchor.weekday())
    return first, first + timedelta(days=6)


def _month(anchor: date) -> tuple[date, date]:
    first = anchor.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def _page_url(number: int) -> str:
    """This list, another page."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "trang"}
    return url_for("operator.meetings", **asked, trang=number)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def _day(text: str) -> date | None:
    """A day of an address; what is none is not looked at, nor what lies outside of any calendar."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _day_start(text: str, *, days: int = 0) -> datetime | None:
    day = _day(text)
    return _start(day + timedelta(days=days)) if day else None


def _known(kind: type[MeetingKind], text: str) -> MeetingKind | None:
    return kind(text) if text in list(kind) else None


def _known_state(text: str) -> str:
    return text if text in dict(choices("meeting")) else ""


def _id(text: str) -> Any:
    return forms.read_id(text, "điểm cầu") if text else None
