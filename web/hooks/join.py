"""The page behind a personal link: into the room at once, or a sentence that says why not yet."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core import tally
from core.runtime import current
from orchestrator.invitations.service import LinkAnswer, LinkStatus, resolve_link
from web.invitations.limits import TooManyLinks, remember_unknown, require_patience

blueprint = Blueprint("join", __name__)

#: How often the page of somebody who waits asks again.
AGAIN_SECONDS = 20
#: What `core.tally` keeps of the clicks: each by its answer.
JOINS, TOO_MANY = "join", "too_many"
_WAITING = frozenset({LinkStatus.NOT_YET, LinkStatus.FULL})
_STATUS_CODES = {LinkStatus.UNKNOWN: 404, LinkStatus.CLASSIFIED: 403, LinkStatus.CANCELLED: 410, LinkStatus.ENDED: 410}
#: The answer page has more to say to these: agenda, papers, the answer itself.
_WITH_INVITATION = frozenset({LinkStatus.NOT_YET, LinkStatus.FULL})


@blueprint.get("/join/<token>")
def join(token: str) -> Response | tuple[str, int]:
    """Answer a click; the address led to carries a token made for this click."""
    runtime = current()
    caller, now = request.remote_addr or "-", runtime.clock()
    try:
        with runtime.database.transaction() as session:
            require_patience(session, caller, now)
            answer = resolve_link(session, token, now)
            if answer.status is LinkStatus.UNKNOWN:
                remember_unknown(session, caller, now)
    except TooManyLinks as refusal:
        tally.count(JOINS, TOO_MANY)
        return render_template("answers/gone.html", sentence=refusal.sentence()), refusal.http_status
    tally.count(JOINS, answer.status.value)
    if answer.url is not None:
        return redirect(answer.url, code=303)
    return _page(answer, token), _STATUS_CODES.get(answer.status, 200)


def _page(answer: LinkAnswer, token: str) -> str:
    return render_template(
        "join/door.html",
        answer=answer,
        again_seconds=AGAIN_SECONDS if answer.status in _WAITING else None,
        invitation_url=url_for("answers.page", token=token) if answer.status in _WITH_INVITATION else None,
    )
