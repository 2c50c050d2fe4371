"""Planning screens: the whole form, the same form on a planned meeting, and the short form for what is urgent."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.clock import in_vietnam
from core.errors import ClassifiedRefused, Invalid, NotFound, Refusal
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.directory import service as directory
from orchestrator.meetings import service, states, time_rules
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.editing import edit_meeting, plan_of
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan import MeetingPlan
from orchestrator.meetings.plan_body import body_of
from orchestrator.meetings.refusals import MeetingNotPlanned
from orchestrator.meetings.series.service import edit_following
from orchestrator.meetings.templates.service import (
    QuickPlan,
    get_template,
    list_templates,
    plan_from,
    plan_quickly,
)
from orchestrator.meetings.time_rules import TimePlan
from orchestrator.meetings.writing import time_warnings
from web import forms
from web.operator.blueprint import blueprint
from web.operator.choices import people_names, plan_choices
from web.operator.plan_form import Typed, faulty_field, kept_seats, plan_fields, typed_plan
from web.planning import keep_trace, plan_meeting
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices

#: Offered by the short form, in minutes from now.
SOON_MINUTES = (15, 30, 60, 120)


@blueprint.route("/cuoc-hop/moi", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def plan() -> Answer:
    """The planning form. A refusal comes back on the form, with everything typed still there."""
    if request.method == "GET":
        return _plan_page(_first_fields())
    try:
        with current().database.transaction() as session:
            typed = _typed(session, acting())
        meeting_id = plan_meeting(acting(), typed)
    except ClassifiedRefused as refusal:
        return _classified(refusal)
    except Refusal as refusal:
        return _plan_page(request.form, refusal), refusal.http_status
    flash(_("Đã lập kế hoạch cuộc họp."), "good")
    return redirect(url_for("operator.meeting", meeting_id=meeting_id))


@blueprint.route("/cuoc-hop/<uuid:meeting_id>/sua", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def edit(meeting_id: UUID) -> Answer:
    """The same form on a planned meeting; of a series: this one, or this and those that follow."""
    if request.method == "GET":
        with current().database.transaction() as session:
            meeting = service.get_meeting(session, acting(), meeting_id)
            if meeting.state != states.PLANNED:
                raise MeetingNotPlanned
            typed = plan_fields(plan_of(meeting))
            typed["version"] = str(meeting.version)
        return _edit_page(meeting_id, typed)
    try:
        done = _edit_typed(meeting_id)
    except NotFound:
        raise
    except ClassifiedRefused as refusal:
        return _classified(refusal)
    except Refusal as refusal:
        return _edit_page(meeting_id, request.form, refusal), refusal.http_status
    flash(done, "good")
    return redirect(url_for("operator.meeting", meeting_id=meeting_id))


@blueprint.route("/cuoc-hop/khan", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def quick() -> Answer:
    """An urgent meeting from a template: classification, template, title, when, chair."""
    if request.method == "GET":
        return _quick_page(MultiDict({"in_minutes": "30", "urgency": Urgency.EXPRESS.value, **request.args}))
    try:
        with current().database.transaction() as session:
            meeting_id = plan_quickly(session, acting(), _typed_quick()).id
    except ClassifiedRefused as refusal:
        return _classified(refusal)
    except Refusal as refusal:
        return _quick_page(request.form, refusal), refusal.http_status
    flash(_("Đã lập cuộc họp khẩn. Hãy mở trang Giấy mời và gửi ngay."), "good")
    return redirect(url_for("operator.meeting", meeting_id=meeting_id))


@blueprint.get("/cuoc-hop/canh-bao")
@requires(Action.PLAN_MEETING)
def time_check() -> str:
    """Warnings of the rules of time for what is being typed, as a piece of the form; nothing for what is incomplete."""
    with current().database.transaction() as session:
        return render_template("operator/_time_warnings.html", warnings=_warnings_for(session, request.args))


def _first_fields() -> Typed:
    """An empty form, or one filled from a template (`?mau=`)."""
    empty: Typed = MultiDict({"kind": "weekly_briefing", "urgency": "normal", "starts": "14:00", "ends": "16:00"})
    template_id = forms.read_id(request.args.get("mau", ""), "mẫu")
    if template_id is None:
        return empty
    with current().database.transaction() as session:
        template = get_template(session, acting(), template_id)
        starts_at = in_vietnam(current().clock()).replace(hour=14, minute=0, second=0, microsecond=0)
        typed = plan_fields(plan_from(template, Classification.UNCLASSIFIED, starts_at))
    # What only the operator can know is asked again: the degree of secrecy and the day.
    for name in ("classification", "day"):
        typed.poplist(name)
    return typed


def _typed(session: Session, actor: Actor) -> MeetingPlan:
    return typed_plan(directory.list_endpoints(session, actor), directory.list_people(session, actor))


def _typed_quick() -> QuickPlan:
    classification = forms.choice("classification", Classification, "độ mật")
    refuse_classified(classification)
    return QuickPlan(
        classification=classification,
        template_id=forms.required_id("template_id", "mẫu cuộc họp"),
        in_minutes=forms.whole_number(forms.text("in_minutes") or "30", "họp sau"),
        title=forms.text("title"),
        chair_id=forms.optional_id("chair_id", "người chủ trì"),
        urgency=forms.choice("urgency", Urgency, "độ khẩn"),
    )


def _edit_typed(meeting_id: UUID) -> str:
    """Write the edit; returns what is said afterwards."""
    actor = acting()
    with current().database.transaction() as session:
        stored = plan_of(service.get_meeting(session, actor, meeting_id))
        plan = _typed(session, actor)
        plan = replace(plan, participants=kept_seats(body_of(plan), stored.participants))
        version = forms.optional_number("version", "phiên bản")
        if forms.text("reach") != "following":
            edit_meeting(session, actor, meeting_id, plan, expected_version=version)
            return _("Đã lưu kế hoạch cuộc họp.")
        edited = edit_following(session, actor, meeting_id, plan, expected_version=version)
        said = _("Đã sửa %(count)d phiên của chuỗi.", count=len(edited.changed))
        if edited.left_alone:
            said += " " + _("%(count)d phiên đã sửa riêng được giữ nguyên.", count=len(edited.left_alone))
        return str(said)


def _plan_page(typed: Typed, refusal: Refusal | None = None) -> str:
    with current().database.transaction() as session:
        return render_template(
            "operator/plan.html",
            typed=typed,
            meeting=None,
            warnings=_warnings_for(session, typed),
            **plan_choices(session, acting(), typed, refusal),
        )


def _edit_page(meeting_id: UUID, typed: Typed, refusal: Refusal | None = None) -> str:
    with current().database.transaction() as session:
        meeting = service.get_meeting(session, acting(), meeting_id)
        return render_template(
            "operator/plan.html",
            typed=typed,
            meeting=meeting,
            warnings=_warnings_for(session, typed),
            **plan_choices(session, acting(), typed, refusal),
        )


def _quick_page(typed: Typed, refusal: Refusal | None = None) -> str:
    with current().database.transaction() as session:
        templates = list_templates(session, acting())
        return render_template(
            "operator/quick.html",
            templates=templates,
            people=people_names(session, acting()),
            classifications=choices("classification"),
            urgencies=[item for item in choices("urgency") if item[0] != Urgency.NORMAL],
            soon=[(str(minutes), _("%(count)d phút nữa", count=minutes)) for minutes in SOON_MINUTES],
            typed=typed,
            sentence=refusal.sentence() if refusal else "",
            fault=faulty_field(refusal),
        )


def _warnings_for(session: Session, typed: Typed) -> tuple[time_rules.Warning, ...]:
    """Warnings for fields that may be half filled in."""
    try:
        starts_at = forms.wall_clock(typed.get("day", ""), typed.get("starts", ""), "giờ bắt đầu")
        urgency, kind = Urgency(typed.get("urgency", "normal")), MeetingKind(typed.get("kind", "weekly_briefing"))
    except (Invalid, ValueError):
        return ()
    if abs(starts_at - current().clock()) > timedelta(days=3 * 366):
        return ()
    return time_warnings(session, replace(TimePlan(starts_at), urgency=urgency, kind=kind))


def _classified(refusal: ClassifiedRefused) -> Answer:
    """Say why and which way remains; the trace holds who and which degree, never what it was about."""
    keep_trace(acting(), forms.choice("classification", Classification, "độ mật"))
    return render_template("operator/classified.html", sentence=refusal.sentence()), refusal.http_status
