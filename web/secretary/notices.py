"""The secretary's screens of the notice: list, read, edit, draft again, submit."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from minutes.notices import service
from minutes.notices.content import NoticeContent
from minutes.notices.listing import notice_rows
from minutes.notices.models import NoticeRevision
from minutes.notices.refusals import NoticeConflict
from minutes.notices.sheet import lay_out
from papers.sheet import Sheet
from web import forms
from web.notices.appendix_form import table_lines
from web.notices.edit_form import edited
from web.notices.page import audio_url, notice_page
from web.screen_acts import Answer, act_or_show
from web.secretary.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices


@blueprint.get("/thong-bao")
@requires(Action.VIEW_NOTICE)
def notices() -> str:
    """All notices, newest first, with the clock of those not issued yet."""
    with current().database.transaction() as session:
        rows = notice_rows(session, acting(), service.list_notices(session, acting()))
        return render_template("notices/list.html", rows=rows)


@blueprint.get("/thong-bao/<uuid:notice_id>")
@requires(Action.VIEW_NOTICE)
def notice(notice_id: UUID) -> str:
    """One notice."""
    return notice_page(notice_id)


@blueprint.route("/thong-bao/<uuid:notice_id>/sua", methods=["GET", "POST"])
@requires(Action.EDIT_NOTICE)
def edit_notice(notice_id: UUID) -> Answer:
    """Edit the newest revision; saving makes a new one. A conflict shows both texts and loses neither."""
    if request.method == "GET":
        return _edit_page(notice_id)
    base_number = forms.whole_number(forms.text("base_number"), "số bản")
    layout_number = forms.whole_number(forms.text("layout_number"), "số bản")
    try:
        with current().database.transaction() as session:
            layout = _revision(session, notice_id, layout_number).read()
            service.save_revision(session, acting(), notice_id, base_number, edited(layout, request.form))
    except NoticeConflict as conflict:
        theirs = lay_out(NoticeContent.from_json(conflict.params["latest_content"]), draft=True)
        page = _edit_page(
            notice_id,
            conflict.sentence(),
            layout_number=layout_number,
            base_number=conflict.params["latest_number"],
            conflict=theirs,
        )
        return page, conflict.http_status
    except NotFound:
        raise
    except Refusal as refusal:
        page = _edit_page(notice_id, refusal.sentence(), layout_number=layout_number, base_number=base_number)
        return page, refusal.http_status
    flash(_("Đã lưu thành bản mới."), "good")
    return redirect(url_for("secretary.notice", notice_id=notice_id))


@blueprint.post("/thong-bao/<uuid:notice_id>/trinh")
@requires(Action.SUBMIT_NOTICE)
def submit_notice(notice_id: UUID) -> Answer:
    """Send the newest revision to the approver."""
    version = forms.optional_number("version", "phiên bản")
    return act_or_show(
        lambda session: service.submit(session, acting(), notice_id, expected_version=version),
        then=url_for("secretary.notice", notice_id=notice_id),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã trình người duyệt."),
    )


def _revision(session: Session, notice_id: UUID, number: int) -> NoticeRevision:
    revisions = service.list_revisions(session, acting(), notice_id)
    found = next((revision for revision in revisions if revision.number == number), None)
    if found is None:
        raise NotFound
    return found


def _edit_page(
    notice_id: UUID,
    sentence: str = "",
    *,
    layout_number: int | None = None,
    base_number: int | None = None,
    conflict: Sheet | None = None,
) -> str:
    actor = acting()
    with current().database.transaction() as session:
        notice = service.get_notice(session, actor, notice_id)
        revisions = service.list_revisions(session, actor, notice_id)
        layout = next((item for item in revisions if item.number == layout_number), revisions[-1])
        return render_template(
            "notices/edit.html",
            notice=notice,
            content=layout.read(),
            layout_number=layout.number,
            base_number=base_number or layout.number,
            audio=audio_url(session, actor, revisions),
            kinds=choices("item_kind"),
            table_lines=table_lines,
            typed=request.form,
            conflict=conflict,
            sentence=sentence,
        )
