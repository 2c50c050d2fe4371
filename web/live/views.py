"""Screens of what is being said: a page of its own, and what keeps it and the console's panel up to date."""

from uuid import UUID

from flask import Response, jsonify, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from core.permissions import Action, require
from core.runtime import current
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import get_meeting
from web.live import stream
from web.live.blueprint import blueprint
from web.live.snapshot import look_at
from web.security.callers import acting
from web.security.gate import requires
from web.security.lasting import may_go_on


@blueprint.get("/<uuid:meeting_id>")
@requires(Action.OPERATE_CONTENT)
def page(meeting_id: UUID) -> str:
    """What is said, line by line."""
    with current().database.transaction() as session:
        meeting = _heard(session, meeting_id)
        look = look_at(session, meeting, current().clock())
        return render_template("live/page.html", meeting=meeting, told=look.since(""))


@blueprint.get("/<uuid:meeting_id>/trang-thai")
@requires(Action.OPERATE_CONTENT)
def state(meeting_id: UUID) -> Response:
    """The same by asking, for those whose stream is cut: 304 where the caller knows it already, else what is new."""
    _require_heard(meeting_id)
    look = stream.lookout.look(meeting_id)
    known = next(iter(request.if_none_match.as_set()), "") or request.args.get("known", "")
    answer = jsonify(look.since(known))
    answer.set_etag(look.version)
    answer.make_conditional(request)
    return answer


@blueprint.get("/<uuid:meeting_id>/su-kien")
@requires(Action.OPERATE_CONTENT)
def events(meeting_id: UUID) -> Response:
    """The stream of what is said. 503 with the time to wait where this process holds as many as it may."""
    _require_heard(meeting_id)
    give_back = stream.places.take()
    if give_back is None:
        busy = Response("", status=503, mimetype="text/plain")
        busy.headers["Retry-After"] = "30"
        return busy
    known = request.headers.get("Last-Event-ID") or request.args.get("known", "")
    told = stream.events(meeting_id, known, may_go_on(Action.OPERATE_CONTENT, meeting_id))
    answer = Response(stream_with_context(told), mimetype="text/event-stream")
    # A proxy that collects the stream before it hands it on would make it useless.
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(give_back)
    return answer


def _heard(session: Session, meeting_id: UUID) -> Meeting:
    meeting = get_meeting(session, acting(), meeting_id)
    require(acting(), Action.OPERATE_CONTENT, meeting)
    return meeting


def _require_heard(meeting_id: UUID) -> None:
    with current().database.transaction() as session:
        _heard(session, meeting_id)
