"""Exceptions from caps on the page of a meeting: grant with a reason, take back."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action
from orchestrator.meetings.cap_exceptions import grant_exception, revoke_exception
from orchestrator.meetings.plan import PlannedException
from web import forms
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/vuot-tran")
@requires(Action.GRANT_EXCEPTION)
def grant(meeting_id: UUID) -> Answer:
    """Let this meeting exceed a policy up to a number."""

    def act(session: Session) -> None:
        new = PlannedException(
            policy_id=forms.required_id("policy_id", "quy định"),
            allowed=forms.whole_number(forms.text("allowed"), "số được phép"),
            reason=forms.text("reason"),
        )
        grant_exception(session, acting(), meeting_id, new)

    return act_or_show(
        act,
        then=url_for("operator.meeting", meeting_id=meeting_id),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã ghi việc cho vượt trần vào sổ."),
    )


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/vuot-tran/<uuid:exception_id>/thu-hoi")
@requires(Action.GRANT_EXCEPTION)
def take_back(meeting_id: UUID, exception_id: UUID) -> Answer:
    """Take an exception back; people registered already stay."""
    return act_or_show(
        lambda session: revoke_exception(session, acting(), meeting_id, exception_id),
        then=url_for("operator.meeting", meeting_id=meeting_id),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã thu hồi việc cho vượt trần."),
    )
