"""The directory from and to files over the API: look at a file, write it, get all entries as CSV or XLSX."""

from typing import Any

from flask import Response, request
from pydantic import BaseModel, Field

from core.errors import Invalid
from core.permissions import Action
from core.runtime import current
from orchestrator.directory.tables.exports import FileKind, export_table
from orchestrator.directory.tables.imports import apply_import, plan_import
from orchestrator.directory.tables.plans import ImportPlan, RowStatus
from orchestrator.directory.tables.reader import LARGEST_FILE_BYTES
from web.api.blueprint import api
from web.api.shapes import Out, answer
from web.files import send_bytes
from web.receiving import uploaded_file
from web.security.callers import acting
from web.security.gate import requires


class KindPath(BaseModel):
    """Which list: units, people or endpoints."""

    kind: str


class ImportQuery(BaseModel):
    """Whether to look only."""

    dry_run: bool = Field(default=False, description="Chỉ kiểm tra, không ghi")


class ExportQuery(BaseModel):
    """How the file is written."""

    format: FileKind = FileKind.XLSX


class TableFaultOut(Out):
    """Something wrong: the line from 1 with the heading, the column's heading, a sentence."""

    line: int
    column: str
    sentence: str


class RowOut(Out):
    """What becomes of a row; `changed` are headings of what differs."""

    line: int
    key: str
    name: str
    status: RowStatus
    changed: list[str]


class ImportOut(Out):
    """What the file would do, or did; `written` is false on a dry run and where there are faults."""

    file_name: str
    written: bool
    new: int
    changed: int
    unchanged: int
    ignored: list[str]
    faults: list[TableFaultOut]
    rows: list[RowOut]


@api.post("/directory/<kind>/import", responses={200: ImportOut})
@requires(Action.MANAGE_DIRECTORY)
def import_directory(path: KindPath, query: ImportQuery) -> Response:
    """Nhập danh mục từ CSV hoặc XLSX (multipart, trường “file”); có lỗi thì không ghi gì và liệt kê mọi lỗi."""
    name, data = _sent()
    with current().database.transaction() as session:
        plan = plan_import(session, acting(), path.kind, name, data)
        if not plan.is_clean:
            return answer(_out(plan, written=False), 422)
        if query.dry_run:
            return answer(_out(plan, written=False))
    with current().database.transaction() as session:
        return answer(_out(apply_import(session, acting(), path.kind, name, data), written=True))


@api.get("/directory/<kind>/export")
@requires(Action.VIEW_DIRECTORY)
def export_directory(path: KindPath, query: ExportQuery) -> Response:
    """Xuất danh mục đang sử dụng ra CSV hoặc XLSX."""
    with current().database.transaction() as session:
        file = export_table(session, acting(), path.kind, query.format)
    return send_bytes(file.data, file.filename, file.media_type)


def _sent() -> tuple[str, bytes]:
    file = uploaded_file() if request.mimetype == "multipart/form-data" else None
    if file is None or not file.filename:
        raise Invalid(field="file", reason="hãy gửi một tệp dạng multipart/form-data, trường “file”")
    return file.filename, file.stream.read(LARGEST_FILE_BYTES + 1)


def _out(plan: ImportPlan, *, written: bool) -> ImportOut:
    values: dict[str, Any] = {
        "file_name": plan.file_name,
        "written": written,
        "new": plan.new,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "ignored": list(plan.ignored),
        "faults": [TableFaultOut.of(fault) for fault in plan.faults],
        "rows": [
            RowOut(line=row.line, key=row.key, name=row.name, status=row.status, changed=list(row.changed))
            for row in plan.rows
        ],
    }
    return ImportOut(**values)
