"""The record of the meeting (biên bản) as a file."""

from typing import cast
from uuid import UUID

from flask import Response

from core.permissions import Action
from core.runtime import current
from minutes.notices.issuing import DocumentKind
from minutes.notices.record_of_meeting import record_document
from web.files import send_document
from web.notices.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/thong-bao/<uuid:notice_id>/bien-ban.<any(docx, pdf):kind>")
@requires(Action.VIEW_NOTICE)
def record(notice_id: UUID, kind: str) -> Response:
    """The draft of the record, in form 1.9."""
    with current().database.transaction() as session:
        return send_document(record_document(session, acting(), notice_id, cast(DocumentKind, kind)))
