"""The gate before every view: closed unless the view says which right it needs or stands in the list of open endpoints.

In: a matched request. Out: nothing (it may go on) or a refusal. The order matters: who is calling, may they at all, is
the form theirs; only then is a body read.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, g, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from core.errors import Forbidden, NotFound, SignInRequired
from core.permissions import Action, can
from core.runtime import current
from orchestrator.jitsi.hooks import require_bearer
from web.open_endpoints import CSRF_EXEMPT, HOOK_ENDPOINTS, OPEN_ENDPOINTS, UPLOAD_ENDPOINTS
from web.receiving import require_receivable
from web.security.callers import acting, current_actor, has_bearer
from web.security.closed import guard_closed
from web.security.csrf import require_csrf
from web.security.plain_text import refuse_unprintable

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

#: Forms and JSON bodies; only uploads may be longer.
BODY_LIMIT_BYTES = 4 * 1024 * 1024
_RIGHTS = "required_actions"


def requires(*actions: Action) -> Callable[[View], View]:
    """Declare that a view needs one of these rights (its service asks again, with the object)."""
    if not actions:
        raise ValueError("requires() needs at least one action; use signed_in for views of one's own account")
    return _declare(actions)


def signed_in(view: View) -> View:
    """Declare that every signed-in person may call the view: it shows them only what is their own."""
    return _declare(())(view)


def _declare(actions: tuple[Action, ...]) -> Callable[[View], View]:
    def keep(view: View) -> View:
        setattr(view, _RIGHTS, actions)
        return view

    return keep


def declared_rights(view: Callable[..., Any]) -> tuple[Action, ...] | None:
    """What a view declared; None where nobody thought about it, which keeps it closed."""
    rights: tuple[Action, ...] | None = getattr(view, _RIGHTS, None)
    return rights


def guard() -> Response | None:
    """The `before_request` of the whole application."""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    _limit_body(endpoint)
    if endpoint in HOOK_ENDPOINTS:
        _require_hook_secret(HOOK_ENDPOINTS[endpoint])
    elif endpoint not in OPEN_ENDPOINTS:
        _require_rights(endpoint)
    guard_closed(endpoint)
    if endpoint in UPLOAD_ENDPOINTS:
        # What may not be stored here is not even spooled: asked before the body is read for its CSRF token.
        with current().database.transaction() as session:
            require_receivable(session, acting(), (request.view_args or {})["meeting_id"])
    if request.method not in ("GET", "HEAD", "OPTIONS") and endpoint not in CSRF_EXEMPT and not has_bearer():
        require_csrf()
    refuse_unprintable(request)
    return None


def _limit_body(endpoint: str) -> None:
    limit = current().settings.upload_limit_bytes if endpoint in UPLOAD_ENDPOINTS else BODY_LIMIT_BYTES
    # Room for the other parts of a multipart body: the limit people read is that of the file.
    request.max_content_length = limit + 64 * 1024
    if request.content_length is not None and request.content_length > request.max_content_length:
        g.body_limit_bytes = limit
        raise RequestEntityTooLarge


def _require_rights(endpoint: str) -> None:
    rights = declared_rights(current_app.view_functions[endpoint])
    if rights is None:
        log.error("view %s declares no right and stays closed", endpoint)
        raise NotFound
    actor = current_actor()
    if actor is None:
        raise SignInRequired
    if rights and not any(can(actor, right) for right in rights):
        raise Forbidden


def _require_hook_secret(family: str) -> None:
    require_bearer(request.headers.get("Authorization"), getattr(current().settings, f"jitsi_{family}_secret"))


def refuse_bad_json() -> None:
    """For the API: a body that claims to be JSON and is not is a 400, not a missing value."""
    if request.is_json and request.get_data(cache=True) and request.get_json(silent=True) is None:
        if request.get_data(cache=True).strip() == b"null":
            return
        raise BadRequest
