"""Each request has a name that its answer, its log lines, its tasks and its news carry; one line tells how it ended.

In: a request, perhaps named by the proxy or the script before us (`X-Request-ID`). Out: bound ids, a span where traces
are wanted, a line of the log: the view's name, never the path, which may be a proof.
"""

import logging
import time
from contextlib import ExitStack

from flask import Flask, Response, g, request

from core.logs import context, known, tracing

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
#: Asked every few seconds by programs: their lines would bury what matters.
_QUIET = frozenset({"static", "service.healthz", "service.readyz", "service.metrics"})


def init_app(app: Flask) -> None:
    """Name every request before anything else looks at it, tell of it after everything else."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin() -> None:
    g.request_id = context.request_id_from(request.headers.get(HEADER))
    g.started = time.monotonic()
    objects = {name: value for name, value in (request.view_args or {}).items() if name in _IDS}
    context.start_afresh(request_id=g.request_id, **objects)
    g.span = ExitStack()
    name = f"{request.method} {request.endpoint or '-'}"
    g.span.enter_context(tracing.span(name, "server", {"traceparent": request.headers.get("Traceparent", "")}))


#: Arguments of addresses that are ids of the log; proofs of links are no ids.
_IDS = frozenset(key for key in known.KEYS if key.endswith("_id")) - {"request_id", "task_id", "trace_id", "span_id"}


def _tell(response: Response) -> Response:
    if "request_id" not in g:
        return response
    actor = g.get("actor")
    told = {
        "method": request.method,
        "endpoint": request.endpoint or "-",
        "status": response.status_code,
        "duration_ms": round((time.monotonic() - g.started) * 1000, 1),
        "account_id": str(actor.account_id) if actor else None,
    }
    level = logging.DEBUG if request.endpoint in _QUIET and response.status_code < 400 else logging.INFO
    log.log(level, "request answered", extra=told)
    tracing.note(**told)
    return response


def _end(_error: BaseException | None) -> None:
    if span := g.pop("span", None):
        span.close()
    context.start_afresh()
