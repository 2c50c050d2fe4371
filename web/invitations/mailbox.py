"""The mail screen: every mail of the house with its state; search, text, recipients, and sending again."""

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.listing import MailFilter, list_mails
from core.mail.models import OutgoingMail
from core.mail.service import get_mail, send_again
from core.mail.states import MAIL
from core.permissions import Action, can
from core.runtime import current
from orchestrator.invitations.models import Invitation
from orchestrator.invitations.sending import ABOUT as INVITATION
from orchestrator.meetings.models import MeetingEndpoint
from web.invitations.blueprint import mails as blueprint
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices


@blueprint.get("/thu")
@requires(Action.VIEW_MAIL)
def index() -> str:
    """Newest first, fifty a page."""
    wanted = MailFilter(
        words=request.args.get("tim", "").strip()[:100],
        state=request.args.get("trang-thai", ""),
        page=request.args.get("trang", 1, type=int),
    )
    with current().database.transaction() as session:
        found = list_mails(session, acting(), wanted)
        return render_template("mails/list.html", found=found, wanted=wanted, states=choices("mail"))


@blueprint.get("/thu/<uuid:mail_id>")
@requires(Action.VIEW_MAIL)
def show(mail_id: UUID) -> str:
    """One mail; personal links appear as the words that stand for them."""
    return _page(mail_id)


@blueprint.post("/thu/<uuid:mail_id>/gui-lai")
@requires(Action.RESEND_MAIL)
def again(mail_id: UUID) -> Answer:
    """Queue a failed or bounced mail again."""
    return act_or_show(
        lambda session: send_again(session, acting(), mail_id),
        then=url_for("mails.show", mail_id=mail_id),
        show=lambda sentence: _page(mail_id, sentence),
        done=_("Đã xếp hàng gửi lại thư."),
    )


def _page(mail_id: UUID, sentence: str = "") -> str:
    with current().database.transaction() as session:
        mail = get_mail(session, acting(), mail_id)
        return render_template(
            "mails/show.html",
            mail=mail,
            about=_about(session, mail),
            can_send_again="requeued" in MAIL.allowed(mail.state),
            sentence=sentence,
        )


def _about(session: Session, mail: OutgoingMail) -> str:
    """The page of what the mail speaks of, empty where this person may not open it."""
    if mail.about_id is None:
        return ""
    if mail.about_type == INVITATION:
        meeting_id = session.scalar(
            select(MeetingEndpoint.meeting_id)
            .join(Invitation, Invitation.meeting_endpoint_id == MeetingEndpoint.id)
            .where(Invitation.id == mail.about_id)
        )
        return url_for("invitations.board", meeting_id=meeting_id) if meeting_id else ""
    if mail.about_type == "report_period" and can(acting(), Action.VIEW_REPORTS):
        return url_for("reports.board", period_id=mail.about_id)
    return ""
