"""The way back from Word or LibreOffice: upload the edited DOCX, see what was kept, changed, added and lost."""

from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from minutes.notices.word_files import take_back
from web import forms
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.notices.uploads import required_file
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/thong-bao/<uuid:notice_id>/tai-len")
@requires(Action.EDIT_NOTICE)
def upload(notice_id: UUID) -> Answer:
    """The edited file becomes the next revision."""
    try:
        with current().database.transaction() as session:
            return _taken(session, notice_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return notice_page(notice_id, refusal.sentence()), refusal.http_status


def _taken(session: Session, notice_id: UUID) -> str:
    base_number = forms.whole_number(forms.text("base_number"), "số bản")
    data, name = required_file("file", "tệp DOCX")
    revision, found = take_back(session, acting(), notice_id, base_number, data, name)
    return render_template("notices/uploaded.html", notice_id=notice_id, revision=revision, found=found)
