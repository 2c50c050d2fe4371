"""The page behind a personal link: into the room at once, or a sentence that says why not yet."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from core.runtime import current
from orchestrator.invitations.service import LinkAnswer, LinkStatus, resolve_link

blueprint = Blueprint("join", __name__)

#: How often the page of somebody who waits asks again.
AGAIN_SECONDS = 20
_WAITING = frozenset({LinkStatus.NOT_YET, LinkStatus.FULL})
_STATUS_CODES = {LinkStatus.UNKNOWN: 404, LinkStatus.CLASSIFIED: 403, LinkStatus.CANCELLED: 410, LinkStatus.ENDED: 410}


@blueprint.get("/join/<token>")
def join(token: str) -> Response | tuple[str, int]:
    """Answer a click; the address led to carries a token made for this click."""
    with current().database.transaction() as session:
        answer = resolve_link(session, token, current().clock())
    if answer.url is not None:
        return redirect(answer.url, code=303)
    return _page(answer), _STATUS_CODES.get(answer.status, 200)


def _page(answer: LinkAnswer) -> str:
    return render_template(
        "join/door.html",
        answer=answer,
        again_seconds=AGAIN_SECONDS if answer.status in _WAITING else None,
    )
