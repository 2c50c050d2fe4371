"""The shape of every act of the console: do it in one transaction; the script gets a sentence, the plain form a page.

A refusal never empties the console: it stands as a note above it, and nothing has changed.
"""

from collections.abc import Callable
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.errors import NotFound, Refusal
from core.runtime import current

Answer = Response | tuple[Response, int]


def speaks_script() -> bool:
    """Whether the page's own script asks, and wants JSON instead of a page."""
    return request.headers.get("X-Fragment") == "1"


def act(meeting_id: UUID, action: Callable[[Session], str | None], *, then: str = "") -> Answer:
    """Run `action`, which says in a sentence what was done.

    Args:
        then: where a plain form goes afterwards; the console by default.
    """
    place = then or url_for("console.console", meeting_id=meeting_id)
    try:
        with current().database.transaction() as session:
            sentence = action(session) or ""
    except NotFound:
        raise
    except Refusal as refusal:
        if speaks_script():
            return jsonify({"sentence": refusal.sentence(), "code": refusal.code}), refusal.http_status
        flash(refusal.sentence(), "bad")
        return redirect(place, code=303)
    if speaks_script():
        return jsonify({"sentence": sentence})
    if sentence:
        flash(sentence, "good")
    return redirect(place, code=303)
