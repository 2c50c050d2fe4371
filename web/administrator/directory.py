"""Screens of the directory: a list and a form on one page each; a refusal comes back with what was typed."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.errors import Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service
from orchestrator.directory.models import EndpointKind
from web import forms
from web.administrator.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices

Answer = str | Response | tuple[str, int]


@blueprint.route("/don-vi", methods=["GET", "POST"])
@requires(Action.MANAGE_DIRECTORY)
def units() -> Answer:
    """Units."""
    return _list_and_add("administrator/units.html", _add_unit, "administrator.units")


@blueprint.route("/nguoi", methods=["GET", "POST"])
@requires(Action.MANAGE_DIRECTORY)
def people() -> Answer:
    """People."""
    return _list_and_add("administrator/people.html", _add_person, "administrator.people")


@blueprint.route("/diem-cau", methods=["GET", "POST"])
@requires(Action.MANAGE_DIRECTORY)
def endpoints() -> Answer:
    """Endpoints."""
    return _list_and_add("administrator/endpoints.html", _add_endpoint, "administrator.endpoints")


def _list_and_add(template: str, add: Callable[[Session], str], own_page: str) -> Answer:
    sentence, status = "", 200
    if request.method == "POST":
        try:
            with current().database.transaction() as session:
                name = add(session)
        except Refusal as refusal:
            sentence, status = refusal.sentence(), refusal.http_status
        else:
            flash(_("Đã thêm “%(name)s”.", name=name), "good")
            return redirect(url_for(own_page))
    with current().database.transaction() as session:
        return _page(session, template, sentence), status


def _page(session: Session, template: str, sentence: str) -> str:
    actor = acting()
    units = service.list_units(session, actor)
    return render_template(
        template,
        units=units,
        unit_names={unit.id: unit.name for unit in units},
        people=service.list_people(session, actor),
        endpoints=service.list_endpoints(session, actor),
        kinds=choices("endpoint_kind"),
        typed=request.form,
        sentence=sentence,
    )


def _add_unit(session: Session) -> str:
    new = service.NewUnit(
        code=forms.text("code"),
        name=forms.text("name"),
        abbreviations=forms.words("abbreviations"),
        aliases=forms.words("aliases"),
        parent_id=forms.optional_id("parent_id", "đơn vị cấp trên"),
        kind=forms.text("kind"),
    )
    return service.create_unit(session, acting(), new).name


def _add_person(session: Session) -> str:
    new = service.NewPerson(
        full_name=forms.text("full_name"),
        title=forms.text("title"),
        unit_id=forms.optional_id("unit_id", "đơn vị"),
        email=forms.text("email") or None,
        protocol_rank=forms.optional_number("protocol_rank", "thứ tự") or 1000,
    )
    return service.create_person(session, acting(), new).full_name


def _add_endpoint(session: Session) -> str:
    new = service.NewEndpoint(
        code=forms.text("code"),
        name=forms.text("name"),
        kind=forms.choice("kind", EndpointKind, "loại điểm cầu"),
        unit_id=forms.optional_id("unit_id", "đơn vị"),
        location=forms.text("location"),
        room_capacity=forms.optional_number("room_capacity", "sức chứa"),
        contact=forms.text("contact"),
    )
    return service.create_endpoint(session, acting(), new).name
