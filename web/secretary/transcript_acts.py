"""What is done with a transcript as a whole or with a line as it stands: confirm, take into use, keep voices."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from transcription.speakers.prints.service import request_enrolment
from transcription.transcripts import service
from transcription.transcripts.changing import carry_over
from web import forms
from web.screen_acts import Answer, act_or_show
from web.secretary.blueprint import blueprint
from web.secretary.transcript_page import transcript_page
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/go-bang/<uuid:transcript_id>/dong/<segment_id>/dung")
@requires(Action.CORRECT_TRANSCRIPT)
def confirm(transcript_id: UUID, segment_id: str) -> Answer:
    """The line was really said as it stands; one that was set aside comes back into the text."""

    def act(session: Session) -> None:
        base_number = forms.whole_number(forms.text("base_number"), _("số bản"))
        service.confirm_segment(session, acting(), transcript_id, base_number, segment_id)

    return act_or_show(
        act,
        then=url_for("secretary.transcript", transcript_id=transcript_id, _anchor=f"dong-{segment_id}"),
        show=lambda sentence: transcript_page(transcript_id, sentence),
        done=_("Đã xác nhận câu này có nói thật."),
    )


@blueprint.post("/go-bang/<uuid:transcript_id>/dung-ban-nay")
@requires(Action.CORRECT_TRANSCRIPT)
def adopt(transcript_id: UUID) -> Answer:
    """Let this run take the place of the one in use."""
    return act_or_show(
        lambda session: service.adopt(session, acting(), transcript_id),
        then=url_for("secretary.transcript", transcript_id=transcript_id),
        show=lambda sentence: transcript_page(transcript_id, sentence),
        done=_("Cuộc họp dùng bản gỡ băng này từ bây giờ."),
    )


@blueprint.post("/go-bang/<uuid:transcript_id>/mang-sang")
@requires(Action.CORRECT_TRANSCRIPT)
def carry(transcript_id: UUID) -> Answer:
    """Bring what people corrected in the transcript in use over to this run."""
    return act_or_show(
        lambda session: carry_over(session, acting(), transcript_id),
        then=url_for("secretary.transcript", transcript_id=transcript_id),
        show=lambda sentence: transcript_page(transcript_id, sentence),
        done=_("Đã mang chỗ đã sửa sang bản này. Hãy xem lại rồi bấm dùng bản này."),
    )


@blueprint.post("/go-bang/<uuid:transcript_id>/mau-giong")
@requires(Action.KEEP_VOICE_PRINTS)
def enrol(transcript_id: UUID) -> Answer:
    """Have the voices of those who consented taken from what people have confirmed."""
    return act_or_show(
        lambda session: request_enrolment(session, acting(), transcript_id),
        then=url_for("secretary.transcript", transcript_id=transcript_id, _anchor="mau-giong"),
        show=lambda sentence: transcript_page(transcript_id, sentence),
        done=_("Đã yêu cầu lấy mẫu giọng. Máy làm xong trong ít phút; xem kết quả ở trang Mẫu giọng."),
    )
