"""The files of one compiled revision: workbook, DOCX and PDF. Made when they are asked for; the row they are made from
never changes, so neither do they.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import NotFound
from core.permissions import Actor
from core.runtime import current
from orchestrator.reports import spreadsheet
from orchestrator.reports.compilations import get_compilation
from orchestrator.reports.models import Compilation
from orchestrator.reports.paper import House, report_content
from orchestrator.words import plain_letters
from papers.docx import render_docx
from papers.pdf import render_pdf
from papers.report import lay_out_report

KINDS = {
    "xlsx": spreadsheet.MEDIA_TYPE,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class ReportFile:
    """Bytes with the name and type they are handed out under."""

    data: bytes
    filename: str
    media_type: str


def report_file(session: Session, actor: Actor, compilation_id: UUID, kind: str) -> ReportFile:
    """Raises NotFound for strangers and other kinds; TableTooLarge, UnprintableText, FontMissing (papers)."""
    if kind not in KINDS:
        raise NotFound
    row = get_compilation(session, actor, compilation_id)
    compiled = row.read()
    name = f"{plain_letters(compiled.form_name)[:60]}-{compiled.starts_on}-ban-{row.number}.{kind}"
    return ReportFile(_bytes(row, kind), name, KINDS[kind])


def _bytes(row: Compilation, kind: str) -> bytes:
    compiled = row.read()
    if kind == "xlsx":
        return spreadsheet.workbook(compiled, row.number)
    settings = current().settings
    house = House(settings.parent_name, settings.organisation_name, settings.organisation_code, settings.place_name)
    content = report_content(compiled, row.number, house)
    sheet = lay_out_report(content, year=in_vietnam(row.compiled_at).year)
    return render_docx(sheet) if kind == "docx" else render_pdf(sheet, settings.font_directory)
