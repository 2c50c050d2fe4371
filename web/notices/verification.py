"""Verifying signatures: of a notice of this house, or of any PDF somebody has received."""

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from core.errors import Refusal
from core.permissions import Action
from core.runtime import current
from minutes.notices import issuing
from minutes.signing.verifying import FileReport, load_roots, verify
from web.notices.blueprint import blueprint
from web.notices.uploads import required_file
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires


@blueprint.route("/kiem-tra-chu-ky", methods=["GET", "POST"])
@requires(Action.VIEW_ISSUED_NOTICE)
def verify_file() -> Answer:
    """A form for a PDF, and what its signatures say. The file is read and forgotten."""
    if request.method == "GET":
        return _page()
    try:
        data, name = required_file("file", "tệp PDF")
        return _page(_verified(data, name), name)
    except Refusal as refusal:
        return _page(sentence=refusal.sentence()), refusal.http_status


@blueprint.get("/thong-bao/<uuid:notice_id>/chu-ky")
@requires(Action.VIEW_NOTICE, Action.VIEW_ISSUED_NOTICE)
def verify_notice(notice_id: UUID) -> Answer:
    """The signatures of the PDF of one notice, as it is stored."""
    with current().database.transaction() as session:
        file = issuing.document(session, acting(), notice_id, "pdf")
    try:
        return _page(_verified(file.data, file.filename), file.filename)
    except Refusal as refusal:
        return _page(sentence=refusal.sentence()), refusal.http_status


def _verified(data: bytes, name: str) -> FileReport:
    return verify(data, name, load_roots(current().settings.signing_trust_directory))


def _page(report: FileReport | None = None, name: str = "", sentence: str = "") -> str:
    verdict = ""
    if report is not None and not report.signatures:
        verdict = _("Tệp không có chữ ký số nào.")
    return render_template("notices/verification.html", report=report, name=name, verdict=verdict, sentence=sentence)
