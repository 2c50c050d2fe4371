"""Screens of the live hour: the console, the wall for a second screen, and what keeps both up to date."""

from uuid import UUID

from flask import Response, jsonify, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from core.permissions import Action, require
from core.runtime import current
from orchestrator.live.board import board_of
from orchestrator.live.models import IncidentKind
from orchestrator.live.operating import meetings_to_operate
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import get_meeting
from web.console import stream
from web.console.blueprint import blueprint
from web.console.keys import KEYS
from web.console.snapshot import snapshot_of
from web.security.callers import acting
from web.security.gate import requires
from web.security.lasting import may_go_on
from web.words import choices

#: Minutes by which a meeting is extended with one press.
EXTENSIONS = (15, 30, 60)


@blueprint.get("/")
@requires(Action.OPERATE_CONTENT)
def index() -> str:
    """Meetings that are on or near."""
    now = current().clock()
    with current().database.transaction() as session:
        return render_template("console/index.html", meetings=meetings_to_operate(session, acting(), now), now=now)


@blueprint.get("/<uuid:meeting_id>")
@requires(Action.OPERATE_CONTENT)
def console(meeting_id: UUID) -> str:
    """The console: technique and content side by side, each with the buttons of the person's own right."""
    return _page("console/console.html", meeting_id)


@blueprint.get("/<uuid:meeting_id>/man-hinh")
@requires(Action.OPERATE_CONTENT)
def wall(meeting_id: UUID) -> str:
    """The wall: nothing to press, to be read from two metres on a second screen."""
    return _page("console/wall.html", meeting_id)


@blueprint.get("/<uuid:meeting_id>/trang-thai")
@requires(Action.OPERATE_CONTENT)
def state(meeting_id: UUID) -> Response:
    """The snapshot by asking; 304 where the caller knows it already. For those whose stream is cut."""
    _require_operable(meeting_id)
    snapshot = stream.lookout.snapshot(meeting_id)
    answer = jsonify(snapshot)
    answer.set_etag(snapshot["version"])
    answer.make_conditional(request)
    return answer


@blueprint.get("/<uuid:meeting_id>/su-kien")
@requires(Action.OPERATE_CONTENT)
def events(meeting_id: UUID) -> Response:
    """The stream of changes. 503 with the time to wait where this process holds as many as it may."""
    _require_operable(meeting_id)
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


def _page(template: str, meeting_id: UUID) -> str:
    now = current().clock()
    with current().database.transaction() as session:
        meeting = _operable(session, meeting_id)
        board = board_of(session, meeting, now)
        return render_template(
            template,
            meeting=meeting,
            board=board,
            snapshot=snapshot_of(board),
            keys=KEYS,
            kinds=list(IncidentKind),
            attendances=choices("attendance"),
            moves=states.MEETING.allowed(meeting.state),
            extensions=EXTENSIONS,
            now_milliseconds=int(now.timestamp() * 1000),
            has_room_account=bool(current().settings.jitsi_admin_jid),
            nil=UUID(int=0),
        )


def _operable(session: Session, meeting_id: UUID) -> Meeting:
    meeting = get_meeting(session, acting(), meeting_id)
    require(acting(), Action.OPERATE_CONTENT, meeting)
    return meeting


def _require_operable(meeting_id: UUID) -> None:
    with current().database.transaction() as session:
        _operable(session, meeting_id)
