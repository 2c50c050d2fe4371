"""Series and templates over the API: preview, plan, go on, end; keep a template, plan an urgent meeting from one."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask import Response
from pydantic import AwareDatetime, BaseModel, Field

from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan import PlannedDocument, PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.preview import preview_series
from orchestrator.meetings.series.service import continue_series, end_series, get_series, list_series, plan_series
from orchestrator.meetings.templates.service import (
    NewTemplate,
    QuickPlan,
    create_template,
    list_templates,
    plan_quickly,
    retire_template,
)
from web.api.blueprint import api
from web.api.meeting_shapes import (
    AgendaIn,
    DocumentIn,
    MeetingOut,
    MeetingsOut,
    ParticipantIn,
    PlannedEndpointIn,
    meeting_out,
)
from web.api.shapes import In, Out, answer, answer_list
from web.planning import traced
from web.security.callers import acting
from web.security.gate import requires


class BodyIn(In):
    """What every meeting of a series, or from a template, starts with."""

    endpoints: list[PlannedEndpointIn] = Field(max_length=500)
    kind: MeetingKind = MeetingKind.WEEKLY_BRIEFING
    urgency: Urgency = Urgency.NORMAL
    chair_id: UUID | None = None
    secretary_id: UUID | None = None
    body_name: str = ""
    participants: list[ParticipantIn] = Field(default_factory=list, max_length=2000)
    agenda: list[AgendaIn] = Field(default_factory=list, max_length=200)
    documents: list[DocumentIn] = Field(default_factory=list, max_length=200)
    title: str
    duration_minutes: int

    def common(self) -> dict[str, Any]:
        """Arguments that series and templates share."""
        body = PlanBody(
            endpoints=tuple(PlannedEndpoint(**item.model_dump()) for item in self.endpoints),
            participants=tuple(PlannedParticipant(**item.model_dump()) for item in self.participants),
            agenda=tuple(PlannedItem(**item.model_dump()) for item in self.agenda),
            documents=tuple(PlannedDocument(**item.model_dump()) for item in self.documents),
        )
        names = ("title", "duration_minutes", "kind", "urgency", "chair_id", "secretary_id", "body_name")
        return {name: getattr(self, name) for name in names} | {"body": body}


class SeriesIn(BodyIn):
    """A series. The classification comes first and has no default."""

    classification: Classification
    rrule: str
    starts_at: AwareDatetime
    through: date | None = None
    excluded: list[date] = Field(default_factory=list, max_length=200)
    moved: dict[date, date] = Field(default_factory=dict, max_length=200)

    def series(self) -> NewSeries:
        """The value that the orchestrator plans with."""
        return NewSeries(
            classification=self.classification,
            rrule=self.rrule,
            starts_at=self.starts_at,
            through=self.through,
            excluded=frozenset(self.excluded),
            moved=self.moved,
            **self.common(),
        )


class TemplateIn(BodyIn):
    """A template."""

    name: str


class QuickIn(In):
    """An urgent meeting from a template, minutes from now."""

    classification: Classification
    in_minutes: int = 30
    title: str = ""
    chair_id: UUID | None = None
    urgency: Urgency = Urgency.EXPRESS


class OccurrenceOut(Out):
    """A meeting the series would have, and what stands against it."""

    on: date
    starts_at: datetime
    ends_at: datetime
    is_day_off: bool
    proposed_on: date | None
    is_excluded: bool
    conflict: str


class OccurrencesOut(Out):
    """All of them."""

    items: list[OccurrenceOut]


class SeriesOut(Out):
    """A series as stored."""

    id: UUID
    title: str
    rrule: str
    first_on: date
    starts_time: time
    duration_minutes: int
    horizon_on: date
    excluded_on: list[date]
    kind: MeetingKind
    ended_at: datetime | None


class SeriesListOut(Out):
    """A page of series."""

    items: list[SeriesOut]


class TemplateOut(Out):
    """A template as stored."""

    id: UUID
    name: str
    title: str
    kind: MeetingKind
    urgency: Urgency
    duration_minutes: int
    chair_id: UUID | None
    version: int


class TemplatesOut(Out):
    """Templates in use."""

    items: list[TemplateOut]


class SeriesPath(BaseModel):
    """Which series."""

    series_id: UUID


class TemplatePath(BaseModel):
    """Which template."""

    template_id: UUID


class PageQuery(BaseModel):
    """Which page."""

    page: int = Field(default=1, ge=1, le=100_000)


class ContinueIn(In):
    """Up to which day, and which days to leave out."""

    through: date
    excluded: list[date] = Field(default_factory=list, max_length=200)


class EndIn(In):
    """From which day on the meetings are called off, and why."""

    from_day: date
    reason: str


@api.get("/series", responses={200: SeriesListOut})
@requires(Action.PLAN_MEETING)
def series_index(query: PageQuery) -> Response:
    """Danh sách chuỗi họp."""
    with current().database.transaction() as session:
        return answer_list(SeriesOut, list_series(session, acting(), page=query.page)[0])


@api.post("/series/preview", responses={200: OccurrencesOut})
@requires(Action.PLAN_MEETING)
def series_preview(body: SeriesIn) -> Response:
    """Xem trước các phiên của chuỗi, chưa lưu gì."""
    with traced(acting(), body.classification), current().database.transaction() as session:
        return answer_list(OccurrenceOut, preview_series(session, acting(), body.series()))


@api.post("/series", responses={201: SeriesOut})
@requires(Action.PLAN_MEETING)
def create_series(body: SeriesIn) -> Response:
    """Lập chuỗi họp với mọi phiên."""
    with traced(acting(), body.classification), current().database.transaction() as session:
        return answer(SeriesOut.of(plan_series(session, acting(), body.series())[0]), 201)


@api.get("/series/<uuid:series_id>", responses={200: SeriesOut})
@requires(Action.PLAN_MEETING)
def read_series(path: SeriesPath) -> Response:
    """Một chuỗi họp."""
    with current().database.transaction() as session:
        return answer(SeriesOut.of(get_series(session, acting(), path.series_id)))


@api.post("/series/<uuid:series_id>/continue", responses={200: MeetingsOut})
@requires(Action.PLAN_MEETING)
def go_on_with_series(path: SeriesPath, body: ContinueIn) -> Response:
    """Lập tiếp các phiên đến hết một ngày."""
    with current().database.transaction() as session:
        excluded = frozenset(body.excluded)
        made = continue_series(session, acting(), path.series_id, body.through, excluded=excluded)
        return answer_list(MeetingOut, [meeting_out(meeting) for meeting in made])


@api.post("/series/<uuid:series_id>/end", responses={200: SeriesOut})
@requires(Action.PLAN_MEETING)
def end_of_series(path: SeriesPath, body: EndIn) -> Response:
    """Kết thúc chuỗi, hủy các phiên chưa họp."""
    with current().database.transaction() as session:
        end_series(session, acting(), path.series_id, body.from_day, body.reason)
        return answer(SeriesOut.of(get_series(session, acting(), path.series_id)))


@api.get("/meeting-templates", responses={200: TemplatesOut})
@requires(Action.PLAN_MEETING)
def templates_index() -> Response:
    """Mẫu cuộc họp đang dùng."""
    with current().database.transaction() as session:
        return answer_list(TemplateOut, list_templates(session, acting()))


@api.post("/meeting-templates", responses={201: TemplateOut})
@requires(Action.PLAN_MEETING)
def make_template(body: TemplateIn) -> Response:
    """Tạo mẫu cuộc họp."""
    with current().database.transaction() as session:
        new = NewTemplate(name=body.name, **body.common())
        return answer(TemplateOut.of(create_template(session, acting(), new)), 201)


@api.delete("/meeting-templates/<uuid:template_id>", responses={200: TemplatesOut})
@requires(Action.PLAN_MEETING)
def drop_template(path: TemplatePath) -> Response:
    """Ngừng dùng một mẫu."""
    with current().database.transaction() as session:
        retire_template(session, acting(), path.template_id)
        return answer_list(TemplateOut, list_templates(session, acting()))


@api.post("/meeting-templates/<uuid:template_id>/meetings", responses={201: MeetingOut})
@requires(Action.PLAN_MEETING)
def plan_from_template(path: TemplatePath, body: QuickIn) -> Response:
    """Lập cuộc họp khẩn từ mẫu."""
    quick = QuickPlan(template_id=path.template_id, **body.model_dump())
    with traced(acting(), body.classification), current().database.transaction() as session:
        return answer(meeting_out(plan_quickly(session, acting(), quick)), 201)
