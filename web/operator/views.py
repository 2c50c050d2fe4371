"""Screens of the operator; the meeting page is also what secretary and approver see of a meeting."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.errors import ClassifiedRefused, Invalid, Refusal
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.caps.service import list_policies
from orchestrator.directory import service as directory
from orchestrator.invitations.service import create_links, join_url
from orchestrator.meetings import registration, service, states
from orchestrator.meetings.models import Attendance
from web import forms
from web.operator.blueprint import blueprint
from web.operator.page import meeting_page
from web.operator.plan_form import typed_plan
from web.planning import plan_meeting
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices


@blueprint.get("/cuoc-hop")
@requires(Action.VIEW_MEETING)
def meetings() -> str:
    """All meetings the person may see: coming ones first, then those held."""
    now = current().clock()
    with current().database.transaction() as session:
        found = service.list_meetings(session, acting())
        coming = [item for item in found if item.state in (states.PLANNED, states.OPEN) and item.ends_at >= now]
        past = [item for item in found if item not in coming]
        return render_template("operator/meetings.html", coming=coming[::-1], past=past)


@blueprint.route("/cuoc-hop/moi", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def plan() -> Answer:
    """The planning form. A refusal comes back on the form, with everything typed still there."""
    if request.method == "GET":
        return _plan_page(
            MultiDict({"kind": "weekly_briefing", "urgency": "normal", "starts": "14:00", "ends": "16:00"})
        )
    try:
        meeting_id = _plan_typed()
    except ClassifiedRefused as refusal:
        return render_template("operator/classified.html", sentence=refusal.sentence()), refusal.http_status
    except Refusal as refusal:
        return _plan_page(request.form, refusal.sentence()), refusal.http_status
    flash(_("Đã lập kế hoạch cuộc họp."), "good")
    return redirect(url_for("operator.meeting", meeting_id=meeting_id))


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


def _plan_typed() -> UUID:
    actor = acting()
    with current().database.transaction() as session:
        plan = typed_plan(directory.list_endpoints(session, actor), directory.list_people(session, actor))
    return plan_meeting(actor, plan)


def _plan_page(typed: MultiDict[str, str], sentence: str = "") -> str:
    actor = acting()
    with current().database.transaction() as session:
        return render_template(
            "operator/plan.html",
            endpoints=directory.list_endpoints(session, actor),
            people=directory.list_people(session, actor),
            units=directory.list_units(session, actor),
            policies=list_policies(session, actor),
            kinds=choices("meeting_kind"),
            urgencies=choices("urgency"),
            classifications=choices("classification"),
            typed=typed,
            sentence=sentence,
        )


def _attendance(value: str) -> Attendance:
    try:
        return Attendance(value)
    except ValueError as error:
        raise Invalid(field="điểm danh", reason="chưa chọn") from error
