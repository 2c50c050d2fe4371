"""Physical rooms: which endpoints stand in the same one, so that it is not booked twice."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.errors import Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.physical_rooms.service import create_room, list_rooms, put_into_room
from web import forms
from web.operator.blueprint import blueprint
from web.operator.choices import endpoint_names
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires


@blueprint.route("/cuoc-hop/phong", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def rooms() -> Answer:
    """The register; a POST adds a room."""
    if request.method == "GET":
        return _page()
    try:
        capacity = forms.optional_number("capacity", "sức chứa")
        with current().database.transaction() as session:
            create_room(session, acting(), forms.text("name"), capacity)
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Đã thêm phòng."), "good")
    return redirect(url_for("operator.rooms"))


@blueprint.post("/cuoc-hop/phong/xep")
@requires(Action.PLAN_MEETING)
def stand_in() -> Answer:
    """Put an endpoint into a room, or out of it."""
    try:
        endpoint_id = forms.required_id("endpoint_id", "điểm cầu")
        room_id = forms.optional_id("room_id", "phòng")
        with current().database.transaction() as session:
            put_into_room(session, acting(), endpoint_id, room_id)
    except Refusal as refusal:
        return _page(refusal.sentence()), refusal.http_status
    flash(_("Đã xếp điểm cầu."), "good")
    return redirect(url_for("operator.rooms"))


def _page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "operator/rooms.html",
            rooms=list_rooms(session, acting()),
            endpoints=endpoint_names(session, acting()),
            typed=request.form if sentence else {},
            sentence=sentence,
        )
