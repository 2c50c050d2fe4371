"""Quick reports over the API: forms, boards, a unit's report with its corrections, compiled reports and their files."""

from datetime import datetime, time
from typing import Any, Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from core.errors import Invalid
from core.permissions import Action
from core.runtime import current
from orchestrator.reports import board as boards
from orchestrator.reports import compilations, documents, forms, submissions
from orchestrator.reports.board import Board, Counts
from orchestrator.reports.definition import FormDefinition
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import Compilation, ReportForm, ReportPeriod, ReportRevision
from orchestrator.reports.presets import find_preset
from orchestrator.reports.schedule import Cadence, Schedule
from orchestrator.reports.submissions import Submission
from web.api.blueprint import api
from web.api.report_shapes import DefinitionIn, definition_of
from web.api.shapes import In, Out, answer, answer_list
from web.files import send_bytes
from web.security.callers import acting
from web.security.gate import requires


class FormOut(Out):
    """A form and what it asks."""

    id: UUID
    code: str
    name: str
    active: bool
    addressee: str
    version_number: int
    schedule: dict[str, Any]
    unit_ids: list[UUID]
    definition: dict[str, Any]


class FormsOut(Out):
    """Forms, those in use first."""

    items: list[FormOut]


class ScheduleIn(In):
    """When a form is due; times on a clock in Hà Nội."""

    cadence: Cadence = Cadence.DAILY
    cut_off: time = time(16, 0)
    working_days_only: bool = True
    weekday: int = Field(default=4, ge=0, le=6)
    next_week: bool = False
    reminder_minutes: list[int] = Field(default=[60, 15], max_length=5)

    def value(self) -> Schedule:
        """Raises Invalid."""
        plain = self.model_dump(mode="json") | {"cut_off": self.cut_off.strftime("%H:%M")}
        try:
            return Schedule.from_json(plain)
        except ValueError as error:
            raise Invalid(field="schedule", reason="giờ chốt, ngày trong tuần hoặc giờ nhắc không hợp lệ") from error


class FormIn(In):
    """A new form: from a `preset`, or with its own `definition`."""

    code: str
    name: str = ""
    unit_ids: list[UUID]
    preset: str | None = None
    definition: DefinitionIn | None = None
    schedule: ScheduleIn | None = None
    addressee: str = ""


class VersionIn(In):
    """What a form asks from now on."""

    definition: DefinitionIn


class FormPath(BaseModel):
    """Which form."""

    form_id: UUID


class CountsOut(Out):
    """Units of a period."""

    units: int
    reported: int
    late: int
    missing: int


class PeriodOut(Out):
    """One day or week of a form."""

    id: UUID
    form_id: UUID
    form_name: str
    starts_on: str
    ends_on: str
    opens_at: datetime
    cut_off_at: datetime
    state: str
    counts: CountsOut


class PeriodsOut(Out):
    """Periods, the newest cut-off first."""

    items: list[PeriodOut]


class LineOut(Out):
    """One unit on the board."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    state: str
    submitted_at: datetime | None
    revision_count: int
    corrected_at: datetime | None
    is_nil: bool


class BoardOut(Out):
    """Who has reported and who has not."""

    period: PeriodOut
    lines: list[LineOut]


class PeriodPath(BaseModel):
    """Which period."""

    period_id: UUID


class ReportPath(PeriodPath):
    """Which unit's report."""

    unit_id: UUID


class PeriodsQuery(BaseModel):
    """Page of fifty, and one form only."""

    page: int = Field(default=1, ge=1, le=10_000)
    form_id: UUID | None = None


class ReportIn(In):
    """A report, or a correction with its reason; `base_number` is the revision it was made from (0: none yet)."""

    values: dict[str, Any] = {}
    note: str = ""
    nil: bool = False
    reason: str = ""
    base_number: int | None = Field(default=None, ge=0)


class RevisionOut(Out):
    """What a unit reported."""

    id: UUID
    number: int
    values: dict[str, Any]
    note: str
    is_nil: bool
    is_late: bool
    reason: str
    submitted_at: datetime
    author_name: str


class RevisionsOut(Out):
    """Report and corrections, newest first."""

    items: list[RevisionOut]


class CompilationOut(Out):
    """A compiled report."""

    id: UUID
    period_id: UUID
    number: int
    because: str
    compiled_at: datetime
    author_name: str
    sha256: str
    content: dict[str, Any]


class CompilationPath(BaseModel):
    """Which compiled revision."""

    compilation_id: UUID


class FilePath(CompilationPath):
    """Which file of it."""

    kind: Literal["xlsx", "docx", "pdf"]


def _period_out(period: ReportPeriod, counts: Counts) -> PeriodOut:
    plain = {name: getattr(period, name) for name in ("id", "form_id", "opens_at", "cut_off_at", "state")}
    return PeriodOut(
        **plain,
        form_name=period.form.name,
        starts_on=period.starts_on.isoformat(),
        ends_on=period.ends_on.isoformat(),
        counts=CountsOut.of(counts),
    )


def _board_out(found: Board) -> BoardOut:
    return BoardOut(period=_period_out(found.period, found.counts), lines=[LineOut.of(line) for line in found.lines])


def _form_out(form: ReportForm, definition: FormDefinition) -> FormOut:
    plain = {
        name: getattr(form, name)
        for name in ("id", "code", "name", "active", "addressee", "version_number", "schedule")
    }
    return FormOut(**plain, unit_ids=[row.unit_id for row in form.units], definition=definition.to_json())


def _compilation_out(row: Compilation) -> CompilationOut:
    return CompilationOut.of(row)


@api.get("/reports/forms", responses={200: FormsOut})
@requires(Action.MANAGE_REPORTS, Action.VIEW_REPORTS)
def list_report_forms() -> Response:
    """Các biểu mẫu báo cáo nhanh."""
    with current().database.transaction() as session:
        rows = forms.list_forms(session, acting())
        newest = forms.latest_definitions(session, rows)
        return answer_list(FormOut, [_form_out(row, newest[row.id]) for row in rows])


@api.post("/reports/forms", responses={201: FormOut})
@requires(Action.MANAGE_REPORTS)
def create_report_form(body: FormIn) -> Response:
    """Lập biểu mẫu: từ mẫu có sẵn hoặc tự định nghĩa."""
    preset = find_preset(body.preset) if body.preset else None
    if body.preset and preset is None:
        raise Invalid(field="preset", reason="không có mẫu này")
    if body.definition is not None:
        definition = definition_of(body.definition)
    elif preset is not None:
        definition = preset.definition
    else:
        raise Invalid(field="definition", reason="cần định nghĩa biểu mẫu hoặc tên mẫu có sẵn")
    schedule = body.schedule.value() if body.schedule else preset.schedule if preset else Schedule()
    name = body.name or (preset.name if preset else "")
    with current().database.transaction() as session:
        plan = FormPlan(name, body.unit_ids, schedule, body.addressee)
        form = forms.create_form(session, acting(), body.code, plan, definition)
        return answer(_form_out(form, definition), 201)


@api.post("/reports/forms/<uuid:form_id>/versions", responses={201: FormOut})
@requires(Action.MANAGE_REPORTS)
def revise_report_form(path: FormPath, body: VersionIn) -> Response:
    """Phiên bản mới của biểu mẫu; báo cáo cũ giữ phiên bản cũ."""
    definition = definition_of(body.definition)
    with current().database.transaction() as session:
        forms.revise_form(session, acting(), path.form_id, definition)
        return answer(_form_out(forms.get_form(session, acting(), path.form_id), definition), 201)


@api.get("/reports/periods", responses={200: PeriodsOut})
@requires(Action.VIEW_REPORTS)
def list_report_periods(query: PeriodsQuery) -> Response:
    """Các kỳ đã mở, 50 kỳ một trang; đơn vị thấy kỳ mình phải báo cáo."""
    with current().database.transaction() as session:
        now = current().clock()
        rows, _ = boards.past_periods(session, acting(), now, page=query.page, form_id=query.form_id)
        return answer_list(PeriodOut, [_period_out(period, counts) for period, counts in rows])


@api.get("/reports/periods/<uuid:period_id>", responses={200: BoardOut})
@requires(Action.VIEW_REPORTS)
def report_board(path: PeriodPath) -> Response:
    """Đơn vị nào đã nộp, chưa nộp, nộp muộn."""
    with current().database.transaction() as session:
        return answer(_board_out(boards.board(session, acting(), path.period_id)))


@api.post("/reports/periods/<uuid:period_id>/units/<uuid:unit_id>/revisions", responses={201: RevisionOut})
@requires(Action.SUBMIT_REPORT)
def submit_report(path: ReportPath, body: ReportIn) -> Response:
    """Nộp báo cáo, hoặc bản điều chỉnh kèm lý do."""
    sent = Submission(body.values, body.note, body.nil, body.reason, body.base_number)
    with current().database.transaction() as session:
        row = submissions.submit(session, acting(), path.period_id, path.unit_id, sent)
        return answer(RevisionOut.of(row), 201)


@api.get("/reports/periods/<uuid:period_id>/units/<uuid:unit_id>/revisions", responses={200: RevisionsOut})
@requires(Action.VIEW_REPORTS)
def list_report_revisions(path: ReportPath) -> Response:
    """Báo cáo của một đơn vị và các lần điều chỉnh."""
    with current().database.transaction() as session:
        duty = submissions.find_duty(session, acting(), path.period_id, path.unit_id)
        rows: list[ReportRevision] = list(submissions.list_revisions(session, acting(), duty))
        return answer_list(RevisionOut, rows)


@api.post("/reports/periods/<uuid:period_id>/compilations", responses={201: CompilationOut})
@requires(Action.COMPILE_REPORT)
def compile_report(path: PeriodPath) -> Response:
    """Tổng hợp và chốt số liệu của kỳ."""
    with current().database.transaction() as session:
        return answer(_compilation_out(compilations.compile_period(session, acting(), path.period_id)), 201)


@api.get("/reports/compilations/<uuid:compilation_id>", responses={200: CompilationOut})
@requires(Action.VIEW_REPORTS)
def read_compilation(path: CompilationPath) -> Response:
    """Một bản tổng hợp."""
    with current().database.transaction() as session:
        return answer(_compilation_out(compilations.get_compilation(session, acting(), path.compilation_id)))


@api.get("/reports/compilations/<uuid:compilation_id>/document.<kind>")
@requires(Action.VIEW_REPORTS)
def compilation_file(path: FilePath) -> Response:
    """Bản tổng hợp dưới dạng XLSX, DOCX hoặc PDF."""
    with current().database.transaction() as session:
        file = documents.report_file(session, acting(), path.compilation_id, path.kind)
    return send_bytes(file.data, file.filename, file.media_type)
