"""Recordings that belong together: parts joined to one whole, captions of another system taken over."""

from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Invalid, NotFound
from core.permissions import Action
from core.runtime import current
from transcription.recordings.importing import import_captions
from transcription.recordings.models import Recording
from transcription.recordings.parts import in_order, join_recordings
from web import forms
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page
from web.receiving import require_receivable, uploaded_file
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/ghep")
@requires(Action.UPLOAD_RECORDING)
def join(meeting_id: UUID) -> Answer:
    """Hear several recordings as one: in the order of their names, or where each was said to begin."""

    def act(session: Session) -> None:
        wanted = [forms.read_id(value, _("bản ghi")) for value in request.form.getlist("recording_id")]
        query = select(Recording).where(Recording.id.in_(wanted), Recording.meeting_id == meeting_id)
        rows = in_order(session.scalars(query).all())
        if len(rows) != len(set(wanted)):
            raise NotFound
        typed = {row.id: read_offset(forms.text(f"offset-{row.id}")) for row in rows}
        rows.sort(key=lambda row: float("inf") if typed[row.id] is None else typed[row.id])  # type: ignore[arg-type,return-value]
        offsets = [typed[row.id] for row in rows]
        told = any(offset is not None for offset in offsets)
        join_recordings(session, acting(), meeting_id, [row.id for row in rows], offsets if told else None)

    return act_or_show(
        act,
        then=url_for("operator.meeting", meeting_id=meeting_id, _anchor="recordings"),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã ghép các phần thành một bản ghi. Máy đang gỡ băng bản ghép."),
    )


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/phu-de")
@requires(Action.UPLOAD_RECORDING)
def captions(meeting_id: UUID) -> Answer:
    """Take over what another system heard (VTT or SRT)."""
    with current().database.transaction() as session:
        require_receivable(session, acting(), meeting_id)

    def act(session: Session) -> None:
        file = uploaded_file()
        if file is None or not file.filename:
            raise Invalid(field=_("tệp phụ đề"), reason=_("chưa chọn tệp nào"))
        import_captions(session, acting(), meeting_id, file.filename, file.stream)  # type: ignore[arg-type]

    return act_or_show(
        act,
        then=url_for("operator.meeting", meeting_id=meeting_id, _anchor="recordings"),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã nhận phụ đề làm bản gỡ băng tạm. Khi có bản ghi, máy tự nghe lại."),
    )


def read_offset(typed: str) -> float | None:
    """Where a part begins, in seconds: `1:02:03`, `62:03`, `3723`; None where nothing was typed. Raises Invalid."""
    if not typed:
        return None
    pieces = typed.replace(",", ".").split(":")
    try:
        numbers = [float(piece) for piece in pieces]
    except ValueError:
        numbers = []
    if not 1 <= len(numbers) <= 3 or any(not 0 <= number < 10**6 for number in numbers):
        raise Invalid(field=_("mốc bắt đầu"), reason=_("hãy nhập giờ:phút:giây, ví dụ 1:02:30"))
    seconds = 0.0
    for number in numbers:
        seconds = seconds * 60 + number
    return seconds
