"""The door before what somebody wants destroyed: from the request for a purge until it is taken back or done.

In: a request that was let through the gate. Out: nothing where no purge is open; else its queries pass by what is
closed, and an address that names it is answered 410 with the reason for the house's own people, 404 for everybody else.
"""

from uuid import UUID

from flask import Flask, request

from core.errors import NotFound, Refusal
from core.permissions import Action, Actor, can
from core.purging.closing import Closed, close, what_is_closed
from core.runtime import current
from web.open_endpoints import HOOK_ENDPOINTS
from web.security.callers import current_actor

#: Families of doors behind which no content lies; the purge itself must see what it destroys, and the conference must
#: be told what becomes of its room.
_NOT_CLOSED = frozenset({"static", "purging", "service", "account", "keys", "recorder", "api_document", "help"})


class ContentClosed(Refusal):
    """Somebody has asked for its purge."""

    code = "purge_closed"
    http_status = 410


def init_app(app: Flask) -> None:
    """What was closed for one request is not closed for the next in the same thread."""
    app.teardown_request(lambda _error: close(Closed()))


def guard_closed(endpoint: str) -> None:
    """Ask once per request what is closed. Raises ContentClosed, NotFound."""
    close(Closed())
    if endpoint in HOOK_ENDPOINTS or endpoint.partition(".")[0] in _NOT_CLOSED:
        return
    closed = _look()
    close(closed)
    if closed and not closed.identities.isdisjoint((request.view_args or {}).values()):
        refuse_closed(current_actor())


def refuse_closed(actor: Actor | None) -> None:
    """The house's own people learn why; to others it does not exist. Raises ContentClosed, NotFound."""
    if can(actor, Action.VIEW_DIRECTORY):
        raise ContentClosed
    raise NotFound


def still_open(meeting_id: UUID) -> bool:
    """Asked again while a stream goes on: whether this meeting may still be read."""
    return meeting_id not in _look().purges


def _look() -> Closed:
    with current().database.transaction() as session:
        return what_is_closed(session)
