"""Acts on the running room: the console's own way in, an endpoint put out, the room ended for everybody.

Putting out and ending go through the administrator's account on Prosody; where a site has none, the console's embedded
conference does it, and tells us here what it has done.
"""

from uuid import UUID

from flask import jsonify, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action, require
from core.runtime import current
from orchestrator.jitsi import acts
from orchestrator.jitsi.health import site_health
from orchestrator.live import room_acts
from orchestrator.live.room_acts import RoomAct
from orchestrator.meetings.service import get_meeting
from web import forms
from web.console.answering import Answer, act, speaks_script
from web.console.blueprint import blueprint
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/<uuid:meeting_id>/he-thong")
@requires(Action.OPERATE_MEETING)
def health(meeting_id: UUID) -> str:
    """How the parts of the conference are, as a piece of the console."""
    with current().database.transaction() as session:
        require(acting(), Action.OPERATE_MEETING, get_meeting(session, acting(), meeting_id))
    # A transaction of its own: nothing waits for silent machines with the meeting in its hands.
    with current().database.transaction() as session:
        return render_template("console/_health.html", site=site_health(session))


@blueprint.post("/<uuid:meeting_id>/phong")
@requires(Action.OPERATE_MEETING)
def enter_room(meeting_id: UUID) -> Answer:
    """A token for the embedded conference, made for this click."""
    told: dict[str, str] = {}

    def change(session: Session) -> None:
        made = room_acts.enter_room(session, acting(), meeting_id, current().clock())
        told.update(domain=made.domain, room=made.room, name=made.display_name, token=made.token)

    answer = act(meeting_id, change)
    return jsonify(told) if told and speaks_script() else answer


@blueprint.post("/<uuid:meeting_id>/phong/da-lam")
@requires(Action.OPERATE_MEETING)
def note_room_act(meeting_id: UUID) -> Answer:
    """What the embedded conference did at the operator's word."""

    def change(session: Session) -> None:
        done = forms.choice("act", RoomAct, _("thao tác"))
        place_id = forms.optional_id("place_id", _("điểm cầu"))
        room_acts.note_room_act(session, acting(), meeting_id, done, place_id)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/moi-ra")
@requires(Action.OPERATE_MEETING)
def remove_place(meeting_id: UUID) -> Answer:
    """Put an endpoint out of the room; with a token that holds it may come back."""

    def change(session: Session) -> str:
        place_id = forms.required_id("place_id", _("điểm cầu"))
        removal = room_acts.removal_of(session, acting(), meeting_id, place_id)
        for jid in removal.occupant_jids:
            acts.remove_occupant(session, acting(), meeting_id, jid)
        return _("Đã mời %(name)s ra khỏi phòng họp.", name=removal.place_name)

    return act(meeting_id, change)


@blueprint.post("/<uuid:meeting_id>/giai-tan")
@requires(Action.OPERATE_MEETING)
def end_room(meeting_id: UUID) -> Answer:
    """End the running room for everybody; the meeting itself stays as it is."""

    def change(session: Session) -> str:
        acts.end_room(session, acting(), meeting_id)
        return _("Đã giải tán phòng họp trực tuyến.")

    return act(meeting_id, change)
