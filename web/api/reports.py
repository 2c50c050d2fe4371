"""Quick reports over the API: forms, boards, a unit's report with its corrections, compiled reports and their files."""

from flask import Response

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
from orchestrator.reports.schedule import Schedule
from orchestrator.reports.submissions import Submission
from web.api.blueprint import api
from web.api.report_shapes import (
    BoardOut,
    CompilationOut,
    CompilationPath,
    CountsOut,
    FilePath,
    FormIn,
    FormOut,
    FormPath,
    FormsOut,
    FormVersionIn,
    LineOut,
    PeriodOut,
    PeriodPath,
    PeriodsOut,
    PeriodsQuery,
    ReportIn,
    ReportPath,
    ReportRevisionOut,
    RevisionsOut,
    definition_of,
)
from web.api.shapes import answer, answer_list
from web.files import send_bytes
from web.security.callers import acting
from web.security.gate import requires


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
        signer = (body.signer_title, body.signer_name)
        plan = FormPlan(name, body.unit_ids, schedule, body.addressee, True, *signer)
        form = forms.create_form(session, acting(), body.code, plan, definition)
        return answer(_form_out(form, definition), 201)


@api.post("/reports/forms/<uuid:form_id>/versions", responses={201: FormOut})
@requires(Action.MANAGE_REPORTS)
def revise_report_form(path: FormPath, body: FormVersionIn) -> Response:
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


@api.post("/reports/periods/<uuid:period_id>/units/<uuid:unit_id>/revisions", responses={201: ReportRevisionOut})
@requires(Action.SUBMIT_REPORT)
def submit_report(path: ReportPath, body: ReportIn) -> Response:
    """Nộp báo cáo, hoặc bản điều chỉnh kèm lý do."""
    sent = Submission(body.values, body.note, body.nil, body.reason, body.base_number)
    with current().database.transaction() as session:
        row = submissions.submit(session, acting(), path.period_id, path.unit_id, sent)
        return answer(ReportRevisionOut.of(row), 201)


@api.get("/reports/periods/<uuid:period_id>/units/<uuid:unit_id>/revisions", responses={200: RevisionsOut})
@requires(Action.VIEW_REPORTS)
def list_report_revisions(path: ReportPath) -> Response:
    """Báo cáo của một đơn vị và các lần điều chỉnh."""
    with current().database.transaction() as session:
        duty = submissions.find_duty(session, acting(), path.period_id, path.unit_id)
        rows: list[ReportRevision] = list(submissions.list_revisions(session, acting(), duty))
        return answer_list(ReportRevisionOut, rows)


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
