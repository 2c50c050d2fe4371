"""Screens that take the directory in from a file and hand it out: look at every fault first, then write all of it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.errors import Invalid, NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory.tables.exports import FileKind, empty_table, export_table
from orchestrator.directory.tables.imports import plan_import, rules_of
from orchestrator.directory.tables.plans import ImportPlan
from orchestrator.directory.tables.reader import LARGEST_FILE_BYTES, MOST_ROWS
from orchestrator.directory.tables.uploads import keep_upload, write_upload
from web.administrator.blueprint import blueprint
from web.administrator.directory import SLUGS
from web.administrator.shelves import SHELVES, Shelf
from web.errors import readable_bytes
from web.files import send_bytes
from web.receiving import uploaded_file
from web.security.callers import acting
from web.security.gate import requires

Answer = str | Response | tuple[str, int]
ROWS_SHOWN = 200
_FILES = '<any("csv", "xlsx"):file_kind>'


@blueprint.get(f"/{SLUGS}/tai-ve.{_FILES}")
@requires(Action.MANAGE_DIRECTORY)
def export(slug: str, file_kind: str) -> Response:
    """The whole list as a file."""
    with current().database.transaction() as session:
        file = export_table(session, acting(), SHELVES[slug].kind, FileKind(file_kind))
    return send_bytes(file.data, file.filename, file.media_type)


@blueprint.get(f"/{SLUGS}/mau.{_FILES}")
@requires(Action.MANAGE_DIRECTORY)
def template_file(slug: str, file_kind: str) -> Response:
    """An empty file to fill in."""
    file = empty_table(SHELVES[slug].kind, FileKind(file_kind))
    return send_bytes(file.data, file.filename, file.media_type)


@blueprint.get(f"/{SLUGS}/nhap")
@requires(Action.MANAGE_DIRECTORY)
def import_page(slug: str) -> str:
    """What a file must look like, and where to choose it."""
    return _page(SHELVES[slug])


@blueprint.post(f"/{SLUGS}/nhap")
@requires(Action.MANAGE_DIRECTORY)
def look_at_import(slug: str) -> Answer:
    """Read the file and show what it would do; nothing is written but the file itself, for a day."""
    shelf = SHELVES[slug]
    try:
        name, data = _sent()
        with current().database.transaction() as session:
            plan = plan_import(session, acting(), shelf.kind, name, data)
            upload = keep_upload(session, acting(), shelf.kind, name, data) if plan.is_clean else None
            upload_id = upload.id if upload else None
    except Refusal as refusal:
        return _page(shelf, sentence=refusal.sentence()), refusal.http_status
    return _page(shelf, plan, upload_id), 200 if plan.is_clean else 422


@blueprint.post(f"/{SLUGS}/nhap/<uuid:upload_id>")
@requires(Action.MANAGE_DIRECTORY)
def write_import(slug: str, upload_id: UUID) -> Answer:
    """Write the file that was looked at."""
    shelf = SHELVES[slug]
    try:
        with current().database.transaction() as session:
            plan = write_upload(session, acting(), shelf.kind, upload_id)
    except NotFound:
        sentence = _("Tệp đã được nhập hoặc đã quá một ngày. Hãy chọn lại tệp.")
        return _page(shelf, sentence=sentence), NotFound.http_status
    except Refusal as refusal:
        return _page(shelf, sentence=refusal.sentence()), refusal.http_status
    said = {"new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged}
    flash(_("Đã nhập: %(new)d mới, %(changed)d thay đổi, %(unchanged)d giữ nguyên.", **said), "good")
    return redirect(url_for("administrator.entries", slug=slug))


def _sent() -> tuple[str, bytes]:
    file = uploaded_file()
    if file is None or not file.filename:
        raise Invalid(field="tệp", reason="chưa chọn tệp nào")
    return file.filename, file.stream.read(LARGEST_FILE_BYTES + 1)


def _page(shelf: Shelf, plan: ImportPlan | None = None, upload_id: UUID | None = None, sentence: str = "") -> str:
    return render_template(
        "administrator/import.html",
        shelf=shelf,
        columns=rules_of(shelf.kind).columns,
        plan=plan,
        rows_shown=ROWS_SHOWN,
        upload_id=upload_id,
        sentence=sentence,
        most_rows=MOST_ROWS,
        largest=readable_bytes(LARGEST_FILE_BYTES),
        posted=request.method == "POST",
    )
