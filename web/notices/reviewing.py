"""Before the approval: looks at content and form, and the form checks that help with the second."""

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from core.permissions import Action
from core.runtime import current
from minutes.notices import service
from minutes.notices.form_checks import form_checks
from minutes.notices.models import ReviewAspect
from minutes.notices.reviews import give_review
from web import forms
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/thong-bao/<uuid:notice_id>/kiem-tra")
@requires(Action.REVIEW_CONTENT, Action.REVIEW_FORM)
def review(notice_id: UUID) -> Answer:
    """Right in content or form, or back to the secretary."""
    passed, note = forms.text("verdict") == "pass", forms.text("note")
    return act_or_show(
        lambda session: give_review(
            session,
            acting(),
            notice_id,
            forms.required_id("revision_id", "bản kiểm tra"),
            forms.choice("aspect", ReviewAspect, "nội dung kiểm tra"),
            passed=passed,
            note=note,
        ),
        then=url_for("secretary.notice", notice_id=notice_id, _anchor="kiem-tra"),
        show=lambda sentence: notice_page(notice_id, sentence),
        done=_("Đã ghi kết quả kiểm tra.") if passed else _("Đã gửi lại thư ký."),
    )


@blueprint.get("/thong-bao/<uuid:notice_id>/the-thuc")
@requires(Action.VIEW_NOTICE)
def form_page(notice_id: UUID) -> str:
    """The fifteen form checks on the paper as it would be printed."""
    with current().database.transaction() as session:
        notice = service.get_notice(session, acting(), notice_id)
        checks = form_checks(session, acting(), notice_id)
        return render_template(
            "notices/form_checks.html",
            notice=notice,
            revision=service.latest_revision(session, notice_id),
            wrong=[check for check in checks if check.fails],
            right=[check for check in checks if check.applies and not check.fails],
            beside=[check for check in checks if not check.applies],
        )
