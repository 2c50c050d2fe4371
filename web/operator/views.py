"""Screens of the operator; the meeting page is also what secretary and approver see of a meeting."""

from collections.abc import Callable
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from core.errors import Invalid
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.invitations.service import create_links, join_url
from orchestrator.meetings import registration, service
from orchestrator.meetings.models import Attendance
from web import forms
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/cuoc-hop/<uuid:meeting_id>")
@requires(Action.VIEW_MEETING)
def meeting(meeting_id: UUID) -> str:
    """One meeting."""
    return meeting_page(meeting_id)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/duong-dan")
@requires(Action.PLAN_MEETING)
def links(meeting_id: UUID) -> str:
    """New personal links, shown on this one answer; the old ones stop working."""
    with current().database.transaction() as session:
        found = service.get_meeting(session, acting(), meeting_id)
        made = [(seat.endpoint.name, join_url(token)) for seat, token in create_links(session, acting(), found)]
    return meeting_page(meeting_id, links=made)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/mo")
@requires(Action.OPERATE_MEETING)
def open_meeting(meeting_id: UUID) -> Answer:
    """Let people in now."""
    return _move(meeting_id, service.open_meeting)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/ket-thuc")
@requires(Action.OPERATE_MEETING)
def close_meeting(meeting_id: UUID) -> Answer:
    """The meeting is over."""
    return _move(meeting_id, service.close_meeting)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/huy")
@requires(Action.PLAN_MEETING)
def cancel_meeting(meeting_id: UUID) -> Answer:
    """Call the meeting off."""
    reason = forms.text("reason")
    return _move(meeting_id, lambda session, actor, found: service.cancel_meeting(session, actor, found, reason))


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/so-nguoi")
@requires(Action.PLAN_MEETING)
def head_count(meeting_id: UUID) -> Answer:
    """Change how many people sit at an endpoint."""

    def change(session: Session, actor: Actor, found: UUID) -> None:
        count = forms.whole_number(forms.text("count"), "số người dự")
        registration.set_head_count(session, actor, found, forms.required_id("endpoint_id", "điểm cầu"), count)

    return _move(meeting_id, change)


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/diem-danh")
@requires(Action.OPERATE_MEETING)
def roll_call(meeting_id: UUID) -> Answer:
    """Roll call of everyone on the page at once; only what changed is written."""

    def change(session: Session, actor: Actor, found: UUID) -> None:
        expected = service.get_meeting(session, actor, found)
        for participant in list(expected.participants):
            typed = forms.text(f"attendance-{participant.id}")
            reason = forms.text(f"reason-{participant.id}")
            if typed and (typed, reason) != (participant.attendance, participant.absence_reason):
                registration.record_attendance(session, actor, found, participant.id, _attendance(typed), reason=reason)

    return _move(meeting_id, change)


def _move(meeting_id: UUID, act: Callable[[Session, Actor, UUID], object]) -> Answer:
    return act_or_show(
        lambda session: act(session, acting(), meeting_id),
        then=url_for("operator.meeting", meeting_id=meeting_id),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
    )


def _attendance(value: str) -> Attendance:
    try:
        return Attendance(value)
    except ValueError as error:
        raise Invalid(field="điểm danh", reason="chưa chọn") from error
