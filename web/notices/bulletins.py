"""Public bulletins: the approver chooses passages of an issued notice; everybody reads them without signing in."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from core.permissions import Action, require
from core.runtime import current
from minutes.delivery import bulletins
from minutes.delivery.bulletin_text import OPENING, passages
from minutes.notices import service
from minutes.notices.refusals import NotYetIssued
from web.notices.blueprint import blueprint
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires

public = Blueprint("bulletins", __name__)


@public.get("/ban-tin")
def index() -> str:
    """Every bulletin that is public now; open to all."""
    with current().database.transaction() as session:
        return render_template("bulletins/index.html", rows=bulletins.public_bulletins(session))


@public.get("/ban-tin/<uuid:bulletin_id>")
def show(bulletin_id: UUID) -> str:
    """One of them; open to all."""
    with current().database.transaction() as session:
        return render_template("bulletins/show.html", row=bulletins.public_bulletin(session, bulletin_id))


@blueprint.get("/thong-bao/<uuid:notice_id>/ban-tin")
@requires(Action.PUBLISH_BULLETIN)
def bulletin(notice_id: UUID) -> str:
    """Choose what of an issued notice is made public."""
    return _page(notice_id)


@blueprint.post("/thong-bao/<uuid:notice_id>/ban-tin")
@requires(Action.PUBLISH_BULLETIN)
def publish_bulletin(notice_id: UUID) -> Answer:
    """Make the chosen passages public."""
    chosen = request.form.getlist("passage")
    return act_or_show(
        lambda session: bulletins.publish(session, acting(), notice_id, chosen),
        then=url_for("notices.bulletin", notice_id=notice_id),
        show=lambda sentence: _page(notice_id, sentence, chosen),
        done=_("Đã công khai. Ai có địa chỉ trang đều đọc được, không cần đăng nhập."),
    )


@blueprint.post("/thong-bao/<uuid:notice_id>/ban-tin/go")
@requires(Action.PUBLISH_BULLETIN)
def withdraw_bulletin(notice_id: UUID) -> Answer:
    """Take it back."""
    return act_or_show(
        lambda session: bulletins.withdraw(session, acting(), notice_id),
        then=url_for("notices.bulletin", notice_id=notice_id),
        show=lambda sentence: _page(notice_id, sentence),
        done=_("Đã gỡ bản tin."),
    )


def _page(notice_id: UUID, sentence: str = "", chosen: list[str] | None = None) -> str:
    actor = acting()
    with current().database.transaction() as session:
        notice = service.get_notice(session, actor, notice_id)
        require(actor, Action.PUBLISH_BULLETIN, notice)
        issue = service.issue_of(session, notice_id)
        if issue is None:
            raise NotYetIssued
        found = bulletins.bulletin_of(session, notice_id)
        if chosen is None:
            chosen = found.passage_keys if found else []
        return render_template(
            "notices/bulletin.html",
            notice=notice,
            issue=issue,
            passages=passages(issue.revision.read()),
            opening=OPENING,
            chosen=chosen,
            found=found,
            is_public=found is not None and bulletins.is_public(session, found),
            sentence=sentence,
        )
