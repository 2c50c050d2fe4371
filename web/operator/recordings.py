"""Bringing a recording in, and watching, stopping or repeating the work on it."""

from collections.abc import Callable
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from core.runtime import current
from transcription.pipeline import service as pipeline
from transcription.pipeline import steering
from web import forms
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page, recordings_fragment
from web.receiving import receive_files, uploaded_files
from web.rerunning import rerun_parameters
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/cuoc-hop/<uuid:meeting_id>/ban-ghi")
@requires(Action.UPLOAD_RECORDING, Action.LISTEN)
def recordings(meeting_id: UUID) -> str:
    """Progress, as a piece of the meeting's page."""
    return recordings_fragment(meeting_id)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/ban-ghi")
@requires(Action.UPLOAD_RECORDING)
def upload(meeting_id: UUID) -> Answer:
    """A recording sent by the plain form (without the script that shows how far it has come)."""
    return act_or_show(
        lambda session: receive_files(session, acting(), meeting_id, uploaded_files()),
        then=url_for("operator.meeting", meeting_id=meeting_id),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã nhận bản ghi. Máy đang gỡ băng."),
    )


@blueprint.post("/cong-viec/<uuid:job_id>/chay-lai")
@requires(Action.RERUN_STAGE)
def rerun(job_id: UUID) -> Answer:
    """Run one stage again, and everything after it; with other parameters where some were typed."""

    def again(session: Session) -> None:
        parameters = rerun_parameters(
            engine=forms.text("engine"),
            minimum_speakers=forms.optional_number("minimum_speakers", _("số người nói ít nhất")),
            maximum_speakers=forms.optional_number("maximum_speakers", _("số người nói nhiều nhất")),
            vocabulary=forms.lines("vocabulary"),
        )
        pipeline.rerun_stage(session, acting(), job_id, forms.text("stage"), parameters)

    return _steer(job_id, again)


@blueprint.post("/cong-viec/<uuid:job_id>/dung")
@requires(Action.RERUN_STAGE)
def cancel(job_id: UUID) -> Answer:
    """Stop all work on a recording; what is done is kept."""
    return _steer(job_id, lambda session: steering.cancel_job(session, acting(), job_id))


@blueprint.post("/cong-viec/<uuid:job_id>/tiep")
@requires(Action.RERUN_STAGE)
def resume(job_id: UUID) -> Answer:
    """Go on with what was stopped or failed."""
    return _steer(job_id, lambda session: steering.resume_job(session, acting(), job_id))


def _steer(job_id: UUID, act: Callable[[Session], object]) -> Answer:
    with current().database.transaction() as session:
        meeting_id = pipeline.get_job(session, acting(), job_id).meeting_id
    return act_or_show(
        act,
        then=url_for("operator.meeting", meeting_id=meeting_id, _anchor="recordings"),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
    )
