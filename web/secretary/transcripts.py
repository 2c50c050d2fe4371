"""The secretary's screens of the transcript: list, read beside the sound, correct line by line."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.permissions import Action, can
from core.runtime import current
from minutes.drafting.service import draft_from_latest
from transcription.errors import TranscriptConflict
from transcription.transcripts import service
from transcription.transcripts.models import Transcript
from web import forms
from web.files import send_bytes
from web.screen_acts import Answer, act_or_show
from web.secretary.blueprint import blueprint
from web.secretary.transcript_page import opened, transcript_page
from web.security.callers import acting
from web.security.gate import requires
from web.transcript_files import ANY_KIND
from web.transcript_files import export as export_file

MOST_LISTED = 200


@blueprint.get("/go-bang")
@requires(Action.VIEW_TRANSCRIPT)
def transcripts() -> str:
    """Transcripts, newest first."""
    with current().database.transaction() as session:
        query = select(Transcript).where(Transcript.is_current).order_by(Transcript.created_at.desc())
        query = query.options(joinedload(Transcript.meeting))
        found = [row for row in session.scalars(query.limit(MOST_LISTED)) if can(acting(), Action.VIEW_TRANSCRIPT, row)]
        newest = service.newest_of(session, [row.id for row in found])
        rows = [(row, newest[row.id]) for row in found]
        return render_template("secretary/transcripts.html", rows=rows)


@blueprint.get("/go-bang/<uuid:transcript_id>")
@requires(Action.VIEW_TRANSCRIPT)
def transcript(transcript_id: UUID) -> str:
    """One transcript beside its sound."""
    return transcript_page(transcript_id)


@blueprint.post("/go-bang/<uuid:transcript_id>/dong/<segment_id>")
@requires(Action.CORRECT_TRANSCRIPT)
def correct(transcript_id: UUID, segment_id: str) -> Answer:
    """Set one line right. Where somebody saved in between, both texts are shown and nothing typed is lost."""
    base_number = forms.whole_number(forms.text("base_number"), "số bản")
    text, speaker = forms.text("text"), forms.text("speaker")

    def show(sentence: str) -> str:
        return transcript_page(transcript_id, sentence)

    try:
        return act_or_show(
            lambda session: _correct(session, transcript_id, base_number, segment_id, text, speaker),
            then=url_for("secretary.transcript", transcript_id=transcript_id, _anchor=f"dong-{segment_id}"),
            show=show,
        )
    except _Conflict as conflict:
        return _conflict_page(transcript_id, segment_id, conflict), TranscriptConflict.http_status


@blueprint.get("/go-bang/<uuid:transcript_id>/tai-ve.<" + ANY_KIND + ":kind>")
@requires(Action.VIEW_TRANSCRIPT)
def export(transcript_id: UUID, kind: str) -> FlaskResponse:
    """Download."""
    with current().database.transaction() as session:
        return send_bytes(*export_file(session, acting(), transcript_id, kind))


@blueprint.post("/go-bang/<uuid:transcript_id>/soan-thong-bao")
@requires(Action.EDIT_NOTICE)
def draft(transcript_id: UUID) -> Answer:
    """Draft the notice again from the newest text."""
    made: list[UUID] = []

    def make(session: Session) -> None:
        meeting_id = service.get_transcript(session, acting(), transcript_id).meeting_id
        made.append(draft_from_latest(session, acting(), meeting_id).notice_id)

    shown = act_or_show(
        make,
        then=url_for("secretary.transcript", transcript_id=transcript_id),
        show=lambda sentence: transcript_page(transcript_id, sentence),
        done=_("Đã soạn lại dự thảo từ bản gỡ băng mới nhất."),
    )
    return redirect(url_for("secretary.notice", notice_id=made[0])) if made else shown


class _Conflict(Exception):
    """Carries what was typed past the shape of ordinary refusals."""

    def __init__(self, refusal: TranscriptConflict, text: str, speaker: str) -> None:
        super().__init__(refusal.code)
        self.refusal, self.text, self.speaker = refusal, text, speaker


def _correct(session: Session, transcript_id: UUID, base_number: int, segment_id: str, text: str, speaker: str) -> None:
    try:
        service.correct_segment(
            session, acting(), transcript_id, base_number, segment_id, text=text, speaker=speaker or None
        )
    except TranscriptConflict as refusal:
        raise _Conflict(refusal, text, speaker) from refusal


def _conflict_page(transcript_id: UUID, segment_id: str, conflict: _Conflict) -> str:
    with current().database.transaction() as session:
        found, number, document = opened(session, transcript_id)
        theirs = document.find(segment_id)
        return render_template(
            "secretary/conflict.html",
            transcript=found,
            segment_id=segment_id,
            number=number,
            theirs=theirs,
            typed_text=conflict.text,
            typed_speaker=conflict.speaker,
            sentence=conflict.refusal.sentence(),
        )
