"""Meeting templates: list, make, change, take out of use, keep a meeting as one."""

from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service as directory
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan_body import body_from_json
from orchestrator.meetings.templates.models import MeetingTemplate
from orchestrator.meetings.templates.service import (
    NewTemplate,
    create_template,
    get_template,
    list_templates,
    retire_template,
    template_from_meeting,
    update_template,
)
from web import forms
from web.operator.blueprint import blueprint
from web.operator.choices import plan_choices
from web.operator.page import meeting_page
from web.operator.plan_form import Typed, body_fields, kept_seats, typed_body
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/cuoc-hop/mau")
@requires(Action.PLAN_MEETING)
def templates() -> str:
    """Templates in use."""
    with current().database.transaction() as session:
        rows = [
            (row, len(row.body["endpoints"]), sum(item["head_count"] for item in row.body["endpoints"]))
            for row in list_templates(session, acting())
        ]
        return render_template("operator/templates.html", rows=rows)


@blueprint.route("/cuoc-hop/mau/moi", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def new_template() -> Answer:
    """A template from nothing."""
    if request.method == "GET":
        return _form(MultiDict({"kind": "extraordinary", "urgency": "express", "duration": "60"}))
    try:
        with current().database.transaction() as session:
            create_template(session, acting(), _typed(session))
    except Refusal as refusal:
        return _form(request.form, refusal), refusal.http_status
    flash(_("Đã lưu mẫu cuộc họp."), "good")
    return redirect(url_for("operator.templates"))


@blueprint.route("/cuoc-hop/mau/<uuid:template_id>", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def template(template_id: UUID) -> Answer:
    """Change a template."""
    if request.method == "GET":
        with current().database.transaction() as session:
            typed = _fields(get_template(session, acting(), template_id))
        return _form(typed, template_id=template_id)
    try:
        with current().database.transaction() as session:
            version = forms.optional_number("version", "phiên bản")
            stored = body_from_json(get_template(session, acting(), template_id).body)
            new = _typed(session)
            kept = replace(new.body, participants=kept_seats(new.body, stored.participants))
            update_template(session, acting(), template_id, replace(new, body=kept), expected_version=version)
    except NotFound:
        raise
    except Refusal as refusal:
        return _form(request.form, refusal, template_id=template_id), refusal.http_status
    flash(_("Đã lưu mẫu cuộc họp."), "good")
    return redirect(url_for("operator.templates"))


@blueprint.post("/cuoc-hop/mau/<uuid:template_id>/bo")
@requires(Action.PLAN_MEETING)
def drop_template(template_id: UUID) -> Answer:
    """Take a template out of use; meetings planned from it stay."""
    with current().database.transaction() as session:
        retire_template(session, acting(), template_id)
    flash(_("Đã ngừng dùng mẫu cuộc họp."), "good")
    return redirect(url_for("operator.templates"))


@blueprint.post("/cuoc-hop/<uuid:meeting_id>/luu-mau")
@requires(Action.PLAN_MEETING)
def keep_as_template(meeting_id: UUID) -> Answer:
    """Keep the plan of a meeting for the next time."""
    return act_or_show(
        lambda session: template_from_meeting(session, acting(), meeting_id, forms.text("name")),
        then=url_for("operator.templates"),
        show=lambda sentence: meeting_page(meeting_id, sentence=sentence),
        done=_("Đã lưu cuộc họp thành mẫu."),
    )


def _typed(session: Session) -> NewTemplate:
    actor = acting()
    return NewTemplate(
        name=forms.text("name"),
        title=forms.text("title"),
        duration_minutes=forms.whole_number(forms.text("duration"), "thời lượng"),
        body=typed_body(directory.list_endpoints(session, actor), directory.list_people(session, actor)),
        kind=forms.choice("kind", MeetingKind, "loại cuộc họp"),
        urgency=forms.choice("urgency", Urgency, "độ khẩn"),
        body_name=forms.text("body_name"),
        chair_id=forms.optional_id("chair_id", "người chủ trì"),
        secretary_id=forms.optional_id("secretary_id", "thư ký"),
    )


def _fields(row: MeetingTemplate) -> Typed:
    typed = body_fields(body_from_json(row.body))
    typed.update(
        {
            "name": row.name,
            "title": row.title,
            "kind": row.kind.value,
            "urgency": row.urgency.value,
            "duration": str(row.duration_minutes),
            "body_name": row.body_name,
            "chair_id": str(row.chair_id or ""),
            "secretary_id": str(row.secretary_id or ""),
            "version": str(row.version),
        }
    )
    return typed


def _form(typed: Typed, refusal: Refusal | None = None, *, template_id: UUID | None = None) -> str:
    with current().database.transaction() as session:
        return render_template(
            "operator/template_form.html",
            typed=typed,
            template_id=template_id,
            **plan_choices(session, acting(), typed, refusal),
        )
