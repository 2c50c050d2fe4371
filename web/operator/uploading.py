"""Giving up a recording that was left half-way here, on the meeting's page (`web.uploads.page` shows them)."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from core.runtime import current
from transcription.recordings.uploads import service
from transcription.recordings.uploads.finishing import finish
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/dang-gui/<uuid:recording_upload_id>/bo")
@requires(Action.UPLOAD_RECORDING)
def discard_upload(meeting_id: UUID, recording_upload_id: UUID) -> Answer:
    """Give up one's own file that is half-way here."""
    waiting: list[UUID] = []

    def act(session: Session) -> None:
        waiting.extend(service.discard(session, acting(), meeting_id, recording_upload_id))

    answer = act_or_show(
        act,
        then=url_for("operator.meeting", meeting_id=meeting_id, _anchor="recordings"),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã bỏ tệp gửi dở."),
    )
    for upload_id in waiting:
        finish(current().database, upload_id, acting())
    return answer
