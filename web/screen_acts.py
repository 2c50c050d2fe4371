"""The shape of most posts of a screen: do it, or show the same page again with the refusal's sentence."""

from collections.abc import Callable

from flask import flash, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from core.errors import NotFound, Refusal
from core.runtime import current

Answer = str | Response | tuple[str, int]


def act_or_show(
    action: Callable[[Session], object], *, then: str, show: Callable[[str], str], done: str = ""
) -> Answer:
    """Run `action` in one transaction and go to `then`; a refusal comes back on the page that `show` renders.

    NotFound is not for the page: whoever may not see the object gets no page of it either.
    """
    try:
        with current().database.transaction() as session:
            action(session)
    except NotFound:
        raise
    except Refusal as refusal:
        return show(refusal.sentence()), refusal.http_status
    if done:
        flash(done, "good")
    return redirect(then)
