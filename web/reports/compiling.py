"""The compiled report: as it would be now, as it was compiled, and its files."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.errors import NotFound
from core.permissions import Action
from core.runtime import current
from orchestrator.reports import board as boards
from orchestrator.reports import compilations, documents
from orchestrator.reports.compiled import is_roster, roster_rows
from orchestrator.reports.sight import require_office
from web.files import send_bytes
from web.reports.blueprint import blueprint
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/ky/<uuid:period_id>/tong-hop")
@requires(Action.VIEW_REPORTS)
def compiled(period_id: UUID) -> str:
    """The newest compiled revision, an older one (`?ban=1`), or what there is before the first."""
    return _page(period_id)


@blueprint.post("/ky/<uuid:period_id>/tong-hop")
@requires(Action.COMPILE_REPORT)
def compile_now(period_id: UUID) -> Answer:
    """Freeze the reports as they stand."""
    return act_or_show(
        lambda session: compilations.compile_period(session, acting(), period_id),
        then=url_for("reports.compiled", period_id=period_id),
        show=lambda sentence: _page(period_id, sentence),
        done=_("Đã tổng hợp và chốt số liệu."),
    )


@blueprint.get("/tong-hop/<uuid:compilation_id>.<kind>")
@requires(Action.VIEW_REPORTS)
def document(compilation_id: UUID, kind: str) -> Response:
    """Workbook, DOCX or PDF."""
    with current().database.transaction() as session:
        file = documents.report_file(session, acting(), compilation_id, kind)
    return send_bytes(file.data, file.filename, file.media_type)


@blueprint.get("/tong-hop/<uuid:compilation_id>")
@requires(Action.VIEW_REPORTS)
def compilation(compilation_id: UUID) -> Answer:
    """The address of one compiled revision, wherever it is shown."""
    with current().database.transaction() as session:
        row = compilations.get_compilation(session, acting(), compilation_id)
        return redirect(url_for("reports.compiled", period_id=row.period_id, ban=row.number))


def _page(period_id: UUID, sentence: str = "") -> str:
    actor = acting()
    with current().database.transaction() as session:
        require_office(actor)
        period = boards.get_period(session, actor, period_id)
        rows = compilations.list_compilations(session, actor, period)
        asked = request.args.get("ban", "")
        row = next((item for item in rows if str(item.number) == asked), rows[0] if rows else None)
        if asked and (row is None or str(row.number) != asked):
            raise NotFound
        content = row.read() if row else compilations.content_of(session, period)
        days = (
            sorted({day for unit in content.rows for day in roster_rows(unit)}) if is_roster(content.definition) else []
        )
        return render_template(
            "reports/compiled.html",
            period=period,
            rows=rows,
            row=row,
            content=content,
            newest=rows[0] if rows else None,
            roster_days=days,
            roster_of={unit.unit_id: roster_rows(unit) for unit in content.rows},
            sentence=sentence,
        )
