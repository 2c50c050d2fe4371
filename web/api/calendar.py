"""The working calendar over the API: a year, its proposal accepted, days entered, changed and struck out, terms."""

from datetime import date, datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from core.permissions import Action
from core.runtime import current
from orchestrator.calendar import service
from orchestrator.calendar.public_holidays import DayKind
from orchestrator.calendar.service import DayEntry, YearOfDays
from orchestrator.calendar.working_days import MOST_WORKING_DAYS
from web.api.blueprint import api
from web.api.shapes import In, Out, answer
from web.security.callers import acting
from web.security.gate import requires


class DayIn(In):
    """A day that differs from its weekday."""

    day: date
    name: str
    kind: DayKind = DayKind.OFF
    basis: str = ""

    def entry(self) -> DayEntry:
        """The value of the service."""
        return DayEntry(self.day, self.name, self.kind, self.basis)


class DayChange(DayIn):
    """A whole new day over the version that was read."""

    version: int = Field(ge=1)


class DayVersion(In):
    """The version that was decided on."""

    version: int = Field(ge=1)


class ProposedOut(Out):
    """A public holiday that holds until the year is accepted."""

    day: date
    name: str
    kind: DayKind
    basis: str


class DayOut(ProposedOut):
    """A day as entered."""

    id: UUID
    version: int


class YearOut(Out):
    """A year: days entered, days still only proposed, and since when it is settled."""

    year: int
    entered: list[DayOut]
    proposed: list[ProposedOut]
    accepted_at: datetime | None


class WorkingTermOut(Out):
    """The last day of a term."""

    day: date


class YearPath(BaseModel):
    """Which year."""

    year: int


class DayPath(BaseModel):
    """Which entered day."""

    day_id: UUID


class TermQuery(BaseModel):
    """So many working days after a day, which is not counted; before it where negative."""

    since: date
    working_days: int = Field(ge=-MOST_WORKING_DAYS, le=MOST_WORKING_DAYS)


@api.get("/calendar/<int:year>", responses={200: YearOut})
@requires(Action.VIEW_DIRECTORY)
def read_calendar(path: YearPath) -> Response:
    """Lịch làm việc của một năm: ngày đã nhập, ngày mới chỉ đề xuất."""
    with current().database.transaction() as session:
        return answer(_year_out(service.show_year(session, acting(), path.year)))


@api.post("/calendar/<int:year>/accept", responses={200: YearOut})
@requires(Action.MANAGE_CALENDAR)
def accept_calendar(path: YearPath) -> Response:
    """Chấp nhận các ngày đề xuất của một năm; gọi lại không đổi gì thêm."""
    with current().database.transaction() as session:
        service.accept_year(session, acting(), path.year)
        return answer(_year_out(service.show_year(session, acting(), path.year)))


@api.post("/calendar/days", responses={201: DayOut})
@requires(Action.MANAGE_CALENDAR)
def create_calendar_day(body: DayIn) -> Response:
    """Thêm ngày nghỉ hoặc ngày làm bù."""
    with current().database.transaction() as session:
        return answer(DayOut.of(service.add_day(session, acting(), body.entry())), 201)


@api.put("/calendar/days/<uuid:day_id>", responses={200: DayOut})
@requires(Action.MANAGE_CALENDAR)
def put_calendar_day(path: DayPath, body: DayChange) -> Response:
    """Sửa một ngày đã nhập."""
    with current().database.transaction() as session:
        return answer(DayOut.of(service.change_day(session, acting(), path.day_id, body.entry(), body.version)))


@api.post("/calendar/days/<uuid:day_id>/delete", responses={204: None})
@requires(Action.MANAGE_CALENDAR)
def delete_calendar_day(path: DayPath, body: DayVersion) -> Response:
    """Xóa một ngày đã nhập."""
    with current().database.transaction() as session:
        service.remove_day(session, acting(), path.day_id, body.version)
    return Response(status=204)


@api.get("/calendar/term", responses={200: WorkingTermOut})
@requires(Action.VIEW_DIRECTORY)
def count_term(query: TermQuery) -> Response:
    """Ngày cuối của một thời hạn tính bằng ngày làm việc; ngày đầu không tính (Điều 147 khoản 2 Bộ luật Dân sự)."""
    service.propose_year(query.since.year)
    with current().database.transaction() as session:
        calendar = service.working_calendar(session)
    return answer(WorkingTermOut(day=calendar.add_working_days(query.since, query.working_days)))


def _year_out(shown: YearOfDays) -> YearOut:
    return YearOut(
        year=shown.year,
        entered=[DayOut.of(row) for row in shown.entered],
        proposed=[ProposedOut.of(day) for day in shown.proposed],
        accepted_at=shown.accepted.accepted_at if shown.accepted else None,
    )
